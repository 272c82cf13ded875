/** The device tree has to tell the same as the chunk tree. */
import { describe, expect, it } from 'vitest';
import { blockOf, itemAt, itemOfType, keyAt, type LiveBlock, OWNER, sign } from '../../testing/btrfs-edit.ts';
import { expectDamage } from '../../testing/btrfs-findings.ts';
import { blockGroupTreeImage } from '../../testing/btrfs-images.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { readUsedMap } from '../used-map.ts';

const DEV_EXTENT = 204;
const DEV_STATS = 249;
const DEV_REPLACE = 250;

async function imageAndLeaf(): Promise<{ image: Buffer; leaf: LiveBlock }> {
  const image = await blockGroupTreeImage();
  return { image, leaf: await blockOf(image, OWNER.dev) };
}

describe('device extents that are not where the chunks are', () => {
  it.each<[string, (image: Buffer, key: number, item: number) => void]>([
    ['at another place', (image, key) => image.writeUInt32LE(image.readUInt32LE(key + 9) + 65536, key + 9)],
    ['of another device', (image, key) => image.writeUInt8(2, key)],
    ['of another length', (image, _, item) => image.writeUInt32LE(65536, item + 24)],
    ['of another chunk', (image, _, item) => image.writeUInt32LE(65536, item + 16)],
    ['not there', (image, key) => image.writeUInt8(205, key + 8)],
  ])('%s', async (_, change) => {
    const { image, leaf } = await imageAndLeaf();
    // The last, so that keys ascend whatever it becomes.
    const index = leaf.count - 1;
    expect(image.readUInt8(keyAt(leaf, index) + 8)).toBe(DEV_EXTENT);
    change(image, keyAt(leaf, index), itemAt(image, leaf, index));
    sign(image, leaf.offset, leaf.length);
    await expectDamage(image, {
      structure: 'block of the device tree',
      offsetBytes: leaf.offset,
      reason: /device tree and the chunk tree do not agree about what is at byte \d+/,
    });
  });
});

describe('a replacement of the device', () => {
  it.each([
    ['never started', 0, 'used'],
    ['under way', 1, 'raw'],
    ['finished', 2, 'used'],
    ['cancelled', 3, 'used'],
    ['suspended', 4, 'raw'],
  ])('%s', async (_, state, mode) => {
    const { image, leaf } = await imageAndLeaf();
    // The device's statistics become a record of a replacement: both are 40 bytes and more.
    const index = itemOfType(image, leaf, DEV_STATS);
    image.writeUInt8(DEV_REPLACE, keyAt(leaf, index) + 8);
    image.writeUInt32LE(state, itemAt(image, leaf, index) + 32);
    sign(image, leaf.offset, leaf.length);
    const { summary } = await readUsedMap(memorySource(image), { gapBytes: 1 });
    expect(summary.mode).toBe(mode);
    if (mode === 'raw') expect(summary.warnings.join()).toMatch(/replacement of the device .* was not finished/);
  });
});
