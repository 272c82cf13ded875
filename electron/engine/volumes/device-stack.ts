/** What lies beneath a block device: its disk, the members of its RAID or volume group, a loop device's file. */
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deviceNumber } from './device-number.ts';
import type { FileIdentity } from './file-identity.ts';
import type { LoopDevice } from './loop-devices.ts';
import { deviceUnder, type MountEntry, mountOf } from './mount-table.ts';

/** Devices (`major:minor`) and backing files, the starting device included. */
export interface DeviceStack {
  devices: Set<string>;
  files: Set<FileIdentity>;
}

async function numberIn(folder: string): Promise<string | undefined> {
  return (await readFile(join(folder, 'dev'), 'utf8').catch(() => '')).trim() || undefined;
}

/** Devices directly beneath, by sysfs. */
async function beneath(folder: string): Promise<string[]> {
  const found: (string | undefined)[] = [];
  if (await stat(join(folder, 'partition')).catch(() => undefined)) found.push(await numberIn(dirname(folder)));
  for (const name of await readdir(join(folder, 'slaves')).catch(() => [])) {
    found.push(await numberIn(join(folder, 'slaves', name)));
  }
  return found.filter((number) => number !== undefined);
}

/** Follows a device down to the hardware, through loop devices and the file systems that hold their files. */
export async function deviceStack(start: string, table: MountEntry[], loops: LoopDevice[]): Promise<DeviceStack> {
  const stack: DeviceStack = { devices: new Set(), files: new Set() };
  const waiting = [start];
  for (let device = waiting.pop(); device !== undefined; device = waiting.pop()) {
    if (stack.devices.has(device)) continue;
    stack.devices.add(device);
    const folder = await realpath(`/sys/dev/block/${device}`).catch(() => undefined);
    if (folder === undefined) continue;
    waiting.push(...(await beneath(folder)));
    const loop = loops.find((candidate) => candidate.number === device);
    if (loop === undefined) continue;
    if (loop.identity !== undefined) stack.files.add(loop.identity);
    const below = loop.deviceBelow ?? (await deviceUnderFile(loop, table));
    if (below !== undefined) waiting.push(below);
  }
  return stack;
}

/** The block device that holds an existing path (a device node stands for itself); `undefined`: none. */
export async function deviceUnderPath(path: string, table: MountEntry[]): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isBlockDevice()) return deviceNumber(stats.rdev);
  const mount = mountOf(await realpath(path).catch(() => path), table);
  return mount && deviceUnder(mount);
}

/** The block device that holds a loop device's file, which may have no path any more. */
async function deviceUnderFile({ file, identity }: LoopDevice, table: MountEntry[]): Promise<string | undefined> {
  if (file !== undefined) return deviceUnderPath(file, table);
  const number = identity && deviceNumber(Number(identity.split('/')[0]));
  return number?.startsWith('0:') ? undefined : number;
}
