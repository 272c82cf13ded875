/**
 * The used extents of exFAT: everything before the clusters, every cluster that the allocation bitmap marks, and the
 * rest behind the last cluster. Source: "exFAT file system specification", sections 4.1, 7.1 and 7.2.
 *
 * Clusters that the FAT calls bad are marked in the bitmap and are read like any other. The FAT cannot be asked: the
 * entries of a file that lies in one piece are never written (`NoFatChain`), so an old mark may lie under live data.
 */
import type { Extents } from '../../base/extents.ts';
import { bitmapWords, forEachRun } from '../bitmap.ts';
import { fileSystemDamaged, readStructure } from '../damage.ts';
import { GapMerger } from '../gap-merger.ts';
import type { ByteSource, MapOptions } from '../types.ts';
import { mapIsAGuess } from '../whole-volume.ts';
import type { BootSector } from './boot-region.ts';
import { type Allocation, chainsOf, clusterOffset, type RootDirectory } from './root-directory.ts';

const BITMAP_READ_BYTES = 2 * 1024 * 1024;
/** 2^16 characters of two bytes. */
const LONGEST_UPCASE_TABLE = 128 * 1024;

/** A cluster that must be marked as in use, and by what. */
interface Needed {
  cluster: number;
  structure: string;
}

/** Bytes of the bitmap that stand for clusters. */
export function bitmapBytes(boot: BootSector): number {
  return Math.ceil(boot.clusterCount / 8);
}

/** The allocation bitmap's entry. Throws `FILESYSTEM_DAMAGED` unless there is one that is long enough. */
export function bitmapOf(boot: BootSector, root: RootDirectory): Allocation {
  const structure = 'allocation bitmap';
  const rootOffset = clusterOffset(boot, boot.rootCluster);
  const [bitmap, another] = root.bitmaps;
  if (bitmap === undefined) throw fileSystemDamaged(structure, rootOffset, 'The allocation bitmap is missing.');
  const { entryOffset, lengthBytes, firstCluster } = bitmap;
  if (another !== undefined || bitmap.second) {
    const reason = 'There is an allocation bitmap of a second FAT, which the volume does not have.';
    throw fileSystemDamaged(structure, another?.entryOffset ?? entryOffset, reason);
  }
  // Longer ones are taken by Linux as well: what follows stands for no cluster.
  if (lengthBytes < bitmapBytes(boot)) {
    const reason = `The allocation bitmap has ${lengthBytes} bytes for ${boot.clusterCount} clusters.`;
    throw fileSystemDamaged(structure, entryOffset, reason);
  }
  const clusters = Math.ceil(bitmapBytes(boot) / boot.clusterBytes);
  if (firstCluster < 2 || firstCluster + clusters - 1 > boot.lastCluster) {
    throw fileSystemDamaged(structure, entryOffset, 'The allocation bitmap would lie outside the volume.');
  }
  return bitmap;
}

/** The bitmap in pieces of whole words, as it lies in one piece on the volume. Zeros fill up the last word. */
export async function* bitmapPieces(
  source: ByteSource,
  boot: BootSector,
  bitmap: Allocation,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ firstBit: number; bits: number; words: Uint32Array }> {
  const start = clusterOffset(boot, bitmap.firstCluster);
  const length = bitmapBytes(boot);
  for (let done = 0; done < length; done += BITMAP_READ_BYTES) {
    const wanted = Math.min(BITMAP_READ_BYTES, length - done);
    // The rest of the word lies in the bitmap's cluster, too.
    const piece = await readStructure(source, 'allocation bitmap', start + done, Math.ceil(wanted / 4) * 4, signal);
    const firstBit = done * 8;
    yield { firstBit, bits: Math.min(wanted * 8, boot.clusterCount - firstBit), words: bitmapWords(piece) };
  }
}

/** The bitmap's clusters. Throws `FILESYSTEM_UNSUPPORTED` where they are not in one piece. */
async function bitmapClusters(
  source: ByteSource,
  boot: BootSector,
  bitmap: Allocation,
  signal: AbortSignal | undefined,
): Promise<number[]> {
  const most = Math.ceil(bitmapBytes(boot) / boot.clusterBytes);
  const clusters: number[] = [];
  for await (const cluster of chainsOf(source, boot, signal).follow('allocation bitmap', bitmap.firstCluster, most)) {
    // The specification follows the FAT here, Linux and exfat-fuse read on: they would not see the same bitmap.
    if (cluster !== bitmap.firstCluster + clusters.length) {
      throw mapIsAGuess(
        'The allocation bitmap is in several pieces, which drivers read in different ways: so the whole volume is read.',
      );
    }
    clusters.push(cluster);
  }
  if (clusters.length < most) {
    const reason = `The chain of clusters of the allocation bitmap ends after ${clusters.length} of ${most}.`;
    throw fileSystemDamaged('allocation bitmap', bitmap.entryOffset, reason);
  }
  return clusters;
}

async function upcaseClusters(
  source: ByteSource,
  boot: BootSector,
  root: RootDirectory,
  signal: AbortSignal | undefined,
): Promise<number[]> {
  const structure = 'up-case table';
  const [table, another] = root.upcaseTables;
  if (table === undefined || another !== undefined) {
    const offset = another?.entryOffset ?? clusterOffset(boot, boot.rootCluster);
    const reason = another === undefined ? 'The up-case table is missing.' : 'There is more than one up-case table.';
    throw fileSystemDamaged(structure, offset, reason);
  }
  if (table.lengthBytes === 0 || table.lengthBytes > LONGEST_UPCASE_TABLE) {
    throw fileSystemDamaged(structure, table.entryOffset, `The up-case table has ${table.lengthBytes} bytes.`);
  }
  const most = Math.ceil(table.lengthBytes / boot.clusterBytes);
  const clusters: number[] = [];
  for await (const cluster of chainsOf(source, boot, signal).follow(structure, table.firstCluster, most)) {
    clusters.push(cluster);
  }
  return clusters;
}

/** Clusters of the file system's own structures. Throws `FILESYSTEM_DAMAGED` where two share one. */
async function ownClusters(
  source: ByteSource,
  boot: BootSector,
  root: RootDirectory,
  bitmap: Allocation,
  signal: AbortSignal | undefined,
): Promise<Needed[]> {
  const named = (structure: string, clusters: number[]): Needed[] =>
    clusters.map((cluster) => ({ cluster, structure }));
  const own = [
    ...named('the root directory', root.clusters),
    ...named('the allocation bitmap', await bitmapClusters(source, boot, bitmap, signal)),
    ...named('the up-case table', await upcaseClusters(source, boot, root, signal)),
  ].sort((a, b) => a.cluster - b.cluster);
  for (const [index, { cluster, structure }] of own.entries()) {
    const before = own[index - 1];
    if (before?.cluster !== cluster) continue;
    const reason = `Cluster ${cluster} is shared by ${before.structure} and ${structure}.`;
    throw fileSystemDamaged(structure.replace(/^the /, ''), clusterOffset(boot, cluster), reason);
  }
  return own;
}

/** Clusters in which files of the root directory start or end. Throws `FILESYSTEM_DAMAGED` where one is no cluster. */
function fileClusters(boot: BootSector, root: RootDirectory): Needed[] {
  return root.fileClusters.map(({ cluster, entryOffset }) => {
    if (cluster < 2 || cluster > boot.lastCluster) {
      const reason = `A file of the root directory has cluster ${cluster}, which is no cluster.`;
      throw fileSystemDamaged('root directory', entryOffset, reason);
    }
    return { cluster, structure: 'a file in the root directory' };
  });
}

/**
 * Used extents, sorted and merged; the file system must lie inside the source. Throws `FILESYSTEM_DAMAGED` where the
 * bitmap is damaged or does not know the file system's own structures, `FILESYSTEM_UNSUPPORTED` where it is in pieces.
 * With `estimate` the bitmap is believed as it is, because it may be changing under us.
 */
export async function usedClusters(
  source: ByteSource,
  boot: BootSector,
  root: RootDirectory,
  signal: AbortSignal | undefined,
  options: MapOptions = {},
): Promise<Extents> {
  const { estimate = false, gapBytes = 0 } = options;
  const { heapOffset, clusterBytes, clusterCount, totalBytes } = boot;
  const bitmap = bitmapOf(boot, root);
  const own = await ownClusters(source, boot, root, bitmap, signal);
  const needed = [...own, ...(estimate ? [] : fileClusters(boot, root))].sort((a, b) => a.cluster - b.cluster);
  const merger = new GapMerger(gapBytes);
  merger.add(0, heapOffset);
  let next = 0;
  for await (const { firstBit, bits, words } of bitmapPieces(source, boot, bitmap, signal)) {
    forEachRun(words, bits, (first, count) => {
      merger.add(heapOffset + (firstBit + first) * clusterBytes, count * clusterBytes);
    });
    for (let item = needed[next]; item !== undefined && item.cluster - 2 < firstBit + bits; item = needed[++next]) {
      const bit = item.cluster - 2 - firstBit;
      const marked = (((words[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
      if (marked || estimate) continue;
      const { cluster, structure } = item;
      const reason = `Cluster ${cluster} of ${structure} is not marked as in use in the allocation bitmap.`;
      throw fileSystemDamaged(
        'allocation bitmap',
        clusterOffset(boot, bitmap.firstCluster) + Math.floor((cluster - 2) / 8),
        reason,
      );
    }
  }
  const tail = heapOffset + clusterCount * clusterBytes;
  merger.add(tail, totalBytes - tail);
  return merger.build();
}
