/** Whether the file system of a volume can be frozen without locking up the machine or ourselves. */
import { readFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Volume } from '#contract';
import { freezeProgram } from '../../native.ts';
import { isFree } from '../../volumes/busy.ts';
import { blockDeviceNumber } from '../../volumes/device-number.ts';
import { deviceStack, deviceUnderPath } from '../../volumes/device-stack.ts';
import { fileIdentity } from '../../volumes/file-identity.ts';
import { holdsPath } from '../../volumes/holds-path.ts';
import { aliasesOf, type LoopDevice, loopDevices } from '../../volumes/loop-devices.ts';
import { deviceUnder, isReadOnly, type MountEntry, readMountTable } from '../../volumes/mount-table.ts';
import { mountsOfDevice } from '../../volumes/remount.ts';
import { devicesOfBtrfs } from '../btrfs-devices.ts';
import { openFilesOn } from './open-files.ts';

/** Why not. Sentences. */
export interface Refusal {
  reason: string;
  remedy: string;
}

/** A mounted device whose file system can be frozen. */
export interface Freezable {
  /** Node of the device that is mounted: the volume's, or that of the loop device over it. */
  device: string;
  /** `major:minor`. */
  number: string;
  mounts: MountEntry[];
}

export function isRefusal(answer: object): answer is Refusal {
  return 'reason' in answer;
}

/** Kernel drivers with `freeze_fs`. Others (vfat, exfat, FUSE, ntfs3) answer EOPNOTSUPP. */
const CAN_FREEZE = new Set(['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'jfs', 'nilfs2', 'reiserfs']);
/** Where programs of every system write all the time; if they wait, so does everything else, this program included. */
const BUSY_PLACES = new Set([
  ...['/', '/boot', '/dev', '/etc', '/gnu', '/home', '/nix', '/opt', '/root', '/run', '/tmp', '/usr'],
  ...['/var', '/var/cache', '/var/lib', '/var/log', '/var/log/audit', '/var/log/journal', '/var/spool', '/var/tmp'],
]);
/** A person's own folder: the desktop writes there. */
const HOME = /^\/home\/[^/]+$/;
const STATIC = 'Use a static image.';

/** Base folders of a person's files, by variable and default (XDG Base Directory Specification 0.8). */
const BASES = [
  ['XDG_CONFIG_HOME', '.config'],
  ['XDG_DATA_HOME', '.local/share'],
  ['XDG_STATE_HOME', '.local/state'],
  ['XDG_CACHE_HOME', '.cache'],
] as const;

/** Folders of ours, without which neither the run nor its end would get on. */
function ownFolders(): string[] {
  const bases = BASES.map(([variable, usual]) => {
    const named = process.env[variable];
    return named !== undefined && isAbsolute(named) ? named : join(homedir(), usual);
  });
  const { XDG_RUNTIME_DIR } = process.env;
  // Our own folder in each may be a link to elsewhere.
  const own = bases.map((base) => join(base, 'stillframe'));
  const others = XDG_RUNTIME_DIR ? [XDG_RUNTIME_DIR] : [];
  return [process.cwd(), tmpdir(), homedir(), process.execPath, freezeProgram(), ...bases, ...own, ...others];
}

/** Loop devices over a file volume; the volume's own device else. */
async function devicesOf(volume: Volume, loops: LoopDevice[]): Promise<{ path: string; whole: boolean }[]> {
  if (volume.kind !== 'file') return [{ path: volume.name, whole: true }];
  const file = await fileIdentity(volume.name);
  return loops
    .filter(({ identity }) => identity !== undefined && identity === file)
    .map(({ path, start, end }) => ({ path, whole: start === 0 && end === Number.POSITIVE_INFINITY }));
}

/** Mounts that stand on the device, on whatever lies between. */
async function mountsAbove(number: string, table: MountEntry[], loops: LoopDevice[]): Promise<MountEntry[]> {
  const above: MountEntry[] = [];
  for (const entry of table) {
    const upper = /(?:^|,)upperdir=([^,]+)/.exec(entry.fsType === 'overlay' ? entry.superOptions : '')?.[1];
    const device = upper === undefined ? await deviceUnder(entry) : await deviceUnderPath(upper, table);
    if (device === undefined || (device === number && upper === undefined)) continue;
    if ((await deviceStack(device, table, loops)).devices.has(number)) above.push(entry);
  }
  return above;
}

/** What speaks against freezing btrfs: its snapshots are no block devices, so the freeze lasts as long as the run. */
async function whyNotBtrfs(volume: Volume, uuid: string): Promise<Refusal | undefined> {
  const folder = join('/sys/fs/btrfs', uuid);
  const devices = await devicesOfBtrfs(uuid);
  if (devices.length !== 1) {
    const count = devices.length === 0 ? 'an unknown number of' : devices.length;
    return {
      reason: `The btrfs on ${volume.name} spans ${count} devices, and they can only be imaged together.`,
      remedy: 'Unmount it and image every device as a static image.',
    };
  }
  // It holds off the freeze until it has ended, and the freeze holds off every writer meanwhile.
  const operation = (await readFile(join(folder, 'exclusive_operation'), 'utf8').catch(() => 'none')).trim();
  if (operation === 'none' || operation === 'balance paused') return undefined;
  return {
    reason: `The btrfs on ${volume.name} is busy with an operation that a freeze would wait for (${operation}).`,
    remedy: 'Wait until it has ended.',
  };
}

/** The one mount device of the volume, or why there is not just one. */
async function mountedDevice(volume: Volume, loops: LoopDevice[]): Promise<Freezable | Refusal | undefined> {
  const found: (Freezable & { whole: boolean })[] = [];
  for (const { path, whole } of await devicesOf(volume, loops)) {
    const number = await blockDeviceNumber(path);
    if (number === undefined) continue;
    const mounts = await mountsOfDevice(number);
    if (mounts.length > 0) {
      found.push({ device: path, number, mounts, whole });
    } else if (!(await isFree(path))) {
      return {
        reason: `${path} is in use, but not by a mount that can be seen from here: by one in another mount namespace, by its partitions or by a device on top of it.`,
        remedy: `End that use, or image what stands on ${path}.`,
      };
    }
    for (const alias of aliasesOf(number, loops)) {
      if (volume.kind === 'file' || (await isFree(alias.path))) continue;
      const reason = `The file beneath ${path} is also in use through ${alias.path}.`;
      return { reason, remedy: 'Image that one, or unmount it.' };
    }
  }
  const [first, second] = found;
  if (first === undefined) return undefined;
  if (second !== undefined) {
    const reason = `${volume.name} is mounted through ${first.device} and ${second.device}.`;
    return { reason, remedy: 'Unmount one of them.' };
  }
  if (!first.whole) {
    const reason = `A part of ${volume.name} is mounted through ${first.device}, and not the whole.`;
    return { reason, remedy: `Image ${first.device}.` };
  }
  return { device: first.device, number: first.number, mounts: first.mounts };
}

/** What would stand still together with the volume and must not, however short it is. */
async function whyNever(volume: Volume, target: Freezable, loops: LoopDevice[]): Promise<Refusal | undefined> {
  if (volume.system) {
    return { reason: `${volume.name} holds the running system, which must not stand still.`, remedy: STATIC };
  }
  const [path] = await openFilesOn(target);
  if (path !== undefined) {
    return { reason: `${volume.name} holds ${path}, which Stillframe has open.`, remedy: STATIC };
  }
  const [above] = await mountsAbove(target.number, await readMountTable(), loops);
  if (above === undefined) return undefined;
  const reason = `The file system at ${above.mountPoint} lies on ${volume.name} and would stand still with it.`;
  return { reason, remedy: `Unmount ${above.mountPoint}.` };
}

/** What cannot do without writing for as long as an image takes. */
async function whyNotForLong(volume: Volume, target: Freezable): Promise<Refusal | undefined> {
  const place = target.mounts.find(({ mountPoint }) => BUSY_PLACES.has(mountPoint) || HOME.test(mountPoint));
  if (place) {
    const reason = `${volume.name} is mounted at ${place.mountPoint}, where programs of the system write.`;
    return { reason, remedy: STATIC };
  }
  for (const path of ownFolders()) {
    if (!(await holdsPath(volume, path))) continue;
    return { reason: `${volume.name} holds ${path}, which Stillframe itself needs.`, remedy: STATIC };
  }
  return undefined;
}

/**
 * Where to freeze a volume; `undefined`: nowhere, as it is not mounted read-write. `forLong`: as long as an image takes,
 * and not for a moment only. Throws nothing of its own.
 */
export async function findFreezable(volume: Volume, forLong: boolean): Promise<Freezable | Refusal | undefined> {
  const loops = await loopDevices();
  const target = await mountedDevice(volume, loops);
  if (target === undefined || isRefusal(target)) return target;
  const [first] = target.mounts;
  if (first === undefined || target.mounts.some(isReadOnly)) return undefined;
  if (process.getuid?.() !== 0) {
    return { reason: `Freezing ${volume.name} needs root rights.`, remedy: 'Run as root.' };
  }
  if (!CAN_FREEZE.has(first.fsType)) {
    return { reason: `The file system ${first.fsType} on ${volume.name} cannot be frozen.`, remedy: STATIC };
  }
  const btrfs = first.fsType === 'btrfs' ? await whyNotBtrfs(volume, volume.uuid) : undefined;
  const never = btrfs ?? (await whyNever(volume, target, loops));
  return never ?? (forLong ? await whyNotForLong(volume, target) : undefined) ?? target;
}
