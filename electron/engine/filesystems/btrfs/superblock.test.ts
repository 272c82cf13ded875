/** The first superblock and its copies: which is believed, and what is said about the others. */
import { describe, expect, it } from 'vitest';
import { btrfsImage, editSuper, sign } from '../../testing/btrfs-edit.ts';
import { expectDamage, expectWhole, extentsOf } from '../../testing/btrfs-findings.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { readUsedMap } from '../used-map.ts';
import { btrfs } from './family.ts';

const MiB = 1024 * 1024;
const SUPERBLOCK = 64 * 1024;
const MIRROR = 64 * MiB;

const mixed = (): Promise<Buffer> => btrfsImage(16, '--mixed');
const twofold = (): Promise<Buffer> => btrfsImage(110);

describe('the superblock', () => {
  it('without another copy', async () => {
    const image = await mixed();
    image.writeUInt8(image.readUInt8(SUPERBLOCK + 0x100) ^ 1, SUPERBLOCK + 0x100);
    const reason = /superblock is damaged \(its checksum is wrong\), and no copy of it is good/;
    await expectDamage(image, { structure: 'superblock', offsetBytes: SUPERBLOCK, reason });
  });

  it.each<[string, (superblock: Buffer) => void]>([
    ['it belongs to another place', (bytes) => bytes.writeUInt32LE(4096, 48)],
    ['its generation is impossible', (bytes) => bytes.writeUInt8(0xff, 79)],
    ['its root tree is impossible', (bytes) => bytes.writeUInt8(1, 80)],
    ['its root tree is impossible', (bytes) => bytes.writeUInt8(8, 198)],
    ['its chunk tree is impossible', (bytes) => bytes.writeUInt8(0xff, 95)],
    ['its chunk tree is impossible', (bytes) => bytes.writeUInt32LE(0xffff, 164)],
    ['its log tree is impossible', (bytes) => bytes.writeUInt8(1, 96)],
    ['its size is impossible', (bytes) => bytes.fill(0, 112, 120)],
    ['its number of used bytes is impossible', (bytes) => bytes.fill(0xff, 120, 128)],
    ['its number of devices is impossible', (bytes) => bytes.fill(0, 136, 144)],
    ['its sector size is impossible', (bytes) => bytes.writeUInt32LE(512, 144)],
    ['its sector size is impossible', (bytes) => bytes.writeUInt32LE(12288, 144)],
    ['its node size is impossible', (bytes) => bytes.writeUInt32LE(131072, 148)],
    ['its leaf size is not its node size', (bytes) => bytes.writeUInt32LE(8192, 152)],
    ['its array of system chunks is too long', (bytes) => bytes.writeUInt32LE(2049, 160)],
    ['its device number is impossible', (bytes) => bytes.fill(0xff, 201, 209)],
    ['the size of its device is impossible', (bytes) => bytes.fill(0, 209, 217)],
    ['the allocated bytes of its device are impossible', (bytes) => bytes.fill(0xff, 217, 225)],
    ['its device belongs to another file system', (bytes) => bytes.writeUInt8(bytes.readUInt8(283) ^ 1, 283)],
  ])('with fields that cannot be: %s', async (reason, change) => {
    const image = editSuper(await mixed(), change);
    await expectDamage(image, {
      structure: 'superblock',
      offsetBytes: SUPERBLOCK,
      reason: new RegExp(`\\(${reason}\\)`),
    });
  });

  it('with a good copy: the same map, with a warning', async () => {
    const image = await twofold();
    const before = await extentsOf(memorySource(image));
    image.fill(0xee, SUPERBLOCK + 0x200, SUPERBLOCK + 0x400);
    const map = await readUsedMap(memorySource(image), { gapBytes: 1 });
    expect([...map.extents]).toEqual(before);
    expect(map.summary.mode).toBe('used');
    expect(map.summary.warnings).toEqual([
      expect.stringMatching(/^The first superblock is damaged .*; the copy at byte 67108864 was used\. btrfs rescue/),
    ]);
  });

  it('with a good copy, but a log that only the first can know: the whole volume', async () => {
    const image = await twofold();
    image.writeUInt32LE(0x1d04000, SUPERBLOCK + 96);
    await expectWhole(image, /first superblock names a log that waits for replay/);
  });

  it('with a copy of an earlier time, as a shrunken file system leaves it behind: the whole volume', async () => {
    const image = await twofold();
    image.writeBigUInt64LE(image.readBigUInt64LE(SUPERBLOCK + 72) + 5n, SUPERBLOCK + 72);
    await expectWhole(image, /first superblock is of a later time than the only good copy/);
  });

  it('with a copy that is an older file system', async () => {
    const image = await twofold();
    image.writeUInt8(image.readUInt8(MIRROR + 32) ^ 1, MIRROR + 32);
    image.writeUInt8(image.readUInt8(MIRROR + 283) ^ 1, MIRROR + 283);
    sign(image, MIRROR, 4096);
    image.writeUInt8(1, SUPERBLOCK + 0x200);
    const reason = /no copy of it is good/;
    await expectDamage(image, { structure: 'superblock', offsetBytes: SUPERBLOCK, reason });
  });

  it('with a bad copy', async () => {
    const image = await twofold();
    for (const offset of [SUPERBLOCK, MIRROR]) image.writeUInt8(1, offset + 0x200);
    const reason = /no copy of it is good/;
    await expectDamage(image, { structure: 'superblock', offsetBytes: SUPERBLOCK, reason });
  });

  it('that is gone is not looked for: the copy may be of another time', async () => {
    const image = await twofold();
    image.fill(0, SUPERBLOCK, SUPERBLOCK + 4096);
    expect(await btrfs.probe(memorySource(image))).toBeUndefined();
    expect((await readUsedMap(memorySource(image), { gapBytes: 1 })).summary.mode).toBe('raw');
  });

  it('on a bad sector: the whole volume, with or without a copy', async () => {
    const image = await twofold();
    const map = await readUsedMap(memorySource(image, [SUPERBLOCK + 100]), { gapBytes: 1 });
    expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
    expect(map.summary.warnings.join()).toMatch(/cannot be read from the volume \(EIO\).*whole volume/);
    await expect(btrfs.probe(memorySource(image, [SUPERBLOCK + 100]))).rejects.toMatchObject({
      details: { structure: 'superblock', offsetBytes: SUPERBLOCK, unreadable: true },
    });
    expect(await btrfs.probe(memorySource(await mixed(), [SUPERBLOCK + 100]))).toBeUndefined();
  });

  it('of a volume that is too short for one', async () => {
    expect(await btrfs.probe(memorySource(Buffer.alloc(SUPERBLOCK + 4095)))).toBeUndefined();
  });
});
