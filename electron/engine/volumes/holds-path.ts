/** Which volume holds a path: a repository may lie neither on the volume that is imaged nor on the one restored onto. */
import { realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Volume } from '#contract';
import { errnoOf } from '../base/errors.ts';
import { blockDeviceNumber } from './device-number.ts';
import { deviceStack, deviceUnderPath } from './device-stack.ts';
import { volumeByNumber } from './discover.ts';
import { fileIdentity } from './file-identity.ts';
import { aliasesOf, loopDevices } from './loop-devices.ts';
import { surveyMachine } from './machine.ts';
import { readMountTable } from './mount-table.ts';

/** `s3:…` and the like are not on any volume of this machine. */
function localPath(location: string): string | undefined {
  return /^[a-z][a-z0-9+.-]+:/i.test(location) ? undefined : resolve(location);
}

/** The path, or the nearest folder above it that exists, without links. */
async function nearestExisting(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const above = dirname(path);
    if (above === path || errnoOf(error) === undefined) return path;
    return nearestExisting(above);
  }
}

/** True if what is written at `location` ends up on `volume`, through partitions, LVM, RAID and loop devices too. */
export async function holdsPath(volume: Volume, location: string): Promise<boolean> {
  const path = localPath(location);
  if (path === undefined) return false;
  const table = await readMountTable();
  const existing = await nearestExisting(path);
  const device = await deviceUnderPath(existing, table);
  const file = volume.kind === 'file' ? await fileIdentity(volume.name) : undefined;
  if (file !== undefined && (await fileIdentity(existing)) === file) return true;
  if (device === undefined) return false;
  const loops = await loopDevices();
  const stack = await deviceStack(device, table, loops);
  if (volume.kind === 'file') return file !== undefined && stack.files.has(file);
  const number = await blockDeviceNumber(volume.name);
  if (number === undefined) return false;
  return stack.devices.has(number) || aliasesOf(number, loops).some((alias) => stack.devices.has(alias.number));
}

/**
 * Name of the volume whose file system holds `location` (which need not exist yet); `undefined`: none, as on network
 * file systems. To judge a given volume use `holdsPath`, which also knows its disk and what lies between.
 */
export async function volumeHolding(location: string): Promise<string | undefined> {
  const path = localPath(location);
  if (path === undefined) return undefined;
  const machine = await surveyMachine();
  const device = await deviceUnderPath(await nearestExisting(path), machine.mounts);
  return device && (await volumeByNumber(device, machine))?.name;
}
