/**
 * Our used-block map of what mkfs.btrfs makes, against btrfs-progs, sector for sector; there is no allowed excess.
 *
 * partclone.btrfs is no judge: it counts in blocks of the node size, leaves out the second copies of DUP, and marks free
 * blocks (a fresh mixed file system: 5.6 MiB for 36 KiB).
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blockGroupTreeImage } from '../../testing/btrfs-images.ts';
import { compareToDump, dumpSuper, requireMkfs } from '../../testing/btrfs-oracle.ts';
import { runProgram } from '../../testing/run-program.ts';
import { seeded, seededBytes } from '../../testing/seeded.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace, type Workspace } from '../../testing/workspace.ts';

const MiB = 1024 * 1024;
const GiB = 1024 * MiB;

interface FileRow {
  name: string;
  options: string;
  mebibytes?: number;
  /** What `mkfs.btrfs -O list-all` must name for this row to run. */
  needs?: string;
}

const FILE_ROWS: FileRow[] = [
  { name: 'defaults: DUP metadata', options: '' },
  { name: 'single metadata', options: '-m single -d single' },
  { name: 'everything twice', options: '-m dup -d dup', mebibytes: 300 },
  { name: 'RAID0 over one device', options: '-m raid0 -d raid0' },
  { name: 'mixed groups, 16 MiB', options: '--mixed', mebibytes: 16 },
  { name: 'mixed groups, twice', options: '--mixed -m dup -d dup', mebibytes: 300 },
  { name: 'nodes of 4 KiB', options: '-n 4096' },
  { name: 'nodes of 32 KiB', options: '-n 32768' },
  { name: 'nodes of 64 KiB', options: '-n 65536' },
  { name: 'sectors of 16 KiB', options: '-s 16384 -n 16384', mebibytes: 256 },
  { name: 'sectors of 64 KiB', options: '-s 65536 -n 65536', mebibytes: 512 },
  { name: 'xxhash', options: '--csum xxhash' },
  { name: 'sha256', options: '--csum sha256' },
  { name: 'blake2', options: '--csum blake2' },
  { name: 'extent items with lengths (no skinny metadata)', options: '-O ^skinny-metadata' },
  { name: 'the layout of 2012', options: '-O ^skinny-metadata,^extref,^no-holes -R ^free-space-tree -n 4096' },
  { name: 'space cache of version 1', options: '-R ^free-space-tree' },
  { name: 'quota', options: '-R quota' },
  { name: 'an odd size', options: '-L odd', mebibytes: 111.5 },
  { name: 'block group tree', options: '-O block-group-tree', needs: 'block-group-tree' },
  { name: 'block group tree, mixed, sha256', options: '-O bgt --mixed --csum sha256', needs: 'block-group-tree' },
  { name: 'simple quota', options: '-O squota', needs: 'squota' },
];

/** A folder for mkfs to copy: small files that go into leaves, and larger ones. */
async function folderOf(workspace: Workspace, seed: number): Promise<string> {
  const folder = workspace.path('root');
  const random = seeded(seed);
  const content = seededBytes(random, 100_000);
  await mkdir(join(folder, 'inner'), { recursive: true });
  for (let index = 0; index < 40; index++) {
    const length = Math.ceil(100_000 * random() ** 3);
    await writeFile(join(folder, index % 3 === 0 ? 'inner' : '', `file-${index}`), content.subarray(0, length));
  }
  return folder;
}

describe('used blocks of btrfs made by mkfs, judged by btrfs-progs', () => {
  it.concurrent.for(FILE_ROWS)('$name', { timeout: 60_000 }, async ({ options, mebibytes = 200, needs }, context) => {
    if (needs !== undefined) await requireMkfs(context, needs);
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await createSparseFile(image, mebibytes * MiB);
    const words = options.split(' ').filter((word) => word !== '');
    const root = await folderOf(workspace, options.length);
    // mkfs cannot fill the smallest file system.
    await makeFileSystem(image, ['btrfs', ...words, ...(mebibytes > 16 ? ['--rootdir', root] : [])]);
    await compareToDump(image);
  });

  it('another file system identity than its blocks carry (metadata_uuid)', { timeout: 60_000 }, async () => {
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await createSparseFile(image, 200 * MiB);
    await makeFileSystem(image, ['btrfs', '--rootdir', await folderOf(workspace, 3)]);
    await runProgram('btrfstune', ['-f', '-M', '01234567-89ab-cdef-0123-456789abcdef', image]);
    await compareToDump(image);
    const { features, field } = await dumpSuper(image);
    expect(features).toContain('metadata_uuid');
    expect(field('fsid')).not.toBe(field('metadata_uuid'));
  });

  it('block group tree, from an older mkfs or not', { timeout: 60_000 }, async () => {
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await writeFile(image, await blockGroupTreeImage());
    await compareToDump(image);
    expect((await dumpSuper(image)).features).toContain('block_group_tree');
  });

  it('all three superblocks, on 300 GiB', { timeout: 60_000 }, async () => {
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await createSparseFile(image, 300 * GiB);
    await makeFileSystem(image, ['btrfs']);
    const extents = await compareToDump(image);
    for (const offset of [0, 64 * MiB, 256 * GiB]) expect([...extents]).toContain(offset);
  });

  it('converted from ext4', { timeout: 60_000 }, async () => {
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await createSparseFile(image, 512 * MiB);
    await makeFileSystem(image, ['ext4', '-d', await folderOf(workspace, 4)]);
    await runProgram('btrfs-convert', [image]);
    await compareToDump(image);
  });
});
