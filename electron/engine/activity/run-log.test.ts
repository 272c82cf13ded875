import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../testing/memory-engine.ts';
import { runProgram } from '../testing/run-program.ts';
import { runRecord } from '../testing/run-records.ts';
import { testPorts } from '../testing/test-ports.ts';
import { createWorkspace, type Workspace } from '../testing/workspace.ts';
import { ownerOfNow, settleAbandonedRuns } from './abandoned-runs.ts';
import { RunLog, runLogPath } from './run-log.ts';
import { RunLogFile } from './run-log-file.ts';
import { openFile } from './run-log-schema.ts';
import { KEPT_RUNS, RunStore } from './run-log-store.ts';

let workspace: Workspace;
let warnings: string[];
let moment: number;
const children: ChildProcess[] = [];
let scripts = 0;
const asRoot = process.getuid?.() === 0;

beforeEach(async () => {
  workspace = await createWorkspace();
  warnings = [];
  moment = 0;
  scripts = 0;
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await workspace[Symbol.asyncDispose]();
});

function openLog(): RunLog {
  const ports = testPorts(workspace.folder);
  const clock = { now: () => Date.now() + moment, monotonic: () => performance.now() };
  const warn = (message: string, { reason }: Record<string, unknown> = {}): void => {
    warnings.push(`${message}: ${reason}`);
  };
  return new RunLog({ ...ports, clock, logger: { ...ports.logger, warn } });
}

const file = (): string => runLogPath(join(workspace.folder, 'state'));
const idsIn = (log: RunLog): string[] => log.list({ filter: {}, limit: 5000 }).runs.map(({ id }) => id);
const filesBeside = async (): Promise<string[]> => readdir(join(workspace.folder, 'state'));

/** Runs a module of a few lines in another process, and waits for its first output. */
async function elsewhere(source: string): Promise<ChildProcess> {
  const script = workspace.path(`other-${scripts++}.ts`);
  const at = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
  await writeFile(
    script,
    `import { RunLog } from ${at('./run-log.ts')};
     import { ownerOfNow } from ${at('./abandoned-runs.ts')};
     import { runRecord } from ${at('../testing/run-records.ts')};
     import { testPorts } from ${at('../testing/test-ports.ts')};
     import { DatabaseSync } from 'node:sqlite';
     const ports = testPorts(${JSON.stringify(workspace.folder)});
     ${source}`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout ?? child, 'data');
  return child;
}

it('keeps runs for the next engine, readable by their owner only', async () => {
  {
    using log = openLog();
    log.save(runRecord({ id: 'a' }));
    log.save(runRecord({ id: 'b', startedAt: '2026-11-21T10:00:00.000Z' }, { warnings: ['Careful.'] }));
    for (const name of await filesBeside()) {
      const { mode } = await stat(join(workspace.folder, 'state', name));
      expect([name, mode & 0o777]).toEqual([name, 0o600]);
    }
  }
  using log = openLog();
  expect(idsIn(log)).toEqual(['b', 'a']);
  expect(log.details('b')).toMatchObject({
    command: 'stillframe backup image /dev/vg0/home',
    request: { volume: '/dev/vg0/home' },
    warnings: ['Careful.'],
    log: [{ level: 'info', text: 'Started.' }],
    run: { repeatable: true },
  });
  expect(log.details('c')).toBeUndefined();
  expect(warnings).toEqual([]);
});

it('filters, counts and pages', () => {
  using log = openLog();
  for (let n = 0; n < 10; n++) {
    log.save(
      runRecord({
        id: `run-${n}`,
        kind: n % 2 === 0 ? 'backup' : 'check',
        state: n === 4 ? 'failed' : 'succeeded',
        warningCount: n === 6 ? 2 : 0,
        subject: n < 5 ? '/dev/vg0/HOME' : '/srv/100%_sure.img',
        startedAt: new Date(Date.UTC(2026, 10, 1 + Math.floor(n / 2))).toISOString(),
      }),
    );
  }
  const ask = (filter: Parameters<RunLog['list']>[0]['filter'], beforeId?: string, limit = 100) => {
    const { runs, total } = log.list({ filter, beforeId, limit });
    return [runs.map(({ id }) => id).join(' '), total];
  };
  expect(ask({ kinds: ['check'] })).toEqual(['run-9 run-7 run-5 run-3 run-1', 5]);
  expect(ask({ kinds: [] })).toEqual(['', 0]);
  expect(ask({ states: ['failed'] })).toEqual(['run-4', 1]);
  expect(ask({ text: 'home', kinds: ['backup'] })).toEqual(['run-4 run-2 run-0', 3]);
  expect(ask({ text: '%_s' })).toEqual(['run-9 run-8 run-7 run-6 run-5', 5]);
  expect(ask({ subject: "' OR 1=1 --" })).toEqual(['', 0]);
  expect(ask({ after: '2026-11-05T00:00:00Z' })).toEqual(['run-9 run-8', 2]);
  expect(ask({ before: '2026-11-02T00:00:00+00:00' })).toEqual(['run-1 run-0', 2]);
  expect(ask({ warnings: true })).toEqual(['run-6', 1]);
  expect(ask({ warnings: false, kinds: ['backup'] })).toEqual(['run-8 run-4 run-2 run-0', 4]);
  // Two runs of the same moment are on two pages, and none is lost or shown twice.
  expect(ask({}, undefined, 3)).toEqual(['run-9 run-8 run-7', 10]);
  expect(ask({}, 'run-7', 3)).toEqual(['run-6 run-5 run-4', 10]);
  expect(ask({}, 'unknown', 3)).toEqual(['', 10]);
});

it.each([
  ['is no database', async () => writeFile(file(), 'garbage '.repeat(4000))],
  [
    'lacks its tables',
    async () => {
      await rm(file());
      const other = new DatabaseSync(file());
      other.exec('CREATE TABLE runs (a); PRAGMA user_version = 1');
      other.close();
    },
  ],
])('sets a file aside that %s, and begins anew', async (_, damage) => {
  {
    using first = openLog();
    first.save(runRecord({ id: 'before' }));
  }
  await damage();
  using log = openLog();
  expect(idsIn(log)).toEqual([]);
  log.save(runRecord({ id: 'after' }));
  expect(idsIn(log)).toEqual(['after']);
  expect((await filesBeside()).filter((name) => /^activity\.sqlite\.damaged-/.test(name))).not.toEqual([]);
  expect(warnings.filter((text) => text.includes('damaged'))).toHaveLength(1);
});

it('goes on when the file is overwritten while it is used', async () => {
  using log = openLog();
  for (let n = 0; n < 200; n++) log.save(runRecord({ id: `run-${n}` }));
  {
    await using handle = await open(file(), 'r+');
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(size, 0xa5), 0, size, 0);
    await rm(`${file()}-wal`, { force: true });
  }
  log.save(runRecord({ id: 'last', startedAt: '2026-11-22T10:00:00.000Z' }));
  expect(idsIn(log)[0]).toBe('last');
  expect(log.details('last')?.run.id).toBe('last');
});

it('makes a new file where it was deleted, with what this engine did', async () => {
  using log = openLog();
  log.save(runRecord({ id: 'a' }));
  for (const name of await filesBeside()) await rm(join(workspace.folder, 'state', name));
  expect(idsIn(log)).toEqual(['a']);
  log.save(runRecord({ id: 'b', startedAt: '2026-11-21T10:00:00.000Z' }));
  using other = openLog();
  expect(idsIn(other)).toEqual(['b', 'a']);
  expect(warnings).toEqual([]);
});

it('leaves the file of a newer version alone', async () => {
  openLog()[Symbol.dispose]();
  await expect(filesBeside()).rejects.toThrow('ENOENT');
  await mkdir(join(workspace.folder, 'state'), { recursive: true });
  const newer = new DatabaseSync(file());
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  using log = openLog();
  log.save(runRecord({ id: 'a' }));
  expect(idsIn(log)).toEqual(['a']);
  expect(warnings).toHaveLength(1);
  expect(await filesBeside()).toEqual(['activity.sqlite']);
});

it('answers from memory while another process holds the file, and writes when it lets go', async () => {
  using log = openLog();
  log.save(runRecord({ id: 'a' }));
  const holder = await elsewhere(`
    const database = new DatabaseSync(${JSON.stringify(file())});
    database.exec('BEGIN IMMEDIATE');
    console.log('held');
    setInterval(() => database.isOpen, 1000);`);
  const before = performance.now();
  log.save(runRecord({ id: 'b', startedAt: '2026-11-21T10:00:00.000Z', state: 'running' }, { owner: '?' }));
  log.save(runRecord({ id: 'b', startedAt: '2026-11-21T10:00:00.000Z' }));
  // It waits for the other one a moment, and then not again.
  expect(performance.now() - before).toBeLessThan(5000);
  // What is in the file and what is not yet, together; each once.
  expect(idsIn(log)).toEqual(['b', 'a']);
  expect(log.list({ filter: { states: ['succeeded'] }, limit: 10 }).total).toBe(2);
  expect(log.list({ filter: {}, beforeId: 'b', limit: 10 }).runs.map(({ id }) => id)).toEqual(['a']);
  expect(log.details('b')?.run.state).toBe('succeeded');
  expect(warnings).toHaveLength(1);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  moment = 60_000;
  log.list({ filter: {}, limit: 1 });
  using other = openLog();
  expect(idsIn(other)).toEqual(['b', 'a']);
});

it('shares the file with other engines', async () => {
  using log = openLog();
  const others = await Promise.all(
    ['x', 'y'].map((name) =>
      elsewhere(`
        const log = new RunLog(ports);
        for (let n = 0; n < 60; n++) log.save(runRecord({ id: '${name}' + n }));
        log[Symbol.dispose]();
        console.log('done');`),
    ),
  );
  for (let n = 0; n < 60; n++) log.save(runRecord({ id: `z${n}` }));
  for (const other of others) if (other.exitCode === null) await once(other, 'exit');
  moment = 60_000;
  expect(log.list({ filter: {}, limit: 5000 }).total).toBe(180);
});

it('knows the run of a killed engine as failed, and leaves the one of a living engine alone', async () => {
  const program = `
    const log = new RunLog(ports);
    const owner = await ownerOfNow();
    log.save(runRecord({ id: process.argv[1].includes('other-0') ? 'killed' : 'alive', state: 'running', finishedAt: undefined }, { owner }));
    console.log('runs');
    setInterval(() => undefined, 1000);`;
  const victim = await elsewhere(program);
  await elsewhere(program);
  using log = openLog();
  log.save(runRecord({ id: 'own', state: 'running' }, { owner: await ownerOfNow() }));
  await settleAbandonedRuns(log);
  expect(log.list({ filter: { states: ['running'] }, limit: 10 }).total).toBe(3);
  victim.kill('SIGKILL');
  await once(victim, 'exit');
  await settleAbandonedRuns(log);
  expect(log.details('killed')).toMatchObject({
    run: { state: 'failed', errorCode: 'ENGINE_GONE', repeatable: true },
    error: { code: 'ENGINE_GONE', details: { reason: 'The engine was ended from outside while this ran.' } },
  });
  expect(log.list({ filter: { states: ['running'] }, limit: 10 }).total).toBe(2);
});

it('knows the run of before a restart of the computer as failed', async () => {
  using log = openLog();
  const owner = JSON.stringify({ pid: process.pid, startTicks: '1', bootId: 'another', pidNamespace: '' });
  log.save(runRecord({ id: 'old', kind: 'restore', state: 'running' }, { owner }));
  await settleAbandonedRuns(log);
  expect(log.details('old')).toMatchObject({
    run: { state: 'failed', repeatable: false },
    error: { details: { reason: 'The computer was restarted, or lost power, while this ran.' } },
  });
});

it.skipIf(!asRoot)('goes on while the disk is full, and writes when there is space again', async () => {
  const state = join(workspace.folder, 'state');
  await mkdir(state);
  await runProgram('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', state]);
  try {
    {
      using log = openLog();
      log.save(runRecord({ id: 'a' }));
      await writeFile(join(state, 'filler'), Buffer.alloc(600_000)).catch(() => undefined);
      for (let n = 0; n < 100; n++) {
        log.save(runRecord({ id: `n${n}`, startedAt: '2026-11-21T10:00:00.000Z' }, { warnings: ['x'.repeat(4000)] }));
      }
      expect(log.list({ filter: {}, limit: 500 }).total).toBe(101);
      expect(warnings.length).toBeGreaterThan(0);
      await rm(join(state, 'filler'));
      await runProgram('mount', ['-o', 'remount,size=8m', state]);
    }
    using log = openLog();
    expect(log.list({ filter: {}, limit: 500 }).total).toBe(101);
  } finally {
    await runProgram('umount', [state]);
  }
});

it.skipIf(asRoot)('goes on where the folder may not be written', async () => {
  await chmod(workspace.folder, 0o500);
  using log = openLog();
  log.save(runRecord({ id: 'a' }));
  expect(idsIn(log)).toEqual(['a']);
  await chmod(workspace.folder, 0o700);
});

it('goes on where the path is a folder', async () => {
  await mkdir(file(), { recursive: true });
  using log = openLog();
  log.save(runRecord({ id: 'a' }));
  expect(idsIn(log)).toEqual(['a']);
  expect(warnings).toHaveLength(1);
});

it('lists ten thousand runs in milliseconds and keeps no more than it should', async () => {
  await mkdir(join(workspace.folder, 'state'));
  {
    using store = new RunStore(openFile(file()));
    const start = Date.UTC(2026, 0, 1);
    const many = Array.from({ length: 10_000 }, (_, n) =>
      runRecord({ id: `r${n}`, subject: `/dev/vg0/v${n % 7}`, startedAt: new Date(start + n * 60_000).toISOString() }),
    );
    store.save(many, Date.now());
  }
  using log = openLog();
  idsIn(log);
  const ask = () => log.list({ filter: { text: 'V3', states: ['succeeded'] }, limit: 100 });
  // The best of a few: the machine may have other things to do.
  const times = Array.from({ length: 8 }, () => {
    const before = performance.now();
    ask();
    return performance.now() - before;
  });
  expect(Math.min(...times)).toBeLessThan(50);
  const { runs, total } = ask();
  expect([runs.length, total]).toEqual([100, 1429]);
  moment = Date.UTC(2026, 2, 1) - Date.now();
  log.save(runRecord({ id: 'newest', startedAt: '2026-03-01T00:00:00.000Z' }));
  expect(log.list({ filter: {}, limit: 1 })).toMatchObject({ runs: [{ id: 'newest' }], total: KEPT_RUNS });
  moment = Date.UTC(2029, 0, 1) - Date.now();
  log.save(runRecord({ id: 'much later', startedAt: '2029-01-01T00:00:00.000Z' }));
  expect(idsIn(log)).toEqual(['much later']);
  await setTimeout(0);
  expect((await readFile(file())).subarray(0, 15).toString()).toBe('SQLite format 3');
});

it('a record that no table takes stops nothing, and what can be kept of it is kept', () => {
  using log = openLog();
  log.save(runRecord({ id: 'a', readBytes: 0.5, storedBytes: Number.NaN, deduplicatedBytes: -1 }));
  log.save(runRecord({ id: 'b' }));
  expect(idsIn(log)).toContain('b');
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  log.save(runRecord({ id: 'c' }, { request: circular }));
  const timeless = runRecord({ id: 'd' });
  log.save({ ...timeless, summary: { ...timeless.summary, startedAt: 'never', elapsedSeconds: Number.NaN } });
  log.save(runRecord({ id: 'e' }));
  expect(idsIn(log)).toEqual(expect.arrayContaining(['b', 'e']));
  expect(log.list({ filter: {}, limit: 10 }).total).toBe(5);
});

it('does not set one file after the other aside where a statement fails whatever the file is', async () => {
  using faulty = new RunLogFile(file(), { clock: systemClock, logger: testPorts(workspace.folder).logger });
  const fail = (): never => {
    throw Object.assign(new Error('SQL logic error'), { errcode: 1 });
  };
  for (let attempt = 0; attempt < 5; attempt++) {
    faulty.retryNow();
    expect(faulty.read(fail)).toBeUndefined();
  }
  const aside = (await filesBeside()).filter((name) => /damaged-[^w]*$/.test(name));
  expect(aside.length).toBe(1);
});
