/**
 * Our used-cluster map against exfatprogs and partclone over a matrix of mkfs.exfat options, filled through FUSE.
 *
 * Judges: `partclone.exfat -D` reads the allocation bitmap with code of its own, and must agree with us exactly, except
 * for the rest behind the last cluster, which is ours alone. `dump.exfat` counts the free clusters. `fsck.exfat -n`
 * walks every file and compares it with the bitmap: it must be content with the volume, and with a copy of which only
 * the mapped bytes were kept, whose files must read the same.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { age, fillUp, hashTree } from '../../testing/aging.ts';
import { differences, partcloneMap, toBlockMap } from '../../testing/block-map.ts';
import { requireFuse } from '../../testing/machine-limits.ts';
import { runProgram } from '../../testing/run-program.ts';
import { attachLoop, createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace, type Workspace } from '../../testing/workspace.ts';
import { probeFileSystem } from '../registry.ts';
import { openFileSource } from '../source.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

interface Row {
  name: string;
  sizeBytes: number;
  options: string;
  sectorBytes?: number;
  operations?: number;
  largestFileBytes?: number;
  full?: boolean;
  partclone?: boolean;
  poisoned?: boolean;
}

const MATRIX: Row[] = [
  { name: 'defaults', sizeBytes: 256 * MiB, options: '-L Holidays', operations: 3000, partclone: true, poisoned: true },
  {
    name: 'clusters of 512 bytes',
    sizeBytes: 24 * MiB,
    options: '-c 512',
    largestFileBytes: 64 * KiB,
    partclone: true,
  },
  { name: 'clusters of 1 KiB, odd size', sizeBytes: 33 * MiB + 5 * KiB, options: '-c 1K', poisoned: true },
  { name: 'clusters of 32 KiB', sizeBytes: 512 * MiB, options: '-c 32K', partclone: true },
  { name: 'clusters of 1 MiB', sizeBytes: 4 * GiB, options: '-c 1M', operations: 300 },
  { name: 'clusters of 32 MiB', sizeBytes: 4 * GiB, options: '-c 32M', operations: 12 },
  { name: 'packed bitmap', sizeBytes: 128 * MiB, options: '--pack-bitmap', partclone: true },
  { name: 'clusters aligned to 16 KiB', sizeBytes: 64 * MiB, options: '-b 16K -c 4K' },
  { name: 'sectors of 4 KiB', sizeBytes: 128 * MiB, options: '', sectorBytes: 4096, poisoned: true },
  {
    name: 'nearly full, in pieces',
    sizeBytes: 32 * MiB,
    options: '-c 4K',
    full: true,
    partclone: true,
    poisoned: true,
  },
  { name: 'a bitmap of many clusters', sizeBytes: 2 * GiB, options: '-c 512', operations: 200 },
  // Longer than what a probe counts: the facts go by the whole percents there.
  { name: '20 GiB of the smallest clusters', sizeBytes: 20 * GiB, options: '-c 512', operations: 20 },
];

/** Mounts through FUSE, which needs a device. */
async function withMount(
  workspace: Workspace,
  device: string,
  name: string,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = workspace.path(name);
  await mkdir(folder);
  await runProgram('mount.exfat-fuse', ['-o', 'nonempty', device, folder]);
  try {
    await use(folder);
  } finally {
    await runProgram('umount', [folder]);
  }
}

async function fillRow(workspace: Workspace, device: string, row: Row): Promise<void> {
  await withMount(workspace, device, 'mount', async (folder) => {
    const { operations = 800, largestFileBytes = 256 * KiB, full } = row;
    await age(folder, { seed: row.sizeBytes, operations, largestFileBytes });
    if (full) await fillUp(folder, { seed: 3, fileBytes: 20 * KiB, deleteEvery: 9 });
    await writeFile(`${folder}/ein längerer Name mit Umlauten.txt`, 'ü');
  });
}

/** Value of a line of dump.exfat. */
function dumped(dump: string, name: string): number {
  return Number(new RegExp(`^${name}[^:]*:\\s*(\\w+)`, 'm').exec(dump)?.[1]);
}

async function compare(workspace: Workspace, image: string, device: string, row: Row): Promise<Float64Array> {
  await using source = await openFileSource(image);
  const probe = await probeFileSystem(source);
  if (probe === undefined) throw new Error('not recognised');
  expect(probe.warnings).toEqual([]);
  const { facts } = probe;
  const blkid = await runProgram('blkid', ['-p', '-o', 'export', device]);
  expect(blkid).toContain(`TYPE=${facts.type}\n`);
  expect(blkid).toContain(`VERSION=${facts.version}\n`);
  expect(blkid).toContain(`UUID=${facts.uuid}\n`);
  expect(/^LABEL=(.*)$/m.exec(blkid)?.[1] ?? '').toBe(facts.label);

  const dump = await runProgram('dump.exfat', [device]);
  const sectorBytes = 2 ** dumped(dump, 'Sector Size Bits');
  const clusterBytes = dumped(dump, 'Cluster size');
  const clusters = dumped(dump, 'Total Clusters');
  const heap = dumped(dump, 'Cluster Heap Offset');
  const clusterSectors = clusterBytes / sectorBytes;
  expect(facts.blockSizeBytes).toBe(clusterBytes);
  expect(facts.totalBytes).toBe(dumped(dump, 'Volume Length') * sectorBytes);

  const extents = await probe.usedExtents();
  const ours = toBlockMap(extents, sectorBytes, facts.totalBytes / sectorBytes);
  let used = 0;
  for (let cluster = 0; cluster < clusters; cluster++) used += ours[heap + cluster * clusterSectors] ?? 0;
  expect(used).toBe(clusters - dumped(dump, 'Free Clusters'));
  // A bitmap of at most 4 MiB is counted, so the facts are exact.
  if (clusters <= 2 ** 25) expect(facts.freeBytes).toBe((clusters - used) * clusterBytes);

  if (row.partclone) {
    const theirs = await partcloneMap('exfat', image, workspace.path('domain.map'), sectorBytes);
    const tail = heap + clusters * clusterSectors;
    expect(differences(ours.subarray(0, tail), theirs.subarray(0, tail))).toEqual([]);
  }
  expect(await runProgram('fsck.exfat', ['-n', device])).toMatch(/clean\. directories \d+, files \d+/);
  return extents;
}

/** Keeps the mapped bytes and overwrites all others: fsck.exfat and every file must be the same. */
async function expectNothingLost(workspace: Workspace, image: string, device: string, row: Row, extents: Float64Array) {
  const copy = workspace.path('poisoned.img');
  const bytes = await readFile(image);
  const poisoned = Buffer.alloc(bytes.length, 0xaa);
  for (let at = 0; at < extents.length; at += 2) {
    const start = extents[at] ?? 0;
    bytes.copy(poisoned, start, start, start + (extents[at + 1] ?? 0));
  }
  await writeFile(copy, poisoned);
  await using loop = await attachLoop(copy, loopOptions(row));
  const verdict = async (path: string) => (await runProgram('fsck.exfat', ['-n', path])).replaceAll(path, 'volume');
  expect(await verdict(loop.device)).toBe(await verdict(device));
  let expected: Record<string, string> = {};
  await withMount(workspace, device, 'whole', async (folder) => {
    expected = await hashTree(folder);
  });
  expect(Object.keys(expected).length).toBeGreaterThan(50);
  await withMount(workspace, loop.device, 'restored', async (folder) => {
    expect(await hashTree(folder)).toEqual(expected);
  });
}

function loopOptions({ sectorBytes }: Row): string[] {
  return sectorBytes === undefined ? [] : ['--sector-size', `${sectorBytes}`];
}

describe('used clusters of exFAT, judged by exfatprogs and partclone', () => {
  for (const row of MATRIX) {
    it(row.name, { timeout: 60_000 }, async (context) => {
      requireFuse(context);
      await using workspace = await createWorkspace();
      const image = workspace.path('image');
      await createSparseFile(image, row.sizeBytes);
      await using loop = await attachLoop(image, loopOptions(row));
      const { device } = loop;
      await makeFileSystem(device, ['exfat', ...row.options.split(' ').filter((word) => word !== '')]);
      await runProgram('blockdev', ['--flushbufs', device]);
      await compare(workspace, image, device, { ...row, partclone: false });
      await fillRow(workspace, device, row);
      await runProgram('blockdev', ['--flushbufs', device]);
      const extents = await compare(workspace, image, device, row);
      if (row.poisoned) await expectNothingLost(workspace, image, device, row, extents);
    });
  }

  it('while mounted: in use, so read whole', async (context) => {
    requireFuse(context);
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await createSparseFile(image, 32 * MiB);
    await makeFileSystem(image, ['exfat']);
    await using loop = await attachLoop(image);
    await withMount(workspace, loop.device, 'mount', async (folder) => {
      await writeFile(`${folder}/file`, 'content');
      await runProgram('sync', ['-f', folder]);
      await using source = await openFileSource(loop.device);
      const probe = await probeFileSystem(source);
      expect(probe?.facts.state).toBe('dirty');
      await expect(probe?.usedExtents()).rejects.toMatchObject({ code: 'FILESYSTEM_UNSUPPORTED' });
      expect((await probe?.usedExtents(undefined, { estimate: true }))?.length).toBeGreaterThan(0);
    });
    await runProgram('blockdev', ['--flushbufs', loop.device]);
    await using source = await openFileSource(image);
    expect((await probeFileSystem(source))?.facts.state).toBe('clean');
  });
});
