/** What is done about btrfs that is damaged: named with its place, mended by a good copy, never mapped by a bad one. */
import { describe, expect, it } from 'vitest';
import {
  blockOf,
  btrfsImage,
  editSuper,
  itemAt,
  itemOfType,
  keyAt,
  type LiveBlock,
  liveBlocks,
  OWNER,
  pointerAt,
  sign,
} from '../../testing/btrfs-edit.ts';
import { expectDamage, extentsOf, mapError } from '../../testing/btrfs-findings.ts';
import { blockGroupTreeImage } from '../../testing/btrfs-images.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { readUsedMap } from '../used-map.ts';
import { btrfs } from './family.ts';

const MiB = 1024 * 1024;
const SUPERBLOCK = 64 * 1024;
const EXTENT_ITEM = 168;
const METADATA_ITEM = 169;
const BLOCK_GROUP_ITEM = 192;

const mixed = (): Promise<Buffer> => btrfsImage(16, '--mixed');
const twofold = (): Promise<Buffer> => btrfsImage(110);

describe('tree blocks that are kept twice', () => {
  it.each([OWNER.chunk, OWNER.root, OWNER.extent])('tree %i: the other copy is used, with a warning', async (owner) => {
    const image = await twofold();
    const before = await extentsOf(memorySource(image));
    const { offset } = await blockOf(image, owner);
    image.writeUInt8(image.readUInt8(offset + 200) ^ 1, offset + 200);
    const probe = await btrfs.probe(memorySource(image));
    expect([...((await probe?.usedExtents()) ?? [])]).toEqual(before);
    const told = new RegExp(`^The block of the .* at byte ${offset} has a wrong checksum\\. Its other copy was used`);
    expect(probe?.warnings).toEqual([expect.stringMatching(told)]);
  });

  it('a bad sector in the first copy', async () => {
    const image = await twofold();
    const { offset } = await blockOf(image, OWNER.extent);
    const probe = await btrfs.probe(memorySource(image, [offset + 5000]));
    expect([...((await probe?.usedExtents()) ?? [])]).toEqual(await extentsOf(memorySource(image)));
    expect(probe?.warnings).toEqual([expect.stringMatching(/cannot be read .*\(EIO\)\. Its other copy was used/)]);
    expect((await readUsedMap(memorySource(image, [offset + 5000]), { gapBytes: 1 })).summary.mode).toBe('used');
  });

  it('both copies bad', async () => {
    const image = await twofold();
    const { offset } = await blockOf(image, OWNER.extent);
    const copy = image.indexOf(image.subarray(offset, offset + 4096), offset + 4096);
    for (const at of [offset, copy]) image.writeUInt8(image.readUInt8(at + 200) ^ 1, at + 200);
    const reason = /has a wrong checksum/;
    await expectDamage(image, { structure: 'block of the extent tree', offsetBytes: offset, reason });
  });

  it('both copies on bad sectors: the whole volume; one bad sector and one bad copy: damage', async () => {
    const image = await twofold();
    const { offset } = await blockOf(image, OWNER.extent);
    const copy = image.indexOf(image.subarray(offset, offset + 4096), offset + 4096);
    const map = await readUsedMap(memorySource(image, [offset, copy]), { gapBytes: 1 });
    expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
    expect(map.summary.warnings.join()).toMatch(/block of the extent tree cannot be read .*whole volume is read/);
    image.writeUInt8(image.readUInt8(copy + 200) ^ 1, copy + 200);
    const error = await mapError(memorySource(image, [offset]));
    expect(error.details).toMatchObject({ offsetBytes: copy, reason: expect.stringMatching(/wrong checksum/) });
    expect(error.details.unreadable).toBeUndefined();
  });
});

describe('tree blocks that are not what was expected', () => {
  it.each<[string, (image: Buffer, block: LiveBlock) => void]>([
    ['belongs to another file system', (image, { offset }) => image.writeUInt8(1, offset + 33)],
    ['belongs to another place', (image, { offset }) => image.writeUInt32LE(0x10000, offset + 48)],
    ['belongs to another tree', (image, { offset }) => image.writeUInt8(5, offset + 88)],
    ['is of generation 1 instead of \\d+', (image, { offset }) => image.writeUInt32LE(1, offset + 80)],
    ['is of generation Infinity instead of \\d+', (image, { offset }) => image.fill(0xff, offset + 80, offset + 88)],
    ['is of level 1 instead of 0', (image, { offset }) => image.writeUInt8(1, offset + 100)],
    ['has more entries than it has room for', (image, { offset }) => image.writeUInt32LE(0x7fffffff, offset + 96)],
    ['has keys that do not ascend', (image, block) => image.writeUInt32LE(1, keyAt(block, 1))],
    ['has items in impossible places', (image, block) => image.writeUInt32LE(0xfffffff0, keyAt(block, 1) + 17)],
    ['has items in impossible places', (image, block) => image.writeUInt32LE(9, keyAt(block, 0) + 21)],
  ])('%s', async (reason, change) => {
    const image = await mixed();
    const block = await blockOf(image, OWNER.extent);
    change(image, block);
    sign(image, block.offset, block.length);
    const structure = 'block of the extent tree';
    await expectDamage(image, { structure, offsetBytes: block.offset, reason: new RegExp(reason) });
  });

  it('a child that does not start with the key that its parent names', async () => {
    const image = await blockGroupTreeImage();
    const node = await blockOf(image, OWNER.extent, 1);
    const key = image.subarray(keyAt(node, 0), keyAt(node, 0) + 17);
    const leaf = (await liveBlocks(image)).find(
      (block) => block.level === 0 && key.equals(image.subarray(keyAt(block, 0), keyAt(block, 0) + 17)),
    );
    image.writeUInt32LE(image.readUInt32LE(keyAt(node, 0)) - 4096, keyAt(node, 0));
    sign(image, node.offset, node.length);
    await expectDamage(image, {
      structure: 'block of the extent tree',
      offsetBytes: leaf?.offset ?? -1,
      reason: /does not start with the key/,
    });
  });

  it.each<[string, (image: Buffer, node: LiveBlock) => number | bigint, RegExp]>([
    [
      'itself: a cycle',
      (image, node) => image.readBigUInt64LE(node.offset + 48),
      /is of generation|level 1 instead of 0/,
    ],
    ['its neighbour', (image, node) => image.readBigUInt64LE(pointerAt(node, 0)), /does not start with|generation/],
    [
      'a place in no chunk',
      () => 2n ** 40n,
      /names a block of the extent tree at logical address 1099511627776, which is in no chunk/,
    ],
    ['no sector', (image, node) => image.readBigUInt64LE(pointerAt(node, 1)) + 1n, /which is in no chunk/],
  ])('a node that points to %s', async (_, target, reason) => {
    const image = await blockGroupTreeImage();
    const node = await blockOf(image, OWNER.extent, 1);
    image.writeBigUInt64LE(BigInt(target(image, node)), pointerAt(node, 1));
    sign(image, node.offset, node.length);
    const error = await mapError(memorySource(image));
    expect(error.code).toBe('FILESYSTEM_DAMAGED');
    expect(error.details.reason).toMatch(reason);
  });

  it('an empty node', async () => {
    const image = await blockGroupTreeImage();
    const node = await blockOf(image, OWNER.extent, 1);
    image.writeUInt32LE(0, node.offset + 96);
    sign(image, node.offset, node.length);
    const structure = 'block of the extent tree';
    await expectDamage(image, { structure, offsetBytes: node.offset, reason: /has no entries/ });
  });

  it('a root tree without the extent tree', async () => {
    const image = await mixed();
    const leaf = await blockOf(image, OWNER.root);
    image.writeUInt8(1, keyAt(leaf, 0));
    sign(image, leaf.offset, leaf.length);
    const reason = /does not name the extent tree/;
    await expectDamage(image, { structure: 'root tree', offsetBytes: SUPERBLOCK, reason });
  });
});

describe('counts and extents', () => {
  const edited = async (type: number, change: (image: Buffer, key: number, item: number) => void) => {
    const image = await mixed();
    const block = await blockOf(image, OWNER.extent);
    const index = itemOfType(image, block, type);
    change(image, keyAt(block, index), itemAt(image, block, index));
    return { image: sign(image, block.offset, block.length), block };
  };

  it('a block group that counts one sector more than its extents', async () => {
    const { image } = await edited(BLOCK_GROUP_ITEM, (bytes, _, item) => {
      bytes.writeUInt32LE(bytes.readUInt32LE(item) + 4096, item);
    });
    const reason = /block group at logical address \d+ counts \d+ used bytes, its extents are \d+ bytes/;
    await expectDamage(image, { structure: 'extent tree', offsetBytes: SUPERBLOCK, reason });
    // In use, the two may be caught apart.
    const plan = await readUsedMap(memorySource(image), { gapBytes: 1, estimate: true });
    expect(plan.summary.mode).toBe('used');
  });

  it('a superblock that counts one sector less', async () => {
    const image = editSuper(await mixed(), (bytes) => bytes.writeUInt32LE(bytes.readUInt32LE(120) - 4096, 120));
    const reason = /superblock counts 32768 used bytes, the extents are 36864 bytes/;
    await expectDamage(image, { structure: 'extent tree', offsetBytes: SUPERBLOCK, reason });
  });

  it('a block group that is not there', async () => {
    const { image } = await edited(BLOCK_GROUP_ITEM, (bytes, key) => bytes.writeUInt8(184, key + 8));
    const reason = /The chunk at logical address \d+ has no block group/;
    await expectDamage(image, { structure: 'extent tree', offsetBytes: SUPERBLOCK, reason });
  });

  it.each<[string, (image: Buffer, key: number, item: number) => void]>([
    ['another length', (image, key) => image.writeUInt32LE(4096, key + 9)],
    ['another type', (image, _, item) => image.writeUInt8(1, item + 16)],
    ['more used than it is long', (image, _, item) => image.writeUInt8(1, item + 6)],
  ])('a block group of %s', async (_, change) => {
    const { image, block } = await edited(BLOCK_GROUP_ITEM, change);
    const reason = /block group of \d+ bytes at logical address \d+ does not fit the chunks/;
    await expectDamage(image, { structure: 'block of the extent tree', offsetBytes: block.offset, reason });
  });

  it('a tree block that is not at a sector', async () => {
    const { image, block } = await edited(METADATA_ITEM, (bytes, key) => {
      bytes.writeUInt32LE(bytes.readUInt32LE(key) + 512, key);
    });
    const reason = /extent of 4096 bytes at logical address \d+ is impossible/;
    await expectDamage(image, { structure: 'block of the extent tree', offsetBytes: block.offset, reason });
  });

  it.each([
    [8192, /overlaps another/],
    [2 ** 31, /lies in no chunk/],
    [0, /is impossible/],
  ])('an extent of %i bytes', async (length, reason) => {
    const image = await mixed();
    const block = await blockOf(image, OWNER.extent);
    const address = (index: number): number => image.readUInt32LE(keyAt(block, index));
    const isTreeBlock = (index: number): boolean => image.readUInt8(keyAt(block, index) + 8) === METADATA_ITEM;
    let index = 0;
    while (!isTreeBlock(index) || address(index + 1) !== address(index) + 4096) index += 1;
    // A tree block becomes an extent with a length; its neighbour follows directly.
    image.writeUInt8(EXTENT_ITEM, keyAt(block, index) + 8);
    image.writeUInt32LE(length, keyAt(block, index) + 9);
    sign(image, block.offset, block.length);
    await expectDamage(image, { structure: 'block of the extent tree', offsetBytes: block.offset, reason });
  });
});

describe('a plan of a file system in use', () => {
  it('whose trees do not hold still counts everything that is allocated', async () => {
    const image = await mixed();
    const exact = await extentsOf(memorySource(image));
    const block = await blockOf(image, OWNER.extent);
    image.writeUInt32LE(1, block.offset + 80);
    sign(image, block.offset, block.length);
    const { summary, extents } = await readUsedMap(memorySource(image), { gapBytes: 1, estimate: true });
    expect(summary.mode).toBe('used');
    // The first mebibyte and the two chunks of 4194304 and 1638400 bytes and the next of that kind.
    expect(extents[1]).toBeGreaterThan(5 * MiB);
    expect(exact[1]).toBe(MiB);
  });

  it('whose chunk tree cannot be read is damaged', async () => {
    const image = await mixed();
    const block = await blockOf(image, OWNER.chunk);
    image.writeUInt8(1, block.offset + 200);
    expect((await mapError(memorySource(image), true)).code).toBe('FILESYSTEM_DAMAGED');
  });
});

describe('reading', () => {
  it('stops when cancelled', async () => {
    const source = memorySource(await mixed());
    const probe = await btrfs.probe(source);
    const error = await probe?.usedExtents(AbortSignal.abort()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CANCELLED' });
    await expect(btrfs.probe(source, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('takes one read to probe', async () => {
    const source = memorySource(await twofold());
    await btrfs.probe(source);
    expect(source.readBytes).toBe(4096);
  });

  it('joins runs over gaps, and covers what it covers without', async () => {
    const source = memorySource(await blockGroupTreeImage());
    const probe = await btrfs.probe(source);
    const fine = (await probe?.usedExtents()) ?? [];
    const coarse = (await probe?.usedExtents(undefined, { gapBytes: 64 * 1024 })) ?? [];
    expect(coarse.length).toBeLessThan(fine.length);
    for (let at = 0; at < fine.length; at += 2) {
      const start = fine[at] ?? 0;
      const end = start + (fine[at + 1] ?? 0);
      const covered = coarse.findLastIndex((offset, index) => index % 2 === 0 && offset <= start);
      expect((coarse[covered] ?? 0) + (coarse[covered + 1] ?? 0)).toBeGreaterThanOrEqual(end);
    }
  });
});
