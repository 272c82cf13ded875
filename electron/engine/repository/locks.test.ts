import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rename, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { createLocalBackend } from './backends/local.ts';
import { openRepository } from './index.ts';
import { encodeLock, newLockFile, stateOfLock } from './lock-file.ts';
import { LOCK_TIMES } from './locks.ts';
import { thisProcess } from './process-identity.ts';
import { filesOf, newRepository, PASSPHRASE, reopen, restic, resticRun, scratch, testPorts } from './restic-oracle.ts';
import type { Repository } from './types.ts';
import { saveUnpacked } from './unpacked.ts';

vi.setConfig({ testTimeout: 30_000 });

const MINUTE = 60_000;

async function locksIn(path: string): Promise<string[]> {
  return readdir(join(path, 'locks'));
}

/** Puts a lock into the repository as another program would. */
function putLock(repository: Repository, change: object): Promise<string> {
  const lock = { ...newLockFile(Date.now(), false, 'somebody'), ...change };
  const session = { backend: createLocalBackend(repository.location), key: repository.masterKey, version: 2 } as const;
  return saveUnpacked(session, 'locks', encodeLock(lock));
}

/** A process of ours that takes a lock and then does nothing. */
async function lockingProcess(path: string, exclusive: boolean): Promise<ChildProcess> {
  const source = `
    const { reopen } = await import(${JSON.stringify(join(import.meta.dirname, 'restic-oracle.ts'))});
    const repository = await reopen(${JSON.stringify(path)});
    await repository.lock(${exclusive});
    console.log('locked');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('locks', () => {
  test('shared ones go together, exclusive ones alone', async () => {
    await using place = scratch();
    await using a = await newRepository(place.path);
    await using b = await reopen(place.path);
    {
      await using first = await a.lock(false);
      await using second = await b.lock(false);
      expect([first.lost.aborted, second.lost.aborted]).toEqual([false, false]);
      await expect(b.lock(true)).rejects.toMatchObject({
        code: 'REPOSITORY_LOCKED',
        details: {
          repository: place.path,
          holder: { hostname: hostname(), pid: process.pid, exclusive: false, time: expect.any(String) },
          remedy: expect.any(String),
        },
      });
      expect(await locksIn(place.path)).toHaveLength(2);
    }
    expect(await locksIn(place.path)).toEqual([]);
    await using alone = await a.lock(true);
    expect(alone.lost.aborted).toBe(false);
    for (const exclusive of [true, false]) {
      await expect(b.lock(exclusive)).rejects.toMatchObject({ details: { holder: { exclusive: true } } });
    }
  });

  test('two who want it alone at the same moment do not both get it', async () => {
    await using place = scratch();
    await using a = await newRepository(place.path);
    await using b = await reopen(place.path);
    const results = await Promise.allSettled([a.lock(true), b.lock(true)]);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(2);
    await a[Symbol.asyncDispose]();
    await b[Symbol.asyncDispose]();
    expect(await locksIn(place.path)).toEqual([]);
  });

  test('cancelling leaves none behind', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const controller = new AbortController();
    const taking = repository.lock(true, controller.signal);
    setImmediate(() => controller.abort());
    await expect(taking).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await locksIn(place.path)).toEqual([]);
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });

  test('restic respects ours, asks whether we live, and we respect its', async () => {
    await using place = scratch();
    const path = join(place.path, 'repository');
    await using repository = await newRepository(path);
    {
      await using lock = await repository.lock(true);
      const refused = await resticRun(path, ['backup', import.meta.filename]);
      expect(refused.stderr).toContain('repository is already locked exclusively by PID');
      // restic sends SIGHUP to the holder; we live on and the lock stays.
      await restic(path, ['unlock']);
      expect(await locksIn(path)).toHaveLength(1);
      expect(lock.lost.aborted).toBe(false);
    }
    const env = { ...process.env, RESTIC_PASSWORD: PASSPHRASE };
    const args = ['-r', path, '--no-cache', 'backup', '--stdin'];
    const backup = spawn('restic', args, { env, stdio: ['pipe', 'ignore', 'ignore'] });
    while ((await locksIn(path)).length === 0) await sleep(50);
    await expect(repository.lock(true)).rejects.toMatchObject({
      code: 'REPOSITORY_LOCKED',
      details: { holder: { pid: backup.pid, exclusive: false } },
    });
    await using shared = await repository.lock(false);
    expect(shared.lost.aborted).toBe(false);
    backup.stdin.end('x');
    expect((await once(backup, 'close'))[0]).toBe(0);
  });

  test('a killed run of ours is recognised: by us, and by "restic unlock"', async () => {
    await using place = scratch();
    const path = join(place.path, 'repository');
    await using repository = await newRepository(path);
    const child = await lockingProcess(path, true);
    await expect(repository.lock(false)).rejects.toMatchObject({ details: { holder: { pid: child.pid } } });
    child.kill('SIGKILL');
    await once(child, 'close');
    expect((await repository.check({ readData: false })).problems).toEqual([
      expect.objectContaining({ kind: 'lock', severity: 'notice' }),
    ]);
    {
      await using lock = await repository.lock(true);
      expect(lock.lost.aborted).toBe(false);
      expect(await locksIn(path)).toHaveLength(1);
    }
    const second = await lockingProcess(path, true);
    second.kill('SIGKILL');
    await once(second, 'close');
    expect(await locksIn(path)).toHaveLength(1);
    await restic(path, ['unlock']);
    expect(await locksIn(path)).toEqual([]);
  });

  test('only provably dead ones of this machine are removed', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const old = Date.now() - 45 * MINUTE;
    const identity = thisProcess();
    const kept = [
      { hostname: 'elsewhere', timeMs: old },
      { hostname: 'elsewhere' },
      {},
      // Another computer of the same name, and a restic there or in a container.
      { process: { ...identity, boot: '0'.repeat(32) }, machine: '0'.repeat(32) },
      { process: { ...identity, boot: '0'.repeat(32) }, machine: '0'.repeat(32), timeMs: old },
      { process: { ...identity, boot: '0'.repeat(32) }, machine: '' },
      { pid: 2 ** 22 + 1, process: undefined },
    ];
    for (const change of kept) await putLock(repository, { exclusive: true, ...change });
    await expect(repository.lock(false)).rejects.toMatchObject({ code: 'REPOSITORY_LOCKED' });
    expect(await locksIn(place.path)).toHaveLength(kept.length);
    for (const file of await filesOf(place.path, 'locks')) await unlink(file);

    const dead = [
      { pid: 2 ** 22 + 1, process: undefined, timeMs: old },
      { process: { ...identity, started: '1' } },
      { process: { ...identity, boot: '0'.repeat(32) } },
      { process: { ...identity, boot: '0'.repeat(32) }, machine: '', timeMs: old },
    ];
    for (const change of dead) await putLock(repository, { exclusive: true, ...change });
    await using lock = await repository.lock(true);
    expect(lock.lost.aborted).toBe(false);
    expect(await locksIn(place.path)).toHaveLength(1);
  });

  test('what state a lock is in', () => {
    const now = Date.now();
    const own = newLockFile(now, true, 'u');
    const identity = thisProcess();
    expect(stateOfLock(own, now)).toBe('held');
    expect(stateOfLock({ ...own, timeMs: now - 31 * MINUTE }, now)).toBe('stale');
    expect(stateOfLock({ ...own, process: { ...identity, namespace: '1' } }, now)).toBe('held');
    expect(stateOfLock({ ...own, process: undefined }, now)).toBe('held');
    // Number 1 started before anything; a lock from before that is of an earlier holder of the number.
    expect(stateOfLock({ ...own, process: undefined, pid: 1, timeMs: now - 31 * MINUTE }, now)).toMatch(/stale|dead/);
    expect(stateOfLock({ ...own, hostname: 'elsewhere', pid: 2 ** 22 + 1 }, now)).toBe('held');
  });
});

describe('refreshing', () => {
  /** A repository whose clock the test moves and whose locks look at it all the time. */
  async function withClock(path: string): Promise<{ repository: Repository; pass(ms: number): void }> {
    const ports = testPorts();
    let offset = 0;
    const clock = { now: () => Date.now() + offset, monotonic: () => performance.now() };
    const repository = await openRepository({
      backend: createLocalBackend(path),
      credential: { passphrase: PASSPHRASE },
      ports: { ...ports, clock },
      tuning: { lockTimes: { ...LOCK_TIMES, settleMs: 20, tickMs: 10 } },
    });
    return { repository, pass: (ms) => (offset += ms) };
  }

  test('every five minutes under a new name', async () => {
    await using place = scratch();
    await using made = await newRepository(place.path);
    const { repository, pass } = await withClock(place.path);
    await using lock = await repository.lock(true);
    for (let round = 0; round < 3; round++) {
      const before = await locksIn(place.path);
      pass(5.1 * MINUTE);
      await vi.waitFor(async () => expect(await locksIn(place.path)).not.toEqual(before), { timeout: 5000 });
      await vi.waitFor(async () => expect(await locksIn(place.path)).toHaveLength(1), { timeout: 5000 });
    }
    expect(lock.lost.aborted).toBe(false);
    await expect(made.lock(false)).rejects.toMatchObject({ code: 'REPOSITORY_LOCKED' });
    await repository[Symbol.asyncDispose]();
    expect(await locksIn(place.path)).toEqual([]);
  });

  test('notices that somebody removed it', async () => {
    await using place = scratch();
    await using made = await newRepository(place.path);
    const { repository, pass } = await withClock(place.path);
    await using lock = await repository.lock(false);
    await restic(place.path, ['unlock', '--remove-all']);
    pass(6 * MINUTE);
    await vi.waitFor(() => expect(lock.lost.aborted).toBe(true), { timeout: 5000 });
    expect(lock.lost.reason).toMatchObject({ code: 'REPOSITORY_LOCK_LOST', details: { repository: made.location } });
    await repository[Symbol.asyncDispose]();
  });

  test('that fails for too long loses it; a short failure does not', async () => {
    await using place = scratch();
    const path = join(place.path, 'repository');
    await using made = await newRepository(path);
    const { repository, pass } = await withClock(path);
    const lock = await repository.lock(false);
    await rename(path, `${path}-gone`);
    pass(10 * MINUTE);
    await sleep(100);
    expect(lock.lost.aborted).toBe(false);
    pass(20 * MINUTE);
    await vi.waitFor(() => expect(lock.lost.aborted).toBe(true), { timeout: 5000 });
    await repository[Symbol.asyncDispose]();
    await rename(`${path}-gone`, path);
    expect(made.id).toBe(repository.id);
  });

  test('after a sleep of the machine keeps it, unless somebody else took one', async () => {
    await using place = scratch();
    await using made = await newRepository(place.path);
    const { repository, pass } = await withClock(place.path);
    const lock = await repository.lock(false);
    const [before] = await locksIn(place.path);
    pass(10 * 60 * MINUTE);
    await vi.waitFor(async () => expect(await locksIn(place.path)).not.toContain(before), { timeout: 5000 });
    expect(lock.lost.aborted).toBe(false);
    await putLock(made, { hostname: 'elsewhere', exclusive: true });
    pass(10 * 60 * MINUTE);
    await vi.waitFor(() => expect(lock.lost.aborted).toBe(true), { timeout: 5000 });
    await repository[Symbol.asyncDispose]();
  });
});
