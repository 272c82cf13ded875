import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebChild } from './web-child.ts';

describe('startWebChild', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stillframe-web-child-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  /** A program in the place of the command line. */
  async function program(source: string): Promise<string> {
    const path = join(directory, `${crypto.randomUUID()}.mjs`);
    await writeFile(path, source);
    return path;
  }

  it('reads the announcement and stops the host by closing its input', async () => {
    const child = await startWebChild(
      await program(`
        process.stdin.resume().on('end', () => process.exit(0));
        console.log(JSON.stringify({ url: 'http://127.0.0.1:1/#' + process.argv.slice(2).join(), pid: process.pid }));
      `),
    );
    expect(child.url).toBe('http://127.0.0.1:1/#web,-exitwithparent');
    await child.stop();
    expect(child.process.exitCode).toBe(0);
    await child.stop();
  });

  it('says how the host ended where it never became ready', async () => {
    await expect(startWebChild(await program('process.exit(12)'))).rejects.toThrow('12');
  });

  it('refuses an announcement that is none', async () => {
    await expect(startWebChild(await program("console.log('[]')"))).rejects.toThrow();
  });
});
