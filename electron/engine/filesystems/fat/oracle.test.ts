/**
 * Our used-cluster map against mtools, fsck.fat and partclone over a matrix of mkfs.fat options.
 *
 * Judges: mtools follows the chain of every file and folder: with everything before the clusters and the rest behind
 * them that is the exact map, and ours must be equal to it. fsck.fat counts the clusters. partclone.fat maps FAT16 and
 * FAT32 exactly too (it misreads FAT12: two bytes an entry); bad clusters count as free there as they do here.
 */
import { open, readFile, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { hashTree } from '../../testing/aging.ts';
import { differences, partcloneMap, toBlockMap } from '../../testing/block-map.ts';
import { ageFat, type FatAging, fsckFat, mtools, mtoolsClusters } from '../../testing/fat-oracle.ts';
import { runProgram } from '../../testing/run-program.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace, type Workspace } from '../../testing/workspace.ts';
import { probeFileSystem } from '../registry.ts';
import { openFileSource } from '../source.ts';
import { BOOT_SECTOR_BYTES, type BootSector, readBootSector } from './boot-sector.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

interface Row {
  name: string;
  version: BootSector['version'];
  sizeBytes: number;
  options: string;
  /** Clusters to have after mkfs, by changing the length in the boot sector. */
  clusters?: number;
  files?: number;
  largestFileBytes?: number;
  /** Judges that cannot be asked. */
  without?: ('fsck' | 'mtools')[];
  partclone?: boolean;
  /** After the aging all but a few clusters are filled. */
  full?: boolean;
  /** Only the mapped bytes are kept, and everything must still be there. */
  poisoned?: boolean;
}

const MATRIX: Row[] = [
  { name: 'FAT12, floppy', version: 'FAT12', sizeBytes: 1440 * KiB, options: '', files: 80, poisoned: true },
  { name: 'FAT12, one FAT, unaligned', version: 'FAT12', sizeBytes: 3 * MiB, options: '-f 1 -a -F 12' },
  // fsck.fat knows one or two FATs only.
  {
    name: 'FAT12, four FATs',
    version: 'FAT12',
    sizeBytes: 2 * MiB,
    options: '-f 4 -R 7 -F 12',
    files: 80,
    without: ['fsck'],
  },
  { name: 'FAT12, most clusters', version: 'FAT12', sizeBytes: 2068 * KiB, options: '-F 12 -s 1 -a', clusters: 4084 },
  {
    name: 'FAT16, fewest clusters',
    version: 'FAT16',
    sizeBytes: 2200 * KiB,
    options: '-F 16 -s 1 -a',
    clusters: 4085,
    partclone: true,
  },
  {
    name: 'FAT16, most clusters',
    version: 'FAT16',
    sizeBytes: 33_032 * KiB,
    options: '-F 16 -s 1 -a',
    clusters: 65_524,
    partclone: true,
    poisoned: true,
  },
  {
    name: 'FAT32, fewest clusters',
    version: 'FAT32',
    sizeBytes: 34 * MiB,
    options: '-F 32 -s 1',
    clusters: 65_525,
    partclone: true,
    poisoned: true,
  },
  // mtools takes it for FAT16, by its number of clusters.
  {
    name: 'FAT32, far fewer',
    version: 'FAT32',
    sizeBytes: 8 * MiB,
    options: '-F 32 -s 1',
    without: ['mtools'],
    partclone: true,
  },
  { name: 'FAT16, defaults', version: 'FAT16', sizeBytes: 100 * MiB, options: '-n LABEL', files: 1200 },
  { name: 'FAT16, sectors of 1 KiB', version: 'FAT16', sizeBytes: 64 * MiB, options: '-F 16 -S 1024 -s 1 -r 1024' },
  { name: 'FAT16, sectors of 4 KiB', version: 'FAT16', sizeBytes: 128 * MiB, options: '-F 16 -S 4096 -s 4' },
  { name: 'FAT16, clusters of 64 KiB', version: 'FAT16', sizeBytes: GiB, options: '-F 16 -s 128' },
  { name: 'FAT16, one FAT, fake partition table', version: 'FAT16', sizeBytes: 50 * MiB, options: '-f 1 --mbr=y' },
  { name: 'FAT32, defaults', version: 'FAT32', sizeBytes: 600 * MiB, options: '', files: 1000 },
  {
    name: 'FAT32, sectors of 2 KiB, one FAT',
    version: 'FAT32',
    sizeBytes: 300 * MiB,
    options: '-F 32 -S 2048 -s 2 -f 1',
  },
  { name: 'FAT32, sectors of 4 KiB', version: 'FAT32', sizeBytes: 300 * MiB, options: '-F 32 -S 4096 -s 1' },
  {
    name: 'FAT32, clusters of 32 KiB, many reserved sectors',
    version: 'FAT32',
    sizeBytes: 8 * GiB,
    options: '-F 32 -s 64 -R 1000 -b 10',
  },
  {
    name: 'FAT32, unaligned, no backup boot sector',
    version: 'FAT32',
    sizeBytes: 80 * MiB + 7 * 512,
    options: '-F 32 -s 2 -a -b 0',
    // fsck.fat wants to add one.
    without: ['fsck'],
  },
  {
    name: 'FAT32, nearly full',
    version: 'FAT32',
    sizeBytes: 40 * MiB,
    options: '-F 32 -s 1',
    files: 1000,
    largestFileBytes: 100 * KiB,
    full: true,
    partclone: true,
  },
  {
    name: 'FAT12, nearly full',
    version: 'FAT12',
    sizeBytes: 4 * MiB,
    options: '-F 12',
    files: 160,
    full: true,
  },
];

async function bootSectorOf(image: string): Promise<BootSector> {
  await using file = await open(image);
  const { buffer } = await file.read(Buffer.alloc(BOOT_SECTOR_BYTES), 0, BOOT_SECTOR_BYTES, 0);
  const reading = readBootSector(buffer);
  if (reading.kind !== 'bootSector') throw new Error('no boot sector');
  return reading.bootSector;
}

/** Makes the volume, and the file beneath, just long enough for this many clusters. */
async function setClusters(image: string, clusters: number): Promise<void> {
  const { dataOffset, clusterBytes, bytesPerSector, backupOffset, infoOffset } = await bootSectorOf(image);
  const sizeBytes = dataOffset + clusters * clusterBytes;
  const sectors = sizeBytes / bytesPerSector;
  const field = Buffer.alloc(4);
  await using file = await open(image, 'r+');
  for (const start of new Set([0, backupOffset])) {
    field.writeUInt16LE(sectors < 0x10000 ? sectors : 0);
    await file.write(field, 0, 2, start + 19);
    field.writeUInt32LE(sectors < 0x10000 ? 0 : sectors);
    await file.write(field, 0, 4, start + 32);
  }
  // One cluster is the root directory's.
  field.writeUInt32LE(clusters - 1);
  if (infoOffset > 0) await file.write(field, 0, 4, infoOffset + 488);
  await file.truncate(sizeBytes);
}

/** Chains that belong to no file, in both FATs of a FAT32: for where mtools cannot fill the volume. */
async function writeChains(image: string): Promise<void> {
  const { tableOffset, tableBytes, lastCluster } = await bootSectorOf(image);
  await using file = await open(image, 'r+');
  const entry = Buffer.alloc(4);
  let before = 0x0fffffff;
  for (let cluster = 10; cluster <= lastCluster; cluster += 1 + (cluster % 7)) {
    entry.writeUInt32LE(before);
    before = cluster % 3 === 0 ? 0x0fffffff : cluster;
    for (const table of [0, 1]) await file.write(entry, 0, 4, tableOffset + table * tableBytes + cluster * 4);
  }
}

/** Exact equality with mtools; counts of fsck.fat; exact equality with partclone where asked for. */
async function compare(
  workspace: Workspace,
  image: string,
  row: Pick<Row, 'without' | 'partclone'>,
): Promise<Float64Array> {
  const { without = [], partclone = false } = row;
  await using source = await openFileSource(image);
  const probe = await probeFileSystem(source);
  if (probe === undefined) throw new Error('not recognised');
  const { facts } = probe;
  const { bytesPerSector, clusterBytes, dataOffset, clusterCount } = await bootSectorOf(image);
  const extents = await probe.usedExtents();
  const tail = dataOffset + clusterCount * clusterBytes;
  const sectors = facts.totalBytes / bytesPerSector;
  const ours = toBlockMap(extents, bytesPerSector, sectors);
  const ourClusters = Array.from({ length: clusterCount }).filter(
    (_, index) => ours[(dataOffset + index * clusterBytes) / bytesPerSector] === 1,
  ).length;
  expect(facts.usedBytes % bytesPerSector).toBe(0);

  const blkid = await runProgram('blkid', ['-p', '-o', 'export', image]);
  expect(blkid).toContain(`TYPE=${facts.type}\n`);
  // libblkid draws the borders one cluster too low, where the specification and all drivers draw them here.
  const borders = [4084, 65_524];
  if (!borders.includes(clusterCount)) expect(blkid).toContain(`VERSION=${facts.version}\n`);
  expect(blkid).toContain(`UUID=${facts.uuid}\n`);
  expect(/^LABEL=(.*)$/m.exec(blkid)?.[1] ?? '').toBe(facts.label);

  if (!without.includes('mtools')) {
    const theirs = new Uint8Array(sectors);
    theirs.fill(1, 0, dataOffset / bytesPerSector);
    theirs.fill(1, tail / bytesPerSector);
    for (const cluster of await mtoolsClusters(image)) {
      const start = (dataOffset + (cluster - 2) * clusterBytes) / bytesPerSector;
      theirs.fill(1, start, start + clusterBytes / bytesPerSector);
    }
    expect(differences(ours, theirs)).toEqual([]);
  }
  if (!without.includes('fsck')) {
    const { used, clusters } = await fsckFat(image);
    expect(clusters).toBe(clusterCount);
    expect(ourClusters).toBe(used);
  }
  if (partclone) {
    const theirs = await partcloneMap('fat', image, workspace.path('domain.map'), bytesPerSector);
    // The rest behind the last cluster is ours alone.
    expect(differences(ours.subarray(0, tail / bytesPerSector), theirs.subarray(0, tail / bytesPerSector))).toEqual([]);
  }
  return extents;
}

/** Keeps the mapped bytes and overwrites all others; what fsck.fat and mcopy make of it must not change. */
async function expectNothingLost(workspace: Workspace, image: string, extents: Float64Array): Promise<void> {
  const bytes = await readFile(image);
  const poisoned = Buffer.alloc(bytes.length, 0xaa);
  for (let at = 0; at < extents.length; at += 2) {
    const start = extents[at] ?? 0;
    bytes.copy(poisoned, start, start, start + (extents[at + 1] ?? 0));
  }
  const copy = workspace.path('poisoned');
  await writeFile(copy, poisoned);
  expect((await fsckFat(copy)).output.replaceAll(copy, image)).toBe((await fsckFat(image)).output);
  const trees = [];
  for (const [path, name] of [
    [image, 'tree'],
    [copy, 'poisoned-tree'],
  ] as const) {
    await runProgram('mkdir', [workspace.path(name)]);
    await mtools('mcopy', path, '-s', '-Q', '::/*', workspace.path(name));
    trees.push(await hashTree(workspace.path(name)));
  }
  expect(Object.keys(trees[0] ?? {}).length).toBeGreaterThan(10);
  expect(trees[1]).toEqual(trees[0]);
}

/** One more file that leaves eight clusters. */
async function fill(workspace: Workspace, image: string): Promise<void> {
  await using source = await openFileSource(image);
  const facts = (await probeFileSystem(source))?.facts;
  const filler = workspace.path('filler');
  await createSparseFile(filler, (facts?.freeBytes ?? 0) - 8 * (facts?.blockSizeBytes ?? 0));
  await mtools('mcopy', image, filler, '::/filler');
}

function agingOf({ files = 400, largestFileBytes = 40 * KiB, sizeBytes }: Row): FatAging {
  return { seed: sizeBytes, files, largestFileBytes };
}

describe('used clusters of FAT, judged by mtools, fsck.fat and partclone', () => {
  it.each(MATRIX)('$name', { timeout: 60_000 }, async (row) => {
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await createSparseFile(image, row.sizeBytes);
    await makeFileSystem(image, ['vfat', ...row.options.split(' ').filter((word) => word !== '')]);
    if (row.clusters !== undefined) await setClusters(image, row.clusters);
    expect((await bootSectorOf(image)).version).toBe(row.version);
    await compare(workspace, image, { without: row.without ?? [] });
    if (row.without?.includes('mtools')) {
      await writeChains(image);
      await compare(workspace, image, { ...row, without: ['mtools', 'fsck'] });
      return;
    }
    await ageFat(workspace, image, agingOf(row));
    if (row.full) await fill(workspace, image);
    const extents = await compare(workspace, image, row);
    if (row.poisoned) await expectNothingLost(workspace, image, extents);
  });

  it.each([12, 16, 32] as const)('FAT%i with bad clusters, which are not read', { timeout: 60_000 }, async (bits) => {
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await createSparseFile(image, { 12: 4, 16: 40, 32: 80 }[bits] * MiB);
    const list = workspace.path('bad');
    // Blocks of 1 KiB.
    await writeFile(list, '1000\n1001\n1500\n');
    await makeFileSystem(image, ['vfat', '-F', `${bits}`, '-s', '2', '-l', list]);
    await ageFat(workspace, image, { seed: 3, files: 100, largestFileBytes: 20 * KiB });
    await using source = await openFileSource(image);
    const probe = await probeFileSystem(source);
    const { bytesPerSector } = await bootSectorOf(image);
    await probe?.usedExtents();
    expect(probe?.warnings.join()).toMatch(/^\d+ bytes are marked as bad clusters and are not read\.$/);
    const bad = Number(/^\d+/.exec(probe?.warnings.join() ?? '')?.[0]);
    expect(bad % bytesPerSector).toBe(0);
    expect(bad).toBeGreaterThanOrEqual(2 * KiB);
    await compare(workspace, image, { without: ['fsck'], partclone: bits !== 12 });
  });

  // It writes a partition table into the boot sector, whose partition is the file system itself.
  it.each([
    ['FAT12', '-f 1440', 80],
    ['FAT16', '-t 80 -h 16 -s 63', 300],
    ['FAT32', '-F -t 200 -h 16 -s 63', 300],
  ] as const)('%s made by mformat', { timeout: 60_000 }, async (version, options, files) => {
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await mtools('mformat', image, '-C', ...options.split(' '), '-v', 'MFORMAT', '::');
    expect((await bootSectorOf(image)).version).toBe(version);
    await ageFat(workspace, image, { seed: 12, files, largestFileBytes: 40 * KiB });
    await compare(workspace, image, {});
  });

  it.each([16, 32])('FAT%i mended by fsck.fat, which makes files of lost chains', { timeout: 60_000 }, async (bits) => {
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await createSparseFile(image, bits === 16 ? 20 * MiB : 40 * MiB);
    await makeFileSystem(image, ['vfat', '-F', `${bits}`, '-s', '1']);
    await ageFat(workspace, image, { seed: 9, files: 200, largestFileBytes: 30 * KiB });
    // A file without its directory entry.
    const { rootOffset, dataOffset, clusterBytes, rootCluster } = await bootSectorOf(image);
    const root = rootCluster > 0 ? dataOffset + (rootCluster - 2) * clusterBytes : rootOffset;
    await writeFile(workspace.path('LOST'), Buffer.alloc(9 * KiB));
    await mtools('mcopy', image, workspace.path('LOST'), '::/LOST');
    const bytes = await readFile(image);
    const entry = bytes.indexOf('LOST       ', root, 'latin1');
    bytes.writeUInt8(0xe5, entry);
    await writeFile(image, bytes);
    // It says so by its exit code, too.
    await runProgram('fsck.fat', ['-a', image]).catch(() => '');
    expect(await mtools('mdir', image, '-b', '::')).toMatch(/FSCK0000\.REC/);
    await compare(workspace, image, {});
  });

  it('a volume longer than its file system reads on to the end where that is near', async () => {
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await createSparseFile(image, 40 * MiB);
    await makeFileSystem(image, ['vfat', '-F', '32', '-s', '1']);
    await truncate(image, 40 * MiB + 5 * KiB);
    await compare(workspace, image, {});
  });
});
