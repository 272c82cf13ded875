/** Mutated superblocks, descriptors and bitmaps of ext: only typed errors, sane extents, bounded reads and time. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type Edit, fuzzCases, fuzzFamily } from '../../testing/fuzz-family.ts';
import { seededBelow } from '../../testing/seeded.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { crc32c, littleEndian32 } from '../crc32c.ts';
import { ext } from './family.ts';

const MiB = 1024 * 1024;
const SUPERBLOCK = 1024;
const CHECKSUM_AT = 0x3fc;

/** Counts and sizes of the superblock. */
const COUNTS = [0x4, 0x20, 0x28, 0x18, 0x1c, 0xfe, 0xce, 0x104];

const IMAGES: [string, ...string[]][] = [
  ['ext2', '-b', '1024'],
  ['ext4', '-b', '1024'],
  ['ext4', '-b', '4096', '-O', '^metadata_csum'],
  ['ext4', '-b', '1024', '-O', '^metadata_csum,meta_bg,^resize_inode'],
  ['ext4', '-b', '1024', '-O', '^metadata_csum,bigalloc'],
];

const u32 = (value: number): Buffer => Buffer.from(littleEndian32(value >>> 0));

/** Descriptors lie in the block after the superblock's. */
function descriptorsAt(image: Buffer): { at: number; bytes: number } {
  const blockBytes = 1024 << Math.min(6, image.readUInt32LE(SUPERBLOCK + 0x18));
  const is64 = (image.readUInt32LE(SUPERBLOCK + 0x60) & 0x80) !== 0;
  return { at: blockBytes === 1024 ? 2048 : blockBytes, bytes: is64 ? image.readUInt16LE(SUPERBLOCK + 0xfe) : 32 };
}

/** The superblock's checksum, and those of the first descriptors where there are some. */
function resign(image: Buffer, touched: readonly number[], edit: Edit): void {
  const sum = crc32c(0xffffffff, image.subarray(SUPERBLOCK, SUPERBLOCK + CHECKSUM_AT));
  edit.bytes(SUPERBLOCK + CHECKSUM_AT, u32(sum));
  if ((image.readUInt32LE(SUPERBLOCK + 0x64) & 0x400) === 0) return;
  const seed = crc32c(0xffffffff, image.subarray(SUPERBLOCK + 0x68, SUPERBLOCK + 0x78));
  const { at, bytes } = descriptorsAt(image);
  if (bytes < 32 || bytes > 1024) return;
  for (const place of touched) {
    const group = Math.floor((place - at) / bytes);
    if (group < 0 || group > 64) continue;
    const descriptor = Buffer.from(image.subarray(at + group * bytes, at + (group + 1) * bytes));
    descriptor.writeUInt16LE(0, 0x1e);
    const signature = crc32c(crc32c(seed, littleEndian32(group)), descriptor) & 0xffff;
    edit.bytes(at + group * bytes + 0x1e, Buffer.of(signature & 0xff, signature >>> 8));
  }
}

/** Bitmaps on top of each other, outside, or on the superblock; absurd counts. */
function craft(image: Buffer, random: () => number, edit: Edit): readonly number[] {
  const { at, bytes } = descriptorsAt(image);
  const group = seededBelow(random, 4);
  const place = at + group * Math.max(32, Math.min(1024, bytes));
  const values = [0, 1, 2, 3, image.readUInt32LE(at), 0x7fffffff, 0xffffffff, seededBelow(random, 40_000)];
  const value = values[seededBelow(random, values.length)] ?? 0;
  if (random() < 0.6) edit.bytes(place + 4 * seededBelow(random, 3), u32(value));
  else edit.bytes(SUPERBLOCK + (COUNTS[seededBelow(random, COUNTS.length)] ?? 0), u32(value));
  return [place];
}

describe('mutated ext file systems', () => {
  it.each(IMAGES.map((mkfs, index) => ({ name: mkfs.join(' '), mkfs, index })))(
    '$name',
    { timeout: 600_000 },
    async ({ mkfs, index }) => {
      await using workspace = await createWorkspace();
      const path = workspace.path('image');
      await createSparseFile(path, 20 * MiB);
      await makeFileSystem(path, mkfs);
      const image = await readFile(path);
      const pristine = Buffer.from(image);
      const tally = await fuzzFamily({
        family: ext,
        image,
        cases: fuzzCases(IMAGES.length),
        seed: 1000 + index,
        resign,
        craft,
      });
      expect(image.equals(pristine)).toBe(true);
      expect(tally.mapped).toBeGreaterThan(0);
      expect(tally.damaged).toBeGreaterThan(0);
    },
  );
});
