/** Mutated btrfs: whatever is in the structures, reading ends in time, in bounds, with a typed error or sane extents. */
import { describe, expect, it } from 'vitest';
import { btrfsImage, itemAt, keyAt, type LiveBlock, liveBlocks, OWNER, pointerAt } from '../../testing/btrfs-edit.ts';
import { blockGroupTreeImage, logImage } from '../../testing/btrfs-images.ts';
import { type Edit, fuzzCases, fuzzFamily } from '../../testing/fuzz-family.ts';
import { seededBelow } from '../../testing/seeded.ts';
import { checksumOf } from './checksum.ts';
import { btrfs } from './family.ts';

const SUPERBLOCK = 64 * 1024;
const SUPERBLOCK_BYTES = 4096;
const CHUNK_ITEM = 228;
const BLOCK_GROUP_ITEM = 192;

const IMAGES: { name: string; make: () => Promise<Buffer> }[] = [
  { name: 'mixed', make: () => btrfsImage(16, '--mixed') },
  { name: 'mixed, sha256', make: () => btrfsImage(16, '--mixed', '--csum', 'sha256') },
  {
    name: 'mixed, xxhash, old layout',
    make: () => btrfsImage(16, '--mixed', '--csum', 'xxhash', '-O', '^skinny-metadata'),
  },
  { name: 'block group tree, two levels', make: blockGroupTreeImage },
  { name: 'a log', make: logImage },
  { name: 'DUP metadata', make: () => btrfsImage(110, '-n', '4096') },
];

/** Signs the superblock and the blocks that were touched, by whatever type of checksum the superblock now names. */
function resigner(blocks: readonly LiveBlock[]) {
  return (image: Buffer, touched: readonly number[], edit: Edit): void => {
    const type = image.readUInt16LE(SUPERBLOCK + 196);
    const sign = (offset: number, length: number): void =>
      edit.bytes(offset, checksumOf(type, image.subarray(offset, offset + length)));
    const hit = (offset: number, length: number): boolean =>
      touched.some((at) => at > offset - 8 && at < offset + length);
    if (hit(SUPERBLOCK, SUPERBLOCK_BYTES)) sign(SUPERBLOCK, SUPERBLOCK_BYTES);
    for (const { offset, length } of blocks) if (hit(offset, length)) sign(offset, length);
  };
}

const LENGTHS = [0n, 1n, 4096n, 65536n, 1n << 24n, 1n << 40n, (1n << 53n) - 1n, 1n << 53n, (1n << 64n) - 4096n];

/** What only somebody who knows btrfs would do. */
function crafter(blocks: readonly LiveBlock[]) {
  return (image: Buffer, random: () => number, edit: Edit): number[] => {
    const pick = <T>(list: readonly T[]): T | undefined => list[seededBelow(random, list.length)];
    const word = (value: bigint): Buffer => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
      return bytes;
    };
    const write = (at: number, bytes: Uint8Array): number[] => {
      edit.bytes(at, bytes);
      return [at];
    };
    const leaves = blocks.filter(({ level }) => level === 0);
    const nodes = blocks.filter(({ level }) => level > 0);
    const leaf = pick(leaves);
    const other = pick(blocks);
    if (leaf === undefined || other === undefined) return [];
    const index = seededBelow(random, leaf.count);
    const key = keyAt(leaf, index);
    const length = word(pick(LENGTHS) ?? 0n);
    switch (seededBelow(random, 12)) {
      case 0: {
        // A pointer to itself, an ancestor, a neighbour, with the generation that is there.
        const node = pick(nodes);
        if (node === undefined) return write(SUPERBLOCK + 80, image.subarray(other.offset + 48, other.offset + 56));
        const at = pointerAt(node, seededBelow(random, node.count));
        edit.bytes(at, image.subarray(other.offset + 48, other.offset + 56));
        return write(at + 8, image.subarray(other.offset + 80, other.offset + 88));
      }
      case 1:
        return write(other.offset, image.subarray(leaf.offset, leaf.offset + leaf.length));
      case 2:
        return write(key + 9, length);
      case 3:
        return write(key, length);
      case 4:
        return write(leaf.offset + 96, word(pick([0n, 1n, 1000n, 0xffffffffn]) ?? 0n).subarray(0, 4));
      case 5: {
        // An extent with the key of another kind.
        return write(key + 8, Buffer.of(pick([168, 169, 176, 192, 216, 228, 132]) ?? 0));
      }
      case 6: {
        const chunks = leaves.find(({ owner }) => owner === OWNER.chunk) ?? leaf;
        const item = itemAt(image, chunks, chunks.count - 1);
        if (image.readUInt8(keyAt(chunks, chunks.count - 1) + 8) !== CHUNK_ITEM) return write(key, length);
        const field = pick([0, 16, 24, 48, 56, 80, 88]) ?? 0;
        return write(item + field, random() < 0.5 ? length : word(BigInt(1 << seededBelow(random, 12))));
      }
      case 7: {
        const groups = leaves.find((block) => image.readUInt8(keyAt(block, 0) + 8) === BLOCK_GROUP_ITEM) ?? leaf;
        return write(itemAt(image, groups, 0), length);
      }
      case 8:
        return write(SUPERBLOCK + (pick([80, 88, 96, 112, 120, 164, 209]) ?? 80), length);
      case 9: {
        // A tree as its own log: the owner does not fit, or does where it is changed along.
        edit.bytes(SUPERBLOCK + 96, image.subarray(other.offset + 48, other.offset + 56));
        edit.bytes(SUPERBLOCK + 200, Buffer.of(other.level));
        edit.bytes(other.offset + 88, word(-6n));
        edit.bytes(other.offset + 80, word(image.readBigUInt64LE(SUPERBLOCK + 72) + 1n));
        return [SUPERBLOCK + 96, other.offset + 80];
      }
      case 10:
        // The system chunks of the superblock.
        return write(SUPERBLOCK + 811 + seededBelow(random, 97), length.subarray(0, 1 + seededBelow(random, 8)));
      default: {
        // The keys of two items change places.
        const second = keyAt(leaf, seededBelow(random, leaf.count));
        const kept = Buffer.from(image.subarray(second, second + 17));
        edit.bytes(second, Buffer.from(image.subarray(key, key + 17)));
        return write(key, kept);
      }
    }
  };
}

describe('mutated btrfs', () => {
  it.each(IMAGES.map((image, index) => ({ ...image, index })))(
    '$name',
    { timeout: 600_000 },
    async ({ make, index }) => {
      const image = await make();
      const blocks = await liveBlocks(image);
      const tally = await fuzzFamily({
        family: btrfs,
        image,
        cases: fuzzCases(IMAGES.length),
        seed: 4000 + index,
        resign: resigner(blocks),
        craft: crafter(blocks),
      });
      expect(tally.damaged).toBeGreaterThan(0);
      expect(tally.mapped).toBeGreaterThan(0);
    },
  );
});
