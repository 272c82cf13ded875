/** Where trees start: the root items in the tree of roots and in the log. */
import { fileSystemDamaged } from '../damage.ts';
import { type ChunkMap, type Finding, SUPERBLOCK_ITSELF } from './chunks.ts';
import { COMPAT_RO } from './features.ts';
import { FIRST_SUPERBLOCK_OFFSET, type RootPointer } from './superblock.ts';
import { leavesOf, TREE, type Tree, type TreeContext } from './tree.ts';
import type { TreeBlock } from './tree-block.ts';
import { u64 } from './u64.ts';

/** Key type of a root item. */
export const ROOT_ITEM_KEY = 132;
/** A root item as it was before fields were added at its end: up to and with its level. */
const SMALLEST_ROOT_ITEM_BYTES = 239;
const EXTENT_TREE_OBJECTID = Number(TREE.extent);
const DEV_TREE_OBJECTID = Number(TREE.dev);
const BLOCK_GROUP_TREE_OBJECTID = Number(TREE.blockGroup);

/** The root that an item of a leaf points to. Throws `FILESYSTEM_DAMAGED` where it is too short. */
export function rootOfItem(leaf: TreeBlock, index: number, treeName: string): RootPointer {
  const item = leaf.item(index);
  if (item.length < SMALLEST_ROOT_ITEM_BYTES) {
    const reason = `A root item in the ${treeName} is too short.`;
    throw fileSystemDamaged(`block of the ${treeName}`, leaf.offsetBytes, reason);
  }
  return { generation: u64(item, 160), bytenr: u64(item, 176), level: item.readUInt8(238) };
}

/** The trees that tell what is in use. */
export interface AccountingTrees {
  devices: Tree;
  extents: Tree;
  /** Absent where the block group items stand in the extent tree. */
  blockGroups?: Tree;
  /** What names their roots. */
  namedBy: Finding;
}

/** Finds the device tree, the extent tree and the block group tree. Throws `FILESYSTEM_DAMAGED` where one is missing. */
export async function readRoots(context: TreeContext, chunks: ChunkMap): Promise<AccountingTrees> {
  const { superblock } = context;
  const roots = new Map<number, RootPointer>();
  let namedBy = SUPERBLOCK_ITSELF;
  const tree = { name: 'root tree', root: superblock.root, owner: TREE.root };
  const range = { from: EXTENT_TREE_OBJECTID, to: BLOCK_GROUP_TREE_OBJECTID + 1 };
  for await (const leaf of leavesOf(context, chunks, tree, SUPERBLOCK_ITSELF, range)) {
    for (let index = 0; index < leaf.count; index++) {
      const objectid = leaf.objectid(index);
      if (leaf.type(index) !== ROOT_ITEM_KEY || leaf.offset(index) !== 0) continue;
      if (objectid === EXTENT_TREE_OBJECTID) {
        namedBy = { structure: 'block of the root tree', offsetBytes: leaf.offsetBytes };
      }
      roots.set(objectid, rootOfItem(leaf, index, tree.name));
    }
  }
  const rootOf = (objectid: number, name: string): RootPointer => {
    const root = roots.get(objectid);
    if (root !== undefined) return root;
    throw fileSystemDamaged('root tree', FIRST_SUPERBLOCK_OFFSET, `The root tree does not name the ${name}.`);
  };
  const extents = {
    name: 'extent tree',
    root: rootOf(EXTENT_TREE_OBJECTID, 'extent tree'),
    owner: TREE.extent,
  };
  const devices = { name: 'device tree', root: rootOf(DEV_TREE_OBJECTID, 'device tree'), owner: TREE.dev };
  if ((superblock.features.compatRo & COMPAT_RO.blockGroupTree) === 0n) return { devices, extents, namedBy };
  const root = rootOf(BLOCK_GROUP_TREE_OBJECTID, 'block group tree');
  return { devices, extents, namedBy, blockGroups: { name: 'block group tree', root, owner: TREE.blockGroup } };
}
