import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../testing/run-program.ts';
import { givenPassphrase, readPassphraseFile } from './given-passphrase.ts';
import { parseOptionsFile } from './options-file.ts';
import { resolveOption } from './resolve-options.ts';

let folder: string;

async function fileOf(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stillframe-passphrase-'));
  await fileOf('one', 'from one\n');
  await fileOf('two', 'from two');
});
afterAll(() => rm(folder, { recursive: true }));

describe('readPassphraseFile', () => {
  test.each([
    ['plain', 'plain'],
    ['  two words \r\n', 'two words'],
    ['\uFEFFmarked\n', 'marked'],
  ])('%j holds %j', async (content, passphrase) => {
    expect(await readPassphraseFile('passwordfile', await fileOf('p', content))).toBe(passphrase);
  });

  test('an empty or absent file is refused', async () => {
    const empty = await fileOf('empty', ' \n');
    await expect(readPassphraseFile('passwordfile', empty)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(readPassphraseFile('passwordfile', join(folder, 'absent'))).rejects.toMatchObject({
      details: { option: 'passwordfile', reason: 'The file cannot be read (ENOENT).' },
    });
  });
});

describe('what is no file of a passphrase', () => {
  const named = (path: string) => ({ value: path, source: { from: 'file', path: 'stillframe.opt', line: 1 } }) as const;

  test('a pipe that the options file names hangs nobody', async () => {
    const path = join(folder, 'pipe');
    await runProgram('mkfifo', [path]);
    await expect(givenPassphrase(named(path), {})).rejects.toMatchObject({
      details: { reason: 'It is not a regular file.' },
    });
  });

  test('a pipe on the command line is read', async () => {
    const path = join(folder, 'pipe of now');
    await runProgram('mkfifo', [path]);
    const writing = writeFile(path, 'staple\n');
    expect(await givenPassphrase({ value: path, source: { from: 'command' } }, {})).toBe('staple');
    await writing;
  });

  test('what never ends is not read to its end', async () => {
    await expect(givenPassphrase(named('/dev/zero'), {})).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(readPassphraseFile('passwordfile', '/dev/zero')).rejects.toMatchObject({
      details: { reason: 'It is larger than 65536 bytes.' },
    });
  });
});

interface Sources {
  command?: string;
  file?: string;
  environment: Record<string, string>;
}

const PRECEDENCE: [Sources, string | undefined][] = [
  [{ command: 'one', file: 'two', environment: { STILLFRAME_PASSWORD: 'env' } }, 'from one'],
  [{ environment: { STILLFRAME_PASSWORD_FILE: 'two', STILLFRAME_PASSWORD: 'env' } }, 'from two'],
  [{ file: 'two', environment: { STILLFRAME_PASSWORD: 'env' } }, 'env'],
  [{ file: 'two', environment: {} }, 'from two'],
  [{ environment: {} }, undefined],
];

test.each(PRECEDENCE)('%j gives %j', async ({ command, file, environment }, passphrase) => {
  const passwordfile = resolveOption('passwordfile', {
    command: new Map(command ? [['passwordfile', command]] : []),
    environment,
    file: file === undefined ? undefined : parseOptionsFile(`passwordfile ${file}`, join(folder, 'stillframe.opt')),
    paths: { workingDirectory: folder, homeDirectory: folder },
  });
  expect(await givenPassphrase(passwordfile, environment)).toBe(passphrase);
});
