/**
 * Where ext keeps its own structures: superblock copies, group descriptors, reserved descriptor blocks. Source: the
 * kernel's Documentation/filesystems/ext4/{blockgroup,group_descr}.rst.
 */
import { COMPAT, INCOMPAT, RO_COMPAT } from './features.ts';
import type { Superblock } from './superblock.ts';

/** A run of blocks. */
export interface BlockRun {
  block: number;
  count: number;
}

function isPowerOf(base: number, value: number): boolean {
  let power = base;
  while (power < value) power *= base;
  return power === value;
}

/** Group descriptors in one block. */
export function descriptorsPerBlock(superblock: Superblock): number {
  return superblock.blockBytes / superblock.descriptorBytes;
}

/** Blocks of descriptors of the whole file system. */
export function descriptorBlockCount(superblock: Superblock): number {
  return Math.ceil(superblock.groupCount / descriptorsPerBlock(superblock));
}

/** First block of a group. */
export function firstBlockOf(superblock: Superblock, group: number): number {
  return superblock.firstDataBlock + group * superblock.blocksPerGroup;
}

/** Blocks of a group; the last one may be short. */
export function blocksIn(superblock: Superblock, group: number): number {
  return Math.min(superblock.blocksPerGroup, superblock.blockCount - firstBlockOf(superblock, group));
}

/** Whether a group starts with a copy of the superblock. */
export function hasSuperblock(superblock: Superblock, group: number): boolean {
  if (group === 0) return true;
  const { features, backupGroups } = superblock;
  if ((features.compat & COMPAT.sparseSuper2) !== 0) return backupGroups.includes(group);
  if (group === 1 || (features.roCompat & RO_COMPAT.sparseSuper) === 0) return true;
  return group % 2 === 1 && (isPowerOf(3, group) || isPowerOf(5, group) || isPowerOf(7, group));
}

/** Block of the first superblock: 1 with 1 KiB blocks, even where (bigalloc) the first group starts at block 0. */
function superblockBlock(superblock: Superblock, group: number): number {
  const first = firstBlockOf(superblock, group);
  return first === 0 && superblock.blockBytes === 1024 ? 1 : first;
}

function isMetaGroup(superblock: Superblock, descriptorBlock: number): boolean {
  return (superblock.features.incompat & INCOMPAT.metaBg) !== 0 && descriptorBlock >= superblock.firstMetaGroup;
}

/** Block number of descriptor block `index`, the copy that the kernel uses. */
export function descriptorBlock(superblock: Superblock, index: number): number {
  if (!isMetaGroup(superblock, index)) return superblockBlock(superblock, 0) + 1 + index;
  const group = index * descriptorsPerBlock(superblock);
  const start = superblockBlock(superblock, group);
  return hasSuperblock(superblock, group) ? start + 1 : start;
}

/**
 * Superblock copy, descriptors and the blocks reserved for more of them at the start of a group; also what lies before
 * the first superblock, which holds boot code.
 */
export function leadingBlocks(superblock: Superblock, group: number): BlockRun {
  const start = superblockBlock(superblock, group);
  const perBlock = descriptorsPerBlock(superblock);
  const index = Math.floor(group / perBlock);
  const copy = hasSuperblock(superblock, group) ? 1 : 0;
  const boot = group === 0 ? start : 0;
  if (isMetaGroup(superblock, index)) {
    const place = group % perBlock;
    const descriptors = place === 0 || place === 1 || place === perBlock - 1 ? 1 : 0;
    return { block: start - boot, count: boot + copy + descriptors };
  }
  if (copy === 0) return { block: start, count: 0 };
  const hasMetaGroups = (superblock.features.incompat & INCOMPAT.metaBg) !== 0;
  const total = descriptorBlockCount(superblock);
  const descriptors = hasMetaGroups ? Math.min(superblock.firstMetaGroup, total) : total;
  const reserved = Math.min(superblock.reservedDescriptorBlocks, superblock.blockBytes / 4);
  return { block: start - boot, count: boot + 1 + descriptors + reserved };
}
