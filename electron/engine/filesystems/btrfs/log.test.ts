/** The log that waits for replay: all of it is in the map, and what is wrong in it is found. */
import { describe, expect, it } from 'vitest';
import { extentBytes } from '../../base/extents.ts';
import {
  editSuper,
  itemAt,
  itemOfType,
  keyAt,
  type LiveBlock,
  liveBlocks,
  OWNER,
  sign,
} from '../../testing/btrfs-edit.ts';
import { expectDamage } from '../../testing/btrfs-findings.ts';
import { logImage } from '../../testing/btrfs-images.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { readUsedMap } from '../used-map.ts';

const SUPERBLOCK = 64 * 1024;
const EXTENT_DATA = 108;
const ROOT_ITEM = 132;

/** A leaf of the log that has an item of this type. */
async function leafWith(image: Buffer, type: number): Promise<LiveBlock> {
  for (const block of await liveBlocks(image)) {
    if (block.owner !== OWNER.log || block.level > 0) continue;
    for (let index = 0; index < block.count; index++) {
      if (image.readUInt8(keyAt(block, index) + 8) === type) return block;
    }
  }
  throw new Error(`no leaf of the log with items of type ${type}`);
}

/** Where the first file extent that is not inline starts. */
function fileExtentAt(image: Buffer, leaf: LiveBlock): number {
  for (let index = 0; index < leaf.count; index++) {
    const item = itemAt(image, leaf, index);
    if (image.readUInt8(keyAt(leaf, index) + 8) === EXTENT_DATA && image.readUInt8(item + 20) === 1) return item;
  }
  throw new Error('no file extent');
}

/** Read whole; a plan leaves out the log, which is empty by the time the volume is imaged. */
async function expectWholeLog(image: Buffer, warning: RegExp): Promise<void> {
  const { summary } = await readUsedMap(memorySource(image), { gapBytes: 1 });
  expect(summary.mode).toBe('raw');
  expect(summary.warnings.join()).toMatch(warning);
  expect((await readUsedMap(memorySource(image), { gapBytes: 1, estimate: true })).summary.mode).toBe('used');
}

describe('a log that waits for replay', () => {
  it('is dirty, and read with its blocks and its data', async () => {
    const image = await logImage();
    const { facts, summary, extents } = await readUsedMap(memorySource(image), { gapBytes: 1 });
    expect(facts.state).toBe('dirty');
    expect(summary).toMatchObject({ mode: 'used', warnings: [] });
    const logged = (await liveBlocks(image)).filter(({ owner }) => owner === OWNER.log);
    expect(logged.length).toBeGreaterThanOrEqual(3);
    const covers = (offset: number): boolean =>
      extents.some((start, at) => at % 2 === 0 && offset >= start && offset + 4096 <= start + (extents[at + 1] ?? 0));
    for (const { offset } of logged) expect(covers(offset)).toBe(true);
    // 30 new files of 4, 8 or 12 KiB, 8 KiB appended, 4 KiB overwritten: none of it is in the extent tree.
    const committed = await readUsedMap(memorySource(editSuper(image, (superblock) => superblock.fill(0, 96, 104))), {
      gapBytes: 1,
    });
    expect(committed.facts.state).toBe('clean');
    expect(extentBytes(extents) - extentBytes(committed.extents)).toBe(30 * 8192 + 8192 + 4096 + logged.length * 4096);
  });

  it('in a place that is in no chunk', async () => {
    const image = editSuper(await logImage(), (superblock) => superblock.writeUInt32LE(8192, 96));
    const reason =
      /superblock at byte 65536 names a block of the tree of log trees at logical address 8192, which is in no/;
    await expectDamage(image, { structure: 'superblock', offsetBytes: SUPERBLOCK, reason });
  });

  it('with a bad block', async () => {
    const image = await logImage();
    const { offset } = await leafWith(image, ROOT_ITEM);
    image.writeUInt8(image.readUInt8(offset + 150) ^ 1, offset + 150);
    await expectDamage(image, {
      structure: 'block of the tree of log trees',
      offsetBytes: offset,
      reason: /has a wrong checksum/,
    });
  });

  it('of another transaction than the next', async () => {
    const image = await logImage();
    const { offset, length } = await leafWith(image, ROOT_ITEM);
    image.writeUInt32LE(image.readUInt32LE(offset + 80) - 1, offset + 80);
    sign(image, offset, length);
    await expectDamage(image, {
      structure: 'block of the tree of log trees',
      offsetBytes: offset,
      reason: /is of generation \d+ instead of \d+/,
    });
  });

  it('with a bad block of one subvolume', async () => {
    const image = await logImage();
    const { offset } = await leafWith(image, EXTENT_DATA);
    image.writeUInt8(image.readUInt8(offset + 150) ^ 1, offset + 150);
    await expectDamage(image, {
      structure: 'block of the log tree',
      offsetBytes: offset,
      reason: /has a wrong checksum/,
    });
  });

  it.each<[string, (image: Buffer, item: number) => void]>([
    ['in no chunk', (image, item) => image.writeUInt8(1, item + 21 + 5)],
    ['between sectors', (image, item) => image.writeUInt8(1, item + 21)],
    ['longer than its chunk', (image, item) => image.writeUInt8(1, item + 29 + 4)],
    ['without length', (image, item) => image.fill(0, item + 29, item + 37)],
  ])('with data %s', async (_, change) => {
    const image = await logImage();
    const leaf = await leafWith(image, EXTENT_DATA);
    change(image, fileExtentAt(image, leaf));
    sign(image, leaf.offset, leaf.length);
    await expectDamage(image, {
      structure: 'block of a log tree',
      offsetBytes: leaf.offset,
      reason: /logged extent of \d+ bytes at logical address \d+ is/,
    });
  });

  it('with file extents of an unknown type', async () => {
    const image = await logImage();
    const leaf = await leafWith(image, EXTENT_DATA);
    image.writeUInt8(3, fileExtentAt(image, leaf) + 20);
    sign(image, leaf.offset, leaf.length);
    await expectWholeLog(image, /file extents of type 3/);
  });

  it('with a file extent that is cut short', async () => {
    const image = await logImage();
    const leaf = await leafWith(image, EXTENT_DATA);
    const key = keyAt(leaf, itemOfType(image, leaf, EXTENT_DATA));
    // What the item loses, the one after it gains.
    image.writeUInt32LE(image.readUInt32LE(key + 17) + 33, key + 17);
    image.writeUInt32LE(20, key + 21);
    image.writeUInt32LE(image.readUInt32LE(key + 25 + 21) + 33, key + 25 + 21);
    sign(image, leaf.offset, leaf.length);
    const reason = /file extent in a log tree has an impossible length/;
    await expectDamage(image, { structure: 'block of a log tree', offsetBytes: leaf.offset, reason });
  });

  it('with unknown items among its files', async () => {
    const image = await logImage();
    const leaf = await leafWith(image, EXTENT_DATA);
    image.writeUInt8(EXTENT_DATA + 1, keyAt(leaf, itemOfType(image, leaf, EXTENT_DATA)) + 8);
    sign(image, leaf.offset, leaf.length);
    await expectWholeLog(image, /log tree holds items of type 109/);
  });

  it('with unknown items among its roots', async () => {
    const image = await logImage();
    const leaf = await leafWith(image, ROOT_ITEM);
    const last = keyAt(leaf, leaf.count - 1);
    image.writeUInt8(133, last + 8);
    sign(image, leaf.offset, leaf.length);
    expect(itemOfType(image, leaf, 133)).toBe(leaf.count - 1);
    await expectWholeLog(image, /tree of log trees holds items of type 133/);
  });
});
