/** Queries, points in time, and changing the passphrase, in the real program on file volumes. */
import { EventEmitter } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ImageSummary, RunSummary } from '#contract';
import { CliSandbox, jsonLines } from './cli-sandbox.ts';
import { runCommandLine } from './run.ts';

const MIB = 1024 ** 2;
const FILE = 'config/stillframe/stillframe.opt';

let sandbox: CliSandbox;
let volume: string;
/** Oldest first. */
let images: ImageSummary[];

beforeAll(async () => {
  sandbox = await CliSandbox.create();
  volume = await sandbox.ext4('volume.img', 16 * MIB, 1_000_000);
  await sandbox.file(FILE, 'presnapshotcmd "db -pgeheim quiesce"\n');
  await json('backup', 'image', volume);
  // Dates are shown, and named, in seconds.
  await new Promise((done) => setTimeout(done, 1100));
  await json('backup', 'image', volume);
  images = ((await json('query', 'image', '-inactive')).images as ImageSummary[]).toReversed();
});

afterAll(() => sandbox[Symbol.asyncDispose]());

/** In this process: what a start of the program takes is not what is tested. */
async function inProcess(args: string[], environment: Record<string, string> = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const texts = Promise.all([text(stdout), text(stderr)]);
  const code = await runCommandLine({
    argv: args,
    environment: sandbox.environment(environment),
    workingDirectory: sandbox.directory,
    stdin: Readable.from([]),
    stdout,
    stderr,
    signals: new EventEmitter(),
  });
  stdout.end();
  stderr.end();
  const [out, err] = await texts;
  return { code, stdout: out, stderr: err };
}

async function call(...args: string[]) {
  const { code, stdout, stderr } = await inProcess([...args, '-json']);
  return { code, stderr, last: jsonLines(stdout).at(-1) ?? {} };
}

async function json(...args: string[]) {
  const { code, stderr, last } = await call(...args);
  if (code !== 0) throw new Error(`${args.join(' ')}: rc ${code} ${stderr}`);
  return last;
}

/** `2026-11-25`, `17:48:05` of an instant, local time. */
function localWords(instant = ''): { date: string; time: string } {
  const at = new Date(Date.parse(instant) - new Date(instant).getTimezoneOffset() * 60_000).toISOString();
  return { date: at.slice(0, 10), time: at.slice(11, 19) };
}

describe('a point in time', () => {
  test('is the version that was the newest then, whatever the order of the options', async () => {
    const { date, time } = localWords(images[0]?.time);
    const [year, month, day] = date.split('-');
    const pit = [`-pitdate=${day}.${month}.${year}`, `-pittime=${time.replaceAll(':', '.')}`];
    const target = sandbox.path('restored.img');
    const restored = await json(
      'restore',
      'image',
      volume,
      target,
      '-imagetofile',
      ...pit,
      '-timeformat=3',
      '-dateformat=4',
    );
    expect(restored).toMatchObject({ imageId: images[0]?.id, returnCode: 0 });
    const listed = await json('query', 'image', `-pitdate=${date}`, `-pittime=${time}`);
    expect(listed.images).toMatchObject([{ id: images[0]?.id }]);
  });

  test('before the first image is none, and nothing is written', async () => {
    const target = sandbox.path('never.img');
    const { code, last } = await call('restore', 'image', volume, target, '-imagetofile', '-pitdate=2001-02-03');
    expect({ code, last }).toMatchObject({ code: 12, last: { error: { code: 'IMAGE_NOT_FOUND' } } });
    await expect(stat(target)).rejects.toThrow('ENOENT');
  });

  test('-inactive restores the newest, and -pick needs somebody who picks', async () => {
    const target = sandbox.path('newest.img');
    expect(await json('restore', 'image', volume, target, '-imagetofile', '-inactive')).toMatchObject({
      imageId: images[1]?.id,
    });
    const { code, last } = await call('restore', 'image', volume, '-pick');
    expect({ code, last }).toMatchObject({
      code: 12,
      last: { error: { code: 'OPTION_INVALID', details: { option: 'pick' } } },
    });
  });

  test('-pick restores what is picked at a terminal', async () => {
    const target = sandbox.path('picked.img');
    const { code, stdout } = await sandbox.runAtTerminal(
      ['restore', 'image', volume, target, '-imagetofile', '-pick', '-inactive'],
      [
        { at: 'Number of the image', type: '1 2' },
        { at: 'Number of the image', type: '2' },
      ],
    );
    expect(stdout).toContain('One of the numbers of the list is needed.');
    expect(stdout).toContain('finished without failure');
    expect(code).toBe(0);
  });
});

describe('queries', () => {
  test('filespace: a line a volume, with the fsID', async () => {
    const { filespaces } = await json('query', 'filespace');
    expect(filespaces).toMatchObject([
      { number: 1, name: volume, type: 'ext4', imageCount: 2, active: true, lastBackup: images[1]?.time },
    ]);
    const { stdout } = await inProcess(['q', 'f', '-detail', sandbox.path('*volume.img')]);
    expect(stdout).toMatch(
      /^# {2}Last Incr Date .*Type .*fsID .*File Space Name\n1 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}EXT4 +\d+ /,
    );
    expect((await call('q', 'f', 'other*')).code).toBe(8);
  });

  test('session: who, where, since when', async () => {
    const session = await json('query', 'session');
    const status = { location: sandbox.path('data/stillframe/repository'), state: 'open', imageCount: 2 };
    expect(session).toMatchObject({ privileged: process.getuid?.() === 0, repository: status });
    expect(Date.parse(String(session.lastAccess))).toBeGreaterThanOrEqual(Date.parse(images[1]?.time ?? ''));
  });

  test('systeminfo: to a file, without commands and passphrases', async () => {
    const file = sandbox.path('info.txt');
    vi.stubEnv('STILLFRAME_PASSWORD', 'unused-geheim');
    const { code, stdout } = await inProcess(['query', 'systeminfo', `-filename=${file}`]);
    vi.unstubAllEnvs();
    expect({ code, stdout }).toEqual({ code: 0, stdout: `System information was written to ${file}.\n` });
    const written = await readFile(file, 'utf8');
    expect(written).toContain('Snapshot providers');
    expect(written).toMatch(/lsblk +lsblk from util-linux/);
    expect(written).toMatch(/presnapshotcmd +\(set, not shown\)/);
    expect(written).toMatch(/STILLFRAME_PASSWORD +\(set, not shown\)/);
    expect(written).not.toContain('geheim');
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  test('systeminfo: replaces its own files, and nothing else', async () => {
    const again = sandbox.path('again.txt');
    for (const options of [[], ['-json'], []])
      await inProcess(['query', 'systeminfo', `-filename=${again}`, ...options]);
    expect(await readFile(again, 'utf8')).toMatch(/^Stillframe system information, [\s\S]*\n$/);
    const before = await readFile(volume);
    for (const name of [volume, '/dev/null', sandbox.directory]) {
      const refused = await call('query', 'systeminfo', `-filename=${name}`);
      expect(refused).toMatchObject({ code: 12, last: { error: { code: 'OPTION_INVALID' } } });
    }
    expect(before.equals(await readFile(volume))).toBe(true);
  });

  test('volume: a file that is in no list; patterns are what they are elsewhere', async () => {
    const { volumes } = await json('query', 'volume', volume);
    expect(volumes).toMatchObject([{ name: volume, kind: 'file', fsType: 'ext4' }]);
    expect((await call('query', 'volume', `${sandbox.directory}/*`)).code).toBe(12);
    expect((await json('query', 'filespace', `${sandbox.directory}/*.img`)).filespaces).toHaveLength(1);
    const preview = await call('preview', 'backup', 'image', '/no/such/*');
    expect(preview).toMatchObject({ code: 12, last: { volumes: [{ error: { code: 'VOLUME_NOT_FOUND' } }] } });
  });

  test('activity: the runs, filtered, and the log of one', async () => {
    const { runs, total } = (await json('query', 'activity', '-runkind=backup', '-maxruns=1')) as {
      runs: RunSummary[];
      total: number;
    };
    expect({ runs, total }).toMatchObject({ runs: [{ subject: volume, state: 'succeeded' }], total: 2 });
    expect(await json('q', 'act', '-todate=2001-01-01')).toEqual({ runs: [], total: 0 });
    const { stdout } = await inProcess(['query', 'activity', runs[0]?.id.slice(0, 6) ?? '']);
    expect(stdout).toMatch(/State +succeeded[\s\S]* info +Phase: store\.[\s\S]* info +Completed\./);
    expect(await call('q', 'act', 'abcdef')).toMatchObject({ code: 12, last: { error: { code: 'TASK_NOT_FOUND' } } });
  });
});

test('preview backup image says what decides, creates nothing, and answers as the backup would', async () => {
  await sandbox.file(
    FILE,
    `exclude.image ${sandbox.path('out*')}\ninclude.image ${sandbox.path('*volume.img')} STANDARD imagegapsize=0`,
  );
  const { code, last } = await call('preview', 'backup', 'image', volume);
  expect(code).toBe(0);
  expect(last).toMatchObject({
    volumes: [{ rule: { line: 2 }, managementClass: 'STANDARD', plan: { readBytes: 16 * MIB } }],
  });
  await sandbox.file(FILE, `exclude.image ${volume}`);
  const nowhere = { XDG_DATA_HOME: sandbox.path('empty') };
  const excluded = await inProcess(['preview', 'backup', 'image', volume], nowhere);
  expect(excluded).toMatchObject({ code: 4, stdout: expect.stringContaining('no, it is excluded') });
  await expect(stat(sandbox.path('empty'))).rejects.toThrow('ENOENT');
});

test('set password replaces the passphrase and nothing else opens any more', async () => {
  const repository = `-repository=${sandbox.path('own')}`;
  const first = await sandbox.file('first', 'eins\n');
  const second = await sandbox.file('second', 'zwei\n');
  await json('init', repository, `-passwordfile=${first}`);
  const told = await call('set', 'password', 'eins', 'zwei', repository);
  expect(told.code).toBe(12);
  expect(told.stderr + JSON.stringify(told.last)).not.toMatch(/eins|zwei/);
  const changed = await call('set', 'password', repository, `-passwordfile=${first}`, `-newpasswordfile=${second}`);
  expect(changed).toMatchObject({
    code: 0,
    last: { replaced: true },
    stderr: expect.stringContaining('holds the former passphrase'),
  });
  expect(await call('q', 'im', repository, `-passwordfile=${first}`)).toMatchObject({
    last: { error: { code: 'PASSPHRASE_WRONG' } },
  });
  expect(await sandbox.restic(sandbox.path('own'), 'zwei', 'check')).toContain('no errors were found');
});

describe('cancel', () => {
  test('stops a run of another process, which ends as cancelled and leaves nothing', async () => {
    await sandbox.file(FILE, '');
    const large = sandbox.path('large.img');
    // Holes are read as fast as memory; this many take a minute.
    await sandbox.run(['-c', `truncate -s 200G ${large}`], {}, ['sh']);
    const backup = sandbox.start(['backup', 'image', large, '-json']);
    const exited = new Promise<number | null>((done) => backup.on('exit', done));
    let stdout = '';
    await new Promise<void>((started) =>
      backup.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        stdout += chunk;
        if (stdout.includes('"phase":"store"')) started();
      }),
    );
    const { code, last } = await call('cancel');
    expect({ code, last }).toMatchObject({ code: 0, last: { run: { subject: large, state: 'cancelled' } } });
    expect(await exited).toBe(12);
    expect(jsonLines(stdout).at(-1)).toMatchObject({ results: [{ error: { code: 'CANCELLED' } }] });
    expect((await json('query', 'image', '-inactive')).images).toHaveLength(2);
    const locks = await sandbox.run(
      ['-c', `ls ${sandbox.path('data/stillframe/repository/locks')} ${sandbox.path('state/stillframe/cancel')}`],
      {},
      ['sh'],
    );
    expect(locks.stdout).not.toMatch(/[0-9a-f]{16}/);
    expect(await json('cancel')).toMatchObject({ run: null });
  });

  test('names what is wrong with a run that has ended', async () => {
    const { runs } = (await json('q', 'act', '-maxruns=1')) as { runs: RunSummary[] };
    const { code, last } = await call('cancel', runs[0]?.id ?? '');
    expect({ code, last }).toMatchObject({
      code: 12,
      last: { error: { code: 'TASK_NOT_FOUND', details: { reason: 'It has ended already.' } } },
    });
  });
});
