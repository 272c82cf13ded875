/**
 * Lock files (doc/design.rst, "Locks"): their JSON, and when one is stale. We add one field that restic ignores: the
 * exact identity of our process, so that a killed run's lock is recognised even if its number was given away again.
 */
import { damaged, type FileReference } from './damage.ts';
import {
  livenessOf,
  type ProcessIdentity,
  pidExists,
  programOf,
  startTimeOf,
  thisHost,
  thisMachine,
  thisProcess,
} from './process-identity.ts';
import { parseJsonObject } from './unpacked.ts';

/** restic takes a lock for stale when it was not refreshed for this long. */
export const STALE_MS = 30 * 60 * 1000;
/** Each holder refreshes its lock every five minutes; one that is fresher than this may be held by somebody. */
const FRESH_MS = 11 * 60 * 1000;
/** A process that started this much after a lock was written cannot have written it. */
const START_SLACK_MS = 60 * 1000;

export interface LockFile {
  /** Milliseconds since the epoch; renewed by each refresh. */
  timeMs: number;
  exclusive: boolean;
  hostname: string;
  username: string;
  pid: number;
  uid: number;
  gid: number;
  /** Only in our locks. */
  process: ProcessIdentity | undefined;
  /** Only in our locks, see `thisMachine`; `''` where it is not known. */
  machine: string;
}

/** What is known about the holder of a lock. */
export type LockState = 'held' | 'stale' | 'dead';

/** A lock of this process. */
export function newLockFile(timeMs: number, exclusive: boolean, username: string): LockFile {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const identity = thisProcess();
  const machine = thisMachine();
  return { timeMs, exclusive, hostname: thisHost(), username, pid: process.pid, uid, gid, process: identity, machine };
}

/** restic's JSON. */
export function encodeLock({ timeMs, process: identity, machine, ...lock }: LockFile): Buffer {
  const { exclusive, hostname, username, pid, uid, gid } = lock;
  const ids = { ...(uid > 0 && { uid }), ...(gid > 0 && { gid }) };
  const own = identity === undefined ? {} : { stillframe: { ...identity, machine } };
  return Buffer.from(
    JSON.stringify({ time: new Date(timeMs).toISOString(), exclusive, hostname, username, pid, ...ids, ...own }),
  );
}

/** `REPOSITORY_DAMAGED` for `reference`. */
export function parseLock(json: Uint8Array, reference: FileReference): LockFile {
  const { time, exclusive, hostname, username, pid, uid, gid, stillframe } = parseJsonObject(json, reference);
  const timeMs = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(timeMs)) throw damaged(reference, 'The lock has no time.');
  if (typeof exclusive !== 'boolean') throw damaged(reference, 'The lock does not say whether it is exclusive.');
  const number = (value: unknown): number => (Number.isSafeInteger(value) ? Number(value) : 0);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    timeMs,
    exclusive,
    hostname: text(hostname),
    username: text(username),
    pid: number(pid),
    uid: number(uid),
    gid: number(gid),
    process: identityOf(stillframe),
    machine: machineOf(stillframe),
  };
}

function identityOf(value: unknown): ProcessIdentity | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { pid, boot, namespace, started } = { pid: 0, boot: '', namespace: '', started: '', ...value };
  if (!Number.isSafeInteger(pid)) return undefined;
  return { pid, boot: String(boot), namespace: String(namespace), started: String(started) };
}

function machineOf(value: unknown): string {
  const machine: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'machine') : undefined;
  return typeof machine === 'string' ? machine : '';
}

/**
 * `dead`: its process ran on this machine and is provably gone, so the lock may be removed. `stale`: restic would
 * remove it, but we cannot prove that nobody holds it. `held`: everything else.
 */
export function stateOfLock(lock: LockFile, nowMs: number): LockState {
  const ageMs = nowMs - lock.timeMs;
  const stale = ageMs > STALE_MS ? 'stale' : 'held';
  if (lock.hostname !== thisHost() || lock.pid <= 0) return stale;
  // restic does not say which machine of that name, nor in which container: only one that it would have refreshed counts.
  if (lock.process === undefined) {
    if (ageMs < FRESH_MS) return stale;
    return !pidExists(lock.pid) || wasReused(lock) ? 'dead' : stale;
  }
  if (livenessOf(lock.process) !== 'dead') return stale;
  return isOfThisMachine(lock, lock.process) || (lock.machine === '' && ageMs > STALE_MS) ? 'dead' : stale;
}

/** Two computers that share a repository may have the same name, and then a lock of one is none of an earlier boot. */
function isOfThisMachine({ machine }: LockFile, { boot }: ProcessIdentity): boolean {
  return boot === thisProcess().boot || (machine !== '' && machine === thisMachine());
}

/**
 * The number of a lock that restic wrote belongs to another process by now. The clock may have been set since, so a
 * program that looks like restic is always taken for the holder.
 */
function wasReused({ pid, timeMs }: LockFile): boolean {
  const startedMs = startTimeOf(pid);
  if (startedMs === undefined || startedMs <= timeMs + START_SLACK_MS) return false;
  const program = programOf(pid);
  return program !== '' && !/restic|rustic|stillframe|node|electron/i.test(program);
}
