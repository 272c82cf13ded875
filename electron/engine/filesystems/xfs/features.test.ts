/** What is done about XFS file systems that are dirty or strange, and what is told about those that are not. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { differences, toBlockMap } from '../../testing/block-map.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { runProgram } from '../../testing/run-program.ts';
import { createSparseFile } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { dirtyLog, freshXfs, XfsImage, xfsImageOf } from '../../testing/xfs-image.ts';
import { xfsDbMap, xfsSuperblock } from '../../testing/xfs-oracle.ts';
import { readUsedMap } from '../used-map.ts';
import { xfs } from './family.ts';

const MiB = 1024 * 1024;
/** Words of features in the superblock. */
const COMPAT = 208;
const RO_COMPAT = 212;
const INCOMPAT = 216;
const LOG_INCOMPAT = 220;
const FEATURES2 = 200;

async function expectRaw(image: XfsImage, warning: RegExp, options: { estimate?: boolean } = {}): Promise<void> {
  const map = await readUsedMap(memorySource(image.bytes), { gapBytes: 1, ...options });
  expect(map.summary.mode).toBe('raw');
  expect([...map.extents]).toEqual([0, image.bytes.length]);
  expect(map.facts.type).toBe('xfs');
  expect(map.summary.warnings.join('\n')).toMatch(warning);
}

async function expectUsed(image: XfsImage, options: { estimate?: boolean } = {}) {
  const map = await readUsedMap(memorySource(image.bytes), { gapBytes: 1, ...options });
  expect(map.summary.mode, map.summary.warnings.join()).toBe('used');
  return map;
}

/** Sets bits of a word of the superblock. */
function setBits(image: XfsImage, at: number, bits: number): XfsImage {
  image.set(at, image.bytes.readUInt32BE(at) | bits);
  return image;
}

describe('file systems whose map would be a guess are read whole', () => {
  it.each([
    ['an unknown compatible feature', COMPAT, 1, /FEATURE_C0/],
    ['the highest compatible feature', COMPAT, 1 << 31, /FEATURE_C31/],
    ['an unknown read-only-compatible feature', RO_COMPAT, 1 << 4, /FEATURE_R4/],
    ['an unknown incompatible feature', INCOMPAT, 1 << 11, /FEATURE_I11/],
    ['an unknown log feature', LOG_INCOMPAT, 1 << 1, /FEATURE_L1/],
    ['an unknown feature of the second word', FEATURES2, 1 << 2, /FEATURE_F2/],
    ['a metadata directory', INCOMPAT, 1 << 8, /block usage is not known here: METADIR/],
    ['zones', INCOMPAT, 1 << 9, /ZONED/],
    ['zones with gaps', INCOMPAT, 1 << 10, /ZONE_GAPS/],
    ['a shared version number', 100, 0x0200 << 16, /SHARED/],
  ])('%s', async (_name, at, bits, named) => {
    await expectRaw(setBits(await xfsImageOf(), at, bits), named);
    await expectRaw(setBits(await xfsImageOf(), at, bits), named, { estimate: true });
  });

  it.each([
    ['an unknown feature', 1 << 0, /FEATURE_F0/],
    ['parent pointers of IRIX', 1 << 4, /FEATURE_F4/],
    ['checksums', 1 << 8, /FEATURE_F8/],
  ])('version 4 with %s', async (_name, bits, named) => {
    await expectRaw(setBits(await xfsImageOf('-m', 'crc=0'), FEATURES2, bits), named);
    // Where some old kernels wrote the same word.
    await expectRaw(setBits(await xfsImageOf('-m', 'crc=0'), 204, bits), named);
  });

  it.each([0, 3, 6, 15])('version %i', async (version) => {
    const image = await xfsImageOf('-m', 'crc=0');
    image.bytes.writeUInt16BE((image.bytes.readUInt16BE(100) & 0xfff0) | version, 100);
    await expectRaw(image, new RegExp(`format version ${version}, whose block usage is not known`));
  });

  it('versions without what they require', async () => {
    const four = await xfsImageOf('-m', 'crc=0');
    four.bytes.writeUInt16BE(four.bytes.readUInt16BE(100) & ~0x2000, 100);
    await expectRaw(four, /lacks features that XFS format version 4 requires/);
    const five = await xfsImageOf();
    five.set(FEATURES2, 0x108);
    await expectRaw(five, /lacks features that XFS format version 5 requires/);
  });

  it('needing repair, in a plan too', async () => {
    const image = setBits(await xfsImageOf(), INCOMPAT, 1 << 4);
    await expectRaw(image, /needing repair \(run xfs_repair\)/);
    await expectRaw(image, /needing repair/, { estimate: true });
    const { facts } = await readUsedMap(memorySource(image.bytes), { gapBytes: 1 });
    expect(facts.state).toBe('errors');
    expect(facts.features).toContain('NEEDSREPAIR');
  });

  it('with files on a realtime device', async () => {
    await using workspace = await createWorkspace();
    const device = workspace.path('realtime');
    await createSparseFile(device, 64 * MiB);
    const image = new XfsImage(await freshXfs(34, '-r', `rtdev=${device}`));
    await expectRaw(image, /realtime device, which is not part of this volume: so the whole volume is read/);
    await expectRaw(image, /realtime device/, { estimate: true });
  });

  it('a file system larger than its volume', async () => {
    const image = await xfsImageOf();
    await expectRaw(new XfsImage(image.bytes.subarray(0, 30 * MiB)), /volume has only 30\.0 MiB/);
    await expectRaw(new XfsImage(image.bytes.subarray(0, MiB)), /volume has only 1\.00 MiB/);
  });

  it('a log that does not end with an unmount; in a plan that is no matter', async () => {
    const image = dirtyLog(await xfsImageOf());
    await expectRaw(
      image,
      /log does not end with an unmount, .* whole volume is read \(34\.0 MiB instead of about [\d.]+ \w+\)/,
    );
    const { facts } = await expectUsed(image, { estimate: true });
    expect(facts.state).toBe('dirty');
  });

  it('a log on another device; in a plan that is no matter', async () => {
    await using workspace = await createWorkspace();
    const log = workspace.path('log');
    await createSparseFile(log, 64 * MiB);
    const image = new XfsImage(await freshXfs(34, '-l', `logdev=${log},size=16m`));
    await expectRaw(image, /log is on another device, so it cannot be told whether/);
    const map = await expectUsed(image, { estimate: true });
    const path = workspace.path('image');
    await writeFile(path, image.bytes);
    const { map: theirs } = await xfsDbMap(path);
    expect(differences(toBlockMap(map.extents, 4096, theirs.length), theirs)).toEqual([]);
  });
});

describe('features that say nothing about free space are no matter', () => {
  it('of version 5', async () => {
    const image = setBits(await xfsImageOf(), INCOMPAT, 0xe0);
    const { facts } = await expectUsed(setBits(image, LOG_INCOMPAT, 1));
    expect(facts.features).toEqual(expect.arrayContaining(['NREXT64', 'EXCHANGE', 'PARENT', 'LOG_XATTRS']));
  });

  it('of version 4: its second word where old kernels wrote it', async () => {
    const image = await xfsImageOf('-m', 'crc=0');
    const { facts } = await expectUsed(image);
    image.set(FEATURES2, 0);
    expect((await expectUsed(image)).facts).toEqual(facts);
  });

  it('quota', async () => {
    const image = await xfsImageOf();
    image.bytes.writeUInt16BE(image.bytes.readUInt16BE(100) | 0x40, 100);
    image.sign(0);
    expect((await expectUsed(image)).facts.features).toContain('QUOTA');
  });
});

describe('facts', () => {
  it.each([
    ['version 5', '-L', 'holidays'],
    ['version 4', '-m', 'crc=0', '-L', 'twelve bytes'],
    ['version 5, 1 KiB blocks', '-b', 'size=1024'],
  ])('of %s are what xfs_db and blkid say', async (_name, ...options) => {
    await using workspace = await createWorkspace();
    const path = workspace.path('image');
    const image = await xfsImageOf(...options);
    await writeFile(path, image.bytes);
    const { facts } = await expectUsed(image);
    const said = await runProgram('blkid', ['-p', '-o', 'export', path]);
    const tag = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(said)?.[1]?.replaceAll('\\', '') ?? '';
    const superblock = await xfsSuperblock(path);
    const blockSizeBytes = Number(superblock.blocksize);
    const totalBytes = Number(superblock.dblocks) * blockSizeBytes;
    const freeBytes = Number(superblock.fdblocks) * blockSizeBytes;
    expect(facts).toMatchObject({
      type: tag('TYPE'),
      label: tag('LABEL'),
      uuid: tag('UUID'),
      blockSizeBytes,
      totalBytes,
      freeBytes,
      usedBytes: totalBytes - freeBytes,
      state: 'clean',
    });
  });

  it('nothing that is not XFS is ours', async () => {
    expect(await xfs.probe(memorySource(Buffer.alloc(100)))).toBeUndefined();
    expect(await xfs.probe(memorySource(Buffer.alloc(MiB)))).toBeUndefined();
  });

  it('a cancelled reading ends', async () => {
    const image = await xfsImageOf();
    const probe = await xfs.probe(memorySource(image.bytes));
    await expect(probe?.usedExtents(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(xfs.probe(memorySource(image.bytes), AbortSignal.abort())).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
