import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CheckResult, type TaskSnapshot, taskSnapshotSchema } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { Clock, Random } from '../ports.ts';
import { EVENT_INTERVAL_MS, MAX_WARNINGS, type TaskContext } from './task.ts';
import { KEPT_ENDED_TASKS, TaskRegistry } from './task-registry.ts';

const clock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
const random: Random = { bytes: (count) => randomBytes(count), below: () => 0 };
const result: CheckResult = {
  kind: 'check',
  readData: false,
  packs: 0,
  blobs: 0,
  snapshots: 0,
  readBytes: 0,
  problems: [],
  elapsedSeconds: 0,
};

function errorCode(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof EngineError ? error.code : String(error);
  }
  return 'nothing thrown';
}

/** Work that goes on until the test lets it end, or until it is cancelled. */
function controlled() {
  const { promise, resolve, reject } = Promise.withResolvers<CheckResult>();
  let context: TaskContext | undefined;
  return {
    run: (given: TaskContext) => {
      context = given;
      given.signal.addEventListener('abort', () => reject(new EngineError('CANCELLED')));
      return promise;
    },
    succeed: () => resolve(result),
    fail: (error: unknown) => reject(error),
    get context(): TaskContext {
      if (context === undefined) throw new Error('not started');
      return context;
    },
    get started(): boolean {
      return context !== undefined;
    },
  };
}

describe('TaskRegistry', () => {
  let registry: TaskRegistry;
  beforeEach(() => {
    vi.useFakeTimers();
    registry = new TaskRegistry({ clock, random });
  });
  afterEach(async () => {
    await registry[Symbol.asyncDispose]();
    vi.useRealTimers();
  });

  it('begins nothing while tasks are paused, and is not paused while one is unfinished', async () => {
    const paused = registry.pause('It is being changed.', 'A task uses it.');
    expect(errorCode(() => registry.start('check', 'a', controlled().run))).toBe('TASK_CONFLICT');
    paused[Symbol.dispose]();
    const work = controlled();
    const id = registry.start('check', 'a', work.run);
    expect(errorCode(() => registry.pause('It is being changed.', 'A task uses it.'))).toBe('TASK_CONFLICT');
    work.succeed();
    await registry.finished(id);
    registry.pause('It is being changed.', 'A task uses it.')[Symbol.dispose]();
  });

  it('runs a task to its result', async () => {
    const id = registry.start('check', '/repo', async (context) => {
      context.phase('index');
      context.phase('read');
      context.progress({ bytesDone: 10, bytesTotal: 10 });
      context.warn('old pack');
      return result;
    });
    const ended = await registry.finished(id);
    expect(taskSnapshotSchema.parse(ended)).toEqual(ended);
    expect(ended).toMatchObject({ state: 'succeeded', result, phasesDone: ['index', 'read'], warnings: ['old pack'] });
    expect(ended.progress).toMatchObject({ bytesDone: 10, readRate: 0 });
    expect(registry.get(id)).toEqual(ended);
  });

  it('keeps what the work throws as the error', async () => {
    const failed = registry.start('check', 'a', () =>
      Promise.reject(new EngineError('REPOSITORY_FULL', { path: '/r' })),
    );
    const bug = registry.start('check', 'b', () => {
      throw new TypeError('x is undefined');
    });
    expect(await registry.finished(failed)).toMatchObject({
      state: 'failed',
      error: { code: 'REPOSITORY_FULL', details: { path: '/r' } },
    });
    expect(await registry.finished(bug)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } });
  });

  it('cancels running work and keeps what it says about it', async () => {
    const id = registry.start('restore', 'v', async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new EngineError('CANCELLED', { written: [{ offsetBytes: 0, lengthBytes: 512 }] });
    });
    registry.cancel(id);
    expect(registry.get(id).state).toBe('cancelling');
    registry.cancel(id);
    expect(await registry.finished(id)).toMatchObject({
      state: 'cancelled',
      error: { code: 'CANCELLED', details: { written: [{ offsetBytes: 0, lengthBytes: 512 }] } },
    });
    registry.cancel(id);
    expect(registry.get(id).state).toBe('cancelled');
  });

  it('lets work that is asked to stop still succeed or fail', async () => {
    const late = registry.start('check', 'a', async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return result;
    });
    const broken = registry.start('check', 'b', async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new EngineError('VOLUME_REMOUNT_FAILED', { volume: 'b' });
    });
    registry.cancel(late);
    registry.cancel(broken);
    expect((await registry.finished(late)).state).toBe('succeeded');
    expect(await registry.finished(broken)).toMatchObject({
      state: 'failed',
      error: { code: 'VOLUME_REMOUNT_FAILED' },
    });
  });

  it('treats the platform’s own abort error as cancelled', async () => {
    const id = registry.start('check', 'a', async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      signal.throwIfAborted();
      return result;
    });
    registry.cancel(id);
    expect((await registry.finished(id)).state).toBe('cancelled');
  });

  it('refuses a second task on a volume until the first has ended', async () => {
    const first = controlled();
    const id = registry.start('backup', '/dev/sdb1', first.run);
    expect(errorCode(() => registry.start('restore', 'image', first.run, { claims: ['x', '/dev/sdb1'] }))).toBe(
      'TASK_CONFLICT',
    );
    registry.start('check', 'x', async () => result);
    first.succeed();
    await registry.finished(id);
    expect(errorCode(() => registry.start('restore', '/dev/sdb1', async () => result))).toBe('nothing thrown');
  });

  it('runs the tasks of one queue one after another, and others at the same time', async () => {
    const [a, b, c, other] = [controlled(), controlled(), controlled(), controlled()];
    const ids = [a, b, c].map((work, i) => registry.start('check', `s${i}`, work.run, { queue: 'repository' }));
    registry.start('check', 'other', other.run, { queue: 'elsewhere' });
    expect([a.started, b.started, c.started, other.started]).toEqual([true, false, false, true]);
    expect(registry.list().map(({ state }) => state)).toEqual(['running', 'queued', 'queued', 'running']);

    registry.cancel(ids[1] ?? '');
    expect(registry.get(ids[1] ?? '').state).toBe('cancelled');
    a.succeed();
    await registry.finished(ids[0] ?? '');
    expect([b.started, c.started]).toEqual([false, true]);
  });

  it('says TASK_NOT_FOUND for an id it does not know', async () => {
    expect(errorCode(() => registry.get('nope'))).toBe('TASK_NOT_FOUND');
    expect(errorCode(() => registry.cancel('nope'))).toBe('TASK_NOT_FOUND');
    await expect(registry.finished('nope')).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
  });

  it('sends at most ten events a second and never loses the last one', async () => {
    const work = controlled();
    const id = registry.start('backup', 'v', work.run);
    const events: { at: number; snapshot: TaskSnapshot }[] = [];
    void (async () => {
      for await (const snapshot of registry.watch()) events.push({ at: performance.now(), snapshot });
    })();
    await vi.advanceTimersByTimeAsync(500);
    events.length = 0;
    for (let i = 1; i <= 990; i++) {
      work.context.progress({ bytesDone: i, bytesTotal: 1003 });
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(events.length).toBeGreaterThanOrEqual(9);
    expect(events.length).toBeLessThanOrEqual(10);
    const gaps = events.slice(1).map(({ at }, i) => at - (events[i]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(EVENT_INTERVAL_MS);

    work.context.progress({ bytesDone: 1001, bytesTotal: 1003 });
    work.context.progress({ bytesDone: 1002, bytesTotal: 1003 });
    await vi.advanceTimersByTimeAsync(EVENT_INTERVAL_MS);
    expect(events.at(-1)?.snapshot.progress?.bytesDone).toBe(1002);

    work.context.progress({ bytesDone: 1003, bytesTotal: 1003 });
    work.succeed();
    await registry.finished(id);
    await vi.advanceTimersByTimeAsync(0);
    expect(events.at(-1)?.snapshot).toMatchObject({ state: 'succeeded', progress: { bytesDone: 1003 } });
  });

  it('shows the rate of stalled work falling', async () => {
    const work = controlled();
    const id = registry.start('backup', 'v', work.run);
    for (let i = 1; i <= 50; i++) {
      work.context.progress({ bytesDone: i * 1000, bytesTotal: 1e9 });
      await vi.advanceTimersByTimeAsync(100);
    }
    let events = 0;
    void (async () => {
      for await (const snapshot of registry.watch()) events += snapshot.id === id ? 1 : 0;
    })();
    expect(registry.get(id).progress?.readRate).toBeGreaterThan(5000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(registry.get(id).progress?.readRate).toBe(0);
    expect(events).toBeGreaterThanOrEqual(10);
  });

  it('bounds the warnings it keeps, and says so', async () => {
    const id = registry.start('backup', 'v', async (context) => {
      for (let i = 0; i < MAX_WARNINGS + 5; i++) context.warn(`sector ${i}`);
      return result;
    });
    const { warnings } = await registry.finished(id);
    expect(warnings).toHaveLength(MAX_WARNINGS + 1);
    expect(warnings.at(-1)).toContain('5');
  });

  it('ignores reports of work that has ended', async () => {
    let leaked: TaskContext | undefined;
    const id = registry.start('check', 'a', async (context) => {
      leaked = context;
      return result;
    });
    const ended = await registry.finished(id);
    leaked?.phase('write');
    leaked?.progress({ bytesDone: 1, bytesTotal: 1 });
    leaked?.warn('late');
    expect(registry.get(id)).toEqual(ended);
  });

  it('remembers the last ended tasks only', async () => {
    const first = registry.start('check', '0', async () => result);
    const running = controlled();
    const longRunning = registry.start('check', 'long', running.run);
    for (let i = 1; i <= KEPT_ENDED_TASKS; i++) {
      await registry.finished(registry.start('check', String(i), async () => result));
    }
    expect(errorCode(() => registry.get(first))).toBe('TASK_NOT_FOUND');
    expect(registry.list()).toHaveLength(KEPT_ENDED_TASKS + 1);
    expect(registry.get(longRunning).state).toBe('running');
  });

  it('cancels everything on dispose, waits for what was held, and starts nothing afterwards', async () => {
    const released: string[] = [];
    const hold = (name: string) => async (context: TaskContext) => {
      await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
      await new Promise((resolve) => setTimeout(resolve, 300));
      released.push(name);
      throw new EngineError('CANCELLED');
    };
    const queued = controlled();
    registry.start('backup', 'a', hold('a'), { queue: 'q' });
    registry.start('backup', 'b', queued.run, { queue: 'q' });
    registry.start('backup', 'c', hold('c'));
    let last: TaskSnapshot | undefined;
    const watched = (async () => {
      for await (const snapshot of registry.watch()) last = snapshot;
    })();
    const disposed = registry[Symbol.asyncDispose]();
    expect(errorCode(() => registry.start('check', 'late', async () => result))).toBe('ENGINE_GONE');
    await vi.advanceTimersByTimeAsync(300);
    await disposed;
    expect(released.sort()).toEqual(['a', 'c']);
    expect(queued.started).toBe(false);
    expect(registry.list().map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    await watched;
    expect(last?.state).toBe('cancelled');
  });
});
