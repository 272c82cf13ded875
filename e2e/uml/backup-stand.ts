/** Backups of logical volumes through the command line, and that nothing of them is left. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { type BackupRow, backup } from '../snapshots/images.ts';
import { lockCount, run, type Stand } from '../system/stand.ts';
import { inventory, lvm } from './lvm.ts';

/** Options of every backup here. */
export const BY_LVM = ['-imagetype=snapshot', '-snapshotproviderimage=LINUX_LVM'] as const;

/** Takes a snapshot image. */
export function backupLvm(stand: Stand, device: string, ...options: string[]): Promise<BackupRow> {
  return backup(stand, device, ...BY_LVM, ...options);
}

/** Names of kept snapshots. */
export async function keptSnapshots(): Promise<string[]> {
  const names = await lvm('lvs', '--noheadings', '--options', 'lv_name', '--select', 'tags=stillframe');
  return names
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name.startsWith('stillframe_kept_'));
}

/** The inventory without the snapshots that were kept for change tracking: those that are to stay. */
export async function inventoryWithoutKept(): Promise<string[]> {
  const names = await keptSnapshots();
  return (await inventory()).filter((line) => !names.some((name) => line.includes(name)));
}

/** What must be as it was before a run. */
export interface Before {
  stand: Stand;
  /** `inventoryWithoutKept` of then. */
  found: readonly string[];
  /** Mount points that must take writes. */
  points: readonly string[];
  /** How many kept snapshots there may be. */
  kept: number;
}

/** Everything is as a run must leave it that ended, or that a start has cleaned up after. */
export async function expectNothingLeft({ stand, found, points, kept }: Before, when = ''): Promise<void> {
  expect(await inventoryWithoutKept(), when).toEqual(found);
  expect((await keptSnapshots()).length, when).toBeLessThanOrEqual(kept);
  expect(await lockCount(stand), when).toBe(0);
  // A frozen file system would let nobody in.
  for (const point of points) await run('timeout', ['20', 'touch', join(point, 'writable')]);
}
