/** Facts, and what makes a map of used blocks a guess: then the volume is read whole, and a sentence says why. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { blockOf, btrfsImage, editSuper, itemAt, itemOfType, keyAt, OWNER, sign } from '../../testing/btrfs-edit.ts';
import { expectWhole } from '../../testing/btrfs-findings.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { runProgram } from '../../testing/run-program.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { readUsedMap } from '../used-map.ts';

const MiB = 1024 * 1024;
const WORD = { compat: 172, compatRo: 180, incompat: 188, flags: 56 } as const;
const BLOCK_GROUP_ITEM = 192;
const CHUNK_ITEM = 228;

const mixed = (): Promise<Buffer> => btrfsImage(16, '--mixed');

function setBits(image: Buffer, word: keyof typeof WORD, bits: bigint): Buffer {
  return editSuper(image, (superblock) => {
    superblock.writeBigUInt64LE(superblock.readBigUInt64LE(WORD[word]) | bits, WORD[word]);
  });
}

describe('facts', () => {
  it.each([
    { mkfs: ['--mixed', '-L', 'Größe'], mebibytes: 16 },
    { mkfs: ['-L', 'x'.repeat(255), '--csum', 'sha256'], mebibytes: 110 },
    { mkfs: ['-U', '11111111-2222-3333-4444-555555555555'], mebibytes: 120 },
  ])('as blkid prints them: $mkfs.1', async ({ mkfs, mebibytes }) => {
    await using workspace = await createWorkspace();
    const path = workspace.path('image');
    await createSparseFile(path, mebibytes * MiB);
    await makeFileSystem(path, ['btrfs', ...mkfs]);
    const { facts, summary } = await readUsedMap(memorySource(await readFile(path)), { gapBytes: 1 });
    const field = async (name: string) => (await runProgram('blkid', ['-p', '-o', 'value', '-s', name, path])).trim();
    expect(facts).toMatchObject({ type: await field('TYPE'), uuid: await field('UUID'), label: await field('LABEL') });
    expect(facts.blockSizeBytes).toBe(Number(await field('BLOCK_SIZE')));
    expect(facts).toMatchObject({ totalBytes: mebibytes * MiB, state: 'clean' });
    expect(facts.usedBytes + facts.freeBytes).toBe(facts.totalBytes);
    expect(summary).toMatchObject({ mode: 'used', warnings: [] });
  });
});

describe('features', () => {
  it.each([
    ['incompat', 15n, 'FEATURE_I15'],
    ['incompat', 18n, 'FEATURE_I18'],
    ['incompat', 31n, 'FEATURE_I31'],
    ['incompat', 63n, 'FEATURE_I63'],
    ['incompat', 12n, 'zoned'],
    ['incompat', 13n, 'extent_tree_v2'],
    ['incompat', 14n, 'raid_stripe_tree'],
    ['incompat', 17n, 'remap_tree'],
    ['compatRo', 4n, 'FEATURE_R4'],
    ['compatRo', 40n, 'FEATURE_R40'],
    ['compat', 0n, 'FEATURE_C0'],
    ['compat', 33n, 'FEATURE_C33'],
  ] as const)('unknown or strange: %s bit %i', async (word, bit, name) => {
    const image = setBits(await mixed(), word, 1n << bit);
    await expectWhole(image, new RegExp(`block usage is not known here: ${name}\\.`));
    const { facts } = await readUsedMap(memorySource(image), { gapBytes: 1 });
    expect(facts.features).toContain(name);
  });

  it('that say nothing about what is in use are no obstacle', async () => {
    const image = setBits(await mixed(), 'incompat', 0b1_0000_1001_1111_1111n);
    setBits(image, 'compatRo', 0b111n);
    const { summary, facts } = await readUsedMap(memorySource(image), { gapBytes: 1 });
    expect(summary).toMatchObject({ mode: 'used', warnings: [] });
    expect(facts.features).toEqual(expect.arrayContaining(['simple_quota', 'raid1c34', 'verity', 'compress_zstd']));
  });

  it('the layout of before mixed_backref', async () => {
    const image = editSuper(await mixed(), (superblock) => superblock.writeUInt8(0x44, WORD.incompat));
    await expectWhole(image, /before 2009 .* whole volume is read \(16\.0 MiB instead of about [\d.]+ \w+\)/);
  });

  it('a checksum of an unknown type', async () => {
    const image = await mixed();
    image.writeUInt16LE(4, 65536 + 196);
    await expectWhole(image, /checksum type 4 .* is not known here/);
  });
});

describe('states', () => {
  it('errors noted', async () => {
    const image = setBits(await mixed(), 'flags', 4n);
    await expectWhole(image, /marked as having errors/);
    expect((await readUsedMap(memorySource(image), { gapBytes: 1 })).facts.state).toBe('errors');
  });

  it('a seed', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('image');
    await writeFile(path, await mixed());
    await runProgram('btrfstune', ['-f', '-S', '1', path]);
    await expectWhole(await readFile(path), /is a seed/);
  });

  it.each([
    [33n, 'METADUMP'],
    [34n, 'METADUMP_V2'],
    [35n, 'CHANGING_FSID'],
    [36n, 'CHANGING_FSID_V2'],
    [37n, 'CHANGING_CSUM'],
    [38n, 'CHANGING_BG_TREE'],
    [39n, 'CHANGING_DATA_CSUM'],
    [40n, 'CHANGING_META_CSUM'],
    [50n, 'FLAG_50'],
    [3n, 'FLAG_3'],
  ])('superblock flag %i: %s', async (bit, name) => {
    await expectWhole(setBits(await mixed(), 'flags', 1n << bit), new RegExp(`in the middle of a change.*${name}\\)`));
  });

  it('a file system that is longer than its volume', async () => {
    await expectWhole((await mixed()).subarray(0, 12 * MiB), /volume has only 12\.0 MiB/);
  });

  it('the target of a device replacement', async () => {
    const image = editSuper(await mixed(), (superblock) => superblock.writeUInt8(0, 201));
    await expectWhole(image, /target of a device replacement/);
  });
});

describe('several devices', () => {
  async function pair(...options: string[]): Promise<[Buffer, Buffer]> {
    await using workspace = await createWorkspace();
    const paths = [workspace.path('one'), workspace.path('two')] as const;
    for (const path of paths) await createSparseFile(path, 256 * MiB);
    await makeFileSystem(paths[1], ['btrfs', ...options, paths[0]]);
    return [await readFile(paths[0]), await readFile(paths[1])];
  }

  it('each names the set, and is read whole', { timeout: 30_000 }, async () => {
    const images = await pair('-d', 'single', '-m', 'raid1');
    const uuids: string[] = [];
    for (const [index, image] of images.entries()) {
      const devid = index + 1;
      await expectWhole(image, /spans 2 devices, which must be imaged and restored together/);
      const { facts, summary } = await readUsedMap(memorySource(image), { gapBytes: 1 });
      expect(summary.warnings[0]).toMatch(new RegExp(`device ${devid} of 2 that are one btrfs file system \\(UUID `));
      uuids.push(facts.uuid);
      expect(facts.totalBytes).toBe(256 * MiB);
      expect(facts.usedBytes).toBeLessThan(256 * MiB);
    }
    expect(uuids[0]).toBe(uuids[1]);
  });

  it('that the superblock does not count are found in the chunk tree', { timeout: 30_000 }, async () => {
    const [image] = await pair('-d', 'single', '-m', 'raid1');
    editSuper(image, (superblock) => superblock.writeUInt8(1, 136));
    await expectWhole(image, /spans several devices \(device \d is not this volume\)/);
  });
});

describe('structures that are not known here', () => {
  it('stripes over one device', async () => {
    const image = await btrfsImage(110);
    const leaf = await blockOf(image, OWNER.chunk);
    // The last chunk holds metadata twice; what is DUP (32) becomes RAID0 (8).
    const type = itemAt(image, leaf, leaf.count - 1) + 24;
    expect(image.readUInt8(type)).toBe(0x24);
    image.writeUInt8(0x0c, type);
    sign(image, leaf.offset, leaf.length);
    await expectWhole(image, /profile RAID0 over 2 stripes of one device/);
  });

  it.each([
    [OWNER.chunk, 229, /chunk tree holds items of type 229/],
    [OWNER.extent, 193, /extent tree holds items of type 193/],
  ])('items of tree %i, made type %i', async (tree, strange, warning) => {
    const image = await mixed();
    const leaf = await blockOf(image, tree);
    const last = tree === OWNER.chunk ? leaf.count - 1 : itemOfType(image, leaf, BLOCK_GROUP_ITEM);
    image.writeUInt8(strange, keyAt(leaf, last) + 8);
    sign(image, leaf.offset, leaf.length);
    await expectWhole(image, warning);
  });

  it('a type of chunk', async () => {
    const image = await mixed();
    const leaf = await blockOf(image, OWNER.chunk);
    image.writeUInt8(0x08, itemAt(image, leaf, itemOfType(image, leaf, CHUNK_ITEM)) + 25);
    sign(image, leaf.offset, leaf.length);
    await expectWhole(image, /type of the chunk at logical address \d+ is not known/);
  });
});
