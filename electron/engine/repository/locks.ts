/**
 * Taking and holding locks as restic does: look, write our own, wait, look again. A lock is refreshed every five
 * minutes under a new name; when that fails for too long, or somebody removed it, `lost` says so and nothing more may
 * be written.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import { damaged, fileReference, isDamaged, isMissing } from './damage.ts';
import { userName } from './keys.ts';
import { encodeLock, type LockFile, newLockFile, parseLock, STALE_MS, stateOfLock } from './lock-file.ts';
import type { Session } from './session.ts';
import type { Id, RepositoryLock } from './types.ts';
import { loadUnpacked, saveUnpacked } from './unpacked.ts';

/** Times of locking; tests shorten them. Milliseconds. */
export interface LockTimes {
  /** Between writing our lock and looking again: two who start at once see each other. */
  settleMs: number;
  /** How often the age of the lock is looked at (also after the machine slept). */
  tickMs: number;
  refreshMs: number;
  /** Without a refresh for this long the lock counts as lost; before others may take it for stale. */
  lostAfterMs: number;
}

export const LOCK_TIMES: LockTimes = {
  settleMs: 200,
  tickMs: 15_000,
  refreshMs: 5 * 60_000,
  lostAfterMs: STALE_MS - 7.5 * 60_000,
};

/** One lock file there is; `lock` is undefined where it cannot be read. */
export interface FoundLock {
  id: Id;
  lock: LockFile | undefined;
  error?: EngineError;
}

/** Every lock of the repository. Empty files are interrupted uploads of backends that are not atomic: left out. */
export async function listLocks(session: Session): Promise<FoundLock[]> {
  const found: FoundLock[] = [];
  for await (const { name: id, sizeBytes } of session.backend.list('locks')) {
    if (sizeBytes === 0) continue;
    try {
      const json = await loadUnpacked(session, 'locks', id);
      found.push({ id, lock: parseLock(json, fileReference(session.backend.location, 'locks', id)) });
    } catch (error) {
      if (isMissing(error)) continue;
      if (!isDamaged(error)) throw error;
      found.push({ id, lock: undefined, error });
    }
  }
  return found;
}

/** Takes a lock. `REPOSITORY_LOCKED` with `holder`; `REPOSITORY_DAMAGED` for a lock that cannot be read. */
export async function takeLock(
  session: Session,
  exclusive: boolean,
  signal?: AbortSignal,
  times: LockTimes = LOCK_TIMES,
): Promise<HeldLock> {
  throwIfCancelled(signal);
  await refuseConflicts(session, exclusive, undefined);
  const held = new HeldLock(session, exclusive, times);
  await held.write();
  try {
    // Where listings are exact, of two who start at once the later one sees the other without waiting.
    if (!(await session.backend.listsAtOnce())) await sleep(times.settleMs);
    throwIfCancelled(signal);
    await refuseConflicts(session, exclusive, held.id);
  } catch (error) {
    await held[Symbol.asyncDispose]();
    throw error;
  }
  held.startRefreshing();
  return held;
}

async function refuseConflicts(session: Session, exclusive: boolean, ownId: Id | undefined): Promise<void> {
  const { location } = session.backend;
  for (const { id, lock, error } of await listLocks(session)) {
    if (id === ownId) continue;
    if (lock === undefined) {
      const remedy = 'When nothing uses the repository, "restic unlock --remove-all" removes all locks.';
      throw damaged(fileReference(location, 'locks', id), 'The lock cannot be read.', { remedy }, error);
    }
    const state = stateOfLock(lock, session.ports.clock.now());
    if (state === 'dead') {
      session.ports.logger.info('Removing the lock of a process that is gone', { repository: location, lock: id });
      await session.backend.remove('locks', id);
    } else if (exclusive || lock.exclusive) {
      throw locked(location, id, lock, state === 'stale');
    }
  }
}

function locked(repository: string, id: Id, lock: LockFile, isStale: boolean): EngineError {
  const { hostname, username, pid, exclusive, timeMs } = lock;
  const time = new Date(timeMs).toISOString();
  const remedy = isStale
    ? 'The lock was not refreshed for half an hour. If that program no longer runs, "restic unlock" removes it.'
    : 'Wait until the other program is done, then try again.';
  const holder = { hostname, username, pid, time, exclusive };
  return new EngineError('REPOSITORY_LOCKED', { repository, kind: 'lock', id, file: `locks/${id}`, holder, remedy });
}

/** restic asks by SIGHUP whether the holder of a lock lives. While any lock is held, that must not end us. */
const ignoreHangup = (): void => undefined;
let holders = 0;

function shieldFromHangup(by: 1 | -1): void {
  holders += by;
  if (holders === 1 && by === 1) process.on('SIGHUP', ignoreHangup);
  if (holders === 0) process.off('SIGHUP', ignoreHangup);
}

/** Our lock. Disposing removes its file and never throws: a lock that stays behind is recognised as dead later. */
export class HeldLock implements RepositoryLock {
  readonly exclusive: boolean;
  readonly #session: Session;
  readonly #times: LockTimes;
  readonly #lost = new AbortController();
  #id: Id | undefined;
  #writtenAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #refreshing: Promise<void> = Promise.resolve();
  #isDisposed = false;

  constructor(session: Session, exclusive: boolean, times: LockTimes) {
    this.#session = session;
    this.exclusive = exclusive;
    this.#times = times;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Id of the present lock file. */
  get id(): Id | undefined {
    return this.#id;
  }

  /** False once it was given back; whether it was lost is another question. */
  get isHeld(): boolean {
    return !this.#isDisposed;
  }

  /** Writes a lock file with the present time; `id` is that file from then on. */
  async write(): Promise<void> {
    const now = this.#session.ports.clock.now();
    if (this.#id === undefined) shieldFromHangup(1);
    try {
      const lock = newLockFile(now, this.exclusive, userName());
      this.#id = await saveUnpacked(this.#session, 'locks', encodeLock(lock));
      this.#writtenAt = now;
    } catch (error) {
      if (this.#id === undefined) shieldFromHangup(-1);
      throw error;
    }
  }

  async assertHeld(): Promise<void> {
    await this.#refreshing;
    if (!this.lost.aborted) {
      const { backend, ports } = this.#session;
      if (ports.clock.now() - this.#writtenAt >= this.#times.lostAfterMs) this.#lose('It was not refreshed in time.');
      else if (this.#id === undefined || !(await backend.exists('locks', this.#id)))
        this.#lose('Somebody removed the lock.');
    }
    if (this.lost.aborted) throw this.lost.reason;
  }

  startRefreshing(): void {
    this.#timer = setInterval(() => {
      this.#refreshing = this.#refreshing.then(() => this.#tick());
    }, this.#times.tickMs);
    this.#timer.unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    clearInterval(this.#timer);
    await this.#refreshing;
    if (this.#id === undefined) return;
    await this.#remove(this.#id);
    shieldFromHangup(-1);
  }

  async #tick(): Promise<void> {
    const age = (): number => this.#session.ports.clock.now() - this.#writtenAt;
    if (this.#isDisposed || this.lost.aborted || age() < this.#times.refreshMs) return;
    const isOverdue = age() >= this.#times.lostAfterMs;
    try {
      await this.#refresh(isOverdue);
    } catch (error) {
      this.#session.ports.logger.warn('The lock could not be refreshed', { error: String(error) });
      if (isOverdue) this.#lose('The lock could not be refreshed in time.', error);
    }
  }

  /** An overdue lock may have been taken for stale: then it counts only if it is there before and after. */
  async #refresh(isOverdue: boolean): Promise<void> {
    const old = this.#id;
    if (old === undefined) return;
    const { backend } = this.#session;
    if (!(await backend.exists('locks', old)) && (await backend.exists('config', ''))) {
      this.#lose('Somebody removed the lock.');
      return;
    }
    await this.write();
    if (isOverdue) {
      await sleep(this.#times.settleMs);
      if (!(await backend.exists('locks', old))) this.#lose('Somebody removed the lock while it was not refreshed.');
      await refuseConflicts(this.#session, this.exclusive, this.#id).catch((error: unknown) =>
        this.#lose('Somebody else took a lock meanwhile.', error),
      );
    }
    await this.#remove(old);
  }

  #lose(reason: string, cause?: unknown): void {
    const details = { repository: this.#session.backend.location, reason };
    this.#lost.abort(new EngineError('REPOSITORY_LOCK_LOST', details, { cause }));
  }

  async #remove(id: Id): Promise<void> {
    try {
      await this.#session.backend.remove('locks', id);
    } catch (error) {
      this.#session.ports.logger.warn('A lock could not be removed', { lock: id, error: String(error) });
    }
  }
}
