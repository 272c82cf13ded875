/** Whether the moment of a logical volume's snapshot is one at which nothing was half written. */
import type { Volume } from '#contract';
import { query } from './programs.ts';

/**
 * File systems that device-mapper freezes when it makes their volume stand still: those that are one with one device.
 * Not btrfs, whose devices are not tied to it in the kernel that way, and not those of FUSE, which keep data elsewhere.
 */
const FROZEN_BY_SUSPENDING: ReadonlySet<string> = new Set([
  ...['ext2', 'ext3', 'ext4', 'xfs', 'jfs', 'reiserfs', 'nilfs2', 'f2fs', 'gfs2', 'ocfs2'],
  ...['vfat', 'msdos', 'exfat', 'ntfs3', 'hfs', 'hfsplus', 'udf', 'ufs', 'minix'],
]);

/** Somebody has it open: `open` is what LVM says. */
export function willBeFrozen(volume: Pick<Volume, 'mounts' | 'holders'>, open: boolean): boolean {
  const { mounts, holders } = volume;
  const writers = holders.filter(
    ({ kind, writable }) => kind !== 'mount' && !(kind === 'process' && writable === false),
  );
  if (writers.length > 0) return false;
  if (mounts.length > 0) return mounts.every(({ fsType }) => FROZEN_BY_SUSPENDING.has(fsType));
  return !open || holders.length > 0;
}

/** Makes the moment a fresh one where suspending does not: what was written lies on the device then. Never throws. */
export async function flush({ mounts }: Pick<Volume, 'mounts'>): Promise<void> {
  for (const { mountPoint, fsType } of mounts) {
    if (!FROZEN_BY_SUSPENDING.has(fsType)) await query('sync', ['--file-system', mountPoint]).catch(() => undefined);
  }
}
