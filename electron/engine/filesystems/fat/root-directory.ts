/**
 * The root directory: the volume's name, and where the files and folders in it start, which must agree with the FAT.
 * Source: Microsoft's FAT specification 1.03, "FAT Directory Structure" and "Root Directory".
 */
import { EngineError } from '../../base/errors.ts';
import { readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { ENTRY_RULES } from './allocation-table.ts';
import { type BootSector, paddedName } from './boot-sector.ts';
import { ClusterChains } from './cluster-chain.ts';

const ENTRY_BYTES = 32;
const ATTRIBUTES = 0x3f;
const LONG_NAME = 0x0f;
const VOLUME_ID = 0x08;
const DIRECTORY = 0x10;
const END = 0;
const DELETED = 0xe5;
/** Stands for a first letter of 0xe5. */
const ESCAPED = 0x05;
const PIECE_BYTES = 16 * 1024;
/** The name is among the first entries, and eight thousand entries are sample enough. */
const MOST_BYTES = 256 * 1024;
/** Folders that are looked into. */
const MOST_FOLDERS = 8;
const OWN_NAME = '.          ';

/** Where something in the root directory starts. */
export interface Start {
  cluster: number;
  /** Where its directory entry lies, bytes. */
  entryOffset: number;
  isFolder: boolean;
}

function isUnreadable(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'FILESYSTEM_DAMAGED' && error.details.unreadable === true;
}

/** Stretches of the root directory in order. */
async function* places(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ offset: number; length: number }> {
  if (boot.rootCluster === 0) {
    yield { offset: boot.rootOffset, length: boot.rootBytes };
    return;
  }
  const { dataOffset, clusterBytes, lastCluster, activeTable = 0 } = boot;
  const { mask, endOfChain } = ENTRY_RULES[32];
  const offsetBytes = boot.tableOffset + activeTable * boot.tableBytes;
  const chains = new ClusterChains(source, { offsetBytes, lastCluster, mask, endOfChain }, signal);
  const most = Math.ceil(MOST_BYTES / clusterBytes);
  for await (const cluster of chains.follow('root directory', boot.rootCluster, most)) {
    yield { offset: dataOffset + (cluster - 2) * clusterBytes, length: clusterBytes };
  }
}

/**
 * Entries that are neither deleted nor parts of long names, a piece of the directory at a time, up to its end or
 * `MOST_BYTES`. Throws `FILESYSTEM_DAMAGED` where the chain is broken or a piece cannot be read.
 */
async function* entries(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ offset: number; entry: Buffer }[]> {
  let left = MOST_BYTES;
  for await (const { offset, length } of places(source, boot, signal)) {
    for (let done = 0; done < length; done += PIECE_BYTES) {
      const wanted = Math.min(PIECE_BYTES, length - done);
      const bytes = await readStructure(source, 'root directory', offset + done, wanted, signal);
      const found = [];
      let ended = false;
      for (let at = 0; at + ENTRY_BYTES <= bytes.length && !ended; at += ENTRY_BYTES) {
        const first = bytes.readUInt8(at);
        ended = first === END;
        const isPart = (bytes.readUInt8(at + 11) & ATTRIBUTES) === LONG_NAME;
        if (ended || first === DELETED || isPart) continue;
        found.push({ offset: offset + done + at, entry: bytes.subarray(at, at + ENTRY_BYTES) });
      }
      yield found;
      left -= wanted;
      if (ended || left <= 0) return;
    }
  }
}

/** The upper half of a cluster number holds other things on FAT12 and FAT16. */
function clusterOf(entry: Buffer, { version }: BootSector): number {
  const high = version === 'FAT32' ? entry.readUInt16LE(20) : 0;
  return high * 0x10000 + entry.readUInt16LE(26);
}

function nameOf(entry: Buffer): string | undefined {
  const isName = (entry.readUInt8(11) & (VOLUME_ID | DIRECTORY)) === VOLUME_ID;
  // A cluster makes it something else that was damaged into a name.
  const hasCluster = entry.readUInt16LE(20) !== 0 || entry.readUInt16LE(26) !== 0;
  if (!isName || hasCluster) return undefined;
  const name = Buffer.from(entry.subarray(0, 11));
  if (name.readUInt8(0) === ESCAPED) name.writeUInt8(DELETED, 0);
  return paddedName(name);
}

/** The name in the root directory, else the boot sector's. Never throws for what it cannot read: it is only a name. */
export async function volumeLabel(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): Promise<string> {
  try {
    for await (const piece of entries(source, boot, signal)) {
      for (const { entry } of piece) {
        const name = nameOf(entry);
        if (name !== undefined) return name || boot.label;
      }
    }
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'FILESYSTEM_DAMAGED') throw error;
  }
  return boot.label;
}

/**
 * Where files and folders of the root directory start, by ascending cluster; those that can be read. Throws
 * `FILESYSTEM_DAMAGED` where the directory's chain is broken.
 */
export async function rootStarts(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): Promise<Start[]> {
  const starts: Start[] = [];
  try {
    for await (const piece of entries(source, boot, signal)) {
      for (const { offset, entry } of piece) {
        const attributes = entry.readUInt8(11);
        const cluster = clusterOf(entry, boot);
        // Empty files have no cluster.
        if ((attributes & VOLUME_ID) !== 0 || cluster === 0) continue;
        starts.push({ cluster, entryOffset: offset, isFolder: (attributes & DIRECTORY) !== 0 });
      }
    }
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }
  return starts.sort((a, b) => a.cluster - b.cluster);
}

/**
 * True unless one of the first folders is not where the boot sector's layout puts it: every folder begins with an entry
 * that names its own cluster. FAT12 and FAT16 have no copy of the boot sector, and a flipped bit in it moves everything.
 */
export async function foldersAreInPlace(
  source: ByteSource,
  boot: BootSector,
  starts: readonly Start[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  for (const { cluster } of starts.filter(({ isFolder }) => isFolder).slice(0, MOST_FOLDERS)) {
    if (cluster > boot.lastCluster) continue;
    const offset = boot.dataOffset + (cluster - 2) * boot.clusterBytes;
    try {
      const entry = await readStructure(source, 'directory', offset, ENTRY_BYTES, signal);
      if (entry.toString('latin1', 0, 11) !== OWN_NAME || clusterOf(entry, boot) !== cluster) return false;
    } catch (error) {
      if (!isUnreadable(error)) throw error;
    }
  }
  return true;
}
