/** XML parsers that are not ours judge documents, for tests: expat, and libxml2 where xmllint is installed. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Reads base64 lines; prints one line each: `ok`, or why the document is not well-formed. */
const EXPAT = `
import base64, sys, xml.parsers.expat
for line in sys.stdin:
    parser = xml.parsers.expat.ParserCreate()
    try:
        parser.Parse(base64.b64decode(line), True)
        print("ok")
    except xml.parsers.expat.ExpatError as error:
        print(error)
`;

/** What expat says of each document: `ok`, or what is wrong with it. */
export async function expatVerdicts(documents: readonly (string | Uint8Array)[]): Promise<string[]> {
  const child = spawn('python3', ['-c', EXPAT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said = text(child.stdout);
  child.stdin.end(documents.map((document) => `${Buffer.from(document).toString('base64')}\n`).join(''));
  return (await said).trim().split('\n');
}

/** What xmllint says of all documents together; empty where they are well-formed or there is no xmllint. */
export async function xmllintComplaints(documents: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stillframe-xml-'));
  try {
    const names = await Promise.all(
      documents.map(async (document, at) => {
        const name = join(folder, `${at}.xml`);
        await writeFile(name, document);
        return name;
      }),
    );
    const { error, stderr } = spawnSync('xmllint', ['--noout', '--nonet', ...names], { encoding: 'utf8' });
    return error ? '' : stderr;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
