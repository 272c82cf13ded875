/**
 * The device tree: what is allocated on the device, told a second time from the device's side. The kernel refuses to
 * mount where chunks and device extents differ (btrfs_verify_dev_extents), and so do we: a chunk at a wrong place
 * would make a wrong map. Source: struct btrfs_dev_extent and btrfs_dev_replace_item in the kernel's btrfs_tree.h.
 */
import { fileSystemDamaged } from '../damage.ts';
import { mapIsAGuess } from '../whole-volume.ts';
import type { ChunkMap, DeviceExtent, Finding } from './chunks.ts';
import { leavesOf, type Tree, type TreeContext } from './tree.ts';
import type { TreeBlock } from './tree-block.ts';
import { u64 } from './u64.ts';

const DEV_EXTENT_KEY = 204;
const DEV_REPLACE_KEY = 250;
const DEV_EXTENT_BYTES = 48;
/** `replace_state` of a replacement that is under way, and of one that waits to go on. */
const REPLACING = new Set([1, 4]);

/** Throws where the device is just being replaced by another: what is written goes to both. */
function refuseReplacement(leaf: TreeBlock, index: number): void {
  const item = leaf.item(index);
  if (item.length >= 40 && !REPLACING.has(u64(item, 32))) return;
  throw mapIsAGuess('A replacement of the device by another was not finished: so the whole volume is read.');
}

/**
 * Compares the device tree with all copies of all chunks, in the order of the volume. Throws `FILESYSTEM_DAMAGED` where
 * they differ, `FILESYSTEM_UNSUPPORTED` where the device is being replaced.
 */
export async function checkDevTree(
  context: TreeContext,
  chunks: ChunkMap,
  tree: Tree,
  namedBy: Finding,
  extents: readonly DeviceExtent[],
): Promise<void> {
  const { devid } = context.superblock.device;
  let checked = 0;
  let lastLeaf = namedBy;
  const differ = (offset: number): Error => {
    const reason = `The device tree and the chunk tree do not agree about what is at byte ${offset}.`;
    return fileSystemDamaged(lastLeaf.structure, lastLeaf.offsetBytes, reason);
  };
  for await (const leaf of leavesOf(context, chunks, tree, namedBy)) {
    lastLeaf = { structure: 'block of the device tree', offsetBytes: leaf.offsetBytes };
    for (let index = 0; index < leaf.count; index++) {
      if (leaf.type(index) === DEV_REPLACE_KEY) refuseReplacement(leaf, index);
      if (leaf.type(index) !== DEV_EXTENT_KEY) continue;
      const item = leaf.item(index);
      const offset = leaf.offset(index);
      const extent = extents[checked];
      const same =
        leaf.objectid(index) === devid &&
        item.length === DEV_EXTENT_BYTES &&
        extent?.offset === offset &&
        extent.length === u64(item, 24) &&
        chunks.chunks[extent.chunkIndex]?.start === u64(item, 16);
      if (!same) throw differ(offset);
      checked += 1;
    }
  }
  const missing = extents[checked];
  if (missing !== undefined) throw differ(missing.offset);
}
