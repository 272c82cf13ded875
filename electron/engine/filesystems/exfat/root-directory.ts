/**
 * The root directory of exFAT, as far as it describes the volume: allocation bitmap, up-case table, label.
 * Source: "exFAT file system specification", sections 6 and 7.
 */
import { fileSystemDamaged, readStructure } from '../damage.ts';
import { ClusterChains } from '../fat/cluster-chain.ts';
import type { ByteSource } from '../types.ts';
import type { BootSector } from './boot-region.ts';

/** A cluster allocation that a directory entry names. */
export interface Allocation {
  firstCluster: number;
  lengthBytes: number;
  /** Where the directory entry lies, bytes. */
  entryOffset: number;
}

/** What was found, in the order of the directory. */
export interface RootDirectory {
  /** Clusters of the directory itself that were read. */
  clusters: number[];
  /** False where only the allowed number of bytes was read. */
  complete: boolean;
  bitmaps: (Allocation & { second: boolean })[];
  upcaseTables: Allocation[];
  label: string;
  /** First clusters of files and folders, and the last ones of those in one piece; the first `MOST_FILES` of them. */
  fileClusters: { cluster: number; entryOffset: number }[];
  /** Critical entries of types that this parser does not know, as `0x84`. */
  unknownCritical: string[];
}

/** No directory is longer (section 7.4). */
const MOST_DIRECTORY_BYTES = 256 * 1024 * 1024;
const ENTRY_BYTES = 32;
const PIECE_BYTES = 64 * 1024;
const END_OF_CHAIN = 0xffffffff;
const IN_USE = 0x80;
const BENIGN = 0x20;
const TYPE = { endOfDirectory: 0x00, allocationBitmap: 0x81, upcaseTable: 0x82, volumeLabel: 0x83 } as const;
/** Those three, file, and the entries that follow a file: stream extension and file name. */
const KNOWN_CRITICAL = new Set([0x81, 0x82, 0x83, 0x85, 0xc0, 0xc1]);
const LONGEST_LABEL = 11;
const STREAM_EXTENSION = 0xc0;
/** `GeneralSecondaryFlags`. */
const ALLOCATION_POSSIBLE = 1;
const NO_FAT_CHAIN = 2;
/** A sample that needs little memory. */
const MOST_FILES = 10_000;

/** The FAT's chains. exFAT knows one end mark only; other high values are bad or reserved, so they lead nowhere. */
export function chainsOf(source: ByteSource, boot: BootSector, signal: AbortSignal | undefined): ClusterChains {
  const { tableOffset, lastCluster } = boot;
  const table = { offsetBytes: tableOffset, lastCluster, mask: 0xffffffff, endOfChain: END_OF_CHAIN };
  return new ClusterChains(source, table, signal);
}

/** Where a cluster starts, bytes. */
export function clusterOffset(boot: BootSector, cluster: number): number {
  return boot.heapOffset + (cluster - 2) * boot.clusterBytes;
}

function allocationOf(entry: Buffer, entryOffset: number): Allocation {
  return {
    firstCluster: entry.readUInt32LE(20),
    // A length beyond 2^53 becomes inexact and stays far larger than anything it is compared with.
    lengthBytes: Number(entry.readBigUInt64LE(24)),
    entryOffset,
  };
}

function noteFile(found: RootDirectory, entry: Buffer, entryOffset: number, clusterBytes: number): void {
  const flags = entry.readUInt8(1);
  const { firstCluster, lengthBytes } = allocationOf(entry, entryOffset);
  // Empty files have no cluster.
  if ((flags & ALLOCATION_POSSIBLE) === 0 || firstCluster === 0 || lengthBytes === 0) return;
  if (found.fileClusters.length >= MOST_FILES) return;
  found.fileClusters.push({ cluster: firstCluster, entryOffset });
  const last = firstCluster + Math.ceil(lengthBytes / clusterBytes) - 1;
  if ((flags & NO_FAT_CHAIN) !== 0) found.fileClusters.push({ cluster: last, entryOffset });
}

/** Notes what one entry says; true at the end of the directory. */
function note(found: RootDirectory, entry: Buffer, entryOffset: number, clusterBytes: number): boolean {
  const type = entry.readUInt8(0);
  if (type === TYPE.endOfDirectory) return true;
  if ((type & IN_USE) === 0) return false;
  if (type === TYPE.allocationBitmap) {
    const second = (entry.readUInt8(1) & 1) === 1;
    found.bitmaps.push({ ...allocationOf(entry, entryOffset), second });
  } else if (type === TYPE.upcaseTable) {
    found.upcaseTables.push(allocationOf(entry, entryOffset));
  } else if (type === TYPE.volumeLabel) {
    const characters = Math.min(entry.readUInt8(1), LONGEST_LABEL);
    found.label ||= entry.toString('utf16le', 2, 2 + characters * 2);
  } else if (type === STREAM_EXTENSION) {
    noteFile(found, entry, entryOffset, clusterBytes);
  } else if ((type & BENIGN) === 0 && !KNOWN_CRITICAL.has(type)) {
    const name = `0x${type.toString(16)}`;
    if (!found.unknownCritical.includes(name)) found.unknownCritical.push(name);
  }
  return false;
}

/**
 * Reads the root directory up to its end, or to `mostBytes`. Throws `FILESYSTEM_DAMAGED` where its chain is broken or
 * it cannot be read.
 */
export async function readRootDirectory(
  source: ByteSource,
  boot: BootSector,
  mostBytes: number,
  signal: AbortSignal | undefined,
): Promise<RootDirectory> {
  const { clusterBytes, rootCluster } = boot;
  const found: RootDirectory = {
    clusters: [],
    complete: false,
    bitmaps: [],
    upcaseTables: [],
    label: '',
    fileClusters: [],
    unknownCritical: [],
  };
  const structure = 'root directory';
  let ended = false;
  let readBytes = 0;
  // One cluster more than allowed, so that a chain that ends in time is told from one that does not.
  const most = Math.max(1, Math.floor(Math.min(mostBytes, MOST_DIRECTORY_BYTES) / clusterBytes)) + 1;
  for await (const cluster of chainsOf(source, boot, signal).follow(structure, rootCluster, most)) {
    if (found.clusters.length === most - 1) {
      if (mostBytes < MOST_DIRECTORY_BYTES) return found;
      throw fileSystemDamaged(structure, clusterOffset(boot, rootCluster), 'The root directory is too long.');
    }
    found.clusters.push(cluster);
    // Behind the end of the directory only the chain matters: those clusters are allocated too.
    for (let done = 0; done < clusterBytes && !ended; done += PIECE_BYTES) {
      if (readBytes >= mostBytes) return found;
      const at = clusterOffset(boot, cluster) + done;
      const piece = await readStructure(source, structure, at, Math.min(PIECE_BYTES, clusterBytes - done), signal);
      readBytes += piece.length;
      for (let within = 0; within < piece.length && !ended; within += ENTRY_BYTES) {
        ended = note(found, piece.subarray(within, within + ENTRY_BYTES), at + within, clusterBytes);
      }
    }
  }
  return { ...found, complete: true };
}

/** The whole root directory, for the map. */
export function readWholeRootDirectory(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): Promise<RootDirectory> {
  return readRootDirectory(source, boot, MOST_DIRECTORY_BYTES, signal);
}
