/** Changing btrfs images in memory: finding the blocks that a parser reads, and making checksums right again. */
import { readFile } from 'node:fs/promises';
import { checksumOf } from '../filesystems/btrfs/checksum.ts';
import { btrfs } from '../filesystems/btrfs/family.ts';
import { SUPERBLOCK_BYTES, SUPERBLOCK_OFFSETS } from '../filesystems/btrfs/superblock.ts';
import { memorySource } from './memory-source.ts';
import { createSparseFile, makeFileSystem } from './test-volume.ts';
import { createWorkspace } from './workspace.ts';

const HEADER_BYTES = 101;
const ITEM_BYTES = 25;
const POINTER_BYTES = 33;
const KEY_BYTES = 17;

/** Numbers of trees as a block's header has them. */
export const OWNER = {
  root: 1n,
  extent: 2n,
  chunk: 3n,
  dev: 4n,
  blockGroup: 11n,
  log: BigInt.asUintN(64, -6n),
} as const;

/** The bytes of a fresh file system. */
export async function btrfsImage(mebibytes: number, ...options: string[]): Promise<Buffer> {
  await using workspace = await createWorkspace();
  const path = workspace.path('image');
  await createSparseFile(path, mebibytes * 1024 * 1024);
  await makeFileSystem(path, ['btrfs', ...options]);
  return await readFile(path);
}

function csumType(image: Buffer): number {
  return image.readUInt16LE(64 * 1024 + 196);
}

/** Makes the checksum of what lies at `offset` right again. */
export function sign(image: Buffer, offset: number, length: number, type = csumType(image)): Buffer {
  checksumOf(type, image.subarray(offset, offset + length)).copy(image, offset);
  return image;
}

/** Changes the first superblock by `change`, which gets its bytes, and signs it. */
export function editSuper(image: Buffer, change: (superblock: Buffer) => void): Buffer {
  const type = csumType(image);
  change(image.subarray(64 * 1024, 64 * 1024 + SUPERBLOCK_BYTES));
  return sign(image, 64 * 1024, SUPERBLOCK_BYTES, type);
}

/** A tree block of an image. */
export interface LiveBlock {
  offset: number;
  length: number;
  owner: bigint;
  level: number;
  count: number;
}

/** The blocks that lead to the map of a sound image, in the order in which they are read; only first copies. */
export async function liveBlocks(image: Buffer): Promise<LiveBlock[]> {
  const nodesize = image.readUInt32LE(64 * 1024 + 148);
  const source = memorySource(image);
  const blocks: LiveBlock[] = [];
  const probe = await btrfs.probe({
    sizeBytes: source.sizeBytes,
    read: (offset, length) => {
      for (let at = offset; at < offset + length && !SUPERBLOCK_OFFSETS.includes(at); at += nodesize) {
        const owner = image.readBigUInt64LE(at + 88);
        const level = image.readUInt8(at + 100);
        blocks.push({ offset: at, length: nodesize, owner, level, count: image.readUInt32LE(at + 96) });
      }
      return source.read(offset, length);
    },
  });
  await probe?.usedExtents();
  return blocks;
}

/** Where the key of a block's item or pointer starts. */
export function keyAt(block: LiveBlock, index: number): number {
  return block.offset + HEADER_BYTES + index * (block.level === 0 ? ITEM_BYTES : POINTER_BYTES);
}

/** Where the address that a pointer of a node names is. */
export function pointerAt(block: LiveBlock, index: number): number {
  return keyAt(block, index) + KEY_BYTES;
}

/** Where the content of a leaf's item starts. */
export function itemAt(image: Buffer, block: LiveBlock, index: number): number {
  return block.offset + HEADER_BYTES + image.readUInt32LE(keyAt(block, index) + KEY_BYTES);
}

/** Index of the first item of a type; throws where there is none. */
export function itemOfType(image: Buffer, block: LiveBlock, type: number): number {
  for (let index = 0; index < block.count; index++) {
    if (image.readUInt8(keyAt(block, index) + 8) === type) return index;
  }
  throw new Error(`no item of type ${type}`);
}

/** The first block of a tree at a level; rejects where the image has none. */
export async function blockOf(image: Buffer, owner: bigint, level = 0): Promise<LiveBlock> {
  const block = (await liveBlocks(image)).find((one) => one.owner === owner && one.level === level);
  if (block === undefined) throw new Error(`no block of level ${level} of tree ${owner}`);
  return block;
}
