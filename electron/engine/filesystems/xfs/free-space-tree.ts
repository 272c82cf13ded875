/**
 * Walks a tree of free runs of an allocation group from left to right. Level by level instead of by recursion: all
 * blocks of a level are known before any is read, so that none is read twice, and neighbours are read together.
 */
import { readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import {
  checkTreeBlock,
  NO_SIBLING,
  RECORD_BYTES,
  readPointers,
  type TreeKind,
  treeDamaged,
  treeHeaderBytes,
} from './free-space-block.ts';
import type { FreeSpaceHeader, TreeRoot } from './group-headers.ts';
import { offsetOf, type Superblock } from './superblock.ts';

const BATCH_BYTES = 2 * 1024 * 1024;

/** A tree to be walked. */
export interface Tree {
  source: ByteSource;
  signal: AbortSignal | undefined;
  superblock: Superblock;
  header: FreeSpaceHeader;
  kind: TreeKind;
  root: TreeRoot;
}

/** Reads blocks whatever their order, neighbours on the volume together; the answer is in the order of `blocks`. */
async function readBlocks({ source, signal, superblock, header, kind }: Tree, blocks: Uint32Array): Promise<Buffer[]> {
  const { blockBytes } = superblock;
  const name = `${kind.name} of allocation group ${header.group}`;
  const byPlace = new Uint32Array(blocks.length).map((_, index) => index);
  byPlace.sort((left, right) => (blocks[left] ?? 0) - (blocks[right] ?? 0));
  const read = new Array<Buffer>(blocks.length);
  for (let at = 0; at < byPlace.length; ) {
    const first = blocks[byPlace[at] ?? 0] ?? 0;
    let count = 1;
    while (at + count < byPlace.length && blocks[byPlace[at + count] ?? 0] === first + count) count += 1;
    const offset = offsetOf(superblock, header.group, first);
    const bytes = await readStructure(source, name, offset, count * blockBytes, signal);
    for (let index = 0; index < count; index++) {
      read[byPlace[at + index] ?? 0] = bytes.subarray(index * blockBytes, (index + 1) * blockBytes);
    }
    at += count;
  }
  return read;
}

/** Reads a level's blocks from left to right and hands each to `each` with the number of its entries. */
async function forEachBlock(
  tree: Tree,
  level: number,
  blocks: Uint32Array,
  each: (bytes: Buffer, entries: number, block: number) => void,
): Promise<void> {
  const { superblock, header, kind, root } = tree;
  const batch = Math.max(1, Math.floor(BATCH_BYTES / superblock.blockBytes));
  for (let at = 0; at < blocks.length; at += batch) {
    const read = await readBlocks(tree, blocks.subarray(at, at + batch));
    for (const [index, bytes] of read.entries()) {
      const block = blocks[at + index] ?? 0;
      const entries = checkTreeBlock(superblock, bytes, {
        kind,
        group: header.group,
        block,
        level,
        leftSibling: blocks[at + index - 1] ?? NO_SIBLING,
        rightSibling: blocks[at + index + 1] ?? NO_SIBLING,
        isRoot: level === root.levels - 1,
      });
      each(bytes, entries, block);
    }
  }
}

/** The blocks of a level, as a list that grows. */
class Pointers {
  #numbers = new Uint32Array(256);
  #length = 0;

  add(superblock: Superblock, bytes: Buffer, entries: number): void {
    if (this.#length + entries > this.#numbers.length) {
      const grown = new Uint32Array(2 * (this.#length + entries));
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    readPointers(superblock, bytes, entries, this.#numbers, this.#length);
    this.#length += entries;
  }

  get length(): number {
    return this.#length;
  }

  take(): Uint32Array {
    return this.#numbers.slice(0, this.#length);
  }
}

/** `known` and `added` together, sorted. Throws where a block is outside the group or twice in the tree. */
function claim(tree: Tree, known: Uint32Array, added: Uint32Array): Uint32Array {
  const { superblock, header, kind, root } = tree;
  const { group } = header;
  const all = new Uint32Array(known.length + added.length);
  all.set(known);
  all.set(added, known.length);
  all.sort();
  const first = all[0] ?? 0;
  const last = all[all.length - 1] ?? 0;
  if (first < superblock.headerBlocks || last >= header.length) {
    throw treeDamaged(superblock, { kind, group, block: root.block }, 'points outside the group');
  }
  for (let index = 1; index < all.length; index++) {
    const block = all[index] ?? 0;
    if (block === all[index - 1]) throw treeDamaged(superblock, { kind, group, block }, 'holds a block twice');
  }
  return all;
}

/** The blocks of a tree, counted from the start of the group. */
export interface TreeBlocks {
  /** From left to right. */
  leaves: Uint32Array;
  /** Of all levels, sorted by place. */
  all: Uint32Array;
}

/** Finds all blocks of the tree, without reading the leaves. Throws `FILESYSTEM_DAMAGED`. */
export async function findTreeBlocks(tree: Tree): Promise<TreeBlocks> {
  const { superblock, header, kind, root } = tree;
  let blocks: Uint32Array = Uint32Array.of(root.block);
  let all = claim(tree, new Uint32Array(), blocks);
  for (let level = root.levels - 1; level > 0; level--) {
    const pointers = new Pointers();
    await forEachBlock(tree, level, blocks, (bytes, entries, block) => {
      pointers.add(superblock, bytes, entries);
      if (pointers.length > header.length) {
        throw treeDamaged(superblock, { kind, group: header.group, block }, 'has more blocks than its group');
      }
    });
    blocks = pointers.take();
    all = claim(tree, all, blocks);
  }
  return { leaves: blocks, all };
}

/** Reads the leaves and calls `each` for every free run, with the leaf that it is in. Throws `FILESYSTEM_DAMAGED`. */
export async function forEachRecord(
  tree: Tree,
  leaves: Uint32Array,
  each: (start: number, count: number, leaf: number) => void,
): Promise<void> {
  const from = treeHeaderBytes(tree.superblock);
  await forEachBlock(tree, 0, leaves, (bytes, entries, leaf) => {
    const end = from + entries * RECORD_BYTES;
    for (let at = from; at < end; at += RECORD_BYTES) each(bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4), leaf);
  });
}
