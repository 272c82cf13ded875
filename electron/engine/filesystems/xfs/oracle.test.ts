/**
 * Our used-block map against xfsprogs and partclone, block for block, over a matrix of mkfs.xfs options and of what
 * happens to a file system in its life.
 *
 * Oracle: `xfs_db -c "freesp -d"` lists the free runs, once from the tree by block and once from the tree by size, which
 * we do not read. All other blocks are in use, and so are those of the free lists (AGFL), which both xfs_db and partclone
 * count as free: we must agree exactly, and go beyond partclone by the free lists' blocks and nothing else.
 */
import { copyFile, mkdir, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { age, fillUp } from '../../testing/aging.ts';
import { differences, expectNothingMissing, partcloneMap, toBlockMap } from '../../testing/block-map.ts';
import { requireLoopDevices } from '../../testing/machine-limits.ts';
import { runProgram } from '../../testing/run-program.ts';
import { seeded, seededBytes } from '../../testing/seeded.ts';
import { createSparseFile, createTestVolume, makeFileSystem, type TestVolume } from '../../testing/test-volume.ts';
import { createWorkspace, type Workspace } from '../../testing/workspace.ts';
import { type XfsJudgement, xfsDbMap, xfsFeatures, xfsSuperblock } from '../../testing/xfs-oracle.ts';
import { probeFileSystem } from '../registry.ts';
import { openFileSource } from '../source.ts';
import { readUsedMapOf } from '../used-map.ts';

const MiB = 1024 * 1024;

interface Row {
  name: string;
  options: string[];
  mebibytes: number;
  /** partclone is asked too; it waits two seconds each time. */
  partclone: boolean;
}

const row = (name: string, mebibytes: number, options: string, partclone = false): Row => ({
  name,
  options: options.split(' ').filter((word) => word !== ''),
  mebibytes,
  partclone,
});

/** Of version 4 nothing can be mounted here, so mkfs alone fills these. */
const MATRIX: Row[] = [
  row('version 5, defaults', 512, '', true),
  row('version 5, 1 KiB blocks', 300, '-b size=1024', true),
  row('version 5, 2 KiB blocks', 300, '-b size=2048'),
  row('version 5, 64 KiB blocks', 1024, '-b size=65536', true),
  row('version 5, 4 KiB sectors', 300, '-s size=4096', true),
  row('version 5, 4 KiB sectors, 64 KiB blocks', 1024, '-s size=4096 -b size=65536'),
  row('version 5, one group', 300, '-d agcount=1 --unsupported'),
  row('version 5, 16 groups', 512, '-d agcount=16 --unsupported'),
  row('version 5, groups of an odd size, a short last one', 500, '-d agsize=24580k --unsupported', true),
  row('version 5, 9 groups, a last one of 96 blocks', 256, '-d agsize=33423360,size=267780096 --unsupported'),
  row('version 5, reverse mapping', 300, '-m rmapbt=1'),
  row('version 5, reverse mapping, 1 KiB blocks', 300, '-m rmapbt=1 -b size=1024'),
  row(
    'version 5, no reflink, finobt, inobtcount, bigtime, sparse inodes',
    300,
    '-m reflink=0,finobt=0,bigtime=0,inobtcount=0 -i sparse=0',
  ),
  row('version 5, large extent counters', 300, '-i nrext64=1'),
  row('version 5, 2 KiB inodes, 64 KiB directory blocks', 300, '-i size=2048 -n size=65536'),
  row('version 5, ignoring case', 300, '-n version=ci'),
  row('version 5, log in the first group', 300, '-l agnum=0'),
  row('version 5, log of 256 KiB stripes', 300, '-l su=256k'),
  row('version 5, striped', 1024, '-d su=64k,sw=4'),
  row('version 5, 64 GiB', 64 * 1024, ''),
  row('version 5, 1 TiB, 64 KiB blocks', 1024 * 1024, '-b size=65536'),
  row('version 4, defaults', 300, '-m crc=0', true),
  row('version 4, 512-byte blocks', 300, '-m crc=0 -b size=512', true),
  row('version 4, 1 KiB blocks, 8 groups', 300, '-m crc=0 -b size=1024 -d agcount=8 --unsupported'),
  row('version 4, 64 KiB blocks, 4 KiB sectors', 1024, '-m crc=0 -b size=65536 -s size=4096', true),
  row('version 4, log version 1, no lazy counters', 300, '-m crc=0 -l version=1,lazy-count=0'),
  row('version 4, old attributes, 16-bit projects, no file types', 300, '-m crc=0 -i attr=1,projid32bit=0 -n ftype=0'),
];

/** A prototype of some files, for mkfs.xfs to put in. */
async function prototype(workspace: Workspace): Promise<string> {
  const random = seeded(7);
  const files: string[] = [];
  for (let index = 0; index < 12; index++) {
    const path = workspace.path(`source-${index}`);
    await writeFile(path, seededBytes(random, 1 + Math.floor(200_000 * random() ** 2)));
    files.push(`file-${index} ---644 0 0 ${path}`);
  }
  const path = workspace.path('prototype');
  await writeFile(path, ['/', '0 0', 'd--755 0 0', ...files, 'folder d--755 0 0', ...files, '$', '$', ''].join('\n'));
  return path;
}

/** Compares our map with the judges'; returns what they found. */
async function compare(image: string, partclone: boolean): Promise<XfsJudgement> {
  await using source = await openFileSource(image);
  const probe = await probeFileSystem(source);
  if (probe === undefined) throw new Error('not recognised');
  const { facts } = probe;
  expect(probe.warnings).toEqual([]);
  expect(facts.state).toBe('clean');
  expect([`V${facts.version}`, ...facts.features]).toEqual(await xfsFeatures(image));
  const superblock = await xfsSuperblock(image);
  expect(facts.freeBytes).toBe(Number(superblock.fdblocks) * facts.blockSizeBytes);
  const judged = await xfsDbMap(image);
  expect(differences(judged.map, (await xfsDbMap(image, true)).map)).toEqual([]);
  const ours = toBlockMap(await probe.usedExtents(), facts.blockSizeBytes, judged.map.length);
  expect(differences(ours, judged.map)).toEqual([]);
  if (partclone) {
    const mapPath = `${dirname(image)}/${basename(image)}.map`;
    const theirs = await partcloneMap('xfs', image, mapPath, facts.blockSizeBytes);
    const excess = expectNothingMissing(ours, theirs.subarray(0, ours.length));
    expect(excess.blocks).toBe(judged.freeListBlocks);
  }
  return judged;
}

async function expectRaw(image: string, reason: RegExp): Promise<void> {
  const map = await readUsedMapOf(image, { gapBytes: 1 });
  expect(map.summary.mode).toBe('raw');
  expect(map.facts.state).toBe('dirty');
  expect(map.summary.warnings.join()).toMatch(reason);
}

/** Mounts and unmounts, with what happens between. */
async function whileMounted(
  volume: TestVolume,
  live: (folder: string) => Promise<unknown>,
  options = 'rw',
): Promise<void> {
  {
    await using mount = await volume.mount(options);
    await live(mount.mountPoint);
  }
  await runProgram('blockdev', ['--flushbufs', volume.device]);
}

async function volumeOf(context: TestContext, mebibytes: number, ...options: string[]): Promise<TestVolume> {
  requireLoopDevices(context);
  return await createTestVolume({ sizeBytes: mebibytes * MiB, mkfs: ['xfs', ...options] });
}

describe('used blocks of XFS, judged by xfsprogs and partclone', () => {
  it.concurrent.each(MATRIX)('$name', { timeout: 60_000 }, async (row) => {
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await createSparseFile(image, row.mebibytes * MiB);
    await makeFileSystem(image, ['xfs', '-p', await prototype(workspace), ...row.options]);
    await compare(image, row.partclone);
  });
});

describe('used blocks of XFS after a life with the kernel', () => {
  const AGED: [string, ...string[]][] = [
    ['defaults'],
    ['1 KiB blocks', '-b', 'size=1024'],
    ['reverse mapping', '-m', 'rmapbt=1'],
    ['64 KiB blocks, 4 KiB sectors', '-b', 'size=65536', '-s', 'size=4096'],
    ['no reflink, no finobt', '-m', 'reflink=0,finobt=0'],
  ];
  for (const [name, ...options] of AGED) {
    it(`aged: ${name}`, { timeout: 60_000 }, async (context) => {
      await using volume = await volumeOf(context, 512, ...options);
      await whileMounted(volume, (folder) => age(folder, { seed: name.length, operations: 3000 }));
      await compare(volume.file, name === 'defaults');
    });
  }

  it('nearly full, then in thousands of pieces: a tree of several levels', { timeout: 60_000 }, async (context) => {
    await using volume = await volumeOf(context, 56, '--unsupported', '-b', 'size=1024', '-d', 'agcount=2');
    await whileMounted(volume, (folder) => fillUp(folder, { seed: 3, fileBytes: 1024, deleteEvery: 2 }));
    const { levels, freeRuns } = await compare(volume.file, true);
    expect(levels).toBeGreaterThanOrEqual(2);
    expect(freeRuns).toBeGreaterThan(10_000);
  });

  it('reflinks and holes', { timeout: 60_000 }, async (context) => {
    await using volume = await volumeOf(context, 320, '-m', 'rmapbt=1,reflink=1');
    await whileMounted(volume, async (folder) => {
      const original = `${folder}/original`;
      await writeFile(original, seededBytes(seeded(5), 8 * MiB));
      for (let copy = 0; copy < 20; copy++) {
        await runProgram('cp', ['--reflink=always', original, `${folder}/copy-${copy}`]);
        await runProgram('fallocate', ['-p', '-o', `${copy * 65536}`, '-l', '8192', `${folder}/copy-${copy}`]);
        await runProgram('dd', [
          'if=/dev/zero',
          `of=${folder}/copy-${copy}`,
          'bs=4096',
          'count=3',
          `seek=${copy * 7}`,
          'conv=notrunc',
        ]);
      }
      await runProgram('rm', [original]);
    });
    await compare(volume.file, false);
  });

  it('grown by whole groups and a short one, and shrunk again', { timeout: 60_000 }, async (context) => {
    await using volume = await volumeOf(context, 300);
    await whileMounted(volume, (folder) => age(folder, { seed: 8, operations: 1000 }));
    await truncate(volume.file, 733 * MiB);
    await runProgram('losetup', ['--set-capacity', volume.device]);
    await whileMounted(volume, async (folder) => {
      await runProgram('xfs_growfs', [folder]);
      await age(folder, { seed: 9, operations: 1000 });
    });
    const { groups } = await compare(volume.file, true);
    expect(groups).toBe(10);
    await whileMounted(volume, (folder) => runProgram('xfs_growfs', ['-D', `${(730 * MiB) / 4096}`, folder]));
    await compare(volume.file, false);
  });

  it('copied while mounted: dirty, or clean if frozen; after its log was replayed: clean', {
    timeout: 60_000,
  }, async (context) => {
    await using volume = await volumeOf(context, 320);
    const live = volume.workspace.path('live');
    const frozen = volume.workspace.path('frozen');
    await whileMounted(volume, async (folder) => {
      await age(folder, { seed: 21, operations: 1000 });
      await runProgram('xfs_freeze', ['-f', folder]);
      try {
        await copyFile(volume.file, frozen);
      } finally {
        await runProgram('xfs_freeze', ['-u', folder]);
      }
      await age(folder, { seed: 22, operations: 300 });
      await runProgram('sync', ['-f', folder]);
      await copyFile(volume.file, live);
    });
    await compare(volume.file, false);
    await compare(frozen, true);
    await expectRaw(live, /log does not end with an unmount/);
    for (const copy of [live, frozen]) {
      const plan = await readUsedMapOf(copy, { gapBytes: 1, estimate: true });
      expect(plan.summary.mode).toBe('used');
      const folder = volume.workspace.path(`mount-${basename(copy)}`);
      await mkdir(folder);
      await runProgram('mount', ['-o', 'loop', copy, folder]);
      await runProgram('umount', [folder]);
      await compare(copy, false);
    }
  });

  it('read-only and mounted: clean', { timeout: 60_000 }, async (context) => {
    await using volume = await volumeOf(context, 320);
    await whileMounted(volume, async (folder) => {
      await age(folder, { seed: 31, operations: 500 });
      await runProgram('mount', ['-o', 'remount,ro', folder]);
      await compare(volume.file, false);
    });
  });

  it('its log thrown away and formatted anew by xfs_repair', { timeout: 60_000 }, async (context) => {
    await using volume = await volumeOf(context, 320);
    const copy = volume.workspace.path('copy');
    await whileMounted(volume, async (folder) => {
      await age(folder, { seed: 41, operations: 600 });
      await runProgram('sync', ['-f', folder]);
      await copyFile(volume.file, copy);
    });
    await expectRaw(copy, /log does not end with an unmount/);
    await runProgram('xfs_repair', ['-L', '-f', copy]);
    await compare(copy, false);
  });

  it('given another identifier and a label', { timeout: 60_000 }, async (context) => {
    await using volume = await volumeOf(context, 320);
    await whileMounted(volume, (folder) => age(folder, { seed: 51, operations: 300 }));
    await runProgram('xfs_admin', ['-U', 'generate', '-L', 'photos', volume.file]);
    await compare(volume.file, false);
    await using source = await openFileSource(volume.file);
    const facts = (await probeFileSystem(source))?.facts;
    const said = await runProgram('blkid', ['-p', '-o', 'export', volume.file]);
    for (const line of [`LABEL=${facts?.label}`, `UUID=${facts?.uuid}`, 'TYPE=xfs']) expect(said).toContain(line);
    expect(facts?.label).toBe('photos');
    expect(facts?.features).toContain('META_UUID');
  });

  it('its log written around its end many times', { timeout: 60_000 }, async (context) => {
    // Every synchronous change fills a stripe of the log.
    await using volume = await volumeOf(context, 64, '--unsupported', '-l', 'size=12m,su=128k');
    for (let round = 0; round < 5; round++) {
      const aging = { seed: 60 + round, operations: 60, largestFileBytes: 8192 };
      await whileMounted(volume, (folder) => age(folder, aging), 'wsync');
      await compare(volume.file, false);
    }
    expect(await runProgram('xfs_logprint', ['-t', volume.file])).toMatch(/state: <CLEAN>/);
    const log = await runProgram('xfs_logprint', ['-d', volume.file]);
    expect(Number(/HEADER Cycle (\d+)/.exec(log)?.[1])).toBeGreaterThan(3);
  });
});
