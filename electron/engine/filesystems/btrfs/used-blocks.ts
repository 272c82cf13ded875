/**
 * The used extents of a btrfs file system on one device: what the extent tree and the log hold, at every place where
 * it is kept, and what no tree mentions: the superblocks and the first mebibyte.
 */
import { EngineError } from '../../base/errors.ts';
import { clipExtents, type Extents } from '../../base/extents.ts';
import { GapMerger } from '../gap-merger.ts';
import { RunLane, sortedRuns, uniteExtents } from '../run-lane.ts';
import type { ByteSource, MapOptions } from '../types.ts';
import { readChunks } from './chunk-tree.ts';
import { ChunkUsage } from './chunk-usage.ts';
import { type ChunkMap, deviceExtents, type Finding } from './chunks.ts';
import { checkDevTree } from './dev-tree.ts';
import { readExtents } from './extent-tree.ts';
import { readLog } from './log-tree.ts';
import { readRoots } from './roots.ts';
import { FIRST_SUPERBLOCK_OFFSET, SUPERBLOCK_BYTES, SUPERBLOCK_OFFSETS, type Superblock } from './superblock.ts';
import { chooseSuperblock } from './superblock-copies.ts';
import { treeContext } from './tree.ts';

/**
 * BTRFS_DEVICE_RANGE_RESERVED: mkfs and the kernel put no chunk there. Boot loaders do: they start at byte 0, and GRUB
 * embeds its core image between the superblock and the end of this area.
 */
const RESERVED_BYTES = 1024 * 1024;
/** A file system in use moves its trees while they are read; a newer superblock names the new places. */
const ESTIMATE_ATTEMPTS = 2;

const CHUNK_TREE: Finding = { structure: 'chunk tree', offsetBytes: FIRST_SUPERBLOCK_OFFSET };
const EXTENT_TREE: Finding = { structure: 'extent tree', offsetBytes: FIRST_SUPERBLOCK_OFFSET };

/** The map, and a sentence about structures of which one copy was bad and another good. */
export interface UsedBlocks {
  extents: Extents;
  repaired: string[];
}

/** What lies outside all chunks, and what the log adds; unsorted. */
function ownStructures(deviceBytes: number): RunLane {
  const lane = new RunLane();
  lane.add(0, RESERVED_BYTES);
  for (const offset of SUPERBLOCK_OFFSETS) {
    if (offset >= RESERVED_BYTES && offset + SUPERBLOCK_BYTES <= deviceBytes) lane.add(offset, SUPERBLOCK_BYTES);
  }
  return lane;
}

/** All copies of all used runs, in the order of the volume. */
function placesOf(chunks: ChunkMap, usage: ChunkUsage | undefined, gapBytes: number): Extents {
  const merger = new GapMerger(gapBytes);
  for (const { chunkIndex, offset, length } of deviceExtents(chunks, CHUNK_TREE)) {
    if (usage === undefined) merger.add(offset, length);
    else usage.forEachRun(chunkIndex, (start, bytes) => merger.add(offset + start, bytes));
  }
  return merger.build();
}

async function usedBlocksOnce(
  source: ByteSource,
  superblock: Superblock,
  signal: AbortSignal | undefined,
  options: MapOptions,
  coarse: boolean,
): Promise<UsedBlocks> {
  const { estimate = false, gapBytes = 0 } = options;
  const context = treeContext(source, superblock, signal);
  const chunks = await readChunks(context);
  const lanes = [ownStructures(superblock.device.totalBytes)];
  let usage: ChunkUsage | undefined;
  if (!coarse) {
    const trees = await readRoots(context, chunks);
    await checkDevTree(context, chunks, trees.devices, trees.namedBy, deviceExtents(chunks, CHUNK_TREE));
    usage = new ChunkUsage(chunks, superblock.sectorsize, gapBytes);
    await readExtents(context, chunks, trees, usage);
    if (!estimate) {
      usage.check(superblock.bytesUsed, EXTENT_TREE);
      // Making a file system read-only commits it, which empties the log; until then the log moves with every fsync.
      lanes.push(await readLog(context, chunks));
    }
  }
  const extents = uniteExtents(placesOf(chunks, usage, gapBytes), sortedRuns(lanes));
  return { extents: clipExtents(extents, source.sizeBytes), repaired: context.repairs.sentences() };
}

/**
 * Used extents, sorted, merged and clipped to the source. Throws `FILESYSTEM_DAMAGED` with `structure` and
 * `offsetBytes` on any checksum, count or place that is wrong; `FILESYSTEM_UNSUPPORTED` where the trees hold what is
 * not known here. With `estimate`, trees that change under us are read again, and where they do not hold still, all
 * that is allocated to chunks counts as used.
 */
export async function usedBlocks(
  source: ByteSource,
  superblock: Superblock,
  signal: AbortSignal | undefined,
  options: MapOptions = {},
): Promise<UsedBlocks> {
  let current = superblock;
  for (let attempt = 1; options.estimate === true; attempt++) {
    const last = attempt > ESTIMATE_ATTEMPTS;
    try {
      return await usedBlocksOnce(source, current, signal, options, last);
    } catch (error) {
      const moved = error instanceof EngineError && error.code === 'FILESYSTEM_DAMAGED';
      if (!moved || last) throw error;
      source.forget?.();
      current = (await chooseSuperblock(source, signal))?.superblock ?? current;
    }
  }
  return await usedBlocksOnce(source, superblock, signal, options, false);
}
