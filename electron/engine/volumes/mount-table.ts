/** The mounts of this mount namespace and the active swap areas, as the kernel lists them (proc_pid_mountinfo(5)). */
import { readFile } from 'node:fs/promises';
import type { Mount } from '#contract';
import { blockDeviceNumber } from './device-number.ts';

/** One line of mountinfo. */
export interface MountEntry {
  id: number;
  /** `major:minor` as listed; anonymous (`0:…`) for btrfs and everything without one device. */
  device: string;
  /** Which part of the file system is mounted; not `/` for bind mounts and subvolumes. */
  root: string;
  mountPoint: string;
  /** Options of this mount (`rw,nosuid,relatime`). */
  mountOptions: string;
  fsType: string;
  source: string;
  /** Options of the file system itself, shared by all its mounts (`ro,errors=remount-ro`). */
  superOptions: string;
}

/** Spaces and the like are written as `\040`. */
function unescapeField(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** Parses a mountinfo file; lines that are none are left out. */
export function parseMountInfo(text: string): MountEntry[] {
  const entries: MountEntry[] = [];
  for (const line of text.split('\n')) {
    const [left, right] = line.split(' - ', 2);
    const [id, , device, root, mountPoint, mountOptions] = left?.split(' ') ?? [];
    const [fsType, source, superOptions] = right?.split(' ') ?? [];
    if (!id || !device || !root || !mountPoint || mountOptions === undefined || fsType === undefined) continue;
    entries.push({
      id: Number(id),
      device,
      root: unescapeField(root),
      mountPoint: unescapeField(mountPoint),
      mountOptions,
      fsType,
      source: unescapeField(source ?? ''),
      superOptions: superOptions ?? '',
    });
  }
  return entries;
}

/** Present mounts, parents before children. */
export async function readMountTable(): Promise<MountEntry[]> {
  return parseMountInfo(await readFile('/proc/self/mountinfo', 'utf8'));
}

/** The file system itself takes no writes, through whatever mount. */
export function isReadOnly(entry: MountEntry): boolean {
  return entry.superOptions.split(',').includes('ro');
}

/** A mount as the contract shows it. `readOnly` speaks of the file system: a read-only bind mount keeps nothing still. */
export function toMount(entry: MountEntry): Mount {
  const { mountPoint, mountOptions, fsType } = entry;
  return { mountPoint, readOnly: isReadOnly(entry), options: mountOptions, fsType };
}

/** Block device under a mount; `undefined` for network and memory file systems. */
export async function deviceUnder(entry: MountEntry): Promise<string | undefined> {
  if (!entry.device.startsWith('0:')) return entry.device;
  return entry.source.startsWith('/') ? blockDeviceNumber(entry.source) : undefined;
}

/** The mount that an existing absolute path without links lies on: the last one with the longest matching prefix. */
export function mountOf(path: string, table: MountEntry[]): MountEntry | undefined {
  let best: MountEntry | undefined;
  for (const entry of table) {
    const { mountPoint } = entry;
    const covers = mountPoint === '/' || path === mountPoint || path.startsWith(`${mountPoint}/`);
    if (covers && mountPoint.length >= (best?.mountPoint.length ?? 0)) best = entry;
  }
  return best;
}

/** Paths of active swap areas: devices and files. */
export async function readSwaps(): Promise<string[]> {
  const text = await readFile('/proc/swaps', 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(1)
    .map((line) => unescapeField(line.split(/\s/, 1)[0] ?? ''))
    .filter((path) => path.startsWith('/'));
}
