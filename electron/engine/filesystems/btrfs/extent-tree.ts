/**
 * The extent tree: every extent of data and every tree block that the last commit refers to, and the block groups that
 * count them. Source: struct btrfs_extent_item and btrfs_block_group_item in the kernel's btrfs_tree.h.
 */
import { fileSystemDamaged } from '../damage.ts';
import { mapIsAGuess } from '../whole-volume.ts';
import type { ChunkUsage } from './chunk-usage.ts';
import type { ChunkMap, Finding } from './chunks.ts';
import type { AccountingTrees } from './roots.ts';
import { leavesOf, type TreeContext } from './tree.ts';
import type { TreeBlock } from './tree-block.ts';
import { u64 } from './u64.ts';

const EXTENT_ITEM_KEY = 168;
/** A tree block whose length goes without saying (skinny_metadata). */
const METADATA_ITEM_KEY = 169;
const BLOCK_GROUP_ITEM_KEY = 192;
const BLOCK_GROUP_ITEM_BYTES = 24;
/**
 * Keys of references that did not fit into their extent's item: owner (172), tree block (176), data (178), the old
 * kind (180), shared block (182), shared data (184).
 */
const REFERENCE_KEYS = new Set([172, 176, 178, 180, 182, 184]);

function takeBlockGroup(leaf: TreeBlock, index: number, usage: ChunkUsage, found: Finding): void {
  const item = leaf.item(index);
  const start = leaf.objectid(index);
  if (item.length !== BLOCK_GROUP_ITEM_BYTES) {
    const reason = `The item of the block group at logical address ${start} has an impossible length.`;
    throw fileSystemDamaged(found.structure, found.offsetBytes, reason);
  }
  usage.addBlockGroup(start, leaf.offset(index), u64(item, 0), u64(item, 16), found);
}

/** Adds all of it to `usage`. Throws `FILESYSTEM_DAMAGED`; `FILESYSTEM_UNSUPPORTED` for items of unknown types. */
export async function readExtents(
  context: TreeContext,
  chunks: ChunkMap,
  { extents, blockGroups, namedBy }: AccountingTrees,
  usage: ChunkUsage,
): Promise<void> {
  const { nodesize } = context.superblock;
  for await (const leaf of leavesOf(context, chunks, extents, namedBy)) {
    const found: Finding = { structure: 'block of the extent tree', offsetBytes: leaf.offsetBytes };
    for (let index = 0; index < leaf.count; index++) {
      const type = leaf.type(index);
      if (type === EXTENT_ITEM_KEY) usage.addExtent(leaf.objectid(index), leaf.offset(index), found);
      else if (type === METADATA_ITEM_KEY) usage.addExtent(leaf.objectid(index), nodesize, found);
      else if (type === BLOCK_GROUP_ITEM_KEY && blockGroups === undefined) takeBlockGroup(leaf, index, usage, found);
      else if (!REFERENCE_KEYS.has(type)) {
        throw mapIsAGuess(`The extent tree holds items of type ${type}, which is not known here.`);
      }
    }
  }
  if (blockGroups === undefined) return;
  for await (const leaf of leavesOf(context, chunks, blockGroups, namedBy)) {
    const found: Finding = { structure: 'block of the block group tree', offsetBytes: leaf.offsetBytes };
    for (let index = 0; index < leaf.count; index++) {
      if (leaf.type(index) !== BLOCK_GROUP_ITEM_KEY) {
        throw mapIsAGuess(`The block group tree holds items of type ${leaf.type(index)}, which is not known here.`);
      }
      takeBlockGroup(leaf, index, usage, found);
    }
  }
}
