/** What is done about XFS file systems that are damaged: never a map that leaves out used blocks. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../base/errors.ts';
import { differences, toBlockMap } from '../../testing/block-map.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { dirtyLog, type XfsImage, xfsImageOf } from '../../testing/xfs-image.ts';
import { xfsDbMap } from '../../testing/xfs-oracle.ts';
import { readUsedMap } from '../used-map.ts';
import { xfs } from './family.ts';

/** One whose first group has a tree of three levels. */
async function deepImage(...options: string[]): Promise<{ image: XfsImage; levels: number[][] }> {
  const image = await xfsImageOf(...options);
  return { image, levels: image.growTree(0, { runs: 40, entries: 6 }) };
}

async function errorOf(image: XfsImage): Promise<EngineError> {
  const error: unknown = await readUsedMap(memorySource(image.bytes), { gapBytes: 1 }).catch(
    (thrown: unknown) => thrown,
  );
  if (error instanceof EngineError) return error;
  throw new Error(`expected an EngineError, got ${String(error)}`);
}

async function expectDamaged(image: XfsImage, structure: string, offsetBytes: number, reason: RegExp): Promise<void> {
  const error = await errorOf(image);
  expect(error.code).toBe('FILESYSTEM_DAMAGED');
  expect(error.details).toMatchObject({ structure, offsetBytes });
  expect(error.details.reason).toMatch(reason);
  const raw = await readUsedMap(memorySource(image.bytes), { gapBytes: 1, allowRaw: true });
  expect(raw.summary).toMatchObject({ mode: 'raw', usedBytes: image.bytes.length });
  expect(raw.summary.warnings.join()).toMatch(reason);
}

async function expectUsed(image: XfsImage, options: { estimate?: boolean } = {}) {
  const map = await readUsedMap(memorySource(image.bytes), { gapBytes: 1, ...options });
  expect(map.summary.mode, map.summary.warnings.join()).toBe('used');
  return map;
}

describe('a damaged superblock', () => {
  it('with a wrong checksum', async () => {
    const image = await xfsImageOf();
    image.bytes.writeUInt8(image.bytes.readUInt8(300) ^ 1, 300);
    await expectDamaged(image, 'superblock', 0, /superblock is damaged: its checksum is wrong. xfs_repair may/);
  });

  it.each([
    ['sector size', 102, 0x02010200, /sector size is impossible/],
    ['sector size in bits', 120, 0x0c0a0903, /sector size is impossible/],
    ['block size', 4, 4097, /block size is impossible/],
    ['block size below a sector', 4, 256, /block size is impossible/],
    ['block size of 128 KiB', 4, 131072, /block size is impossible/],
    ['number of blocks', 8, 0xffffffff, /block count is impossible/],
    ['number of blocks that does not fit the groups', 12, 1_000_000, /number of allocation groups is impossible/],
    ['last group of 10 blocks', 12, 4352 + 10, /last allocation group is too short/],
    ['group size', 84, 1024, /size of its allocation groups is impossible/],
    ['group size that does not fit its bits', 84, 8704, /size of its allocation groups is impossible/],
    ['number of groups', 88, 3, /number of allocation groups is impossible/],
    ['no groups', 88, 0, /number of allocation groups is impossible/],
    ['log in a group that is not there', 48, 1, /log is impossible/],
    ['log over the headers', 52, 8192, /log is impossible/],
    ['log beyond its group', 96, 4352, /log is impossible/],
    ['no log blocks', 96, 0, /log is impossible/],
    ['mkfs under way', 124, 0x0d000119, /mkfs.xfs did not finish/],
  ])('with an impossible %s', async (_name, at, value, reason) => {
    const image = await xfsImageOf();
    image.set(at, value);
    await expectDamaged(image, 'superblock', 0, reason);
  });

  it('with another count of free blocks than its groups; before lazy counters that says nothing', async () => {
    const image = await xfsImageOf();
    image.set(148, image.bytes.readUInt32BE(148) - 1);
    await expectDamaged(image, 'superblock', 0, /superblock says \d+ blocks are free, its allocation groups say \d+/);
    await expectUsed(dirtyLog(image), { estimate: true });
    const old = await xfsImageOf('-m', 'crc=0', '-l', 'lazy-count=0');
    old.set(148, old.bytes.readUInt32BE(148) - 1);
    await expectUsed(old);
  });
});

describe('a damaged group header', () => {
  const NAMES = ['free space header (AGF)', 'inode header (AGI)', 'free list (AGFL)'];

  it.each([1, 2, 3] as const)('in sector %i: checksum, magic number, group, identifier', async (sector) => {
    const structure = `${NAMES[sector - 1]} of allocation group 1`;
    const uuidAt = [64, 296, 8][sector - 1] ?? 0;
    const sequenceAt = sector === 3 ? 4 : 8;
    for (const [at, signed, reason] of [
      [400, false, /wrong checksum/],
      [0, true, /no magic number/],
      [sequenceAt, true, /belongs to another group/],
      [uuidAt, true, /belongs to another file system/],
    ] as const) {
      const image = await xfsImageOf();
      const place = image.headerAt(1, sector) + at;
      image.bytes.writeUInt8(image.bytes.readUInt8(place) ^ 1, place);
      if (signed) image.sign(place);
      await expectDamaged(image, structure, image.headerAt(1, sector), reason);
    }
  });

  it.each([
    ['version', 4, 2, /unknown version/],
    ['length', 12, 4351, /wrong length/],
    ['root among the headers', 16, 0, /root of a tree outside the group/],
    ['root outside', 16, 4352, /root of a tree outside the group/],
    ['root of the other tree outside', 20, 4352, /root of a tree outside the group/],
    ['no levels', 28, 0, /impossible number of levels/],
    ['ten levels of the other tree', 32, 10, /impossible number of levels/],
    ['count of free blocks', 52, 4352, /impossible counts of free blocks/],
    ['longest run', 56, 4352, /impossible counts of free blocks/],
    ['length of the free list', 48, 120, /impossible length of the free list/],
  ])('AGF with another %s', async (_name, at, value, reason) => {
    for (const options of [[], ['-m', 'crc=0']]) {
      const image = await xfsImageOf(...options);
      // Without checksums the list has no header, and nine entries more.
      image.set(image.headerAt(0, 1) + at, at === 48 ? value + 9 : value);
      await expectDamaged(image, 'free space header (AGF) of allocation group 0', image.headerAt(0, 1), reason);
    }
  });
});

describe('a damaged free space tree', () => {
  const STRUCTURE = 'free space tree (bnobt) of allocation group 0';

  describe.each([
    ['version 5', []],
    ['version 4', ['-m', 'crc=0']],
  ])('of %s', (_version, options) => {
    it.each([
      ['magic number', 0, 0x41425443, /without magic number/],
      ['level', 4, 0x00020006, /of another level/],
      ['no entries', 4, 0, /impossible number of entries/],
      ['too many entries', 4, 0x0000ffff, /impossible number of entries/],
      ['left neighbour', 8, 9, /other neighbours than its parent says/],
      ['right neighbour', 12, 0xffffffff, /other neighbours than its parent says/],
    ])('block with another %s', async (_name, at, value, reason) => {
      const { image, levels } = await deepImage(...options);
      const block = image.offsetOf(0, levels[0]?.[2] ?? 0);
      image.set(block + at, value);
      await expectDamaged(image, STRUCTURE, block, reason);
    });

    it('cycles and blocks that are in it twice', async () => {
      for (const target of [0, 1, 2]) {
        const { image, levels } = await deepImage(...options);
        const parent = image.offsetOf(0, levels[1]?.[1] ?? 0);
        const block = levels[target]?.[0] ?? 0;
        image.set(image.pointerAt(parent, 0), block);
        await expectDamaged(image, STRUCTURE, image.offsetOf(0, block), /holds a block twice/);
      }
    });

    it('pointers outside the group', async () => {
      for (const target of [0, 0x7fffffff, 4352]) {
        const { image, levels } = await deepImage(...options);
        image.set(image.pointerAt(image.offsetOf(0, levels[1]?.[1] ?? 0), 0), target);
        const root = image.offsetOf(0, levels[2]?.[0] ?? 0);
        await expectDamaged(image, STRUCTURE, root, /points outside the group/);
      }
    });

    it.each([
      ['of no blocks', 4, () => 0],
      ['over the next', 4, () => 3],
      ['beyond the group', 4, () => 0xffffffff],
      ['out of order', 0, () => 4351],
      ['over the headers', 0, () => 0],
      ['over the tree', 0, (levels: number[][]) => levels[2]?.[0] ?? 0],
    ])('free run %s', async (_name, at, wrong) => {
      const { image, levels } = await deepImage(...options);
      const block = image.offsetOf(0, levels[0]?.[0] ?? 0);
      image.set(block + image.treeHeaderBytes + at, wrong(levels));
      expect((await errorOf(image)).details).toMatchObject({ structure: STRUCTURE });
      expect((await errorOf(image)).details.reason).toMatch(/has a free run (that overlaps|over its own blocks)/);
    });

    it('counts that disagree with the AGF', async () => {
      for (const [at, change] of [
        [52, -1],
        [56, 1],
      ] as const) {
        const { image, levels } = await deepImage(...options);
        const field = image.headerAt(0, 1) + at;
        image.set(field, image.bytes.readUInt32BE(field) + change);
        image.recount();
        const root = image.offsetOf(0, levels.at(-1)?.[0] ?? 0);
        await expectDamaged(
          image,
          STRUCTURE,
          root,
          /has 40 free blocks, at most 1 in a row, but its header \(AGF\) says/,
        );
      }
    });
  });

  it('blocks with a wrong checksum, or from elsewhere', async () => {
    for (const [at, signed, reason] of [
      [500, false, /wrong checksum/],
      [20, true, /belongs elsewhere/],
      [32, true, /belongs elsewhere/],
      [48, true, /belongs elsewhere/],
    ] as const) {
      const { image, levels } = await deepImage();
      const block = image.offsetOf(0, levels[0]?.[3] ?? 0);
      image.bytes.writeUInt8(image.bytes.readUInt8(block + at) ^ 4, block + at);
      if (signed) image.sign(block);
      await expectDamaged(image, STRUCTURE, block, reason);
    }
  });

  it('of version 4: a run in another place, which changes no sum, is told by the other tree', async () => {
    const { image, levels } = await deepImage('-m', 'crc=0');
    const record = image.offsetOf(0, levels[0]?.[3] ?? 0) + image.treeHeaderBytes + 8;
    image.set(record, image.bytes.readUInt32BE(record) + 1);
    const bySize = image.offsetOf(0, image.bytes.readUInt32BE(image.headerAt(0, 1) + 20));
    const structure = 'free space tree by size (cntbt) of allocation group 0';
    await expectDamaged(image, structure, bySize, /holds other free runs than the tree by block/);
    await expectUsed(dirtyLog(image), { estimate: true });
  });

  it('a free run over the log', async () => {
    const image = await xfsImageOf();
    const leaf = image.offsetOf(1, image.bytes.readUInt32BE(image.headerAt(1, 1) + 16));
    const entries = image.bytes.readUInt16BE(leaf + 6);
    const record = leaf + image.treeHeaderBytes + (entries - 1) * 8;
    const logBlock = (image.logOffset - image.offsetOf(1, 0)) / image.blockBytes;
    expect(image.bytes.readUInt32BE(record)).toBeGreaterThan(logBlock);
    image.set(record, logBlock + 100);
    await expectDamaged(image, 'free space tree (bnobt) of allocation group 1', leaf, /has a free run over the log/);
  });

  it('in a plan of a mounted file system costs no more than its group', async () => {
    const { image, levels } = await deepImage();
    const whole = await expectUsed(image);
    image.set(image.offsetOf(0, levels[0]?.[2] ?? 0), 0);
    await expectDamaged(image, STRUCTURE, image.offsetOf(0, levels[0]?.[2] ?? 0), /magic number/);
    const clean = await readUsedMap(memorySource(image.bytes), { gapBytes: 1, estimate: true }).catch((error) => error);
    expect(clean).toMatchObject({ code: 'FILESYSTEM_DAMAGED' });
    const plan = await expectUsed(dirtyLog(image), { estimate: true });
    // Twelve runs were read before, twenty-eight were not.
    expect(plan.summary.usedBytes - whole.summary.usedBytes).toBe(28 * image.blockBytes);
  });
});

describe('bad sectors', () => {
  it.each([
    ['the superblock', () => 0, /cannot be read from the volume \(EIO\).*whole volume/],
    ['the log', (image: XfsImage) => image.logOffset + 512, /log cannot be read .*\(EIO\).*whole volume/],
    ['a group header', (image: XfsImage) => image.headerAt(1, 3), /headers of allocation group 1 cannot be read/],
    [
      'a tree',
      (image: XfsImage) => image.offsetOf(1, 1),
      /free space tree \(bnobt\) of allocation group 1 cannot be read/,
    ],
  ])('in %s: everything is read, as nothing is lost by it', async (_name, placeOf, warning) => {
    const image = await xfsImageOf();
    const map = await readUsedMap(memorySource(image.bytes, [placeOf(image)]), { gapBytes: 1 });
    expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: image.bytes.length });
    expect(map.summary.warnings.join()).toMatch(warning);
  });
});

describe('trees built by hand', () => {
  it.each([
    ['version 5, 4 KiB blocks', 200, 5, []],
    ['version 5, 1 KiB blocks, full leaves', 2000, 80, ['-b', 'size=1024']],
    ['version 4, 512-byte blocks', 3000, 30, ['-m', 'crc=0', '-b', 'size=512']],
    ['version 4, 4 KiB blocks', 900, 9, ['-m', 'crc=0']],
  ] as const)('%s: as xfs_db reads them', async (_name, runs, entries, options) => {
    await using workspace = await createWorkspace();
    const path = workspace.path('image');
    const image = await xfsImageOf(...options);
    image.growTree(1, { runs, entries });
    await writeFile(path, image.bytes);
    const judged = await xfsDbMap(path);
    expect(judged.levels).toBeGreaterThanOrEqual(2);
    const { extents, facts } = await expectUsed(image);
    const ours = toBlockMap(extents, facts.blockSizeBytes, judged.map.length);
    expect(differences(ours, judged.map)).toEqual([]);
  });

  it('gaps are joined on the way', async () => {
    const { image } = await deepImage();
    const apart = await xfs.probe(memorySource(image.bytes)).then((probe) => probe?.usedExtents());
    const joined = await xfs
      .probe(memorySource(image.bytes))
      .then((probe) => probe?.usedExtents(undefined, { gapBytes: image.blockBytes }));
    expect((apart?.length ?? 0) / 2).toBeGreaterThan(40);
    expect((joined?.length ?? 0) / 2).toBeLessThan(10);
  });
});
