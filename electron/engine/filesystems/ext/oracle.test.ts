/**
 * Our used-block map against e2fsprogs and partclone, block for block, over a matrix of mke2fs options.
 *
 * Oracle: `dumpe2fs` lists the free blocks of every group; all others are in use. `partclone.extfs -D` maps what it
 * would copy. Both must agree with us exactly; there is no allowed excess.
 */

import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { differences, partcloneMap, toBlockMap } from '../../testing/block-map.ts';
import { dumpe2fsMap } from '../../testing/ext-oracle.ts';
import { requireLoopDevices } from '../../testing/machine-limits.ts';
import { randomTree } from '../../testing/random-tree.ts';
import { runProgram } from '../../testing/run-program.ts';
import { seeded, seededBytes } from '../../testing/seeded.ts';
import { createSparseFile, createTestVolume, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace, type Workspace } from '../../testing/workspace.ts';
import { probeFileSystem } from '../registry.ts';
import { openFileSource } from '../source.ts';

const MiB = 1024 * 1024;

interface Row {
  name: string;
  type: string;
  options: string[];
  mebibytes: number;
  /** partclone 0.3.23 cannot be asked about it. */
  withoutPartclone?: string;
}

/** partclone counts bits as blocks and stops with "bitmap error at 0 group". */
const BIGALLOC = 'bitmap error at 0 group';

const row = (name: string, type: string, mebibytes: number, options: string, withoutPartclone?: string): Row => ({
  name,
  type,
  options: options.split(' ').filter((word) => word !== ''),
  mebibytes,
  ...(withoutPartclone === undefined ? {} : { withoutPartclone }),
});

const MATRIX: Row[] = [
  row('ext2, 1 KiB blocks', 'ext2', 16, '-b 1024'),
  row('ext2, 4 KiB blocks', 'ext2', 300, '-b 4096'),
  row('ext2 without sparse_super', 'ext2', 64, '-b 1024 -O ^sparse_super,^resize_inode'),
  row('ext2, revision 0', 'ext2', 32, '-b 1024 -r 0'),
  row('ext3, 1 KiB blocks', 'ext3', 64, '-b 1024'),
  row('ext3, 2 KiB blocks', 'ext3', 128, '-b 2048'),
  row('ext4, defaults', 'ext4', 512, ''),
  row('ext4, 1 KiB blocks', 'ext4', 256, '-b 1024'),
  row('ext4, 2 KiB blocks', 'ext4', 256, '-b 2048'),
  row('ext4, 64 KiB blocks', 'ext4', 1024, '-b 65536'),
  row('ext4, 1 KiB blocks, no journal', 'ext4', 64, '-b 1024 -O ^has_journal'),
  row('ext4 without flex_bg', 'ext4', 512, '-O ^flex_bg'),
  row('ext4 without 64bit', 'ext4', 256, '-O ^64bit'),
  row('ext4 without metadata_csum', 'ext4', 256, '-O ^metadata_csum'),
  row('ext4, uninit_bg without metadata_csum', 'ext4', 1024, '-O ^metadata_csum,uninit_bg'),
  row('ext4, uninit_bg, no flex_bg', 'ext4', 1024, '-O ^metadata_csum,uninit_bg,^flex_bg'),
  row('ext4, uninit_bg, 64bit, 1 KiB', 'ext4', 256, '-b 1024 -O ^metadata_csum,uninit_bg,64bit'),
  row('ext4, meta_bg', 'ext4', 1024, '-O meta_bg,^resize_inode'),
  row('ext4, meta_bg, 1 KiB blocks', 'ext4', 512, '-b 1024 -O meta_bg,^resize_inode'),
  row('ext4, meta_bg, no flex_bg, 1 KiB', 'ext4', 512, '-b 1024 -O meta_bg,^resize_inode,^flex_bg'),
  row('ext4, bigalloc', 'ext4', 1024, '-O bigalloc', BIGALLOC),
  row('ext4, bigalloc, 1 KiB blocks', 'ext4', 512, '-b 1024 -O bigalloc', BIGALLOC),
  row('ext4, bigalloc, 64 KiB clusters, several groups', 'ext4', 2048, '-b 1024 -C 8192 -O bigalloc', BIGALLOC),
  row('ext4, sparse_super2', 'ext4', 1024, '-O sparse_super2,^resize_inode'),
  row('ext4, sparse_super2, no backups', 'ext4', 512, '-O sparse_super2 -E num_backup_sb=0'),
  row('ext4, sparse_super2, packed', 'ext4', 512, '-O sparse_super2,^resize_inode -E packed_meta_blocks=1'),
  row('ext4, mmp and quota and project', 'ext4', 256, '-O mmp,quota,project'),
  row('ext4, ea_inode, large_dir, inline_data', 'ext4', 256, '-O ea_inode,large_dir,inline_data'),
  row('ext4, casefold, encrypt, verity, stable_inodes', 'ext4', 256, '-O casefold,encrypt,verity,stable_inodes'),
  row('ext4, orphan_file', 'ext4', 256, '-O orphan_file'),
  row('ext4, metadata_csum_seed', 'ext4', 256, '-O metadata_csum_seed'),
  row('ext4, lazy inode tables', 'ext4', 2048, '-E lazy_itable_init=1'),
  row('ext4, short last group', 'ext4', 150, '-b 4096'),
  row('ext4, small groups', 'ext4', 128, '-b 4096 -g 2048'),
  row('ext4, small flexible groups, many inodes', 'ext4', 256, '-G 4 -i 4096'),
  row('ext4, 256 flexible groups, few inodes', 'ext4', 1024, '-b 1024 -G 256 -T largefile'),
];

/** Files of many sizes, some deleted again, through debugfs. */
async function fillUnmounted(workspace: Workspace, image: string, seed: number): Promise<void> {
  const random = seeded(seed);
  const commands: string[] = [];
  for (let index = 0; index < 12; index++) {
    const source = workspace.path(`source-${index}`);
    await writeFile(source, seededBytes(random, 1 + Math.floor(200_000 * random())));
    commands.push(`write ${source} file-${index}`);
  }
  commands.push('mkdir folder', 'rm file-3', 'rm file-7', 'symlink link file-1');
  const script = workspace.path('commands');
  await writeFile(script, `${commands.join('\n')}\n`);
  await runProgram('debugfs', ['-w', '-f', script, image]);
}

async function compare(workspace: Workspace, image: string, partclone: boolean): Promise<void> {
  await using source = await openFileSource(image);
  const probe = await probeFileSystem(source);
  expect(probe?.warnings).toEqual([]);
  if (probe === undefined) return;
  const { blockSizeBytes, totalBytes, features } = probe.facts;
  const header = await runProgram('dumpe2fs', ['-h', image]);
  const named = /^Filesystem features: +(.*)$/m.exec(header)?.[1]?.split(' ');
  expect(features).toEqual(named?.filter((name) => name !== '(none)'));
  const ours = toBlockMap(await probe.usedExtents(), blockSizeBytes, totalBytes / blockSizeBytes);
  expect(differences(ours, await dumpe2fsMap(image))).toEqual([]);
  if (!partclone) return;
  const theirs = await partcloneMap('extfs', image, workspace.path('domain.map'), blockSizeBytes);
  expect(differences(ours, theirs.subarray(0, ours.length))).toEqual([]);
}

describe('used blocks of ext, judged by e2fsprogs and partclone', () => {
  it.concurrent.each(MATRIX)('$name', { timeout: 60_000 }, async (row) => {
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await createSparseFile(image, row.mebibytes * MiB);
    await makeFileSystem(image, [row.type, ...row.options]);
    await fillUnmounted(workspace, image, row.mebibytes);
    await compare(workspace, image, row.withoutPartclone === undefined);
  });

  it.each(['512M', '3G', '200M'])('resized from 1 GiB to %s', { timeout: 60_000 }, async (size) => {
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await createSparseFile(image, 1024 * MiB);
    await makeFileSystem(image, ['ext4', '-b', '4096']);
    await fillUnmounted(workspace, image, 5);
    if (size === '3G') await runProgram('truncate', ['-s', '3G', image]);
    await runProgram('e2fsck', ['-fy', image]);
    await runProgram('resize2fs', [image, size]);
    await compare(workspace, image, true);
  });

  const BY_THE_KERNEL: [string, ...string[]][] = [
    ['ext2', '-b', '1024'],
    ['ext3'],
    ['ext4'],
    ['ext4', '-O', 'bigalloc'],
    ['ext4', '-O', '^metadata_csum,uninit_bg'],
  ];
  for (const mkfs of BY_THE_KERNEL) {
    it(`filled by the kernel: ${mkfs.join(' ')}`, { timeout: 60_000 }, async (context) => {
      requireLoopDevices(context);
      await using volume = await createTestVolume({ sizeBytes: 512 * MiB, mkfs });
      {
        await using mount = await volume.mount();
        await randomTree(mount.mountPoint, { seed: 11, bytes: 48 * MiB });
      }
      await runProgram('blockdev', ['--flushbufs', volume.device]);
      await compare(volume.workspace, volume.file, !mkfs.includes('bigalloc'));
    });
  }
});
