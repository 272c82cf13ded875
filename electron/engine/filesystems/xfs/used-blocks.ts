/**
 * The used extents of an XFS file system: everything that the free space trees of its allocation groups do not list.
 * So the log, superblock copies, headers, trees and free lists are all in; a free list's blocks hold nothing, but are
 * few, and belong to the trees.
 */

import { EngineError, throwIfCancelled } from '../../base/errors.ts';
import { clipExtents, type Extents } from '../../base/extents.ts';
import { fileSystemDamaged } from '../damage.ts';
import { GapMerger } from '../gap-merger.ts';
import type { ByteSource, MapOptions } from '../types.ts';
import { forEachFreeRun } from './free-runs.ts';
import { readGroupHeaders } from './group-headers.ts';
import { blocksIn, offsetOf, type Superblock } from './superblock.ts';

/** True for a finding about the file system by which the group's map cannot be had, though its blocks can be read. */
function isInFlux(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'FILESYSTEM_DAMAGED' && error.details.unreadable !== true;
}

/** Adds the used runs of one group: what lies between the free ones. */
class GroupRuns {
  readonly #builder: GapMerger;
  readonly #superblock: Superblock;
  readonly #group: number;
  /** Blocks before this one are dealt with. */
  #next = 0;

  constructor(builder: GapMerger, superblock: Superblock, group: number) {
    this.#builder = builder;
    this.#superblock = superblock;
    this.#group = group;
  }

  free(start: number, count: number): void {
    this.#fillUpTo(start);
    this.#next = start + count;
  }

  /** Everything that was not freed so far is in use. */
  end(): void {
    this.#fillUpTo(blocksIn(this.#superblock, this.#group));
  }

  #fillUpTo(block: number): void {
    if (block <= this.#next) return;
    const { blockBytes } = this.#superblock;
    this.#builder.add(offsetOf(this.#superblock, this.#group, this.#next), (block - this.#next) * blockBytes);
    this.#next = block;
  }
}

export interface UsedBlocksOptions extends MapOptions {
  /** The superblock's count of free blocks is that of the last change, and so must be what the groups' counts sum up to. */
  superblockCounts: boolean;
}

/**
 * Used extents, sorted, merged and clipped to the source. Throws `FILESYSTEM_DAMAGED` with `structure` and
 * `offsetBytes` on any checksum, count or place that is wrong. With `estimate` the file system may be changing under
 * us: counts may disagree, and a group whose tree cannot be followed counts as used from there on.
 */
export async function usedBlocks(
  source: ByteSource,
  superblock: Superblock,
  signal: AbortSignal | undefined,
  options: UsedBlocksOptions,
): Promise<Extents> {
  const { estimate = false, gapBytes = 0, superblockCounts } = options;
  const { groupCount, blockCount, blockBytes, freeBlocks } = superblock;
  const builder = new GapMerger(gapBytes);
  let counted = 0;
  for (let group = 0; group < groupCount; group++) {
    throwIfCancelled(signal);
    const runs = new GroupRuns(builder, superblock, group);
    try {
      const header = await readGroupHeaders(source, superblock, group, signal);
      await forEachFreeRun(source, superblock, header, signal, estimate, (start, count) => runs.free(start, count));
      counted += header.freeBlocks + header.freeListBlocks + header.treeBlocks;
    } catch (error) {
      if (!estimate || !isInFlux(error)) throw error;
    }
    runs.end();
  }
  if (superblockCounts && counted !== freeBlocks) {
    const reason = `The superblock says ${freeBlocks} blocks are free, its allocation groups say ${counted}.`;
    throw fileSystemDamaged('superblock', 0, reason);
  }
  return clipExtents(builder.build(), Math.min(source.sizeBytes, blockCount * blockBytes));
}
