/** A device or file as the contract's `Volume`. */
import { access, constants, open, realpath, stat, statfs } from 'node:fs/promises';
import type { FileSystemFacts, Volume } from '#contract';
import { EngineError, errnoOf } from '../base/errors.ts';
import { type Content, lookIntoPartitions, readContent } from './content.ts';
import { identityIn } from './file-identity.ts';
import type { BlockDevice } from './lsblk.ts';
import { holdersOf, type Machine, mountsOf } from './machine.ts';
import { toMount } from './mount-table.ts';
import type { PartitionSurvey } from './partition-survey.ts';
import { marksOfDevice, markVolume } from './same-volume.ts';

const FILE_SECTOR_BYTES = 512;
const FILE_PHYSICAL_SECTOR_BYTES = 4096;
/** Contents whose size says nothing about how much of it is used. */
const WITHOUT_FREE_SPACE = new Set(['jbd', 'swap']);

async function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

/** Tried rather than asked: security modules refuse what the mode bits allow. A drive may lie empty and is only asked. */
async function mayRead(path: string, tray: boolean): Promise<boolean> {
  if (tray) return may(path, constants.R_OK);
  return open(path, 'r').then(
    (handle) => handle.close().then(() => true),
    (error: unknown) => errnoOf(error) !== 'EACCES' && errnoOf(error) !== 'EPERM',
  );
}

async function onReadOnlyMedium(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => false,
    (error: unknown) => errnoOf(error) === 'EROFS',
  );
}

async function usedOfMounted(mountPoint: string): Promise<number | undefined> {
  const stats = await statfs(mountPoint).catch(() => undefined);
  return stats && (stats.blocks - stats.bfree) * stats.bsize;
}

async function usedBytes(volume: Volume, facts: FileSystemFacts | undefined): Promise<number | undefined> {
  const mountPoint = volume.mounts[0]?.mountPoint;
  if (mountPoint !== undefined) return usedOfMounted(mountPoint);
  if (!facts || facts.usedBytes === volume.sizeBytes || WITHOUT_FREE_SPACE.has(facts.type)) return undefined;
  return facts.usedBytes;
}

/** Fills in what only the volume's content tells. */
async function withContent(volume: Volume, { facts, table }: Content): Promise<Volume> {
  const used = await usedBytes(volume, facts);
  return {
    ...volume,
    fsType: volume.mounts[0]?.fsType || volume.fsType || facts?.type || '',
    label: volume.label || facts?.label || '',
    uuid: volume.uuid || facts?.uuid || '',
    ...(used === undefined ? {} : { usedBytes: used }),
    ...(table === undefined ? {} : { partitionTable: table }),
  };
}

/** A block device; `survey` is of the list that it comes from. `CANCELLED`. */
export async function describeDevice(device: BlockDevice, machine: Machine, survey: PartitionSurvey): Promise<Volume> {
  const { number, path } = device;
  const readable = await mayRead(path, device.kind === 'rom');
  const [parent] = device.parents;
  const partition = await survey.partitionOf(device);
  const volume: Volume = {
    name: path,
    kind: device.kind,
    ...(parent === undefined ? {} : { parent }),
    sizeBytes: device.sizeBytes,
    logicalSectorBytes: device.logicalSectorBytes,
    physicalSectorBytes: device.physicalSectorBytes,
    fsType: device.fsType,
    label: device.label,
    uuid: device.uuid,
    partUuid: device.partUuid || partition?.partUuid || '',
    model: device.model,
    serial: device.serial,
    transport: device.transport,
    removable: device.removable,
    readOnly: device.readOnly,
    system: machine.system.devices.has(number),
    mounts: mountsOf(machine, { number }).map(toMount),
    holders: await holdersOf(machine, { number }),
    readable,
    writable: readable && !device.readOnly && (await may(path, constants.W_OK)),
    needs: readable ? '' : `Reading ${path} needs root rights or membership in the group “disk”.`,
    ...(partition === undefined ? {} : { partition }),
  };
  const content = readable && device.kind !== 'rom' ? await survey.contentOf(device) : {};
  return markVolume(await withContent(volume, content), await marksOfDevice(number));
}

async function contentOfFile(path: string, sizeBytes: number, signal: AbortSignal | undefined): Promise<Content> {
  const { facts, table } = await readContent(path, sizeBytes, { sectorBytes: FILE_SECTOR_BYTES, known: false }, signal);
  if (table === undefined) return { facts };
  return { facts, table: { ...table, entries: await lookIntoPartitions(path, table, signal) } };
}

/** A regular file. Throws `VOLUME_NOT_FOUND` where there is none, `VOLUME_PERMISSION` where its folder is closed. */
export async function describeFile(path: string, machine: Machine, signal?: AbortSignal): Promise<Volume> {
  try {
    const file = await realpath(path);
    const stats = await stat(file, { bigint: true });
    if (!stats.isFile()) {
      throw new EngineError('VOLUME_NOT_FOUND', { volume: path, reason: `${path} is neither a device nor a file.` });
    }
    const identity = identityIn(stats);
    const readable = await mayRead(file, false);
    const writable = await may(file, constants.W_OK);
    const volume: Volume = {
      name: file,
      kind: 'file',
      sizeBytes: Number(stats.size),
      logicalSectorBytes: FILE_SECTOR_BYTES,
      physicalSectorBytes: FILE_PHYSICAL_SECTOR_BYTES,
      fsType: '',
      label: '',
      uuid: '',
      partUuid: '',
      model: '',
      serial: '',
      transport: '',
      removable: false,
      readOnly: await onReadOnlyMedium(file),
      system: machine.system.files.has(identity),
      mounts: mountsOf(machine, { file: identity }).map(toMount),
      holders: await holdersOf(machine, { file: identity }),
      readable,
      writable,
      needs: readable ? '' : `Reading ${file} needs the rights of its owner.`,
    };
    const content = readable ? await contentOfFile(file, volume.sizeBytes, signal) : {};
    return markVolume(await withContent(volume, content), { file: identity });
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR' || errno === 'ELOOP') {
      throw new EngineError('VOLUME_NOT_FOUND', { volume: path, reason: `There is no ${path}.` }, { cause: error });
    }
    if (errno === 'EACCES' || errno === 'EPERM') {
      throw new EngineError(
        'VOLUME_PERMISSION',
        { volume: path, reason: `${path} may not be looked at.` },
        { cause: error },
      );
    }
    throw error;
  }
}
