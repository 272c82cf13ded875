/**
 * The log: what fsync wrote since the last commit. Neither its blocks nor the new data that it refers to are in the
 * extent tree, and the next mount replays it. Source: the kernel's fs/btrfs/tree-log.c (btrfs_recover_log_trees).
 */
import { fileSystemDamaged } from '../damage.ts';
import { RunLane } from '../run-lane.ts';
import { mapIsAGuess } from '../whole-volume.ts';
import { type ChunkMap, type Finding, SUPERBLOCK_ITSELF } from './chunks.ts';
import { ROOT_ITEM_KEY, rootOfItem } from './roots.ts';
import { leavesOf, TREE, type Tree, type TreeContext } from './tree.ts';
import type { TreeBlock } from './tree-block.ts';
import { u64 } from './u64.ts';

const EXTENT_DATA_KEY = 108;
/**
 * Keys of items without places of their own: inode (1), names and references of it (12, 13, 24, 84, 96), fs-verity
 * (36, 37), ranges of a directory that are logged (60, 72), checksums (128).
 */
const PLACELESS_KEYS = new Set([1, 12, 13, 24, 36, 37, 60, 72, 84, 96, 128]);
/** Bytes of a file extent item that is not inline. */
const FILE_EXTENT_BYTES = 53;
/** Bytes of an inline one before its data: up to and with its type. */
const INLINE_HEADER_BYTES = 21;
const INLINE = 0;
const REGULAR = 1;
const PREALLOCATED = 2;

/** Runs on the volume, each copy of each logical range. */
class LoggedRuns {
  readonly lane = new RunLane();
  readonly #chunks: ChunkMap;
  readonly #sectorsize: number;
  #last = '';

  constructor(chunks: ChunkMap, sectorsize: number) {
    this.#chunks = chunks;
    this.#sectorsize = sectorsize;
  }

  /** Whether the range can be one; what follows the same range again adds nothing. */
  add(start: number, length: number): boolean {
    const range = `${start} ${length}`;
    if (range === this.#last) return true;
    const aligned = start % this.#sectorsize === 0 && length % this.#sectorsize === 0;
    const copies = aligned && length > 0 ? this.#chunks.copiesOf(start, length) : [];
    for (const offset of copies) this.lane.add(offset, length);
    this.#last = range;
    return copies.length > 0;
  }
}

/** Adds the data that the items of a leaf refer to. */
function takeLeaf(leaf: TreeBlock, runs: LoggedRuns): void {
  const damaged = (reason: string): Error => fileSystemDamaged('block of a log tree', leaf.offsetBytes, reason);
  for (let index = 0; index < leaf.count; index++) {
    const key = leaf.type(index);
    if (PLACELESS_KEYS.has(key)) continue;
    if (key !== EXTENT_DATA_KEY) throw mapIsAGuess(`A log tree holds items of type ${key}, which is not known here.`);
    const item = leaf.item(index);
    if (item.length < INLINE_HEADER_BYTES) throw damaged('A file extent in a log tree has an impossible length.');
    const type = item.readUInt8(20);
    if (type === INLINE) continue;
    if (type !== REGULAR && type !== PREALLOCATED) {
      throw mapIsAGuess(`A log tree holds file extents of type ${type}, which is not known here.`);
    }
    if (item.length !== FILE_EXTENT_BYTES) throw damaged('A file extent in a log tree has an impossible length.');
    const start = u64(item, 21);
    const length = u64(item, 29);
    // A hole.
    if (start === 0) continue;
    if (!runs.add(start, length)) {
      throw damaged(`The logged extent of ${length} bytes at logical address ${start} is impossible.`);
    }
  }
}

/** Blocks of the tree itself, known by their parents' pointers: all are in use. */
async function walk(
  context: TreeContext,
  chunks: ChunkMap,
  tree: Tree,
  namedBy: Finding,
  runs: LoggedRuns,
  leaf: (leaf: TreeBlock) => Promise<void> | void,
): Promise<void> {
  const { nodesize } = context.superblock;
  const onBlock = (bytenr: number): void => void runs.add(bytenr, nodesize);
  for await (const block of leavesOf({ ...context, onBlock }, chunks, tree, namedBy)) await leaf(block);
}

/**
 * Runs of everything that only the log knows, at any place and in any order. Throws `FILESYSTEM_DAMAGED`;
 * `FILESYSTEM_UNSUPPORTED` where the log holds what is not known here.
 */
export async function readLog(context: TreeContext, chunks: ChunkMap): Promise<RunLane> {
  const { logRoot, sectorsize } = context.superblock;
  const runs = new LoggedRuns(chunks, sectorsize);
  if (logRoot === undefined) return runs.lane;
  const roots: Tree = { name: 'tree of log trees', root: logRoot, owner: TREE.log };
  await walk(context, chunks, roots, SUPERBLOCK_ITSELF, runs, async (block) => {
    for (let index = 0; index < block.count; index++) {
      if (block.type(index) !== ROOT_ITEM_KEY) {
        throw mapIsAGuess(`The tree of log trees holds items of type ${block.type(index)}, which is not known here.`);
      }
      const root = rootOfItem(block, index, roots.name);
      const namedBy: Finding = { structure: 'block of the tree of log trees', offsetBytes: block.offsetBytes };
      const tree: Tree = { name: 'log tree', root, owner: TREE.log };
      await walk(context, chunks, tree, namedBy, runs, (leaf) => takeLeaf(leaf, runs));
    }
  });
  return runs.lane;
}
