/** What an error of the run log's database means for what to do next. */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { NewerRunLog } from './run-log-schema.ts';

/** `damaged`: begin anew; `busy`: the same works soon; `closed`: open it again later; `refused`: writing does not work now. */
export type Fault = 'damaged' | 'busy' | 'closed' | 'refused';

/** SQLite's primary result codes. */
const FAULTS: Readonly<Record<number, Fault>> = {
  1: 'damaged', // SQLITE_ERROR: a table that is not there, or not as it should be
  5: 'busy',
  6: 'busy',
  8: 'refused', // read-only
  10: 'closed', // input or output failed
  11: 'damaged',
  13: 'refused', // full
  14: 'closed', // cannot be opened
  26: 'damaged', // not a database
};

export function faultOf(error: unknown): Fault {
  if (error instanceof NewerRunLog || !(error instanceof Error)) return 'closed';
  const code: unknown = Reflect.get(error, 'errcode');
  return typeof code === 'number' ? (FAULTS[code & 0xff] ?? 'closed') : 'closed';
}

/** Which file a path means now; `undefined` where there is none. */
export function fileIdentity(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? undefined : `${stats.dev}:${stats.ino}`;
}

/** Moves a damaged database out of the way, for whoever wants to look into it. Returns where it is now. */
export function setAside(path: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');
  const aside = `${path}.damaged-${stamp}`;
  renameSync(path, aside);
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${aside}-wal`);
  rmSync(`${path}-shm`, { force: true });
  return aside;
}
