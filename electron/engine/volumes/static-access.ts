/**
 * Keeping a volume still without a snapshot. A mounted file system is remounted read-only for the run, which empties
 * its journal and refuses all writers; one that is not mounted must only be free of other users (the caller opens it
 * exclusively).
 */
import type { Volume, VolumeHolder } from '#contract';
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import type { Ports } from '../ports.ts';
import { aliasesInUse, flushAll, isFree, whoKeeps, writersOf } from './busy.ts';
import { blockDeviceNumber } from './device-number.ts';
import { discoverVolumes, findVolume } from './discover.ts';
import { type FileStamp, fileStamp, isSameStamp, writersOfFile } from './file-stillness.ts';
import { holdsPath } from './holds-path.ts';
import { isReadOnly, type MountEntry } from './mount-table.ts';
import { MountRefused, makeWritable, mountsOfDevice, remount } from './remount.ts';
import { type RemountChange, remountChangeSchema, uuidOn } from './remount-repair.ts';
import { changesOfOthers, type RunRecord, recordRun } from './run-journal.ts';
import { assertSameVolume } from './same-volume.ts';

export interface StaticOptions {
  ports: Pick<Ports, 'directories' | 'random'>;
  /** A run's record to write in; without one a record of its own is made. */
  journal?: RunRecord | undefined;
  signal?: AbortSignal | undefined;
}

/** A volume that nobody writes to. Disposing puts every mount back as it was; throws `VOLUME_REMOUNT_FAILED`. */
export interface StaticAccess extends AsyncDisposable {
  /** Still mounted, read-only: the device cannot be opened exclusively, and need not be. */
  readonly mountedReadOnly: boolean;
  /** Mount points that were made read-only for the run. */
  readonly remounted: string[];
  /**
   * Throws `VOLUME_BUSY` if somebody made the volume writable or wrote to its file in the meantime, `VOLUME_VANISHED` if
   * its name stands for another one now: the image is not of one moment.
   */
  assertStill(): Promise<void>;
}

function busy(volume: Volume, reason: string, holders: VolumeHolder[], remedy: string): EngineError {
  return new EngineError('VOLUME_BUSY', {
    volume: volume.name,
    reason,
    holders: plain(holders),
    remedy,
  });
}

/** Without absent fields, as error details must be. */
function plain(holders: VolumeHolder[]): Record<string, string | number | boolean>[] {
  return holders.map(({ kind, name, pid, writable }) => ({
    kind,
    name,
    ...(pid === undefined ? {} : { pid }),
    ...(writable === undefined ? {} : { writable }),
  }));
}

function loopsOf(volume: Volume): string[] {
  return volume.holders.filter((holder) => holder.kind === 'loop').map((holder) => holder.name);
}

/** A mounted device: the volume itself, or the loop device of a file volume. */
interface Mounted {
  device: string;
  number: string;
  entries: MountEntry[];
}

/** Devices through which the volume is mounted. */
async function mountedDevices(volume: Volume): Promise<Mounted[]> {
  const devices = [volume.name, ...loopsOf(volume)];
  const found: Mounted[] = [];
  for (const device of devices) {
    const number = await blockDeviceNumber(device);
    if (number === undefined) continue;
    const entries = await mountsOfDevice(number);
    if (entries.length > 0) found.push({ device, number, entries });
  }
  return found;
}

/** Users that a remount cannot quieten: the running system, stacked devices, swap, mounted partitions, our own files. */
async function assertCanBeStill(volume: Volume, options: StaticOptions): Promise<void> {
  if (volume.system && volume.holders.some((holder) => holder.writable !== false)) {
    const reason = `${volume.name} holds the running system and cannot be made read-only.`;
    throw busy(volume, reason, volume.holders, 'Use a dynamic image, or start from another system.');
  }
  if (volume.mounts.length > 0 && (await holdsPath(volume, options.ports.directories.state))) {
    const reason = `${volume.name} holds the folder in which Stillframe keeps its run records.`;
    throw busy(volume, reason, volume.holders, 'Use a dynamic image.');
  }
  const stacked = volume.holders.filter(
    (holder) => holder.kind !== 'mount' && holder.kind !== 'process' && holder.kind !== 'loop',
  );
  if (stacked.length > 0) {
    const names = stacked.map((holder) => `${holder.name} (${holder.kind})`).join(', ');
    throw busy(volume, `${volume.name} is in use by ${names}.`, stacked, 'Image what stands on it, or take that down.');
  }
  const aliases = await aliasesInUse(volume);
  if (aliases.length > 0) {
    const names = aliases.map((holder) => holder.name).join(', ');
    const reason = `The file beneath ${volume.name} is also attached to ${names}, which is in use.`;
    throw busy(volume, reason, aliases, 'Image that one, or unmount it.');
  }
  const family = await partsInUse(volume, options.signal);
  if (family.length > 0) {
    const names = family.map((holder) => holder.name).join(', ');
    const reason = `Parts of ${volume.name} are in use: ${names}.`;
    throw busy(volume, reason, family, 'Unmount them, or image the partitions one by one.');
  }
}

/** Writers on what lies on or around the volume: partitions of a disk. */
async function partsInUse(volume: Volume, signal: AbortSignal | undefined): Promise<VolumeHolder[]> {
  if (volume.kind === 'file') return [];
  const volumes = await discoverVolumes({ signal });
  const holders: VolumeHolder[] = [];
  const parents = [volume.name];
  for (const parent of parents) {
    for (const part of volumes.filter((candidate) => candidate.parent === parent)) {
      parents.push(part.name);
      holders.push(...part.holders.filter((holder) => holder.kind !== 'process' && holder.writable !== false));
    }
  }
  return holders;
}

async function assertNotShared(mounted: Mounted, volume: Volume, options: StaticOptions, runId: string): Promise<void> {
  for (const change of await changesOfOthers(options.ports, runId)) {
    const other = remountChangeSchema.safeParse(change);
    if (other.success && other.data.number === mounted.number) {
      throw busy(volume, `Another run is imaging ${volume.name} just now.`, volume.holders, 'Wait until it has ended.');
    }
  }
}

/** Makes one file system read-only; the record is written first. */
async function quieten(
  mounted: Mounted,
  volume: Volume,
  journal: RunRecord,
  options: StaticOptions,
): Promise<RemountChange> {
  const writable = mounted.entries.filter((entry) => entry.mountOptions.split(',').includes('rw'));
  const mounts = (writable.length > 0 ? writable : mounted.entries).map(({ mountPoint, mountOptions }) => ({
    mountPoint,
    mountOptions,
  }));
  const { device, number } = mounted;
  const fsUuid = await uuidOn(device);
  const change: RemountChange = { kind: 'remount', volume: volume.name, device, number, fsUuid, mounts };
  await journal.add(change);
  let touched = false;
  try {
    await assertNotShared(mounted, volume, options, journal.runId);
    touched = true;
    const [first] = mounts;
    if (first) await remount(first.mountPoint, first.mountOptions, 'ro');
    const [after] = await mountsOfDevice(number);
    if (after && !isReadOnly(after)) throw new MountRefused('the kernel kept it writable', true);
    return change;
  } catch (error) {
    // A remount that failed may have taken effect. What cannot be undone stays on record for the next start.
    if (touched) await makeWritable(volume.name, number, mounts);
    await journal.settle(change);
    if (!(error instanceof MountRefused)) throw error;
    throw await whyNotQuiet(mounted, volume, error, options.signal);
  }
}

async function whyNotQuiet(
  { entries, number }: Mounted,
  volume: Volume,
  refusal: MountRefused,
  signal: AbortSignal | undefined,
): Promise<EngineError> {
  const holders = await whoKeeps(entries, number, signal);
  if (!refusal.busy) {
    const reason = `${volume.name} could not be made read-only: ${refusal.message}.`;
    return busy(volume, reason, holders, 'Try again, or use a dynamic image.');
  }
  const names = holders.map((h) => (h.pid === undefined ? h.name : `${h.name} (pid ${h.pid})`)).join(', ');
  const who = names || 'a process that cannot be seen from here';
  const reason = `${volume.name} cannot be made read-only, because it is in use by ${who}.`;
  return busy(volume, reason, holders, 'End these programs, or use a dynamic image.');
}

/**
 * Makes the volume still. Throws `VOLUME_BUSY` with `holders` (processes with pids) and everything as before,
 * `VOLUME_VANISHED` where the name stands for another volume than the described one, `VOLUME_REMOUNT_FAILED` with
 * `leftBehind` where a failed start could not be undone, `VOLUME_PERMISSION`, `CANCELLED`.
 */
export async function acquireStatic(described: Volume, options: StaticOptions): Promise<StaticAccess> {
  throwIfCancelled(options.signal);
  // Much may have happened since the volume was described: tasks wait in a queue.
  const volume = await findVolume(described.name, { signal: options.signal });
  assertSameVolume(described, volume);
  await assertCanBeStill(volume, options);
  const mounted = await mountedDevices(volume);
  // A volume that another run made read-only becomes writable when that run ends.
  for (const device of mounted) await assertNotShared(device, volume, options, options.journal?.runId ?? '');
  const writable = mounted.filter(({ entries }) => !entries.some(isReadOnly));
  if (writable.length > 0 && process.getuid?.() !== 0) {
    const reason = `${volume.name} is mounted, and making it read-only for the run needs root rights.`;
    throw new EngineError('VOLUME_PERMISSION', { volume: volume.name, reason, remedy: 'Unmount it, or run as root.' });
  }
  if (mounted.length === 0) await assertNobodyWrites(volume, options.signal);
  if (volume.kind === 'file') await assertFileNotWritten(volume, options.signal);

  const journal = options.journal ?? (await recordRun({ ports: options.ports }));
  const changes: RemountChange[] = [];
  let stamp: FileStamp | undefined;
  const restore = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (let change = changes.pop(); change !== undefined; change = changes.pop()) {
      try {
        await makeWritable(volume.name, change.number, change.mounts);
        await journal.settle(change);
      } catch (error) {
        // Stays on record, so that the next start tries again.
        failures.push(error);
      }
    }
    if (options.journal === undefined) await journal[Symbol.asyncDispose]();
    if (failures.length > 0) throw failures[0];
  };
  try {
    for (const device of writable) {
      throwIfCancelled(options.signal);
      changes.push(await quieten(device, volume, journal, options));
    }
    throwIfCancelled(options.signal);
    if (volume.kind === 'file') {
      // What lay in memory only would otherwise look like a change.
      await flushAll([volume.name, ...loopsOf(volume)]);
      stamp = await fileStamp(volume.name);
    }
  } catch (error) {
    await restore();
    throw error;
  }

  return {
    mountedReadOnly: mounted.length > 0,
    remounted: changes.flatMap((change) => change.mounts.map((mount) => mount.mountPoint)),
    async assertStill() {
      const now = await findVolume(volume.name);
      assertSameVolume(volume, now);
      if (stamp && !isSameStamp(stamp, await fileStamp(volume.name))) {
        const reason = `${volume.name} was changed while it was imaged.`;
        throw busy(volume, reason, await writersOfFile(volume.name, options.signal), 'Start the backup again.');
      }
      for (const { entries } of await mountedDevices(now)) {
        if (entries.every(isReadOnly)) continue;
        const reason = `${volume.name} was made writable while it was being imaged.`;
        throw busy(volume, reason, [], 'Start the backup again and leave the volume alone.');
      }
    },
    [Symbol.asyncDispose]: restore,
  };
}

/**
 * A volume that is not mounted here may still be written to: by a program, directly or through a loop device, or by a
 * loop device's mount in another mount namespace. (The volume itself is opened exclusively by the caller.)
 */
async function assertNobodyWrites(volume: Volume, signal: AbortSignal | undefined): Promise<void> {
  const loops = volume.holders.filter((holder) => holder.kind === 'loop');
  const claimed: VolumeHolder[] = [];
  for (const loop of loops) if (!(await isFree(loop.name))) claimed.push(loop);
  if (claimed.length > 0) {
    const names = claimed.map((loop) => loop.name).join(', ');
    const reason = `${volume.name} is attached to ${names}, which is in use or cannot be looked at.`;
    throw busy(volume, reason, claimed, 'Detach it with losetup -d, or run as root.');
  }
  const writers = await writersOf([volume.name, ...loops.map((loop) => loop.name)], signal);
  if (writers.length === 0) return;
  throw openForWriting(volume, writers);
}

async function assertFileNotWritten(volume: Volume, signal: AbortSignal | undefined): Promise<void> {
  const writers = await writersOfFile(volume.name, signal);
  if (writers.length > 0) throw openForWriting(volume, writers);
}

function openForWriting(volume: Volume, writers: VolumeHolder[]): EngineError {
  const names = writers.map((writer) => `${writer.name} (pid ${writer.pid})`).join(', ');
  return busy(volume, `${volume.name} is open for writing in ${names}.`, writers, 'End these programs.');
}
