import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunSummary, ScheduleDefinition } from '#contract';
import type { Scheduling } from '../ports.ts';
import { NIGHTLY, sampleScheduling } from '../schedules/sample-schedule.ts';
import { SystemdStand } from '../testing/systemd-stand.ts';
import { testPorts } from '../testing/test-ports.ts';
import { createWorkspace, type Workspace } from '../testing/workspace.ts';
import { ScheduleService } from './schedule-service.ts';

const UNITS = [
  'stillframe-nightly.service',
  'stillframe-nightly.timer',
  'timers.target.wants/stillframe-nightly.timer',
];
/** A Wednesday; in Berlin it is 13:00. */
const NOW = Date.parse('2026-11-25T12:00:00Z');
const LAST: RunSummary = {
  id: 'a',
  kind: 'backup',
  subject: '/home',
  state: 'succeeded',
  startedAt: '2026-11-23T02:31:00.000Z',
  elapsedSeconds: 3,
  readBytes: 1,
  storedBytes: 1,
  deduplicatedBytes: 0,
  warningCount: 0,
  repeatable: true,
};

let workspace: Workspace;
let stand: SystemdStand;
let config: string;

beforeEach(async () => {
  workspace = await createWorkspace();
  stand = await SystemdStand.create(workspace.path('root'));
  config = join(workspace.folder, 'config');
});
afterEach(() => workspace[Symbol.asyncDispose]());

function service({
  scope = 'system',
  open = '/repository',
  last,
}: {
  scope?: Scheduling['scope'];
  open?: string;
  last?: RunSummary;
} = {}): ScheduleService {
  const ports = testPorts(workspace.folder);
  return new ScheduleService(
    { ...ports, clock: { ...ports.clock, now: () => NOW }, scheduling: sampleScheduling(stand.root, scope) },
    {
      lastRun: async () => last,
      startedBy: () => undefined,
      repositories: async () => ({ open, usual: '/repository' }),
    },
  );
}

const definitions = async (): Promise<unknown> =>
  JSON.parse(await readFile(join(config, 'schedules.json'), 'utf8').catch(() => '{"schedules":[]}')).schedules;

const changed = (changes: Partial<ScheduleDefinition>): ScheduleDefinition => ({ ...NIGHTLY, ...changes });

describe('saving', () => {
  test('installs the timer, and says when it runs next and ran last', async () => {
    const saved = await service({ last: LAST }).save(NIGHTLY);
    expect(saved).toEqual({
      ...NIGHTLY,
      startedBy: 'systemd',
      state: 'installed',
      command: 'stillframe backup image -scheduled=nightly -quiet -- /home',
      nextRun: '2026-11-26T02:30:00.000Z',
      lastRun: LAST.startedAt,
      lastState: 'succeeded',
    });
    expect(await stand.files()).toEqual(UNITS);
    expect(await stand.asked()).toEqual([
      '--no-pager --no-ask-password daemon-reload',
      '--no-pager --no-ask-password enable --now stillframe-nightly.timer',
    ]);
    expect((await stat(join(config, 'schedules.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(stand.units, UNITS[0] ?? ''))).mode & 0o777).toBe(0o644);
    expect(await service({ last: LAST }).list()).toEqual({
      schedules: [saved],
      support: { systemd: 'system', reason: '' },
    });
  });

  test('again makes the waiting timer wait for the new time', async () => {
    await service().save(NIGHTLY);
    const saved = await service().save(changed({ time: '05:00' }));
    expect(saved).toMatchObject({ state: 'installed', nextRun: '2026-11-26T04:00:00.000Z' });
    expect((await stand.asked()).at(-1)).toContain('restart stillframe-nightly.timer');
    expect(await definitions()).toEqual([changed({ time: '05:00' })]);
  });

  test('switched off takes the timer away and keeps the definition', async () => {
    await service().save(NIGHTLY);
    const saved = await service().save(changed({ enabled: false }));
    expect(saved).toMatchObject({ enabled: false, state: 'missing' });
    expect(saved.nextRun).toBeUndefined();
    expect(await stand.files()).toEqual([]);
    expect(await definitions()).toEqual([changed({ enabled: false })]);
  });

  test('keeps the repository where it is not the one that a run would take', async () => {
    const saved = await service({ open: '/elsewhere' }).save(NIGHTLY);
    expect(saved).toMatchObject({ repository: '/elsewhere' });
    expect(saved.command).toContain('-repository=/elsewhere');
  });

  test.each([
    ['a volume by part of its path', { volumes: ['home'] }, /home is not a whole path/],
    ['a line end', { volumes: ['/ho\nme'] }, /control characters/],
    ['a name that is none', { name: '../x' }, /cannot be used \(name\)/],
    ['a time that is none', { time: '25:00' }, /cannot be used \(time\)/],
    ['a password file by part of its path', { passwordFile: 'secret' }, /whole path/],
    ['too many volumes', { volumes: Array.from({ length: 900 }, (_, i) => `/${i}`.padEnd(200, 'x')) }, /longer names/],
  ])('refuses %s', async (_, changes, reason) => {
    const failure = expect(service().save(changed(changes)));
    await failure.rejects.toMatchObject({
      code: 'SCHEDULE_INVALID',
      details: { reason: expect.stringMatching(reason) },
    });
    expect([await stand.files(), await definitions()]).toEqual([[], []]);
  });
});

describe('what fails', () => {
  test.each(['daemon-reload', 'enable'])('at %s leaves nothing behind', async (verb) => {
    await stand.fail(verb);
    await expect(service().save(NIGHTLY)).rejects.toMatchObject({
      code: 'SCHEDULE_UNAVAILABLE',
      details: { schedule: 'nightly', reason: `systemctl ${verb} failed: Failed to ${verb}: Connection timed out` },
    });
    expect([await stand.files(), await definitions()]).toEqual([[], []]);
  });

  test.each(['daemon-reload', 'enable', 'restart'])('at %s leaves what was there', async (verb) => {
    await service().save(NIGHTLY);
    const before = await readFile(join(stand.units, UNITS[1] ?? ''), 'utf8');
    await stand.fail(verb);
    await expect(service().save(changed({ time: '05:00' }))).rejects.toMatchObject({ code: 'SCHEDULE_UNAVAILABLE' });
    expect(await stand.files()).toEqual(UNITS);
    expect(await readFile(join(stand.units, UNITS[1] ?? ''), 'utf8')).toBe(before);
    expect(await definitions()).toEqual([NIGHTLY]);
  });

  test('is told as it was where the definitions cannot be put back either', async () => {
    await stand.fail('enable');
    // What systemctl does meanwhile stands for a disk that fills up.
    const systemctl = join(stand.root, 'usr/bin/systemctl');
    const file = join(config, 'schedules.json');
    const inTheWay = `rm -f '${file}' && mkdir -p '${file}/x'\n`;
    await writeFile(systemctl, (await readFile(systemctl, 'utf8')).replace('verb=$1\n', `verb=$1\n${inTheWay}`));
    await expect(service().save(NIGHTLY)).rejects.toMatchObject({
      code: 'SCHEDULE_UNAVAILABLE',
      details: { reason: expect.stringContaining('systemctl enable failed') },
    });
  });

  test('says what could not be undone', async () => {
    await stand.fail('daemon-reload');
    await expect(service().save(NIGHTLY)).rejects.toMatchObject({
      details: { leftBehind: [expect.stringContaining('systemd was not told that the units are as before')] },
    });
  });

  test.runIf(process.getuid?.() !== 0)('for want of rights is told', async () => {
    await chmod(stand.units, 0o500);
    await expect(service().save(NIGHTLY)).rejects.toMatchObject({ code: 'SCHEDULE_UNAVAILABLE' });
    expect(await definitions()).toEqual([]);
  });
});

describe('units of others', () => {
  test.each([
    ['a file', (path: string) => writeFile(path, '[Service]\nExecStart=/bin/true\n')],
    ['a mask', (path: string) => symlink('/dev/null', path)],
    ['a folder', (path: string) => mkdir(path)],
  ])('%s of the same name is never touched', async (_, make) => {
    await make(join(stand.units, UNITS[0] ?? ''));
    await expect(service().save(NIGHTLY)).rejects.toMatchObject({ code: 'SCHEDULE_INVALID' });
    await expect(service().remove('nightly')).rejects.toMatchObject({ code: 'SCHEDULE_INVALID' });
    expect(await stand.asked()).toEqual([]);
    expect(await definitions()).toEqual([]);
  });
});

describe('removing', () => {
  test('is complete, and forgets when it ran last', async () => {
    await service().save(NIGHTLY);
    await service().save(changed({ name: 'other' }));
    await service().remove('nightly');
    expect((await stand.files()).filter((file) => file.includes('nightly'))).toEqual([]);
    expect((await stand.files()).filter((file) => file.includes('other'))).toHaveLength(3);
    expect(await definitions()).toEqual([changed({ name: 'other' })]);
    expect((await stand.asked()).join('\n')).toContain('clean --what=state stillframe-nightly.timer');
    await expect(service().remove('nightly')).rejects.toMatchObject({ code: 'SCHEDULE_NOT_FOUND' });
  });

  test('can be repeated after it failed, and finds units whose definition is gone', async () => {
    await service().save(NIGHTLY);
    await stand.fail('daemon-reload');
    await expect(service().remove('nightly')).rejects.toMatchObject({ code: 'SCHEDULE_UNAVAILABLE' });
    expect(await definitions()).toEqual([NIGHTLY]);
    await stand.fail('daemon-reload', false);
    await service().remove('nightly');
    expect([await stand.files(), await definitions()]).toEqual([[], []]);

    await service().save(NIGHTLY);
    await writeFile(join(config, 'schedules.json'), '{"version":1,"schedules":[]}');
    await service().remove('nightly');
    expect(await stand.files()).toEqual([]);
  });

  test('takes the units out although systemd does not run any more', async () => {
    await service().save(NIGHTLY);
    await stand.stop();
    await service().remove('nightly');
    expect([await stand.files(), await definitions()]).toEqual([[], []]);
  });

  test.each(['nothing', '../../etc/passwd', ''])('%j is not there', async (name) => {
    await expect(service().remove(name)).rejects.toMatchObject({ code: 'SCHEDULE_NOT_FOUND' });
  });
});

describe('what is installed', () => {
  test('and was changed by others is seen', async () => {
    await service().save(NIGHTLY);
    const unit = join(stand.units, UNITS[0] ?? '');
    await writeFile(unit, `${await readFile(unit, 'utf8')}# by hand\n`);
    const [schedule] = (await service().list()).schedules;
    // The timer is as it was.
    expect(schedule).toMatchObject({ state: 'changed', nextRun: '2026-11-26T02:30:00.000Z' });
  });

  test('and is not enabled starts nothing', async () => {
    await service().save(NIGHTLY);
    await rm(join(stand.units, UNITS[2] ?? ''));
    const [schedule] = (await service().list()).schedules;
    expect(schedule).toMatchObject({ state: 'missing' });
    expect(schedule?.nextRun).toBeUndefined();
  });
});

describe('a person’s timers', () => {
  test('are made in their own folder, with what lingering is for', async () => {
    const of = service({ scope: 'user' });
    process.env.XDG_CONFIG_HOME = workspace.folder;
    try {
      await of.save(NIGHTLY);
    } finally {
      delete process.env.XDG_CONFIG_HOME;
    }
    expect(await stand.files(join(workspace.folder, 'systemd/user'))).toEqual(UNITS);
    expect(await stand.files()).toEqual([]);
    expect((await stand.asked())[0]).toBe('--user --no-pager --no-ask-password daemon-reload');
    expect((await of.list()).support).toMatchObject({ systemd: 'user', note: expect.stringContaining('logged in') });
  });
});

describe('without systemd', () => {
  beforeEach(() => stand.stop());

  test('a schedule is kept, and nothing starts it until its line is in the crontab', async () => {
    const saved = await service().save(NIGHTLY);
    expect(saved).toMatchObject({ startedBy: 'cron', state: 'missing' });
    expect(saved.nextRun).toBeUndefined();
    expect((await service().list()).support).toEqual({
      systemd: 'none',
      reason: 'systemd does not run on this computer, so nothing starts a schedule unless cron does.',
    });

    const { cron } = await service().preview(NIGHTLY);
    await stand.crontab(`# mine\n${cron}`);
    expect((await service().list()).schedules).toMatchObject([
      { state: 'installed', nextRun: '2026-11-26T02:30:00.000Z' },
    ]);
    await service().save(changed({ time: '05:00' }));
    expect((await service().list()).schedules).toMatchObject([{ state: 'changed' }]);
    await service().remove('nightly');
    expect((await service().list()).schedules).toEqual([]);
  });
});

describe('the preview', () => {
  test('is what saving writes', async () => {
    const { files, cron } = await service().preview(NIGHTLY);
    expect(await stand.files()).toEqual([]);
    await service().save(NIGHTLY);
    for (const { path, text } of files) expect(await readFile(path, 'utf8')).toBe(text);
    expect(cron).toContain('30 3 * * 1,4 sleep');
  });
});

describe('the file of the definitions', () => {
  const write = async (text: string): Promise<void> => {
    await mkdir(config, { recursive: true });
    await writeFile(join(config, 'schedules.json'), text);
  };

  test.each([
    ['no JSON', '{', /not JSON/],
    ['another version', '{"version":2,"schedules":[]}', /cannot be used \(version\)/],
    [
      'a name with a path',
      JSON.stringify({ version: 1, schedules: [changed({ name: '../x' })] }),
      /schedules\.0\.name/,
    ],
    ['a name twice', JSON.stringify({ version: 1, schedules: [NIGHTLY, NIGHTLY] }), /cannot be used \(schedules\)/],
    ['too much', ' '.repeat(4 * 1024 ** 2 + 1), /larger than/],
  ])('with %s is refused and left as it is', async (_, text, reason) => {
    await write(text);
    const refusal = { code: 'SCHEDULE_INVALID', details: { reason: expect.stringMatching(reason) } };
    await expect(service().list()).rejects.toMatchObject(refusal);
    await expect(service().save(changed({ name: 'new' }))).rejects.toMatchObject(refusal);
    expect(await readFile(join(config, 'schedules.json'), 'utf8')).toBe(text);
    expect(await stand.files()).toEqual([]);
  });

  test('with what no unit can hold is listed as what it is', async () => {
    await write(JSON.stringify({ version: 1, schedules: [changed({ volumes: ['/a\nb'] })] }));
    expect((await service().list()).schedules).toMatchObject([{ state: 'missing' }]);
  });

  test('is changed by one after the other', async () => {
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((name) => service().save(changed({ name }))));
    expect(await definitions()).toEqual(names.map((name) => changed({ name })));
  });
});

test('backups that will be started are planned, into the open repository only', async () => {
  await service().save(NIGHTLY);
  await service().save(changed({ name: 'check', action: 'check' }));
  await service().save(changed({ name: 'off', enabled: false }));
  await service({ open: '/elsewhere' }).save(changed({ name: 'elsewhere', volumes: [] }));
  const nextRun = '2026-11-26T02:30:00.000Z';
  expect(await service().plannedBackups()).toEqual([{ volumes: ['/home'], nextRun }]);
  expect(await service({ open: '/elsewhere' }).plannedBackups()).toEqual([{ volumes: [], nextRun }]);
});
