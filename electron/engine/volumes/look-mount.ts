/**
 * Mounts for looking at a volume. Every one goes through a read-only loop device that ends with its mount: drivers that
 * write even at a read-only mount (orphans of ext4, log trees of btrfs) cannot, and image files need one anyway.
 */
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { blockDeviceNumber } from './device-number.ts';
import { fileIdentity } from './file-identity.ts';
import { loopDevices } from './loop-devices.ts';
import { deviceUnder, type MountEntry, readMountTable } from './mount-table.ts';
import { MountRefused, runMount } from './remount.ts';

/** What no look may do, whatever the volume holds. */
const GUARDS = ['ro', 'loop', 'nosuid', 'nodev', 'noexec'];

/** Options by kernel driver with which nothing is replayed, and the same file system may be mounted twice. */
const DRIVERS: Readonly<Record<string, readonly string[]>> = {
  // The ext4 driver refuses `noload` for ext2, which has no journal.
  ext2: [],
  ext3: ['noload'],
  ext4: ['noload'],
  xfs: ['norecovery', 'nouuid'],
  btrfs: ['rescue=nologreplay'],
  f2fs: ['norecovery'],
  vfat: [],
  exfat: [],
  ntfs: [],
  jfs: [],
  hfsplus: [],
  udf: [],
  iso9660: [],
  squashfs: [],
};

/** Whether this kind of file system (blkid's word) can be looked at. */
export function canLook(fsType: string): boolean {
  return Object.hasOwn(DRIVERS, fsType);
}

/** What to mount where. */
export interface LookMount {
  /** Device or file, absolute. */
  source: string;
  /** blkid's word, one that `canLook`. */
  fsType: string;
  /** A folder that does not exist yet; its parents are made. */
  mountPoint: string;
}

/** What is beneath a mount: device number or file identity; empty where nothing is. */
export async function beneath(source: string): Promise<string> {
  return (await blockDeviceNumber(source)) ?? (await fileIdentity(source)) ?? '';
}

/** The mount on top at a mount point, if any. */
async function topMount(mountPoint: string): Promise<MountEntry | undefined> {
  return (await readMountTable()).findLast((entry) => entry.mountPoint === mountPoint);
}

/** `free`: nothing is mounted there; `ours`: what was recorded; `foreign`: something else, or over it. */
export async function whoseMount(mountPoint: string, below: string): Promise<'free' | 'ours' | 'foreign'> {
  const top = await topMount(mountPoint);
  if (top === undefined) return 'free';
  const number = await deviceUnder(top);
  const loop = (await loopDevices()).find((candidate) => candidate.number === number);
  return loop !== undefined && below !== '' && (loop.deviceBelow ?? loop.identity) === below ? 'ours' : 'foreign';
}

/**
 * Mounts. What the kernel lists counts, not what mount(8) says. Throws `MountRefused`, and the system's error where the
 * folder cannot be made; nothing is left then.
 */
export async function mountToLook({ source, fsType, mountPoint }: LookMount): Promise<void> {
  const options = [...GUARDS, ...(DRIVERS[fsType] ?? [])].join(',');
  await mkdir(dirname(mountPoint), { recursive: true, mode: 0o755 });
  await mkdir(mountPoint, { mode: 0o755 });
  try {
    await runMount(['--types', fsType, '--options', options, '--source', source, '--target', mountPoint]);
  } catch (error) {
    if ((await topMount(mountPoint)) === undefined) {
      await rmdir(mountPoint);
      throw error;
    }
  }
}

/**
 * Unmounts what `mountToLook` mounted over `below`, and removes the folder. False where it was not mounted. `lazily`: it goes even while somebody looks at
 * it, and its loop device goes with the last of them. Throws `MountRefused` (`busy`), also where something else is mounted
 * there, and the system's error where the folder cannot be removed.
 */
export async function unmountLook(mountPoint: string, below: string, how: { lazily: boolean }): Promise<boolean> {
  const whose = await whoseMount(mountPoint, below);
  if (whose === 'foreign') throw new MountRefused(`something else is mounted at ${mountPoint}`, false);
  if (whose === 'ours') {
    const refusal = await runMount([...(how.lazily ? ['--lazy'] : []), mountPoint], 'umount').catch(
      (error: unknown) => error,
    );
    if (refusal !== undefined && (await whoseMount(mountPoint, below)) === 'ours') throw refusal;
  }
  await rmdir(mountPoint).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return whose === 'ours';
}
