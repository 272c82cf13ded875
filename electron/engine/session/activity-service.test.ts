import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CheckResult, runDetailsSchema, runSummarySchema, type TaskResult } from '#contract';
import { CancelRequests } from '../activity/cancel-requests.ts';
import { RunLog } from '../activity/run-log.ts';
import { MAX_LOG_LINES } from '../activity/run-record.ts';
import { RunRecorder } from '../activity/run-recorder.ts';
import { type TaskContext, TaskRegistry } from '../activity/task-registry.ts';
import { EngineError } from '../base/errors.ts';
import { withoutSecrets } from '../base/secrets.ts';
import type { ErrorLog, Logger, Ports } from '../ports.ts';
import { systemRandom } from '../testing/memory-engine.ts';
import { runRecord } from '../testing/run-records.ts';
import { testPorts } from '../testing/test-ports.ts';
import { createWorkspace, type Workspace } from '../testing/workspace.ts';
import { csvField } from './activity-csv.ts';
import { ActivityService } from './activity-service.ts';
import { mondayOf } from './activity-weeks.ts';
import { generateRecoveryKey } from './key-store.ts';

const CHECKED: CheckResult = {
  kind: 'check',
  readData: false,
  packs: 1,
  blobs: 2,
  snapshots: 1,
  readBytes: 77,
  problems: [
    { kind: 'pack', file: 'ab12', problem: 'is too short', severity: 'error' },
    { kind: 'pack', file: 'cd34', problem: 'is not needed', severity: 'notice' },
  ],
  elapsedSeconds: 1,
};

let workspace: Workspace;
let log: RunLog;
let tasks: TaskRegistry;
let service: ActivityService;
let logger: Logger;
let asked: unknown[];
let written: string[];

beforeEach(async () => {
  workspace = await createWorkspace();
  const ports = testPorts(workspace.folder) as Ports;
  log = new RunLog(ports);
  written = [];
  const write = ({ messageId, text }: { messageId: string; text: string }) => void written.push(`${messageId} ${text}`);
  const errorLog: ErrorLog = { path: '/e', configure: () => undefined, read: () => [], write };
  const recorder = new RunRecorder(log, { ...ports, errorLog }, '?');
  logger = recorder.listening(ports.logger);
  tasks = new TaskRegistry(ports, recorder);
  asked = [];
  const start = async (request: unknown) => {
    asked.push(request);
    return { taskId: 'again' };
  };
  service = new ActivityService(ports, log, {
    backup: start,
    check: start,
    expire: start,
    prune: start,
    location: () => '/repository',
    cancels: new CancelRequests(ports, () => undefined),
  });
});
afterEach(async () => {
  await tasks[Symbol.asyncDispose]();
  await service[Symbol.asyncDispose]();
  await workspace[Symbol.asyncDispose]();
});

async function run(
  work: (context: TaskContext) => Promise<TaskResult>,
  request: unknown = {},
  kind = 'check' as const,
) {
  const id = tasks.start(kind, '/repository', work, { request, command: 'stillframe check' });
  await tasks.finished(id);
  return service.details(id);
}

describe('a recorded run', () => {
  it('has its phases, warnings and the lines that were logged in it', async () => {
    const details = await run(async (context) => {
      context.phase('verify');
      await setTimeout(1);
      logger.info('looking', { pack: 'ab12', passphrase: 'hunter2' });
      context.warn('Slow disk.');
      return CHECKED;
    });
    logger.warn('outside of every run');
    expect(runDetailsSchema.parse(details)).toMatchObject({
      run: { kind: 'check', state: 'succeeded', readBytes: 77, warningCount: 2, repeatable: true },
      warnings: ['Slow disk.', 'pack ab12: is too short'],
      command: 'stillframe check',
      result: { packs: 1 },
    });
    expect(details.log.map(({ level, text }) => `${level} ${text}`)).toEqual([
      'info Started.',
      'info Phase: verify.',
      'info looking (pack: ab12, passphrase: •••)',
      'warn Slow disk.',
      'info Completed.',
    ]);
  });

  it('begins when it starts, waits in a queue, and can be cancelled there', async () => {
    const gate = Promise.withResolvers<CheckResult>();
    const first = tasks.start('check', 'a', () => gate.promise, { queue: 'q' });
    const second = tasks.start('check', 'b', () => gate.promise, { queue: 'q' });
    const states = async () =>
      (await service.list({ filter: {}, limit: 9 })).runs.map(({ subject, state }) => `${subject} ${state}`);
    expect((await states()).sort()).toEqual(['a running', 'b queued']);
    tasks.cancel(second);
    gate.resolve(CHECKED);
    await tasks.finished(first);
    expect((await states()).sort()).toEqual(['a succeeded', 'b cancelled']);
  });

  it('keeps the error, and no more lines than it should', async () => {
    const details = await run(async () => {
      for (let n = 0; n < MAX_LOG_LINES * 2; n++) logger.info(`line ${n}`);
      throw new EngineError('REPOSITORY_FULL', { reason: 'No space.' });
    });
    expect(details).toMatchObject({
      run: { state: 'failed', errorCode: 'REPOSITORY_FULL' },
      error: { details: { reason: 'No space.' } },
    });
    expect(details.log.length).toBeLessThanOrEqual(MAX_LOG_LINES);
    expect(details.log.at(-1)?.text).toMatch(/^Further lines that were left out: \d+/);
  });

  it('never keeps a command that was given for it', async () => {
    const details = await run(async () => CHECKED, {
      volume: '/dev/sdb1',
      options: { presnapshotcmd: 'stop --password hunter2' },
    });
    expect(details.run.repeatable).toBe(false);
    expect(JSON.stringify(details)).not.toContain('hunter2');
    await expect(service.repeat(details.run.id)).rejects.toMatchObject({ code: 'COMMAND_INVALID' });
  });
});

it('what programs said when they failed is kept without secrets', async () => {
  const details = await run(async (context) => {
    context.warn('postsnapshotcmd failed: login with password=hunter2 refused.');
    throw new EngineError('SNAPSHOT_COMMAND_FAILED', { reason: 'mysql: --password=hunter2 is not right.' });
  });
  expect(details.error?.details.reason).toBe('mysql: --password=••• is not right.');
  expect(JSON.stringify(details)).not.toContain('hunter2');
});

describe('repeat', () => {
  it('asks for the same again', async () => {
    const { run: known } = await run(async () => CHECKED, { readData: true });
    expect(await service.repeat(known.id)).toEqual({ taskId: 'again' });
    log.save(runRecord({ id: 'b' }));
    await service.repeat('b');
    expect(asked).toEqual([{ readData: true }, { volume: '/dev/vg0/home' }]);
  });

  it('asks for the same expiration and the same prune again, of the repository that is open', async () => {
    const request = { reclaim: false, prune: { maxUnusedPercent: 0 } };
    log.save(runRecord({ id: 'e', kind: 'expire', subject: '/repository' }, { request }));
    log.save(runRecord({ id: 'p', kind: 'prune', subject: '/repository' }, { request: { maxUnusedPercent: 7 } }));
    log.save(runRecord({ id: 'x', kind: 'expire', subject: '/other' }, { request }));
    log.save(runRecord({ id: 'f', kind: 'prune', subject: '/repository' }, { request: { maxUnusedPercent: 'all' } }));
    await service.repeat('e');
    await service.repeat('p');
    for (const id of ['x', 'f']) await expect(service.repeat(id)).rejects.toMatchObject({ code: 'COMMAND_INVALID' });
    expect(asked).toEqual([request, { maxUnusedPercent: 7 }]);
  });

  it('refuses restores, runs that go on, checks of another repository and what is not known', async () => {
    log.save(runRecord({ id: 'restore', kind: 'restore' }));
    log.save(runRecord({ id: 'running', state: 'running' }, { owner: '?' }));
    log.save(runRecord({ id: 'elsewhere', kind: 'check', subject: '/other' }));
    for (const id of ['restore', 'running', 'elsewhere']) {
      await expect(service.repeat(id)).rejects.toMatchObject({ code: 'COMMAND_INVALID' });
    }
    log.save(runRecord({ id: 'stale' }, { request: { volume: '', imageType: 'what there was once' } }));
    log.save(runRecord({ id: 'forged' }, { request: { volume: '/dev/sdb1', options: { PreSnapshotCmd: 'rm' } } }));
    for (const id of ['stale', 'forged']) {
      await expect(service.repeat(id)).rejects.toMatchObject({ code: 'COMMAND_INVALID' });
    }
    await expect(service.repeat('nobody')).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
    expect(asked).toEqual([]);
  });
});

describe('weeks', () => {
  it('begin on Mondays, and those without a run are there as well', async () => {
    const now = Date.now();
    const thisWeek = mondayOf(now).toISOString();
    const before = new Date(mondayOf(now, 2).getTime() + 3_600_000).toISOString();
    log.save(runRecord({ id: 'a', startedAt: thisWeek, storedBytes: 10, deduplicatedBytes: 5 }));
    log.save(runRecord({ id: 'b', startedAt: before, storedBytes: 3 }));
    log.save(runRecord({ id: 'c', startedAt: before, storedBytes: 4, state: 'failed' }));
    log.save(runRecord({ id: 'd', startedAt: before, kind: 'restore', storedBytes: 99 }));
    log.save(
      runRecord({ id: 'e', startedAt: new Date(mondayOf(now, 3).getTime() - 1).toISOString(), storedBytes: 99 }),
    );
    const weeks = await service.weeks(3);
    expect(weeks.map(({ storedBytes, backups, failed }) => [storedBytes, backups, failed])).toEqual([
      [7, 1, 1],
      [0, 0, 0],
      [10, 1, 0],
    ]);
    for (const { week } of weeks) expect(new Date(`${week}T12:00:00`).getDay()).toBe(1);
  });
});

describe('export', () => {
  it('makes CSV that spreadsheets read and never run', async () => {
    log.save(runRecord({ id: 'a', subject: '=HYPERLINK("http://x","y")' }));
    log.save(runRecord({ id: 'b', subject: '/srv/a "b", c\nd.img', startedAt: '2026-11-21T10:00:00.000Z' }));
    const { text, fileName, mediaType } = await service.export({ filter: {}, format: 'csv' });
    const [header, ...rest] = text.split('\r\n');
    expect(header).toMatch(/^id,kind,subject,state,/);
    expect(rest[0]).toContain('"/srv/a ""b"", c\nd.img"');
    expect(rest[1]).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
    expect(rest.at(-1)).toBe('');
    expect(fileName).toMatch(/^stillframe-activity-\d{4}-\d\d-\d\d\.csv$/);
    expect(mediaType).toMatch(/^text\/csv/);
  });

  it.each([
    ['=1+1', `"'=1+1"`],
    ['  @SUM(A1)', `"'  @SUM(A1)"`],
    ['-2', `"'-2"`],
    ['\tx', `"'\tx"`],
    ['/dev/sdb1', '/dev/sdb1'],
    ['', ''],
  ])('makes %j harmless', (value, field) => expect(csvField(value)).toBe(field));

  it('makes JSON of what the filter lets through', async () => {
    log.save(runRecord({ id: 'a' }));
    log.save(runRecord({ id: 'b', kind: 'check' }));
    const { text } = await service.export({ filter: { kinds: ['check'] }, format: 'json' });
    const { runs } = JSON.parse(text);
    expect(runs).toHaveLength(1);
    expect(runSummarySchema.omit({ repeatable: true }).strict().parse(runs[0]).id).toBe('b');
  });
});

it('answers about the newest backups and checks', async () => {
  log.save(runRecord({ id: 'a' }));
  log.save(runRecord({ id: 'b', state: 'failed', startedAt: '2026-11-22T10:00:00.000Z' }));
  log.save(runRecord({ id: 'c', subject: '/dev/sdb1' }));
  log.save(runRecord({ id: 'd', kind: 'check', subject: '/repository' }, { result: CHECKED }));
  expect((await service.latestBackups()).map(({ id }) => id).sort()).toEqual(['b', 'c']);
  expect((await service.checks('/repository', 10)).map(({ result }) => result)).toEqual([CHECKED]);
  expect(await service.checks('/other', 10)).toEqual([]);
});

it('a recovery key, as it is made, stays out of logs', () => {
  const key = generateRecoveryKey(systemRandom);
  expect(withoutSecrets(`The recovery key ${key} opens nothing.`)).toBe('The recovery key ••• opens nothing.');
});

it('knows which message each warning was, while it runs, afterwards, and in the error log', async () => {
  const id = tasks.start('backup', '/dev/sdb1', async (context) => {
    context.warn('No snapshot.', 'staticFallback');
    context.warn('Something.');
    throw new EngineError('VOLUME_BUSY', { reason: 'It is open, password=hunter2.' });
  });
  const warningIds = ['SFR1213W', 'SFR9200W'];
  expect(await tasks.finished(id)).toMatchObject({ warnings: ['No snapshot.', 'Something.'], warningIds });
  const details = await service.details(id);
  expect(details).toMatchObject({ warnings: ['No snapshot.', 'Something.'], warningIds });
  expect(details.log.at(-1)).toMatchObject({ level: 'error', messageId: 'SFR4987E' });
  expect(written).toEqual([
    'SFR1213W No snapshot.',
    'SFR9200W Something.',
    'SFR4987E backup of /dev/sdb1 failed: VOLUME_BUSY (reason: It is open, password=•••)',
  ]);
});
