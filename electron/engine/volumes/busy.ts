/** Who keeps a volume from standing still. */
import { constants, open, realpath, stat } from 'node:fs/promises';
import type { Volume, VolumeHolder } from '#contract';
import { blockDeviceNumber, deviceNumber } from './device-number.ts';
import { aliasesOf, loopDevices } from './loop-devices.ts';
import { type MountEntry, mountOf, readMountTable, readSwaps } from './mount-table.ts';
import { type ProcessUse, scanProcesses } from './processes.ts';

function toHolder(use: ProcessUse): VolumeHolder {
  return { kind: 'process', name: use.name, pid: use.pid, writable: use.writing };
}

/** Each process once, those that write first. */
function byProcess(uses: ProcessUse[]): VolumeHolder[] {
  const holders = new Map<number, ProcessUse>();
  for (const use of uses) {
    const known = holders.get(use.pid);
    if (!known || (!known.writing && use.writing)) holders.set(use.pid, use);
  }
  const ordered = [...holders.values()].sort((a, b) => Number(b.writing) - Number(a.writing) || a.pid - b.pid);
  return ordered.map(toHolder);
}

/** Loop devices and swap files whose backing file lies on one of these mounts: no process has those open. */
async function kernelUsers(entries: MountEntry[]): Promise<VolumeHolder[]> {
  const table = await readMountTable();
  const isOnIt = (path: string): boolean => {
    const mount = mountOf(path, table);
    return mount !== undefined && entries.some((entry) => entry.id === mount.id);
  };
  const loops = (await loopDevices()).filter(({ file }) => file !== undefined && isOnIt(file));
  const swaps = (await readSwaps()).filter(isOnIt);
  return [
    ...loops.map((loop): VolumeHolder => ({ kind: 'loop', name: loop.path })),
    ...swaps.map((path): VolumeHolder => ({ kind: 'swap', name: path })),
  ];
}

/**
 * Who keeps a mounted file system busy: writers if there are any, else all users. Complete only with root rights.
 * Throws `CANCELLED`.
 */
export async function whoKeeps(
  entries: MountEntry[],
  number: string,
  signal: AbortSignal | undefined,
): Promise<VolumeHolder[]> {
  const numbers = new Set([number]);
  for (const { mountPoint } of entries) {
    const stats = await stat(mountPoint).catch(() => undefined);
    if (stats) numbers.add(deviceNumber(stats.dev));
  }
  const uses = (await scanProcesses({ files: true, signal })).filter((use) => numbers.has(use.device));
  const writers = uses.filter((use) => use.writing);
  const holders = [...byProcess(writers), ...(await kernelUsers(entries))];
  return holders.length > 0 ? holders : byProcess(uses);
}

/** Pushes what was written through a device or file, but lies in memory only, to where it belongs. */
async function flush(path: string): Promise<void> {
  await using handle = await open(path, 'r');
  await handle.sync();
}

/** Flushes a volume and the loop devices over it, named in this order, as far as they can be opened. */
export async function flushAll(paths: string[]): Promise<void> {
  // Loop devices first: their pages become the file's.
  for (const path of [...paths].reverse()) await flush(path).catch(() => undefined);
}

/** Processes that have one of these devices open for writing, after flushing the devices. Throws `CANCELLED`. */
export async function writersOf(paths: string[], signal: AbortSignal | undefined): Promise<VolumeHolder[]> {
  const numbers = new Set<string>();
  for (const path of paths) {
    const real = await realpath(path).catch(() => path);
    const stats = await stat(real).catch(() => undefined);
    if (stats?.isBlockDevice()) numbers.add(deviceNumber(stats.rdev));
  }
  const uses = await scanProcesses({ files: false, signal });
  const writers = uses.filter((use) => use.direct && use.writing && numbers.has(use.device));
  if (writers.length > 0) return byProcess(writers);
  await flushAll(paths);
  return [];
}

/** True if a block device can be opened exclusively: no mount in any namespace and no other device has claimed it. */
export async function isFree(device: string): Promise<boolean> {
  return open(device, constants.O_RDONLY | constants.O_EXCL).then(
    (handle) => handle.close().then(() => true),
    () => false,
  );
}

/** Other loop devices over the same bytes, in use: what is written through one may stay unseen through another. */
export async function aliasesInUse(volume: Volume): Promise<VolumeHolder[]> {
  const number = volume.kind === 'loop' ? await blockDeviceNumber(volume.name) : undefined;
  if (number === undefined) return [];
  const used: VolumeHolder[] = [];
  for (const { path } of aliasesOf(number, await loopDevices())) {
    if (!(await isFree(path))) used.push({ kind: 'loop', name: path });
  }
  return used;
}
