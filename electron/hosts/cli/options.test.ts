/** Options, rules and domain.image of the options file in the real program, on file volumes. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CliSandbox, jsonLines } from './cli-sandbox.ts';

const MIB = 1024 ** 2;
const FILE = 'config/stillframe/stillframe.opt';

let sandbox: CliSandbox;
let one: string;
let two: string;

beforeAll(async () => {
  sandbox = await CliSandbox.create();
  one = await sandbox.ext4('one.img', 16 * MIB, 1_000_000);
  two = await sandbox.ext4('two disks.img', 16 * MIB, 1_000_000);
  await sandbox.run(['init']);
  for (const name of ['WEEKLY', 'MINE', 'KEPT']) await sandbox.run(['set', 'mgmtclass', name]);
});

beforeEach(() => sandbox.file(FILE, ''));

afterAll(() => sandbox[Symbol.asyncDispose]());

async function json(...args: string[]) {
  const { code, stdout, stderr } = await sandbox.run([...args, '-json']);
  return { code, stderr, last: jsonLines(stdout).at(-1) ?? {} };
}

interface Result {
  volume: string;
  skipped?: string;
  image?: { id: string; mgmtClass: string };
  counters?: { storedBytes: number };
}

async function backup(...args: string[]) {
  const { code, stderr, last } = await json('backup', 'image', ...args);
  return { code, stderr, error: last.error, results: (last.results ?? []) as Result[] };
}

/** Options in the manifest of the one image that a backup made. */
async function manifestOf({ results }: { results: Result[] }): Promise<{ options: object; managementClass: string }> {
  const { last } = await json('query', 'image', '-detail', '-inactive');
  const images = last.images as { id: string; manifest: { options: object; managementClass: string } }[];
  const image = images.find(({ id }) => id === results[0]?.image?.id);
  if (!image) throw new Error('no image');
  return image.manifest;
}

describe('rules', () => {
  test('shape the backups of the volumes that they match, under the command line and over the file', async () => {
    await sandbox.file(
      FILE,
      [
        'imagegapsize 64k',
        'mode incremental',
        'managementclass DAILY',
        `include.image ${sandbox.path('*.img').replaceAll(' ', '?')} WEEKLY imageg=1m dynamicimage=yes compression=no changetrackingfull=3`,
      ].join('\n'),
    );
    const ruled = await backup(one);
    expect(ruled).toMatchObject({
      code: 0,
      results: [{ volume: one, image: { mgmtClass: 'WEEKLY', imageType: 'dynamic' } }],
    });
    expect(await manifestOf(ruled)).toMatchObject({
      managementClass: 'WEEKLY',
      options: {
        imagegapsize: '1m',
        mode: 'incremental',
        compression: 'no',
        changetrackingfull: '3',
        imagetype: 'dynamic',
      },
    });

    const told = await backup(
      one,
      '-imagegapsize=32k',
      '-managementclass=MINE',
      '-imagetype=static',
      '-compressionlevel=5',
    );
    expect(await manifestOf(told)).toMatchObject({
      managementClass: 'MINE',
      options: {
        imagegapsize: '32k',
        mode: 'incremental',
        imagetype: 'static',
        compression: 'yes',
        compressionlevel: '5',
      },
    });
  });

  test('leave volumes out, with a message and return code 4', async () => {
    await sandbox.file(FILE, `* no copies of the second\nexclude.image "${two}"\n`);
    const { code, stderr, results } = await backup(one, two);
    // No rule names the first any more, which is worth a warning by itself.
    expect(code).toBe(8);
    expect(results).toMatchObject([
      { volume: one, returnCode: 8, warningIds: ['SFR9214W'] },
      { volume: two, returnCode: 4 },
    ]);
    expect(stderr).toContain(`Skipped '${two}': Line 2 of ${sandbox.path(FILE)} excludes it.`);
    expect((await backup(two)).code).toBe(4);
  });

  test('from the bottom: the later line holds', async () => {
    await sandbox.file(FILE, `exclude.image *\ninclude.image "${two}" KEPT\n`);
    const { code, results } = await backup(two);
    expect({ code, results }).toMatchObject({ code: 0, results: [{ image: { mgmtClass: 'KEPT' } }] });
  });

  test('a rule whose value does not fit stops the backup with its line', async () => {
    await sandbox.file(FILE, `\ninclude.image ${one} imagegapsize=lots\n`);
    expect((await backup(one)).results).toMatchObject([{ error: { code: 'OPTION_INVALID', details: { line: 2 } } }]);
    const { results } = await backup(two);
    expect(results[0]).toHaveProperty('image');
  });
});

describe('domain.image', () => {
  test('is what is backed up when nothing is named', async () => {
    await sandbox.file(FILE, `domain.image ${one}\ndomain.image "${two}"\n`);
    const { code, results } = await backup();
    expect(code).toBe(0);
    expect(results.map(({ volume }) => volume)).toEqual([one, two]);
    expect((await backup(two)).results.map(({ volume }) => volume)).toEqual([two]);
  });

  test('without it nothing is done', async () => {
    const { code, stderr, error } = await backup();
    expect({ code, error }).toMatchObject({ code: 12, error: { code: 'COMMAND_INVALID' } });
    expect(stderr).toContain('nothing was done');
  });
});

test('compression no stores blocks as they are', async () => {
  const big = await sandbox.ext4('zeros.img', 16 * MIB, 4_000_000);
  const repository = (name: string) => `-repository=${sandbox.path(name)}`;
  const passphrase = `-passwordfile=${await sandbox.file('passphrase', 'correct horse')}`;
  await sandbox.file('config/stillframe/stillframe.opt', 'compression no\n');
  await json('init', repository('plain'), passphrase);
  const plain = await backup(big, repository('plain'), passphrase);
  await json('init', repository('small'), passphrase);
  const small = await backup(big, repository('small'), passphrase, '-compression=yes');
  const stored = ({ results }: { results: Result[] }) => results[0]?.counters?.storedBytes ?? 0;
  expect(stored(plain)).toBeGreaterThan(stored(small));
  await sandbox.restic(sandbox.path('plain'), 'correct horse', 'check', '--read-data');
});

describe('query options', () => {
  test('says what is in force and who said so', async () => {
    await sandbox.file(FILE, `imagegapsize 64k\ninclude.image ${one} WEEKLY imagegapsize=1m\n`);
    const { code, stdout } = await sandbox.run(['query', 'options']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^IMAGEGapsize +64k +line 1$/m);
    expect(stdout).toMatch(/^MODe +selective +default$/m);
    expect(stdout).toContain(`line 2: include.image ${one} WEEKLY imagegapsize=1m`);
    const { last } = await json('q', 'op', one, '-repository=/elsewhere');
    expect(last).toMatchObject({ volume: one, excluded: false, rule: { line: 2 } });
    expect(last.options).toContainEqual(
      expect.objectContaining({
        name: 'imagegapsize',
        value: '1m',
        source: expect.objectContaining({ from: 'rule', line: 2 }),
      }),
    );
    expect(last.options).toContainEqual(
      expect.objectContaining({
        name: 'managementclass',
        value: 'WEEKLY',
        source: expect.objectContaining({ line: 2 }),
      }),
    );
    expect(last.options).toContainEqual(
      expect.objectContaining({ name: 'repository', value: '/elsewhere', source: { from: 'command' } }),
    );
    expect((await sandbox.run(['query', 'options', '-detail'])).stdout).toContain('Default: 32k. Allowed: 0 to');
  });
});

describe('passwordaccess prompt', () => {
  test('keeps no generated key, so a repository cannot be made without a passphrase', async () => {
    await sandbox.file(FILE, `passwordaccess prompt\nrepository ${sandbox.path('asked')}\n`);
    expect((await json('init')).last).toMatchObject({ error: { code: 'PASSPHRASE_REQUIRED' } });
    const made = await sandbox.runAtTerminal(
      ['init'],
      [
        { at: 'New passphrase', type: 'staple' },
        { at: 'The same again', type: 'staple' },
      ],
    );
    expect(made.code).toBe(0);
    expect((await json('q', 'im')).last).toMatchObject({ error: { code: 'PASSPHRASE_REQUIRED' } });
    await sandbox.restic(sandbox.path('asked'), 'staple', 'snapshots');
  });
});
