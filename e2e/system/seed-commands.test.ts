/** Every command line of the documents, run for real against a volume in a file (bar 1). */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printedNames, reasonOfName, SEED_COMMANDS, type SeedCommand, seedCommandsDocument } from './seed-commands.ts';
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

/** Lines that are the same here are run once. */
const outcomes = new Map<string, Promise<Outcome>>();

function outcomeOf({ words, options = [] }: SeedCommand): Promise<Outcome> {
  const key = JSON.stringify([words, options]);
  const known = outcomes.get(key);
  if (known) return known;
  const running = (async () => {
    await writeFile(optionsFile, options.map((line) => `${here(line)}\n`).join(''));
    return stand.run(...words.map(here));
  })();
  outcomes.set(key, running);
  return running;
}

test.each(SEED_COMMANDS)('$seed: $printed', async (row) => {
  const { ending } = row;
  const outcome = await outcomeOf(row);
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

test('names of Windows are answered with the reason', async () => {
  await writeFile(optionsFile, '');
  const names = printedNames();
  const backup = await stand.run('backup', 'image', ...names);
  expect(backup.code).toBe(12);
  const { results } = backup.lines.at(-1) as { results: { error: unknown }[] };
  expect(results.map(({ error }) => error)).toMatchObject(
    names.map((name) => ({ code: 'VOLUME_NOT_FOUND', details: { reason: reasonOfName(name) } })),
  );
  const [name = ''] = names;
  const restore = await stand.run('restore', 'image', name);
  expect(restore.code).toBe(12);
  expect(errorOf(restore)).toMatchObject({ code: 'IMAGE_NOT_FOUND', details: { reason: reasonOfName(name) } });
});

test('docs/seed-commands.md is what the rows say; if not: node_modules/.bin/node e2e/system/write-seed-commands.ts', async () => {
  const path = resolve(import.meta.dirname, '../../docs/seed-commands.md');
  expect(await readFile(path, 'utf8')).toBe(seedCommandsDocument());
});
