/**
 * Blocks of the two trees of free runs that every allocation group has: by block number (bnobt) and by length (cntbt).
 * Checking one and reading its entries. Source: the kernel's fs/xfs/libxfs/xfs_format.h (struct xfs_btree_block, struct
 * xfs_alloc_rec) and xfs_btree.c.
 */
import type { EngineError } from '../../base/errors.ts';
import { checksumFits } from './checksum.ts';
import { groupDamaged } from './group-headers.ts';
import { BASIC_BLOCK_BYTES, offsetOf, type Superblock } from './superblock.ts';

/** One of the two trees. */
export interface TreeKind {
  name: string;
  magic: number;
  /** In version 5. */
  checksummedMagic: number;
}

export const BY_BLOCK: TreeKind = {
  name: 'free space tree (bnobt)',
  magic: 0x41425442,
  checksummedMagic: 0x41423342,
};
export const BY_SIZE: TreeKind = {
  name: 'free space tree by size (cntbt)',
  magic: 0x41425443,
  checksummedMagic: 0x41423343,
};

const HEADER_BYTES = 16;
const HEADER_BYTES_WITH_CHECKSUM = 56;
const CHECKSUM_AT = 52;
/** Records and keys: start and length of a free run. */
export const RECORD_BYTES = 8;
const POINTER_BYTES = 4;
/** Instead of a neighbour's block number at either end of a level. */
export const NO_SIBLING = 0xffffffff;

/** Where a block stands in its tree: what it has to say of itself. */
export interface Place {
  kind: TreeKind;
  group: number;
  /** Counted from the start of the group. */
  block: number;
  /** 0 = leaf. */
  level: number;
  leftSibling: number;
  rightSibling: number;
  isRoot: boolean;
}

/** `FILESYSTEM_DAMAGED` for a block of a tree; `reason` goes on from the tree's name. */
export function treeDamaged(
  superblock: Superblock,
  { kind, group, block }: Pick<Place, 'kind' | 'group' | 'block'>,
  reason: string,
): EngineError {
  return groupDamaged(kind.name, group, offsetOf(superblock, group, block), `${reason} (block ${block} of the group)`);
}

/** Bytes before the first record or key. */
export function treeHeaderBytes(superblock: Superblock): number {
  return superblock.checksummed ? HEADER_BYTES_WITH_CHECKSUM : HEADER_BYTES;
}

function mostEntries(superblock: Superblock, level: number): number {
  const room = superblock.blockBytes - treeHeaderBytes(superblock);
  return Math.floor(room / (level === 0 ? RECORD_BYTES : RECORD_BYTES + POINTER_BYTES));
}

/** Number of records (leaf) or pointers of a block, after checking all that its header says. Throws `FILESYSTEM_DAMAGED`. */
export function checkTreeBlock(superblock: Superblock, bytes: Buffer, place: Place): number {
  const { checksummed, metaUuidBytes } = superblock;
  const { kind, group, block, level } = place;
  const bad = (reason: string): EngineError => treeDamaged(superblock, place, `has a block ${reason}`);
  if (bytes.readUInt32BE(0) !== (checksummed ? kind.checksummedMagic : kind.magic)) throw bad('without magic number');
  if (checksummed) {
    if (!checksumFits(bytes, CHECKSUM_AT)) throw bad('with a wrong checksum');
    const ownPlace = BigInt(offsetOf(superblock, group, block) / BASIC_BLOCK_BYTES);
    const isOwn = bytes.readBigUInt64BE(16) === ownPlace && bytes.readUInt32BE(48) === group;
    if (!isOwn || !bytes.subarray(32, 48).equals(metaUuidBytes)) throw bad('that belongs elsewhere');
  }
  if (bytes.readUInt16BE(4) !== level) throw bad('of another level');
  if (bytes.readUInt32BE(8) !== place.leftSibling || bytes.readUInt32BE(12) !== place.rightSibling) {
    throw bad('with other neighbours than its parent says');
  }
  const entries = bytes.readUInt16BE(6);
  const fewest = place.isRoot && level === 0 ? 0 : 1;
  if (entries < fewest || entries > mostEntries(superblock, level)) throw bad('with an impossible number of entries');
  return entries;
}

/** Appends the pointers of a checked block above the leaves to `into` from index `at`. */
export function readPointers(
  superblock: Superblock,
  bytes: Buffer,
  entries: number,
  into: Uint32Array,
  at: number,
): void {
  const from = treeHeaderBytes(superblock) + mostEntries(superblock, 1) * RECORD_BYTES;
  for (let entry = 0; entry < entries; entry++) into[at + entry] = bytes.readUInt32BE(from + entry * POINTER_BYTES);
}
