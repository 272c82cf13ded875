/** Whether the file beneath a volume can be cloned, and what has to stand still for it. */
import { realpath, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Volume } from '#contract';
import { errnoOf } from '../../base/errors.ts';
import { native } from '../../native.ts';
import { blockDeviceNumber } from '../../volumes/device-number.ts';
import { loopDevices } from '../../volumes/loop-devices.ts';
import { type Freezable, findFreezable, isRefusal, type Refusal } from '../freezing/freezable.ts';

/** `f_type` of file systems whose clones and extents are known to mean what `changed-extents.ts` says (statfs(2)). */
const HOSTS: ReadonlyMap<number, string> = new Map([
  [0x9123683e, 'btrfs'],
  [0x58465342, 'xfs'],
]);
/**
 * A clone takes space as the original changes. If there is none, programs on the volume get write errors, so a run does
 * not begin with less than this, and gives its clone up below `GIVE_UP_BYTES`.
 */
const FLOOR_BYTES = 64 * 1024 * 1024;
export const GIVE_UP_BYTES = 32 * 1024 * 1024;
/** Below this share of free space people are warned. */
const LOW_SHARE = 0.05;

/** A file that can be cloned. */
export interface CloneSource {
  /** Real path. */
  file: string;
  folder: string;
  inode: bigint;
  bornNs: bigint;
  /** The loop device that is the volume; absent for file volumes. */
  loop?: string;
  /** To be frozen for the moment of the clone; absent where nothing of it is mounted read-write. */
  freezable?: Freezable;
  space: { neededBytes: number; presentBytes: number };
  warnings: string[];
}

/** Whether clones can be in a folder: never where other machines may have made them (NFS, virtiofs), whose runs are not seen. */
export async function canHoldClones(folder: string): Promise<boolean> {
  const facts = await statfs(folder).catch(() => undefined);
  return facts !== undefined && HOSTS.has(facts.type);
}

/** Path of the file beneath the volume. */
async function fileBeneath(volume: Volume): Promise<{ file: string; loop?: string } | Refusal> {
  if (volume.kind === 'file') return { file: await realpath(volume.name) };
  const number = volume.kind === 'loop' ? await blockDeviceNumber(volume.name) : undefined;
  const loop = (await loopDevices()).find((candidate) => candidate.number === number);
  if (loop === undefined) {
    const remedy = 'Use another snapshot provider, or a static image.';
    return { reason: `${volume.name} is neither an image file nor a loop device over one.`, remedy };
  }
  if (loop.file === undefined || loop.identity === undefined || loop.deviceBelow !== undefined) {
    const reason = `${volume.name} stands on a device, or on a file that cannot be reached from here.`;
    return { reason, remedy: 'Image the device beneath it, or use a static image.' };
  }
  if (loop.start !== 0 || loop.end !== Number.POSITIVE_INFINITY) {
    const reason = `${volume.name} shows only a part of ${loop.file}.`;
    return { reason, remedy: `Image ${loop.file}, or use a static image.` };
  }
  return { file: loop.file, loop: volume.name };
}

/** The system's answer to a clone, as a reason. */
export function whyNotCloned(file: string, error: unknown): Refusal | undefined {
  const code = errnoOf(error) ?? '';
  const remedy = 'Move the file to btrfs, or to XFS made with reflink=1; or use a static image.';
  if (['EOPNOTSUPP', 'ENOTTY', 'EXDEV', 'EINVAL'].includes(code)) {
    return { reason: `${file} cannot be cloned where it lies (${code}).`, remedy };
  }
  if (code === 'ETXTBSY') return { reason: `${file} is a swap file in use.`, remedy: 'Use a static image.' };
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) {
    return { reason: `No clone can be made beside ${file} (${code}).`, remedy: 'Run as root.' };
  }
  return undefined;
}

/** Free bytes of the file system at a path, for this process. */
export async function freeBytesAt(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** Finds out without leaving anything; every failure is an answer. */
export async function findCloneSource(volume: Volume): Promise<CloneSource | Refusal> {
  try {
    return await look(volume);
  } catch (error) {
    const refusal = whyNotCloned(volume.name, error);
    const reason = `${volume.name} could not be examined: ${error instanceof Error ? error.message : String(error)}.`;
    return refusal ?? { reason, remedy: 'Use a static image.' };
  }
}

async function look(volume: Volume): Promise<CloneSource | Refusal> {
  const beneath = await fileBeneath(volume);
  if (isRefusal(beneath)) return beneath;
  const { file } = beneath;
  const folder = dirname(file);
  const { type, bavail, bsize, blocks } = await statfs(folder);
  if (!HOSTS.has(type)) {
    const reason = `${file} lies neither on btrfs nor on XFS, so it cannot be cloned.`;
    return { reason, remedy: 'Move the file to btrfs, or to XFS made with reflink=1; or use a static image.' };
  }
  const stats = await stat(file, { bigint: true });
  if (Number(stats.size) !== volume.sizeBytes) {
    const reason = `${file} has another size than ${volume.name}: ${stats.size} and ${volume.sizeBytes} bytes.`;
    return { reason, remedy: `Run: losetup --set-capacity ${volume.name}` };
  }
  try {
    await native().probeReflink(file, folder);
  } catch (error) {
    const refusal = whyNotCloned(file, error);
    if (refusal !== undefined) return refusal;
    if (errnoOf(error) !== 'ENOSPC') throw error;
  }
  const freezable = await findFreezable(volume, false);
  if (freezable !== undefined && isRefusal(freezable)) return freezable;
  const presentBytes = bavail * bsize;
  // At most every block of the file is there twice in the end.
  const neededBytes = Math.min(FLOOR_BYTES, Number(stats.blocks) * 512);
  const low = presentBytes < blocks * bsize * LOW_SHARE && presentBytes < Number(stats.blocks) * 512;
  const warning = `The file system that holds ${file} is nearly full; what is written to ${volume.name} meanwhile needs space there.`;
  return {
    ...beneath,
    folder,
    inode: stats.ino,
    bornNs: stats.birthtimeNs,
    ...(freezable === undefined ? {} : { freezable }),
    space: { neededBytes, presentBytes },
    warnings: low ? [warning] : [],
  };
}
