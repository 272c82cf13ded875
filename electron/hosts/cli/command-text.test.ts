/** The command lines that plans and tasks show, read by a shell and by this command line's own grammar. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BackupRequest, type ScheduleDefinition, scheduleActionSchema } from '#contract';
import { OPTIONS } from '#engine/policy/options.ts';
import { resolveOptions } from '#engine/policy/resolve-options.ts';
import { scheduledCommandText } from '#engine/schedules/launch.ts';
import { NIGHTLY } from '#engine/schedules/sample-schedule.ts';
import { backupCommandText } from '#engine/session/command-text.ts';
import { COMMANDS, commandName } from './command-table.ts';
import { requestFrom } from './commands/backup-image.ts';
import { parseCommandLine } from './grammar.ts';

const run = promisify(execFile);
const KIB = 1024;
const paths = { workingDirectory: '/', homeDirectory: '/home/ada' };

/** The words that a real shell makes of a command line. */
async function shellWords(text: string): Promise<string[]> {
  const { stdout } = await run('sh', ['-c', `printf '%s\\0' ${text}`]);
  return stdout.split('\0').slice(0, -1);
}

/** The requests that the command line makes of it. */
async function requestsOf(text: string): Promise<BackupRequest[]> {
  const [program, ...argv] = await shellWords(text);
  expect(program).toBe('stillframe');
  const parsed = parseCommandLine(argv);
  if (parsed.kind !== 'run') throw new Error(`not a command: ${text}`);
  const options = resolveOptions({ command: parsed.options, environment: {}, paths });
  return parsed.operands.map((volume) => ({ ...requestFrom(options), volume }));
}

/** Names that shells, option parsers and terminals trip over. */
const nastyName = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((name) => !/[\0\ud800-\udfff]/u.test(name)),
  fc.constantFrom(
    '/dev/sdb1',
    '/dev/mapper/vg0-home--of--mine',
    "/srv/it's mine.img",
    '/srv/$(reboot) `id` $HOME.img',
    '-mode=incremental',
    '--',
    '-',
    '/srv/a\nb\tc.img',
    '/srv/*?[a].img',
    '~/home.img',
    '/srv/Übung “2”.img',
    '/srv/!history & more; #not a comment.img',
    '\\',
  ),
);
const seconds = fc.integer({ min: 1, max: 999 });
const options = fc.record(
  {
    snapshotfailover: fc.constantFrom('yes', 'no'),
    snapshotcachesize: fc.integer({ min: 1, max: 100 }).map(String),
    snapshotcachelocation: fc.constantFrom('/var/tmp', '/mnt/a folder/with "quotes"', "/mnt/o'clock"),
    snapshotfsidlewait: fc.tuple(seconds, seconds).map(([a, b]) => (a > b ? `${a}s,${b}s` : `${a}s`)),
    snapshotfsidleretries: fc.integer({ min: 0, max: 9999 }).map(String),
    snapshotfsidleaction: fc.constantFrom('fail', 'continue'),
    presnapshotcmd: fc.constantFrom('sync', `psql -c 'select 1' && echo "$HOME"`, ''),
    freezetimelimit: fc.integer({ min: 1, max: 3600 }).map(String),
    changetracking: fc.constantFrom('yes', 'no'),
    changetrackingaudit: fc.integer({ min: 0, max: 100 }).map(String),
    changetrackingfull: fc.integer({ min: 1, max: 1000 }).map(String),
  },
  { requiredKeys: [] },
);
const request: fc.Arbitrary<BackupRequest> = fc.record(
  {
    volume: nastyName,
    mode: fc.constantFrom('selective', 'incremental'),
    imageType: fc.constantFrom('static', 'snapshot', 'dynamic'),
    snapshotProviderImage: fc.constantFrom('NONE', 'LINUX_LVM', 'FREEZE'),
    imageGapBytes: fc.integer({ min: 0, max: 2 ** 31 }).map((kib) => kib * KIB),
    managementClass: fc.constantFrom('STANDARD', 'monthly_7-years.archive', 'Grün'),
    compressionLevel: fc.integer({ min: 1, max: 19 }),
    allowRaw: fc.boolean(),
    options: options.filter((texts) => Object.keys(texts).length > 0),
  },
  { requiredKeys: ['volume'] },
);

describe('the command of a backup', () => {
  it('asks for the same as the request, through a shell and the grammar', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        expect(await requestsOf(backupCommandText(asked))).toEqual([asked]);
      }),
      { numRuns: 150 },
    );
  });

  it('names exactly the options that were given', () => {
    expect(backupCommandText({ volume: '/dev/sdb1' })).toBe('stillframe backup image /dev/sdb1');
    expect(
      backupCommandText({
        volume: '/srv/my disk.img',
        imageType: 'snapshot',
        imageGapBytes: 65_536,
        options: { SnapshotCacheSize: '20' },
      }),
    ).toBe("stillframe backup image -imagetype=snapshot -imagegapsize=64k -snapshotcachesize=20 '/srv/my disk.img'");
  });

  it('never turns a small gap into none at all', async () => {
    const [asked] = await requestsOf(backupCommandText({ volume: '/dev/sdb1', imageGapBytes: 512 }));
    expect(asked?.imageGapBytes).toBe(KIB);
    expect(OPTIONS.imagegapsize.parse('0', paths)).toBe(0);
  });
});

describe('the command of a schedule', () => {
  const actions = scheduleActionSchema.options.filter((action) => {
    const [, first = '', second = ''] = commandOf({ action }).split(' ');
    return COMMANDS.some((row) => [first, `${first} ${second}`].includes(commandName(row)));
  });

  it.each(actions)('%s is understood', (action) => {
    const words = commandOf({ action, volumes: ['/a', '/b'], repository: '/r', passwordFile: '/p' }).split(' ');
    const parsed = parseCommandLine(words.slice(1));
    if (parsed.kind !== 'run') throw new Error(`${action} is no command`);
    expect(Object.fromEntries(parsed.options)).toMatchObject({
      scheduled: 'nightly',
      quiet: 'yes',
      repository: '/r',
      passwordfile: '/p',
    });
    expect(parsed.operands).toEqual(action === 'backup' ? ['/a', '/b'] : []);
  });
});

function commandOf(changes: Partial<ScheduleDefinition>): string {
  return scheduledCommandText({ ...NIGHTLY, ...changes });
}
