/** The volumes of this machine, and one of them by any of its names. */
import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Volume } from '#contract';
import { EngineError } from '../base/errors.ts';
import { describeDevice, describeFile } from './describe.ts';
import { deviceNumber } from './device-number.ts';
import { listBlockDevices } from './lsblk.ts';
import { type Machine, surveyMachine } from './machine.ts';
import { PartitionSurvey } from './partition-survey.ts';

export interface DiscoverOptions {
  /** Image files that the person added as volumes. */
  fileVolumes?: string[];
  signal?: AbortSignal | undefined;
}

/**
 * Block devices, parents before children, then the image files; a file that is gone is left out. Throws
 * `UNSUPPORTED_ON_HOST` without lsblk, `INTERNAL`, `CANCELLED`.
 */
export async function discoverVolumes(options: DiscoverOptions = {}): Promise<Volume[]> {
  const { fileVolumes = [], signal } = options;
  const [machine, devices] = await Promise.all([surveyMachine(signal), listBlockDevices(signal)]);
  const survey = new PartitionSurvey(devices, signal);
  const described = await Promise.all(devices.map((device) => describeDevice(device, machine, survey)));
  const files = await Promise.all(
    fileVolumes.map((path) =>
      describeFile(path, machine, signal).catch((error: unknown) => {
        if (error instanceof EngineError && error.code.startsWith('VOLUME_')) return undefined;
        throw error;
      }),
    ),
  );
  return [...described, ...files.filter((file) => file !== undefined)];
}

function notFound(name: string, reason: string): EngineError {
  return new EngineError('VOLUME_NOT_FOUND', { volume: name, reason });
}

/** The device with this number, described; `undefined`: lsblk does not list it. */
export async function volumeByNumber(
  number: string,
  machine: Machine,
  signal?: AbortSignal,
): Promise<Volume | undefined> {
  const devices = await listBlockDevices(signal);
  const device = devices.find((candidate) => candidate.number === number);
  return device && describeDevice(device, machine, new PartitionSurvey(devices, signal, { withOthers: true }));
}

/** The device mounted at a folder. */
function mountedAt(folder: string, machine: Machine): string | undefined {
  const index = machine.mounts.findLastIndex((entry) => entry.mountPoint === folder);
  return machine.mountDevices[index];
}

/**
 * A volume by device path, link (`/dev/disk/by-…`), mount point or file path. Throws `VOLUME_NOT_FOUND`,
 * `VOLUME_PERMISSION`, `CANCELLED`.
 */
export async function findVolume(name: string, options: DiscoverOptions = {}): Promise<Volume> {
  const { signal } = options;
  const machine = await surveyMachine(signal);
  const path = resolve(name);
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined || stats.isFile()) return describeFile(path, machine, signal);
  if (!stats.isBlockDevice() && !stats.isDirectory()) {
    throw notFound(name, `${path} is neither a block device nor a file.`);
  }
  const number = stats.isBlockDevice() ? deviceNumber(stats.rdev) : mountedAt(await realpath(path), machine);
  if (number === undefined) throw notFound(name, `${path} is a folder on which no volume is mounted.`);
  const volume = await volumeByNumber(number, machine, signal);
  if (volume === undefined) throw notFound(name, `${path} is not a volume that can be imaged.`);
  return volume;
}
