/** Every command line of the documents, run for real against a volume in a file (bar 1). */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printedNames, reasonOfName, SEED_COMMANDS, seedCommandsDocument } from './seed-commands.ts';
import { type Outcome, run, Stand } from './stand.ts';
import { MIB, sparseFile } from './volumes.ts';

let stand: Stand;
let volume: string;
let optionsFile: string;

beforeAll(async () => {
  stand = await Stand.create();
  volume = join(stand.folder, 'e-drive.img');
  await sparseFile(volume, 16 * MIB);
  await run('mkntfs', ['-F', '-q', '-L', 'drive', volume]);
  optionsFile = join(stand.place.home, 'config/stillframe/stillframe.opt');
  await mkdir(dirname(optionsFile), { recursive: true });
  await stand.ok('init');
});
afterAll(() => stand[Symbol.asyncDispose]());

const here = (word: string): string => word.replace('VOLUME', volume).replace('FOLDER', stand.folder);

/** The error of a command, or of its one volume. */
function errorOf({ lines }: Outcome): unknown {
  const { error, results } = (lines.at(-1) ?? {}) as { error?: unknown; results?: { error?: unknown }[] };
  return error ?? results?.[0]?.error;
}

test.each(SEED_COMMANDS)('$seed: $printed', async ({ words, options = [], ending }) => {
  await writeFile(optionsFile, options.map((line) => `${here(line)}\n`).join(''));
  const outcome = await stand.run(...words.map(here));
  if (ending.kind === 'answers') {
    expect(outcome.code).toBe(12);
    const { code, reason } = ending;
    expect(errorOf(outcome)).toMatchObject({ code, details: { reason, remedy: expect.stringMatching(/\.$/) } });
    return;
  }
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
  const { results } = outcome.lines.at(-1) as { results: { image: { imageType: string; volume: string } }[] };
  const type = ending.says.match(/^a (static|dynamic) image/)?.[1] ?? 'static';
  expect(results.map(({ image }) => image)).toMatchObject([{ volume, imageType: type }]);
});

test.each(printedNames())('%s is answered with the reason', async (name) => {
  await writeFile(optionsFile, '');
  for (const line of [
    ['backup', 'image', name],
    ['restore', 'image', name],
  ]) {
    const outcome = await stand.run(...line);
    expect(outcome.code).toBe(12);
    expect(errorOf(outcome)).toMatchObject({ details: { reason: reasonOfName(name) } });
  }
});

test('docs/seed-commands.md is what the rows say; if not: node_modules/.bin/node e2e/system/write-seed-commands.ts', async () => {
  const path = resolve(import.meta.dirname, '../../docs/seed-commands.md');
  expect(await readFile(path, 'utf8')).toBe(seedCommandsDocument());
});
