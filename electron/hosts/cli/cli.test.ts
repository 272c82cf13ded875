/** The real program against real repositories and file volumes, judged by restic and e2fsck. */
import { execFile } from 'node:child_process';
import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliSandbox, jsonLines, LAUNCHER } from './cli-sandbox.ts';

const MIB = 1024 ** 2;
const PASSPHRASE = 'correct horse';
const command = promisify(execFile);

let sandbox: CliSandbox;
let volume: string;
let repository: string;
/** Options that name and open the repository. */
let opened: string[];

beforeAll(async () => {
  sandbox = await CliSandbox.create();
  volume = await sandbox.ext4('disk.img', 48 * MIB);
  repository = sandbox.path('repository');
  opened = [`-repository=${repository}`, `-passwordfile=${await sandbox.file('passphrase', `${PASSPHRASE}\n`)}`];
});

afterAll(() => sandbox[Symbol.asyncDispose]());

/** The document or last line of a run in JSON. */
async function json(...args: string[]) {
  const { code, stdout, stderr } = await sandbox.run([...args, '-json']);
  return { code, stderr, lines: jsonLines(stdout), last: jsonLines(stdout).at(-1) ?? {} };
}

describe('the main job', () => {
  test('init creates a repository that restic opens', async () => {
    const { code, last } = await json('init', ...opened);
    expect(code).toBe(0);
    expect(last).toMatchObject({ repository, id: expect.stringMatching(/^[0-9a-f]{64}$/) });
    await sandbox.restic(repository, PASSPHRASE, 'check');
    await sandbox.restic(repository, String(last.recoveryKey), 'snapshots');
  });

  test('a second init refuses to touch it', async () => {
    const { code, last, stderr } = await json('init', ...opened);
    expect({ code, last }).toMatchObject({ code: 12, last: { error: { code: 'REPOSITORY_EXISTS' } } });
    expect(stderr).toMatch(/^SFR9002E There already is a repository at .*\[REPOSITORY_EXISTS\]\n/);
  });

  test('backup image tells its story and ends with 0', async () => {
    const { code, stdout, stderr } = await sandbox.run(['backup', 'image', volume, ...opened]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Image backup of volume '${volume}'`);
    expect(stdout).toMatch(/Volume --> +[\d,]+ \S+disk\.img \[Sent\]\n/);
    expect(stdout).toContain(`Image backup of '${volume}' finished without failure.`);
    expect(stdout).toMatch(/\nVolumes backed up: +1\n/);
  });

  test('a second backup of the unchanged volume, by a relative name, stores nearly nothing', async () => {
    const { code, lines, last } = await json('b', 'im', 'disk.img', ...opened);
    expect(code).toBe(0);
    expect(last).toMatchObject({ type: 'result', command: 'backup image', returnCode: 0 });
    expect(lines.slice(0, -1).every((line) => line.type === 'progress')).toBe(true);
    const [result] = last.results as { counters: { storedBytes: number }; image: { volume: string } }[];
    expect(result?.image.volume).toBe(volume);
    expect(result?.counters.storedBytes).toBeLessThan(100_000);
  });

  test('query image lists the active image, and all with -inactive', async () => {
    const { last } = await json('query', 'image', ...opened);
    expect(last.images).toMatchObject([
      { volume, imageSize: 48 * MIB, fsType: 'ext4', mgmtClass: 'STANDARD', active: true, imageType: 'static' },
    ]);
    const [image] = last.images as { id: string; storedSize: number; time: string }[];
    expect(image?.storedSize).toBeGreaterThan(3_000_000);
    expect(new Date(image?.time ?? '').toISOString()).toBe(image?.time);
    const all = await json('q', 'im', '-ina', ...opened);
    expect((all.last.images as unknown[]).length).toBe(2);
    const table = await sandbox.run(['q', 'im', ...opened]);
    expect(table.stdout).toMatch(
      /^ +Image Size +Stored Size +FSType +Backup Date +Mgmt Class +A\/I +Image Name +Id\n1 /,
    );
  });

  test('query image -detail shows the File Details', async () => {
    const { stdout, code } = await sandbox.run(['q', 'im', 'disk.img', '-det', ...opened]);
    expect(code).toBe(0);
    expect(stdout).toContain(`File Details of '${volume}'`);
    expect(stdout).toMatch(/FS label +sample/);
    const { last } = await json('q', 'im', '-det', ...opened);
    expect(last.images).toMatchObject([{ volume, manifest: { version: 1 }, resticCommand: expect.any(String) }]);
  });

  test('query image of a volume without images warns', async () => {
    const { code, last } = await json('q', 'im', '/dev/none', ...opened);
    expect({ code, last }).toEqual({ code: 8, last: { images: [] } });
  });

  test('restore image into a new file, and over it only when confirmed', async () => {
    const copy = sandbox.path('copy.img');
    const { code, last } = await json('restore', 'image', volume, copy, '-imagetofile', ...opened);
    expect({ code, last }).toMatchObject({ code: 0, last: { type: 'result', target: copy, warnings: [] } });
    await command('cmp', [volume, copy]);
    await command('e2fsck', ['-fn', copy]);

    await writeFile(copy, 'precious', { flag: 'r+' });
    const refused = await json('restore', 'image', 'disk.img', copy, ...opened);
    expect(refused).toMatchObject({ code: 12, last: { error: { code: 'TARGET_NOT_CONFIRMED' } } });
    expect((await readFile(copy)).subarray(0, 8).toString()).toBe('precious');

    const done = await sandbox.run(['res', 'im', 'disk.img', 'copy.img', '-noprompt', ...opened]);
    expect(done).toMatchObject({ code: 0 });
    expect(done.stdout).toMatch(/Bytes read back and equal: +[\d.]+ MiB\n/);
    await command('cmp', [volume, copy]);
  });

  test('a smaller target is refused', async () => {
    const small = await sandbox.ext4('small.img', 20 * MIB);
    const { last, stderr } = await json('restore', 'image', volume, small, '-noprompt', ...opened);
    expect(last).toMatchObject({ returnCode: 12, error: { code: 'TARGET_TOO_SMALL' } });
    expect(stderr).toContain('48.0 MiB is needed, it has 20.0 MiB. Nothing was written to it.');
  });

  test('check -readdata agrees with restic', async () => {
    const { code, stdout } = await sandbox.run(['check', '-readdata', ...opened]);
    expect(code).toBe(0);
    expect(stdout).toContain('The repository is undamaged: every stored block was read and verified.');
    await sandbox.restic(repository, PASSPHRASE, 'check', '--read-data');
  });

  test('keys are added, listed, used and removed', async () => {
    const second = await sandbox.file('second', 'battery staple');
    const { last } = await json('key', 'add', `-newpasswordfile=${second}`, ...opened);
    const withSecond = [`-repository=${repository}`, `-passwordfile=${second}`];
    expect((await json('key', 'list', ...withSecond)).last.keys).toContainEqual(
      expect.objectContaining({ id: last.id, current: true }),
    );
    expect((await json('key', 'remove', String(last.id), ...withSecond)).last).toMatchObject({
      error: { code: 'KEY_IN_USE' },
    });
    expect((await json('key', 'remove', String(last.id), ...opened)).code).toBe(0);
    expect((await json('q', 'im', ...withSecond)).last).toMatchObject({ error: { code: 'PASSPHRASE_WRONG' } });
  });
});

describe('things that are wrong', () => {
  test.each([
    ['q im -repository=/nowhere/at/all', 'REPOSITORY_NOT_FOUND'],
    ['q im -passwordfile=/nowhere', 'OPTION_INVALID'],
    ['q im -imagegap=3', 'OPTION_INVALID'],
    ['q im -imagegapsz', 'OPTION_INVALID'],
    ['b im x -image=3', 'OPTION_INVALID'],
    ['b im x -imagegapsize=3x', 'OPTION_INVALID'],
    ['b', 'COMMAND_INVALID'],
    ['snap', 'COMMAND_INVALID'],
  ])('%s ends with 12 and %s', async (line, code) => {
    const result = await json(...line.split(' '));
    expect(result).toMatchObject({ code: 12, last: { returnCode: 12, error: { code } } });
    expect(result.stderr).toMatch(new RegExp(`^SFR\\d{4}[ES] .*\\[${code}\\]\\n(.*\\n)* {2}What to do {2}.*\\n$`));
  });

  test('an unknown volume fails alone; the others are backed up', async () => {
    await using own = await CliSandbox.create();
    const small = await own.ext4('small.img', 20 * MIB, 1000);
    const { code, stdout, stderr } = await own.run(['b', 'im', '/dev/nothing', small, small]);
    expect(code).toBe(12);
    expect(stdout).toMatch(/Volumes inspected: +3\nVolumes backed up: +1\nVolumes skipped: +1\nVolumes failed: +1\n/);
    expect(stderr).toContain('There is no volume /dev/nothing. [VOLUME_NOT_FOUND]');
  });

  test('the personal repository is created by the first backup and opens by itself later', async () => {
    await using own = await CliSandbox.create();
    await own.ext4('small.img', 20 * MIB, 1000);
    const first = await own.run(['b', 'im', 'small.img']);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stderr).toContain(`Created the repository ${own.path('data/stillframe/repository')}.`);
    const second = await own.run(['q', 'im', '-json']);
    expect(second).toMatchObject({ code: 0, stderr: '' });
  });

  test('the options file counts, and its mistakes are warnings that name the line', async () => {
    await using own = await CliSandbox.create();
    await own.file('config/stillframe/stillframe.opt', '* mine\nrepository ~/elsewhere\nfrobnicate 7\n');
    const { code, stdout, stderr } = await own.run(['init', '-json']);
    expect({ code, last: jsonLines(stdout)[0] }).toMatchObject({
      code: 8,
      last: { repository: own.path('elsewhere') },
    });
    expect(stderr).toMatch(/SFR9213W .*stillframe\.opt, line 3: the option “frobnicate” is not known/);
  });

  test('the passphrase may come from the environment', async () => {
    await using own = await CliSandbox.create();
    const environment = { STILLFRAME_REPOSITORY: own.path('r'), STILLFRAME_PASSWORD: 'from outside' };
    expect(await own.run(['init'], environment)).toMatchObject({ code: 0 });
    await own.restic(own.path('r'), 'from outside', 'check');
    expect(await own.run(['q', 'im'], environment)).toMatchObject({ code: 0 });
    const wrong = await own.run(['q', 'im'], { ...environment, STILLFRAME_PASSWORD: 'guess' });
    expect(wrong.stderr).toContain('[PASSPHRASE_WRONG]');
  });
});

describe('at a terminal', () => {
  test('the passphrase is asked for without being shown, and the target has to be typed', async () => {
    await using own = await CliSandbox.create();
    const source = await own.ext4('small.img', 20 * MIB, 1000);
    const target = await own.ext4('target.img', 20 * MIB, 2000);
    const repositoryOption = `-repository=${own.path('r')}`;
    const environment = { STILLFRAME_PASSWORD: 'geheim' };
    expect(await own.run(['init', repositoryOption], environment)).toMatchObject({ code: 0 });
    expect(await own.run(['b', 'im', source, repositoryOption], environment)).toMatchObject({ code: 0 });

    const restore = ['restore', 'image', source, target, repositoryOption];
    const wrong = await own.runAtTerminal(restore, [
      { at: 'Passphrase of', type: 'geheim' },
      { at: 'to overwrite it:', type: 'yes' },
    ]);
    expect(wrong.code).toBe(12);
    expect(wrong.stdout).not.toContain('geheim');
    expect(wrong.stdout).toMatch(/Holds now +ext4/);
    expect(wrong.stdout).toContain('[TARGET_NOT_CONFIRMED]');

    const right = await own.runAtTerminal(restore, [
      { at: 'Passphrase of', type: 'mistyped' },
      { at: 'Passphrase of', type: 'geheim' },
      { at: 'to overwrite it:', type: target },
    ]);
    expect(right.stdout).toContain('That passphrase does not open it.');
    expect(right.code).toBe(0);
    await command('cmp', [source, target]);
  });

  test('a created repository shows its recovery key once, and it opens the repository', async () => {
    await using own = await CliSandbox.create();
    const { stdout, code } = await own.runAtTerminal(['init', `-repository=${own.path('r')}`], []);
    expect(code).toBe(0);
    const [, key = ''] = /Recovery key: +(\S+)/.exec(stdout) ?? [];
    await own.restic(own.path('r'), key, 'snapshots');
  });
});

describe('the process', () => {
  test('the launcher runs under the system’s Node and passes everything on', async () => {
    const launched = await sandbox.run(['--version'], {}, [process.execPath, LAUNCHER]);
    expect(launched).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^stillframe \d+\.\d+\.\d+\n$/),
      stderr: '',
    });
    expect(await sandbox.run(['nonsense'], {}, [process.execPath, LAUNCHER])).toMatchObject({ code: 12, stdout: '' });
  });

  test('an interrupted backup ends with 12, holds nothing, and the next one works', async () => {
    await using own = await CliSandbox.create();
    const big = await own.ext4('big.img', 256 * MIB, 150 * MIB);
    const child = own.start(['b', 'im', big, '-json', '-compressionlevel=19']);
    let out = '';
    const exited = new Promise<number | null>((done) => child.on('close', done));
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
      if (out.includes('"phase":"store"')) child.kill('SIGINT');
    });
    expect(await exited).toBe(12);
    const results = jsonLines(out).at(-1)?.results;
    expect(results).toMatchObject([{ error: { code: 'CANCELLED' } }]);
    expect((await own.run(['check', '-json'])).code).toBe(0);
    expect(await readdir(own.path('data/stillframe/repository/locks'))).toEqual([]);
  });

  test('a reader that goes away does not matter', async () => {
    const child = sandbox.start(['help']);
    child.stdout.destroy();
    expect(await new Promise((done) => child.on('exit', done))).toBe(0);
  });

  test('help, version and wrong commands work without an engine', async () => {
    expect((await sandbox.run(['help', 'restore', 'image'])).stdout).toContain('-IMAGETOfile');
    await expect(access(sandbox.path('data'))).rejects.toThrow();
  });
});
