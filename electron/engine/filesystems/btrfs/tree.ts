/** Walking trees: blocks in batches, each checked, each from another copy where the first is bad. */
import { EngineError } from '../../base/errors.ts';
import { fileSystemDamaged, readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import type { ChunkMap, Finding } from './chunks.ts';
import type { Superblock } from './superblock.ts';
import { type Pointer, TreeBlock, whyNoBlock } from './tree-block.ts';

/** Children of a node that are asked for at once: enough to keep a disk busy, 4 MiB at most. */
const WINDOW_BLOCKS = 64;
/** Neighbours are read together up to this length. */
const LONGEST_READ_BYTES = 1024 * 1024;

/** A tree to walk. */
export interface Tree {
  /** For messages: "extent tree". */
  name: string;
  root: Pointer;
  /** The tree's number, which all its blocks carry. */
  owner: bigint;
}

/** Numbers of the trees that are walked (BTRFS_*_OBJECTID). */
export const TREE = {
  root: 1n,
  extent: 2n,
  chunk: 3n,
  dev: 4n,
  blockGroup: 11n,
  log: BigInt.asUintN(64, -6n),
} as const;

/** What is common to all walks over one file system. */
export interface TreeContext {
  source: ByteSource;
  superblock: Superblock;
  signal: AbortSignal | undefined;
  /** How many blocks may still be read: more than fit on the volume are a trap. */
  budget: { blocks: number };
  /** Gathers blocks of which one copy was bad and another good. */
  repairs: Repairs;
  /** Hears the logical address of every block of a tree as it is read, inner ones too. */
  onBlock?: (bytenr: number) => void;
}

/** Blocks of which one copy was bad and another good. */
export class Repairs {
  #count = 0;
  #first = '';

  /** `bad` is a whole sentence. */
  add(bad: string): void {
    this.#count += 1;
    if (this.#first === '') this.#first = bad;
  }

  /** One sentence about all of them, or none. */
  sentences(): string[] {
    if (this.#count === 0) return [];
    const more = this.#count > 1 ? ` The same goes for ${this.#count - 1} further tree blocks.` : '';
    return [`${this.#first} Its other copy was used; btrfs scrub repairs it.${more}`];
  }
}

/** The context of a new walk; `FILESYSTEM_DAMAGED` follows where it reads more blocks than the volume has room for. */
export function treeContext(source: ByteSource, superblock: Superblock, signal: AbortSignal | undefined): TreeContext {
  const blocks = Math.floor(source.sizeBytes / superblock.nodesize);
  return { source, superblock, signal, budget: { blocks }, repairs: new Repairs() };
}

/** Half-open range of first key parts, to walk only the part of a tree that has them. */
export interface ObjectidRange {
  from: number;
  to: number;
}

/** A block that could not be had, as the error it would be. */
function badBlock(tree: Tree, offset: number, reason: string): EngineError {
  const structure = `block of the ${tree.name}`;
  return fileSystemDamaged(structure, offset, `The ${structure} at byte ${offset} ${reason}.`);
}

function isDamage(error: unknown): error is EngineError {
  return error instanceof EngineError && error.code === 'FILESYSTEM_DAMAGED';
}

/** The block out of `bytes`, or the error that it is. */
function checked(context: TreeContext, tree: Tree, pointer: Pointer, bytes: Buffer, offset: number) {
  const why = whyNoBlock(context.superblock, bytes, pointer, tree.owner);
  return why === undefined ? new TreeBlock(bytes, offset) : badBlock(tree, offset, why);
}

/** One copy of one block, or why it cannot be had. */
async function readCopy(context: TreeContext, tree: Tree, pointer: Pointer, offset: number) {
  const { source, superblock, signal } = context;
  try {
    const bytes = await readStructure(source, `block of the ${tree.name}`, offset, superblock.nodesize, signal);
    return checked(context, tree, pointer, bytes, offset);
  } catch (error) {
    if (isDamage(error)) return error;
    throw error;
  }
}

/** A block from any copy but the first, about which `bad` tells; throws where none is good. */
async function readOtherCopy(
  context: TreeContext,
  tree: Tree,
  pointer: Pointer,
  copies: readonly number[],
  bad: EngineError,
): Promise<TreeBlock> {
  // A wrong content weighs more than a bad sector: it is not cured by reading everything.
  let worst = bad;
  for (const offset of copies.slice(1)) {
    const block = await readCopy(context, tree, pointer, offset);
    if (block instanceof TreeBlock) {
      context.repairs.add(String(bad.details.reason));
      return block;
    }
    if (worst.details.unreadable === true) worst = block;
  }
  throw worst;
}

/** A block's place in the answer, and its copies on the volume. */
interface Wanted {
  index: number;
  pointer: Pointer;
  copies: number[];
  offset: number;
}

/** Reads neighbours with one read, into their places in `blocks`. */
async function readNeighbours(
  context: TreeContext,
  tree: Tree,
  run: readonly Wanted[],
  blocks: TreeBlock[],
): Promise<void> {
  const { source, superblock, signal } = context;
  const { nodesize } = superblock;
  let bytes: Buffer | undefined;
  const first = run[0];
  if (first === undefined) return;
  try {
    const name = `block of the ${tree.name}`;
    bytes = await readStructure(source, name, first.offset, run.length * nodesize, signal);
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  for (const [position, { index, pointer, copies, offset }] of run.entries()) {
    const own = bytes?.subarray(position * nodesize, (position + 1) * nodesize);
    // One bad sector fails the read of all neighbours, so each is tried alone.
    const block = own ? checked(context, tree, pointer, own, offset) : await readCopy(context, tree, pointer, offset);
    blocks[index] = block instanceof TreeBlock ? block : await readOtherCopy(context, tree, pointer, copies, block);
  }
}

/** Reads blocks, neighbours together and all at once; the answer is in the order of `pointers`. */
async function readBlocks(
  context: TreeContext,
  chunks: ChunkMap,
  tree: Tree,
  pointers: readonly Pointer[],
  namedBy: Finding,
): Promise<TreeBlock[]> {
  const { nodesize, sectorsize } = context.superblock;
  context.budget.blocks -= pointers.length;
  const { structure, offsetBytes } = namedBy;
  const named = `The ${structure} at byte ${offsetBytes} names`;
  if (context.budget.blocks < 0) {
    const reason = `${named} more blocks of the ${tree.name} than the volume has room for.`;
    throw fileSystemDamaged(structure, offsetBytes, reason);
  }
  const wanted = pointers.map((pointer, index): Wanted => {
    const copies = pointer.bytenr % sectorsize === 0 ? chunks.copiesOf(pointer.bytenr, nodesize) : [];
    const offset = copies[0];
    if (offset === undefined) {
      const reason = `${named} a block of the ${tree.name} at logical address ${pointer.bytenr}, which is in no chunk.`;
      throw fileSystemDamaged(structure, offsetBytes, reason);
    }
    return { index, pointer, copies, offset };
  });
  wanted.sort((left, right) => left.offset - right.offset);
  const runs: Wanted[][] = [];
  for (const block of wanted) {
    const run = runs.at(-1);
    const follows = run !== undefined && block.offset === (run[0]?.offset ?? 0) + run.length * nodesize;
    if (follows && (run.length + 1) * nodesize <= LONGEST_READ_BYTES) run.push(block);
    else runs.push([block]);
  }
  const blocks: TreeBlock[] = [];
  // All are waited for, so that no read is under way any more when the caller hears of an error and closes the volume.
  const outcomes = await Promise.allSettled(runs.map((run) => readNeighbours(context, tree, run, blocks)));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  for (const { bytenr } of pointers) context.onBlock?.(bytenr);
  return blocks;
}

/** The children of a node that can hold keys of the range. */
function childrenIn(node: TreeBlock, range: ObjectidRange | undefined): Pointer[] {
  const children: Pointer[] = [];
  for (let index = 0; index < node.count; index++) {
    if (range !== undefined) {
      if (node.objectid(index) >= range.to) break;
      if (index + 1 < node.count && node.objectid(index + 1) < range.from) continue;
    }
    children.push(node.pointer(index));
  }
  return children;
}

async function* leavesBelow(
  context: TreeContext,
  chunks: ChunkMap,
  tree: Tree,
  block: TreeBlock,
  range: ObjectidRange | undefined,
): AsyncGenerator<TreeBlock> {
  if (block.level === 0) {
    yield block;
    return;
  }
  const children = childrenIn(block, range);
  const namedBy: Finding = { structure: `block of the ${tree.name}`, offsetBytes: block.offsetBytes };
  for (let at = 0; at < children.length; at += WINDOW_BLOCKS) {
    const window = children.slice(at, at + WINDOW_BLOCKS);
    // Levels fall by one at every step, so this ends; first keys ascend, so no block comes twice.
    for (const child of await readBlocks(context, chunks, tree, window, namedBy)) {
      yield* leavesBelow(context, chunks, tree, child, range);
    }
  }
}

/**
 * All leaves of a tree in the order of their keys, or those that can hold keys of `range`. Throws `FILESYSTEM_DAMAGED`
 * where a block has no good copy. `namedBy`: what names the root, for messages.
 */
export async function* leavesOf(
  context: TreeContext,
  chunks: ChunkMap,
  tree: Tree,
  namedBy: Finding,
  range?: ObjectidRange,
): AsyncGenerator<TreeBlock> {
  for (const root of await readBlocks(context, chunks, tree, [tree.root], namedBy)) {
    yield* leavesBelow(context, chunks, tree, root, range);
  }
}
