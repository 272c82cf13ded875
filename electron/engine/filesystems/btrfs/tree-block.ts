/**
 * Blocks of the trees: header, items, key pointers, and the checks that make one trustworthy.
 * Source: struct btrfs_header, btrfs_item, btrfs_key_ptr in the kernel's btrfs_tree.h; its fs/btrfs/tree-checker.c.
 */
import { checksumIsRight } from './checksum.ts';
import type { RootPointer, Superblock } from './superblock.ts';
import { u64 } from './u64.ts';

const HEADER_BYTES = 101;
const KEY_BYTES = 17;
const ITEM_BYTES = 25;
const POINTER_BYTES = 33;

/** What a parent, or the superblock, says about a block. */
export interface Pointer extends RootPointer {
  /** The first key as it stands in the parent; absent for a root. */
  firstKey?: Buffer;
}

/** Says whether one key, 17 bytes on disk, comes before (negative), with (0) or after another. */
function compareKeys(left: Buffer, l: number, right: Buffer, r: number): number {
  return (
    left.readUInt32LE(l + 4) - right.readUInt32LE(r + 4) ||
    left.readUInt32LE(l) - right.readUInt32LE(r) ||
    left.readUInt8(l + 8) - right.readUInt8(r + 8) ||
    left.readUInt32LE(l + 13) - right.readUInt32LE(r + 13) ||
    left.readUInt32LE(l + 9) - right.readUInt32LE(r + 9)
  );
}

/** A block that has been checked; items and pointers are counted from 0. */
export class TreeBlock {
  readonly #bytes: Buffer;
  /** Offset on the volume of the copy that was read. */
  readonly offsetBytes: number;
  readonly level: number;
  readonly count: number;

  constructor(bytes: Buffer, offsetBytes: number) {
    this.#bytes = bytes;
    this.offsetBytes = offsetBytes;
    this.level = bytes.readUInt8(100);
    this.count = bytes.readUInt32LE(96);
  }

  #at(index: number): number {
    return HEADER_BYTES + index * (this.level === 0 ? ITEM_BYTES : POINTER_BYTES);
  }

  /** First part of a key; `Infinity` where it is 2^53 or more. */
  objectid(index: number): number {
    return u64(this.#bytes, this.#at(index));
  }

  /** Middle part of a key. */
  type(index: number): number {
    return this.#bytes.readUInt8(this.#at(index) + 8);
  }

  /** Last part of a key; `Infinity` where it is 2^53 or more. */
  offset(index: number): number {
    return u64(this.#bytes, this.#at(index) + 9);
  }

  /** Content of a leaf's item. */
  item(index: number): Buffer {
    const at = this.#at(index);
    const start = HEADER_BYTES + this.#bytes.readUInt32LE(at + KEY_BYTES);
    return this.#bytes.subarray(start, start + this.#bytes.readUInt32LE(at + KEY_BYTES + 4));
  }

  /** What a node says about a child. */
  pointer(index: number): Pointer {
    const at = this.#at(index);
    return {
      bytenr: u64(this.#bytes, at + KEY_BYTES),
      generation: u64(this.#bytes, at + KEY_BYTES + 8),
      level: this.level - 1,
      firstKey: this.#bytes.subarray(at, at + KEY_BYTES),
    };
  }
}

/** Items lie at the end of a leaf, the first one last, without gaps and without touching their headers. */
function itemsAreSound(bytes: Buffer, count: number): boolean {
  let end = bytes.length - HEADER_BYTES;
  for (let index = 0; index < count; index++) {
    const at = HEADER_BYTES + index * ITEM_BYTES + KEY_BYTES;
    const start = bytes.readUInt32LE(at);
    if (start + bytes.readUInt32LE(at + 4) !== end) return false;
    end = start;
  }
  return end >= count * ITEM_BYTES;
}

function keysAscend(bytes: Buffer, count: number, stride: number): boolean {
  for (let index = 1; index < count; index++) {
    const at = HEADER_BYTES + index * stride;
    if (compareKeys(bytes, at - stride, bytes, at) >= 0) return false;
  }
  return true;
}

/** What is wrong with the bytes of a block, as the end of a sentence; `undefined`: it is what was expected. */
export function whyNoBlock(
  superblock: Superblock,
  bytes: Buffer,
  expected: Pointer,
  owner: bigint,
): string | undefined {
  if (!checksumIsRight(superblock.csumType, bytes)) return 'has a wrong checksum';
  if (!bytes.subarray(32, 48).equals(superblock.metadataFsid)) return 'belongs to another file system';
  if (u64(bytes, 48) !== expected.bytenr) return 'belongs to another place';
  if (bytes.readBigUInt64LE(88) !== owner) return 'belongs to another tree';
  const generation = u64(bytes, 80);
  if (generation !== expected.generation) {
    return `is of generation ${generation} instead of ${expected.generation}`;
  }
  const level = bytes.readUInt8(100);
  if (level !== expected.level) return `is of level ${level} instead of ${expected.level}`;
  const count = bytes.readUInt32LE(96);
  const stride = level === 0 ? ITEM_BYTES : POINTER_BYTES;
  if (count > Math.floor((bytes.length - HEADER_BYTES) / stride)) return 'has more entries than it has room for';
  const { firstKey } = expected;
  // Only a tree as a whole may be empty.
  if (count === 0) return level > 0 || firstKey !== undefined ? 'has no entries' : undefined;
  if (firstKey !== undefined && compareKeys(bytes, HEADER_BYTES, firstKey, 0) !== 0) {
    return 'does not start with the key that its parent names';
  }
  if (!keysAscend(bytes, count, stride)) return 'has keys that do not ascend';
  return level === 0 && !itemsAreSound(bytes, count) ? 'has items in impossible places' : undefined;
}
