/** The free runs of an allocation group, checked against everything else that the group says of them. */
import type { EngineError } from '../../base/errors.ts';
import type { ByteSource } from '../types.ts';
import { BY_BLOCK, BY_SIZE, treeDamaged } from './free-space-block.ts';
import { findTreeBlocks, forEachRecord, type Tree } from './free-space-tree.ts';
import type { FreeSpaceHeader } from './group-headers.ts';
import type { Superblock } from './superblock.ts';

/** Called for every free run in ascending order, blocks counted from the start of the group. */
export type EachFreeRun = (start: number, count: number) => void;

/** A set of runs as two numbers that do not depend on their order: any one run that differs changes them. */
class Fingerprint {
  #first = 0;
  #second = 0;

  add(start: number, count: number): void {
    let mixed = Math.imul(start, 0x9e3779b1) ^ Math.imul(count, 0x85ebca77);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae3d);
    this.#first = (this.#first + (mixed ^ (mixed >>> 13))) | 0;
    mixed = Math.imul(start ^ (count << 16) ^ (count >>> 16), 0x27d4eb2f);
    this.#second = (this.#second + (mixed ^ (mixed >>> 16))) | 0;
  }

  equals(other: Fingerprint): boolean {
    return this.#first === other.#first && this.#second === other.#second;
  }
}

/** Reads the other tree, whose runs must be the same. */
async function checkBySize(tree: Tree, runs: Fingerprint): Promise<void> {
  const found = new Fingerprint();
  await forEachRecord(tree, (await findTreeBlocks(tree)).leaves, (start, count) => found.add(start, count));
  if (found.equals(runs)) return;
  const place = { kind: BY_SIZE, group: tree.header.group, block: tree.root.block };
  throw treeDamaged(tree.superblock, place, 'holds other free runs than the tree by block (bnobt)');
}

/**
 * Calls `each` for every free run. Throws `FILESYSTEM_DAMAGED` where a block of the tree is not what its parent or its
 * header says, where runs overlap or leave the group, where the headers, the log or the tree's own blocks would be free,
 * and, unless `estimate`, where the sum or the longest run disagrees with the AGF. Without checksums (version 4) a
 * flipped bit may shift a run and change no sum: there the tree by size is read too, and must hold the same runs.
 */
export async function forEachFreeRun(
  source: ByteSource,
  superblock: Superblock,
  header: FreeSpaceHeader,
  signal: AbortSignal | undefined,
  estimate: boolean,
  each: EachFreeRun,
): Promise<void> {
  const { group, byBlock, bySize } = header;
  const tree: Tree = { source, signal, superblock, header, kind: BY_BLOCK, root: byBlock };
  const { leaves, all } = await findTreeBlocks(tree);
  const logStart = superblock.log?.group === group ? superblock.log.block : Number.POSITIVE_INFINITY;
  const logEnd = logStart + (superblock.log?.blocks ?? 0);
  const runs = new Fingerprint();
  let end = superblock.headerBlocks;
  let free = 0;
  let longest = 0;
  let nextOwn = 0;
  await forEachRecord(tree, leaves, (start, count, block) => {
    const bad = (what: string): EngineError =>
      treeDamaged(superblock, { kind: BY_BLOCK, group, block }, `has a free run ${what}`);
    if (start < end || count === 0 || start + count > header.length) {
      throw bad('that overlaps another, the headers, or the end of the group');
    }
    end = start + count;
    while ((all[nextOwn] ?? end) < start) nextOwn += 1;
    if ((all[nextOwn] ?? end) < end) throw bad('over its own blocks');
    if (start < logEnd && logStart < end) throw bad('over the log');
    free += count;
    if (count > longest) longest = count;
    runs.add(start, count);
    each(start, count);
  });
  if (estimate) return;
  if (free !== header.freeBlocks || longest !== header.longest) {
    const found = `${free} free blocks, at most ${longest} in a row`;
    const said = `${header.freeBlocks} and ${header.longest}`;
    const place = { kind: BY_BLOCK, group, block: byBlock.block };
    throw treeDamaged(superblock, place, `has ${found}, but its header (AGF) says ${said}`);
  }
  if (!superblock.checksummed) await checkBySize({ ...tree, kind: BY_SIZE, root: bySize }, runs);
}
