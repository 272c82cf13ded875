import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseOptionsFile } from '#engine/policy/options-file.ts';
import { resolveOptions } from '#engine/policy/resolve-options.ts';
import { CliSandbox } from './cli-sandbox.ts';
import { givenPassphrase, readPassphraseFile } from './secrets.ts';

let sandbox: CliSandbox;
beforeAll(async () => {
  sandbox = await CliSandbox.create();
  await sandbox.file('one', 'from one\n');
  await sandbox.file('two', 'from two');
});
afterAll(() => sandbox[Symbol.asyncDispose]());

describe('readPassphraseFile', () => {
  test.each([
    ['plain', 'plain'],
    ['  two words \r\n', 'two words'],
    ['\uFEFFmarked\n', 'marked'],
  ])('%j holds %j', async (content, passphrase) => {
    expect(await readPassphraseFile('passwordfile', await sandbox.file('p', content))).toBe(passphrase);
  });

  test('an empty or absent file is refused', async () => {
    const empty = await sandbox.file('empty', ' \n');
    await expect(readPassphraseFile('passwordfile', empty)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(readPassphraseFile('passwordfile', sandbox.path('absent'))).rejects.toMatchObject({
      details: { option: 'passwordfile', reason: 'The file cannot be read (ENOENT).' },
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
  const options = resolveOptions({
    command: new Map(command ? [['passwordfile', command]] : []),
    environment,
    file: file === undefined ? undefined : parseOptionsFile(`passwordfile ${file}`, sandbox.path('stillframe.opt')),
    paths: { workingDirectory: sandbox.directory, homeDirectory: sandbox.directory },
  });
  expect(await givenPassphrase(options, environment)).toBe(passphrase);
});
