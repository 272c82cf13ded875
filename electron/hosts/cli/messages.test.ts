/** Ids of messages, return codes and the error log, of the real program. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CliSandbox, jsonLines } from './cli-sandbox.ts';

const PASSPHRASE = 'correct horse battery';

let sandbox: CliSandbox;
let volume: string;
let opened: string[];

beforeAll(async () => {
  sandbox = await CliSandbox.create();
  volume = await sandbox.ext4('disk.img', 16 * 1024 ** 2, 100_000);
  await sandbox.file('config/stillframe/stillframe.opt', 'errorlogretention 30 s\n');
  const file = await sandbox.file('passphrase', `${PASSPHRASE}\n`);
  opened = [`-repository=${sandbox.path('repository')}`, `-passwordfile=${file}`];
  expect((await sandbox.run(['init', ...opened])).code).toBe(0);
});

afterAll(() => sandbox[Symbol.asyncDispose]());

const log = (name = 'state/stillframe/error.log') => readFile(sandbox.path(name), 'utf8');
const idsIn = (text: string) => [...text.matchAll(/\b(SFR\d{4}[IWES]) /g)].map(([, id]) => id);

test('every warning and error begins with its id, the highest decides, and all of them are in the error log', async () => {
  const { code, stdout, stderr } = await sandbox.run([
    'b',
    'im',
    volume,
    volume,
    '/no/such',
    '-imagetype=snapshot',
    ...opened,
  ]);
  expect(code).toBe(12);
  const ids = ['SFR1213W', 'SFR1115W', 'SFR1228E', 'SFR1063E', 'SFR1813E'];
  expect(stderr.split('\n').filter((line) => line !== '' && !/^(SFR\d{4}[IWES] | {2})/.test(line))).toEqual([]);
  expect(idsIn(stderr)).toEqual(ids);
  expect(stdout).toMatch(/\nSFR1901I The highest return code was 12\.\n$/);
  const lines = (await log()).trimEnd().split('\n');
  expect(idsIn(lines.join('\n'))).toEqual(ids);
  for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d SFR\d{4}[WE] \S/);
});

test('what is no command, and an option that is refused, is in the error log as well', async () => {
  await sandbox.run(['bakcup', 'image', volume]);
  await sandbox.run(['backup', 'image', volume, '-imagegapsize=lots', '-errorlogname=/elsewhere']);
  const lines = (await log()).trimEnd().split('\n').slice(-2);
  expect(lines[0]).toMatch(/ SFR9083E The command was not understood\. “bakcup” is not a command\.$/);
  expect(lines[1]).toMatch(/ SFR1107E The option imagegapsize=lots cannot be used\. /);
});

test('programs are told the ids, too, and a log that cannot be written stops nothing', async () => {
  const { code, stdout } = await sandbox.run([
    'b',
    'im',
    volume,
    '/no/such',
    volume,
    '-imagetype=snapshot',
    '-json',
    '-errorlogname=/dev/full',
    ...opened,
  ]);
  expect(code).toBe(12);
  expect(jsonLines(stdout).at(-1)).toMatchObject({
    results: [
      { returnCode: 8, warnings: [expect.stringMatching(/static image/)], warningIds: ['SFR1213W'] },
      { returnCode: 12, messageId: 'SFR1063E', error: { code: 'VOLUME_NOT_FOUND' } },
      { returnCode: 4, messageId: 'SFR1115W' },
    ],
  });
  const failed = await sandbox.run(['query', 'image', '-json', '-repository=/no/such']);
  expect(jsonLines(failed.stdout)[0]).toMatchObject({ returnCode: 12, messageId: 'SFR9001E' });
});

test('errorlogname takes the lines elsewhere, and what was given is not among them', async () => {
  const name = sandbox.path('dsmerror.log');
  const place = sandbox.path(PASSPHRASE);
  const { code } = await sandbox.run(['q', 'im', `-errorlogn=${name}`, `-repository=${place}`, opened[1] ?? '']);
  expect(code).toBe(12);
  expect(await log('dsmerror.log')).toMatch(/ SFR9001E There is no repository at .*•••/);
  expect(`${await log('dsmerror.log')}${await log()}`).not.toContain(PASSPHRASE);
});
