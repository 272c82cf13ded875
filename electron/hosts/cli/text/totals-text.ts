/** The totals of a backup as dsmc prints them, line by line: scripts and adapters of the field look for them. */
import { formatBytes, formatCount } from '../figures.ts';
import { alignRight } from './backup-text.ts';

/** What a backup of some volumes did. An image is one object. */
export interface BackupTotals {
  readonly inspected: number;
  readonly backedUp: number;
  /** Earlier images that are bound to another class from now on. */
  readonly rebound: number;
  readonly failed: number;
  /** New to the repository, before it was compressed. */
  readonly changedBytes: number;
  /** Sent to the repository. */
  readonly storedBytes: number;
  /** Seconds in which volumes were read and images written. */
  readonly transferSeconds: number;
  /** Seconds of everything. */
  readonly elapsedSeconds: number;
}

/** In the order of the original. Images are never updated or expired by a backup, so these are always 0. */
export function totalLines(totals: BackupTotals): string[] {
  const { inspected, backedUp, rebound, failed, changedBytes, storedBytes, transferSeconds, elapsedSeconds } = totals;
  const objects = { inspected, 'backed up': backedUp, updated: 0, rebound, deleted: 0, expired: 0, failed };
  const saved = changedBytes === 0 ? 0 : Math.max(0, 1 - storedBytes / changedBytes);
  return alignRight([
    ...Object.entries(objects).map(([what, count]) => [`Total number of objects ${what}`, formatCount(count)] as const),
    ['Total number of bytes transferred', formatBytes(storedBytes)],
    ['Data transfer time', `${transferSeconds.toFixed(2)} sec`],
    ['Network data transfer rate', rate(storedBytes, transferSeconds)],
    ['Aggregate data transfer rate', rate(storedBytes, elapsedSeconds)],
    ['Objects compressed by', `${Math.floor(saved * 100)}%`],
  ]);
}

function rate(bytes: number, seconds: number): string {
  return `${formatBytes(seconds > 0 ? bytes / seconds : 0)}/sec`;
}
