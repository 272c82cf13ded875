/** Chunks that cannot be are named, whether the chunk tree or the superblock tells of them. */
import { describe, it } from 'vitest';
import { blockOf, btrfsImage, editSuper, itemAt, itemOfType, keyAt, OWNER, sign } from '../../testing/btrfs-edit.ts';
import { expectDamage } from '../../testing/btrfs-findings.ts';

const MiB = 1024 * 1024;
const SUPERBLOCK = 64 * 1024;
const CHUNK_ITEM = 228;

const mixed = (): Promise<Buffer> => btrfsImage(16, '--mixed');

describe('chunks', () => {
  const chunkLeaf = async (image: Buffer) => {
    const block = await blockOf(image, OWNER.chunk);
    return { block, item: itemAt(image, block, block.count - 1) };
  };

  it.each<[string, (image: Buffer, item: number) => void]>([
    ['has an impossible length or start', (image, item) => image.writeUInt32LE(100, item)],
    ['has an impossible length or start', (image, item) => image.fill(0xff, item, item + 8)],
    ['has an impossible stripe length', (image, item) => image.writeUInt32LE(4096, item + 16)],
    ['has an impossible type', (image, item) => image.writeUInt8(0, item + 24)],
    ['has an impossible type', (image, item) => image.writeUInt8(0x31, item + 24)],
    ['has an impossible number of stripes', (image, item) => image.writeUInt16LE(7, item + 44)],
    ['has an impossible number of stripes', (image, item) => image.writeUInt8(0x21, item + 24)],
    ['lies outside the device', (image, item) => image.writeUInt32LE(0x7ffff000, item + 56)],
    ['lies outside the device', (image, item) => image.writeUInt8(1, item + 56)],
  ])('%s', async (reason, change) => {
    const image = await mixed();
    const { block, item } = await chunkLeaf(image);
    change(image, item);
    sign(image, block.offset, block.length);
    await expectDamage(image, {
      structure: 'block of the chunk tree',
      offsetBytes: block.offset,
      reason: new RegExp(`The chunk at logical address \\d+ ${reason}`),
    });
  });

  it('that share a place', async () => {
    const image = await mixed();
    const { block, item } = await chunkLeaf(image);
    image.copy(
      image,
      item + 56,
      itemAt(image, block, block.count - 2) + 56,
      itemAt(image, block, block.count - 2) + 64,
    );
    sign(image, block.offset, block.length);
    const reason = /Two chunks share the place at byte \d+/;
    await expectDamage(image, { structure: 'chunk tree', offsetBytes: SUPERBLOCK, reason });
  });

  it('that overlap by their addresses', async () => {
    const image = await mixed();
    const { block } = await chunkLeaf(image);
    const first = itemOfType(image, block, CHUNK_ITEM);
    image.writeUInt32LE(8 * MiB, itemAt(image, block, first));
    sign(image, block.offset, block.length);
    const reason = /overlaps the one before it/;
    await expectDamage(image, { structure: 'block of the chunk tree', offsetBytes: block.offset, reason });
  });

  it('without a record of the device', async () => {
    const image = await mixed();
    const leaf = await blockOf(image, OWNER.chunk);
    const bytes = image.readUInt32LE(keyAt(leaf, 0) + 21);
    const last = itemAt(image, leaf, leaf.count - 1);
    image.copyWithin(last + bytes, last, itemAt(image, leaf, 0));
    for (let index = 1; index < leaf.count; index++) {
      const offset = keyAt(leaf, index) + 17;
      image.writeUInt32LE(image.readUInt32LE(offset) + bytes, offset);
    }
    image.copyWithin(keyAt(leaf, 0), keyAt(leaf, 1), keyAt(leaf, leaf.count));
    image.writeUInt32LE(leaf.count - 1, leaf.offset + 96);
    sign(image, leaf.offset, leaf.length);
    const reason = /chunk tree has 0 records of this device/;
    await expectDamage(image, { structure: 'chunk tree', offsetBytes: SUPERBLOCK, reason });
  });

  it.each<[string, (superblock: Buffer) => void]>([
    ['ends within a chunk', (bytes) => bytes.writeUInt32LE(96, 160)],
    ['ends within a chunk', (bytes) => bytes.writeUInt32LE(20, 160)],
    ['ends within a chunk', (bytes) => bytes.writeUInt16LE(2, 811 + 17 + 44)],
    ['holds something that is no chunk', (bytes) => bytes.writeUInt8(1, 811 + 8)],
    ['holds a chunk of another kind', (bytes) => bytes.writeUInt8(4, 811 + 17 + 24)],
    ['is another one in the chunk tree', (bytes) => bytes.writeUInt32LE(8 * MiB, 811 + 17)],
  ])('in the superblock: %s', async (reason, change) => {
    const image = editSuper(await mixed(), change);
    const structure = 'array of system chunks';
    await expectDamage(image, { structure, offsetBytes: SUPERBLOCK, reason: new RegExp(reason) });
  });
});
