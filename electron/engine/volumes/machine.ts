/** One look at everything on this machine that uses volumes, so that a list of volumes is judged by one state. */
import type { VolumeHolder } from '#contract';
import { blockDeviceNumber } from './device-number.ts';
import type { DeviceStack } from './device-stack.ts';
import { type FileIdentity, fileIdentity } from './file-identity.ts';
import { stackedOn } from './kernel-holders.ts';
import { aliasesOf, type LoopDevice, loopDevices } from './loop-devices.ts';
import { deviceUnder, isReadOnly, type MountEntry, readMountTable, readSwaps } from './mount-table.ts';
import { type ProcessUse, scanProcesses } from './processes.ts';
import { systemDevices } from './system-devices.ts';

/** A volume as the kernel knows it: a device number, or a file by device and inode. */
export interface KernelIdentity {
  /** `major:minor`. */
  number?: string | undefined;
  file?: FileIdentity | undefined;
}

export interface Machine {
  mounts: MountEntry[];
  /** Block device under each of `mounts`, same order. */
  mountDevices: (string | undefined)[];
  /** Device numbers of swap partitions and identities of swap files. */
  swaps: Set<string>;
  loops: LoopDevice[];
  system: DeviceStack;
  /** Who has device nodes open. */
  openers: ProcessUse[];
}

/** Programs that open every device for a moment to list it; this and other surveys run some of them. */
const LISTERS = new Set(['lsblk', 'losetup', 'blkid']);

/** Looks once. Throws `CANCELLED`. */
export async function surveyMachine(signal?: AbortSignal): Promise<Machine> {
  const [mounts, swapPaths, loops, openers] = await Promise.all([
    readMountTable(),
    readSwaps(),
    loopDevices(),
    scanProcesses({ files: false, signal }),
  ]);
  const swaps = await Promise.all(
    swapPaths.map(async (path) => (await blockDeviceNumber(path)) ?? (await fileIdentity(path)) ?? path),
  );
  return {
    mounts,
    mountDevices: await Promise.all(mounts.map(deviceUnder)),
    swaps: new Set(swaps),
    loops,
    system: await systemDevices(mounts, swapPaths, loops),
    openers: openers.filter((use) => use.direct && (use.writing || !LISTERS.has(use.name))),
  };
}

/** Loop devices that stand on a volume or, for a loop device, beside it on the same bytes of the same file. */
export function loopsOn(machine: Machine, { number, file }: KernelIdentity): LoopDevice[] {
  const above = machine.loops.filter(
    (loop) => (file !== undefined && loop.identity === file) || (number !== undefined && loop.deviceBelow === number),
  );
  return number === undefined ? above : [...above, ...aliasesOf(number, machine.loops)];
}

/** Mounts of a volume, those through its loop devices included. */
export function mountsOf(machine: Machine, identity: KernelIdentity): MountEntry[] {
  const numbers = new Set(loopsOn(machine, identity).map((loop) => loop.number));
  if (identity.number !== undefined) numbers.add(identity.number);
  return machine.mounts.filter((_, index) => numbers.has(machine.mountDevices[index] ?? ''));
}

/** Every user of a volume: mounts, swap, stacked devices, loop devices, processes with the device open. */
export async function holdersOf(machine: Machine, identity: KernelIdentity): Promise<VolumeHolder[]> {
  const holders: VolumeHolder[] = mountsOf(machine, identity).map((entry) => ({
    kind: 'mount',
    name: entry.mountPoint,
    writable: !isReadOnly(entry),
  }));
  const { number, file } = identity;
  if (machine.swaps.has(number ?? file ?? '')) holders.push({ kind: 'swap', name: 'swap' });
  for (const loop of loopsOn(machine, identity)) holders.push({ kind: 'loop', name: loop.path });
  if (number !== undefined) {
    holders.push(...(await stackedOn(number)));
    for (const use of machine.openers) {
      if (use.device === number) holders.push({ kind: 'process', name: use.name, pid: use.pid });
    }
  }
  return holders;
}
