/** How much is written to a volume, by the kernel's counters of its device. */
import { execFile } from 'node:child_process';
import { access, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Volume } from '#contract';
import { throwIfCancelled } from '../base/errors.ts';
import type { Clock } from '../ports.ts';
import { blockDeviceNumber } from '../volumes/device-number.ts';
import { fileIdentity } from '../volumes/file-identity.ts';
import { loopDevices } from '../volumes/loop-devices.ts';
import { sleep } from './sleep.ts';

const run = promisify(execFile);

/** The kernel counts in sectors of 512 bytes, whatever the device's own are (Documentation/block/stat.rst). */
const SECTOR_BYTES = 512;
/** Fields of `stat`, from 0. */
const SECTORS_WRITTEN = 6;
/** Since Linux 4.18. A discard changes what is stored, and a copy-on-write origin copies what it hits. */
const SECTORS_DISCARDED = 13;

/** A device that does not take what was written to it within this time is not waited for. */
const FLUSH_LIMIT_MS = 60_000;

/** What counts the writes to a volume. */
type CountedVolume = Pick<Volume, 'name' | 'mounts'>;

/** Bytes written and discarded on a device since the machine started; `undefined` where the kernel does not count. */
async function writtenToDevice(number: string): Promise<number | undefined> {
  const folder = await realpath(`/sys/dev/block/${number}`).catch(() => undefined);
  if (folder === undefined || !(await countsWrites(folder))) return undefined;
  const text = await readFile(join(folder, 'stat'), 'utf8').catch(() => '');
  const fields = text.trim().split(/\s+/).map(Number);
  const written = fields[SECTORS_WRITTEN];
  if (written === undefined || !fields.every(Number.isFinite)) return undefined;
  return (written + (fields[SECTORS_DISCARDED] ?? 0)) * SECTOR_BYTES;
}

/**
 * An administrator can switch the counting off (`queue/iostats`), and then the counters stand still under any load.
 * The device mapper is believed all the same: with older kernels its switch says 0 although it counts.
 */
async function countsWrites(folder: string): Promise<boolean> {
  if (await exists(join(folder, 'dm'))) return true;
  const disk = (await exists(join(folder, 'partition'))) ? join(folder, '..') : folder;
  return (await readFile(join(disk, 'queue/iostats'), 'utf8').catch(() => '1')).trim() !== '0';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

interface Device {
  path: string;
  number: string;
}

/** The volume's device; of a file the loop devices that show it. */
async function devicesOf(name: string): Promise<Device[]> {
  const number = await blockDeviceNumber(name);
  if (number !== undefined) return [{ path: name, number }];
  const identity = await fileIdentity(name);
  if (identity === undefined) return [];
  return (await loopDevices()).filter((loop) => loop.identity === identity);
}

/**
 * Bytes written to the volume's device since the machine started, discarded ones included; only differences mean
 * something. Of a file it is what went through its loop devices. `undefined`: nothing counts them. Throws nothing.
 */
export async function writtenBytes(volume: Pick<Volume, 'name'>): Promise<number | undefined> {
  const devices = await devicesOf(volume.name);
  const counts = await Promise.all(devices.map((device) => writtenToDevice(device.number)));
  if (counts.length === 0) return undefined;
  return counts.reduce((sum, count) => (sum === undefined || count === undefined ? undefined : sum + count), 0);
}

/**
 * Has everything that programs wrote sent to the device. The kernel keeps writes for up to 30 seconds and sends them in
 * bursts, so without this the counters of a busy volume can stand still for seconds, and jump without a reason later.
 * What a snapshot does first (freezing) writes the same data, so it costs no more than it saves.
 *
 * `false`: the device did not take it within a minute. What cannot be flushed at all is left to the kernel, and `true`.
 * Throws `CANCELLED`.
 */
export async function flushWrites(volume: CountedVolume, signal?: AbortSignal): Promise<boolean> {
  throwIfCancelled(signal);
  // Every mount of a volume shows the same file system, so one is enough.
  const mount = volume.mounts.find((candidate) => !candidate.readOnly);
  const paths = mount ? [mount.mountPoint] : (await devicesOf(volume.name)).map((device) => device.path);
  if (paths.length === 0) return true;
  const env = { ...process.env, LC_ALL: 'C' };
  const flushed = run('sync', [...(mount ? ['-f'] : []), '--', ...paths], { env }).catch(() => undefined);
  // A program that waits for a device cannot be ended, so only the waiting for it is.
  const done = new AbortController();
  const late = sleep(FLUSH_LIMIT_MS, signal ? AbortSignal.any([signal, done.signal]) : done.signal);
  try {
    return await Promise.race([flushed.then(() => true), late.then(() => false)]);
  } finally {
    done.abort();
    await late.catch(() => undefined);
  }
}

export interface MeasureOptions {
  /** How long is measured, besides the time that flushing takes. */
  durationMs: number;
  clock: Pick<Clock, 'monotonic'>;
  signal?: AbortSignal | undefined;
}

/**
 * Bytes that programs write to the volume in a second, now. `undefined`: nothing counts them. Flushing before and after
 * makes it what was written in that time, not what happened to be sent. Throws `CANCELLED`.
 */
export async function measureWriteRate(volume: CountedVolume, options: MeasureOptions): Promise<number | undefined> {
  const { durationMs, clock, signal } = options;
  if ((await writtenBytes(volume)) === undefined) return undefined;
  await flushWrites(volume, signal);
  const [before, start] = [await writtenBytes(volume), clock.monotonic()];
  await sleep(durationMs, signal);
  await flushWrites(volume, signal);
  const [after, end] = [await writtenBytes(volume), clock.monotonic()];
  if (before === undefined || after === undefined || end <= start) return undefined;
  // A loop device that was detached took its count with it.
  return (Math.max(0, after - before) * 1000) / (end - start);
}
