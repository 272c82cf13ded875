/**
 * Our used-block map against ntfs-3g and partclone, cluster for cluster, over a matrix of mkntfs options and of what
 * happened to the volume since.
 *
 * Oracle: `ntfscat` reads `$Bitmap` by other people's code, and `partclone.ntfs -D` maps what it would copy. Both must
 * agree with us exactly on all clusters. Beyond the last cluster we read what no bitmap tells about: the rest of
 * sectors that makes no cluster and the copy of the boot sector, and the volume's last sector; that is checked byte
 * for byte. Some rows are proven by what is read alone: everything else is overwritten, and ntfs-3g must find every
 * file unharmed.
 */
import { open, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extentBytes } from '../../base/extents.ts';
import { age, fillUp, hashTree } from '../../testing/aging.ts';
import { differences, partcloneMap, toBlockMap } from '../../testing/block-map.ts';
import { requireFuse } from '../../testing/machine-limits.ts';
import { scatterBitmap } from '../../testing/ntfs-image.ts';
import { mountNtfs, ntfscatMap, ntfsinfoFacts } from '../../testing/ntfs-oracle.ts';
import { runProgram } from '../../testing/run-program.ts';
import { seeded, seededBytes } from '../../testing/seeded.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace, type Workspace } from '../../testing/workspace.ts';
import { probeFileSystem } from '../registry.ts';
import { openFileSource } from '../source.ts';
import { readUsedMapOf } from '../used-map.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

interface Row {
  name: string;
  options: string;
  mebibytes: number;
  mountOptions?: string;
  /** Done to the mounted file system. */
  fill?: (folder: string) => Promise<void>;
  /** Done to the unmounted image afterwards. */
  change?: (image: string) => Promise<void>;
  partclone?: boolean;
  /** Proven by a copy that has nothing but what we read. */
  proven?: boolean;
}

const aged =
  (operations: number, largestFileBytes = 64 * KiB) =>
  (folder: string) =>
    age(folder, { seed: operations, operations, largestFileBytes });

/** Small files in every place, every second one deleted, then more records: `$MFT` is in pieces. */
async function fragmented(folder: string): Promise<void> {
  await fillUp(folder, { seed: 5, fileBytes: 1500, deleteEvery: 2 });
  for (let index = 0; index < 1500; index++) await writeFile(join(folder, `resident-${index}`), 'x');
  await fillUp(folder, { seed: 6, fileBytes: 5000, deleteEvery: 3 });
}

/** The same in smaller pieces, and then records until nearly full: the runs of `$MFT` do not fit into its own one. */
async function shattered(folder: string): Promise<void> {
  await fillUp(folder, { seed: 5, fileBytes: 1000, deleteEvery: 2 });
  for (let index = 0; index < 4000; index++) await writeFile(join(folder, `resident-${index}`), 'x');
}

async function expectListedMft(image: string): Promise<void> {
  const record = await runProgram('ntfsinfo', ['-v', '-i', '0', image]);
  expect(record.includes('$ATTRIBUTE_LIST')).toBe(true);
}

async function full(folder: string): Promise<void> {
  await age(folder, { seed: 9, operations: 300 });
  await fillUp(folder, { seed: 7, fileBytes: 96 * KiB });
  await rm(join(folder, 'full', 'file-3'));
}

/** Holes, in a root directory whose files ntfs-3g compresses (mkntfs -C). */
async function sparseAndCompressed(folder: string): Promise<void> {
  for (const name of ['sparse', 'sparser']) {
    await using file = await open(join(folder, name), 'w');
    for (const at of [0, 3 * MiB, 9 * MiB + 12345]) await file.write(seededBytes(seeded(at), 5000), 0, 5000, at);
    await file.truncate(40 * MiB);
  }
  for (let index = 0; index < 20; index++) {
    await writeFile(join(folder, `compressed-${index}`), Buffer.alloc(200 * KiB, `text ${index} `));
  }
  await symlink('sparse', join(folder, 'link'));
}

/** ntfsresize schedules a check; ntfsfix takes that back. */
async function resize(image: string, bytes: number): Promise<void> {
  await runProgram('ntfsresize', ['-f', '-f', '-s', String(bytes), image]);
  expect((await readUsedMapOf(image, { gapBytes: 1 })).summary).toMatchObject({ mode: 'raw' });
  await runProgram('ntfsfix', ['-d', image]);
}

async function grown(image: string): Promise<void> {
  await truncate(image, 96 * MiB);
  await resize(image, 96 * MiB);
}

async function shrunk(image: string): Promise<void> {
  await resize(image, 20 * MiB);
}

/** What nobody's tools make on a volume this small: see `scatterBitmap`. */
const scattered = (records: number) => async (image: string) => {
  const bytes = await readFile(image);
  scatterBitmap(bytes, records);
  await writeFile(image, bytes);
};

const MATRIX: Row[] = [
  { name: '512-byte clusters, fresh', options: '-c 512', mebibytes: 8, partclone: true },
  { name: '512-byte clusters, aged', options: '-c 512', mebibytes: 24, fill: aged(1500, 24 * KiB), proven: true },
  { name: '512-byte clusters, $MFT in pieces', options: '-c 512', mebibytes: 12, fill: fragmented, proven: true },
  {
    name: '512-byte clusters, $MFT in an attribute list',
    options: '-c 512',
    mebibytes: 16,
    fill: shattered,
    change: expectListedMft,
    proven: true,
  },
  { name: '1 KiB clusters, aged', options: '-c 1024', mebibytes: 32, fill: aged(1200), partclone: true },
  { name: '2 KiB clusters, nearly full', options: '-c 2048', mebibytes: 24, fill: full, proven: true },
  { name: 'defaults, fresh', options: '-L Daten', mebibytes: 200, partclone: true },
  { name: 'defaults, aged', options: '', mebibytes: 48, fill: aged(2000), partclone: true, proven: true },
  { name: 'defaults, in pieces', options: '-z 4', mebibytes: 24, fill: fragmented },
  {
    name: 'sparse and compressed files',
    options: '-C',
    mebibytes: 32,
    mountOptions: 'rw,compression',
    fill: sparseAndCompressed,
    proven: true,
  },
  { name: '8 KiB clusters, aged', options: '-c 8192', mebibytes: 48, fill: aged(600) },
  { name: '64 KiB clusters, nearly full', options: '-c 65536', mebibytes: 48, fill: full, partclone: true },
  { name: '128 KiB clusters, aged', options: '-c 131072', mebibytes: 96, fill: aged(300) },
  { name: '1 MiB clusters, aged', options: '-c 1048576', mebibytes: 160, fill: aged(100), proven: true },
  { name: '1 KiB sectors', options: '-s 1024 -c 2048', mebibytes: 32, fill: aged(400) },
  { name: '4 KiB sectors, aged', options: '-s 4096 -c 4096', mebibytes: 40, fill: aged(600), proven: true },
  { name: '4 KiB sectors, 64 KiB clusters', options: '-s 4096 -c 65536', mebibytes: 64 },
  { name: 'grown', options: '-c 512', mebibytes: 12, fill: fragmented, change: grown, partclone: true, proven: true },
  { name: 'shrunk, the volume longer', options: '', mebibytes: 64, fill: aged(300), change: shrunk, proven: true },
  { name: '$Bitmap in single clusters', options: '-c 512', mebibytes: 24, change: scattered(0) },
  { name: '$Bitmap in an attribute list', options: '-c 512', mebibytes: 24, change: scattered(3), partclone: true },
];

/** Only what we read, everything else overwritten: it must be the same file system. */
async function expectCopyIsWhole(workspace: Workspace, image: string): Promise<void> {
  const { extents } = await readUsedMapOf(image, { gapBytes: 1 });
  const original = await readFile(image);
  const copy = Buffer.alloc(original.length, 0xaa);
  for (let at = 0; at < extents.length; at += 2) {
    const offset = extents[at] ?? 0;
    original.copy(copy, offset, offset, offset + (extents[at + 1] ?? 0));
  }
  const path = workspace.path('copy');
  await writeFile(path, copy);
  await runProgram('ntfsfix', ['-n', path]);
  const hashes: Record<string, string>[] = [];
  for (const volume of [image, path]) {
    await using mount = await mountNtfs(volume, workspace.path(`read-${hashes.length}`), 'ro');
    hashes.push(await hashTree(mount.mountPoint));
  }
  expect(hashes[1]).toEqual(hashes[0]);
}

async function compare(workspace: Workspace, image: string, row: Row): Promise<void> {
  await using source = await openFileSource(image);
  const probe = await probeFileSystem(source);
  if (probe === undefined) throw new Error('not recognised');
  expect(probe.warnings).toEqual([]);
  const { facts } = probe;
  const judge = await ntfsinfoFacts(image);
  const clusterBytes = judge.clusterBytes;
  expect(facts).toMatchObject({
    type: 'ntfs',
    state: 'clean',
    features: [],
    version: judge.version,
    blockSizeBytes: clusterBytes,
    freeBytes: judge.freeClusters * clusterBytes,
    usedBytes: (judge.clusters - judge.freeClusters) * clusterBytes,
  });
  const [uuid, label] = await Promise.all(
    ['UUID', 'LABEL'].map((tag) => runProgram('blkid', ['-p', '-o', 'value', '-s', tag, image])),
  );
  expect([facts.uuid, facts.label]).toEqual([uuid?.trim(), label?.trim()]);

  const extents = await probe.usedExtents();
  const ours = toBlockMap(extents, clusterBytes, judge.clusters);
  expect(differences(ours, await ntfscatMap(image, judge.clusters))).toEqual([]);
  if (row.partclone) {
    const theirs = await partcloneMap('ntfs', image, workspace.path('domain.map'), clusterBytes);
    expect(differences(ours, theirs.subarray(0, judge.clusters))).toEqual([]);
  }
  const sectorBytes = (await readFile(image)).readUInt16LE(0x0b);
  const behind = Math.min(facts.totalBytes + sectorBytes, source.sizeBytes) - judge.clusters * clusterBytes;
  const lastSector = source.sizeBytes - facts.totalBytes > sectorBytes ? sectorBytes : 0;
  expect(extentBytes(extents)).toBe(facts.usedBytes + behind + lastSector);
  expect((extents.at(-2) ?? 0) + (extents.at(-1) ?? 0)).toBe(source.sizeBytes);
}

describe('used clusters of NTFS, judged by ntfs-3g and partclone', () => {
  for (const row of MATRIX) {
    it(row.name, async (context) => {
      if (row.fill || row.proven) requireFuse(context);
      await using workspace = await createWorkspace();
      const image = workspace.path('image');
      await createSparseFile(image, row.mebibytes * MiB);
      await makeFileSystem(image, ['ntfs', ...row.options.split(' ').filter((word) => word !== '')]);
      if (row.fill) {
        await using mount = await mountNtfs(image, workspace.path('fill'), row.mountOptions);
        await row.fill(mount.mountPoint);
      }
      await row.change?.(image);
      await compare(workspace, image, row);
      if (row.proven) await expectCopyIsWhole(workspace, image);
    });
  }
});
