/**
 * Our used-block map of file systems that the kernel filled. Judges: btrfs-progs, exactly as in the oracle; and the
 * hardest, a copy in which everything that we leave out is junk: it must mount, hold every file, take new ones, and
 * pass `btrfs check`.
 */
import { copyFile, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Extents } from '../../base/extents.ts';
import { age, fillUp, hashTree } from '../../testing/aging.ts';
import { expectNothingMissing, toBlockMap } from '../../testing/block-map.ts';
import { compareToDump, dumpSuper, dumpTreeMap, mapOfImage, requireMkfs } from '../../testing/btrfs-oracle.ts';
import { requireLoopDevices } from '../../testing/machine-limits.ts';
import { randomTree } from '../../testing/random-tree.ts';
import { runProgram } from '../../testing/run-program.ts';
import { seeded, seededBytes } from '../../testing/seeded.ts';
import { attachLoop, createSparseFile, createTestVolume, type TestVolume } from '../../testing/test-volume.ts';
import type { Workspace } from '../../testing/workspace.ts';
import { probeFileSystem } from '../registry.ts';
import { openFileSource } from '../source.ts';

const MiB = 1024 * 1024;

/** A copy that holds only what we map; all else is junk. */
async function onlyMapped(image: string, extents: Extents, target: string): Promise<void> {
  await using source = await open(image, 'r');
  await using file = await open(target, 'w');
  const { size } = await source.stat();
  const junk = Buffer.alloc(4 * MiB, 0xaa);
  const bytes = Buffer.alloc(4 * MiB);
  let at = 0;
  for (let index = 0; index <= extents.length; index += 2) {
    const start = extents[index] ?? size;
    const end = start + (extents[index + 1] ?? 0);
    while (at < start) at += (await file.write(junk, 0, Math.min(junk.length, start - at), at)).bytesWritten;
    while (at < end) {
      const { bytesRead } = await source.read(bytes, 0, Math.min(bytes.length, end - at), at);
      at += (await file.write(bytes, 0, bytesRead, at)).bytesWritten;
    }
  }
}

/** Nothing but what we map is needed: btrfs check is content, and the kernel reads back every file. */
async function expectEnough(
  workspace: Workspace,
  image: string,
  extents: Extents,
  files: Record<string, string>,
): Promise<void> {
  const copy = workspace.path('only-mapped');
  await onlyMapped(image, extents, copy);
  await using loop = await attachLoop(copy);
  const mountPoint = workspace.path('mount-copy');
  await mkdir(mountPoint, { recursive: true });
  // Writable: the log is replayed, and space is allocated by what the file system believes to be free.
  await runProgram('mount', [loop.device, mountPoint]);
  try {
    await writeFile(join(mountPoint, 'written after'), Buffer.alloc(64 * 1024, 7));
    await runProgram('sync', ['-f', mountPoint]);
    const found = await hashTree(mountPoint);
    delete found['written after'];
    expect(found).toEqual(files);
  } finally {
    await runProgram('umount', [mountPoint]);
  }
  await runProgram('blockdev', ['--flushbufs', loop.device]);
  await runProgram('btrfs', ['check', '--readonly', copy]);
}

interface KernelRow {
  name: string;
  mebibytes?: number;
  mkfs?: string;
  mount?: string;
  needs?: string;
  use(mountPoint: string, volume: TestVolume): Promise<void>;
}

const btrfs = (...args: string[]): Promise<string> => runProgram('btrfs', args);

const KERNEL_ROWS: KernelRow[] = [
  {
    name: 'a tree of files',
    use: async (folder) => void (await randomTree(folder, { seed: 11, bytes: 48 * MiB })),
  },
  {
    name: 'aged, DUP data, nodes of 4 KiB',
    mkfs: '-n 4096 -d dup',
    use: (folder) => age(folder, { seed: 5, operations: 4000, largestFileBytes: 64 * 1024 }),
  },
  {
    name: 'aged, mixed groups',
    mebibytes: 128,
    mkfs: '--mixed',
    use: (folder) => age(folder, { seed: 6, operations: 3000, largestFileBytes: 64 * 1024 }),
  },
  {
    name: 'subvolumes, snapshots, one deleted, clones',
    use: async (folder) => {
      await btrfs('subvolume', 'create', join(folder, 'sub'));
      await randomTree(join(folder, 'sub'), { seed: 1, bytes: 12 * MiB });
      await btrfs('subvolume', 'snapshot', join(folder, 'sub'), join(folder, 'snap'));
      await btrfs('subvolume', 'snapshot', '-r', join(folder, 'sub'), join(folder, 'doomed'));
      await age(join(folder, 'snap'), { seed: 2, operations: 500 });
      await runProgram('cp', ['-r', '--reflink=always', join(folder, 'sub'), join(folder, 'clone')]);
      await btrfs('subvolume', 'delete', '-C', join(folder, 'doomed'));
      await btrfs('subvolume', 'sync', folder);
      await btrfs('subvolume', 'set-default', join(folder, 'snap'));
    },
  },
  {
    name: 'compressed by zstd, xxhash',
    mkfs: '--csum xxhash',
    mount: 'compress-force=zstd',
    use: (folder) => compressible(folder),
  },
  {
    name: 'compressed by lzo, blake2',
    mkfs: '--csum blake2',
    mount: 'compress-force=lzo',
    use: (folder) => compressible(folder),
  },
  {
    name: 'balanced from DUP to single, and half the data deleted',
    use: async (folder) => {
      await randomTree(folder, { seed: 21, bytes: 60 * MiB, deleteEvery: 2 });
      await btrfs('balance', 'start', '-f', '-mconvert=single', '-sconvert=single', '-dusage=90', folder);
    },
  },
  {
    name: 'balanced from single to DUP and RAID0',
    mebibytes: 500,
    mkfs: '-m single',
    use: async (folder) => {
      await randomTree(folder, { seed: 22, bytes: 40 * MiB });
      await btrfs('balance', 'start', '-f', '-mconvert=dup', '-dconvert=raid0', folder);
    },
  },
  {
    name: 'shrunk, with a tail behind it',
    mebibytes: 400,
    use: async (folder) => {
      await randomTree(folder, { seed: 23, bytes: 40 * MiB });
      await btrfs('filesystem', 'resize', '300M', folder);
    },
  },
  {
    name: 'grown',
    use: async (folder, volume) => {
      await randomTree(folder, { seed: 24, bytes: 30 * MiB });
      await runProgram('truncate', ['-s', '450M', volume.file]);
      await runProgram('losetup', ['--set-capacity', volume.device]);
      await btrfs('filesystem', 'resize', 'max', folder);
      await randomTree(join(folder, 'folder-0'), { seed: 25, bytes: 30 * MiB });
    },
  },
  {
    name: 'full, and every third file deleted',
    mebibytes: 200,
    use: (folder) => fillUp(folder, { seed: 3, fileBytes: 150_000, deleteEvery: 3 }),
  },
  {
    name: 'space cache of version 1, preallocated and punched files, a swap file',
    mkfs: '-R ^free-space-tree',
    mount: 'space_cache=v1',
    use: async (folder) => {
      await age(folder, { seed: 7, operations: 1500 });
      await runProgram('fallocate', ['-l', '9M', join(folder, 'reserved')]);
      await runProgram('fallocate', ['-p', '-o', '1M', '-l', '3M', join(folder, 'reserved')]);
      await runProgram('chattr', ['+C', '-f', folder]);
      await runProgram('fallocate', ['-l', '8M', join(folder, 'swap')]);
    },
  },
  {
    name: 'block group tree, aged',
    mkfs: '-O block-group-tree',
    needs: 'block-group-tree',
    use: (folder) => age(folder, { seed: 8, operations: 1500 }),
  },
  {
    name: 'simple quota, aged',
    mkfs: '-O squota',
    needs: 'squota',
    use: (folder) => age(folder, { seed: 9, operations: 1500 }),
  },
];

/** Files that shrink by much. */
async function compressible(folder: string): Promise<void> {
  for (let index = 0; index < 30; index++) {
    const line = `${index} the same again and again\n`;
    await writeFile(join(folder, `text-${index}`), line.repeat(20_000 + index * 1000));
  }
  await age(folder, { seed: 30, operations: 400 });
}

describe('used blocks of btrfs filled by the kernel: exact, and enough to read everything back', () => {
  it.for(KERNEL_ROWS)('$name', { timeout: 60_000 }, async (row, context) => {
    requireLoopDevices(context);
    if (row.needs !== undefined) await requireMkfs(context, row.needs);
    const words = (row.mkfs ?? '').split(' ').filter((word) => word !== '');
    const sizeBytes = (row.mebibytes ?? 300) * MiB;
    await using volume = await createTestVolume({ sizeBytes, mkfs: ['btrfs', ...words] });
    let files: Record<string, string> = {};
    {
      await using mount = await volume.mount(row.mount ?? 'rw');
      await row.use(mount.mountPoint, volume);
      await runProgram('sync', ['-f', mount.mountPoint]);
      files = await hashTree(mount.mountPoint);
    }
    if (row.name.startsWith('subvolumes')) {
      await using mount = await volume.mount();
      files = await hashTree(mount.mountPoint);
    }
    await runProgram('blockdev', ['--flushbufs', volume.device]);
    const extents = await compareToDump(volume.file);
    await expectEnough(volume.workspace, volume.file, extents, files);
  });

  it('mounted: a plan while in use, exact once frozen or read-only', { timeout: 60_000 }, async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 300 * MiB, mkfs: ['btrfs'] });
    let extents: Extents = new Float64Array();
    let files: Record<string, string> = {};
    {
      await using mount = await volume.mount();
      const folder = mount.mountPoint;
      for (let round = 0; round < 3; round++) {
        await age(folder, { seed: 40 + round, operations: 400 });
        // What the kernel writes goes past the page cache of the device, so the file beneath is read.
        await using source = await openFileSource(volume.file);
        const planned = await (await probeFileSystem(source))?.usedExtents(undefined, { estimate: true });
        expect(planned?.length).toBeGreaterThan(4);
      }
      await runProgram('fsfreeze', ['--freeze', folder]);
      try {
        await compareToDump(volume.file);
      } finally {
        await runProgram('fsfreeze', ['--unfreeze', folder]);
      }
      await age(folder, { seed: 50, operations: 400 });
      await runProgram('mount', ['-o', 'remount,ro', folder]);
      files = await hashTree(folder);
      extents = await compareToDump(volume.file);
    }
    await expectEnough(volume.workspace, volume.file, extents, files);
  });

  it('on a device that took over from another', { timeout: 60_000 }, async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 300 * MiB, mkfs: ['btrfs'] });
    const successor = volume.workspace.path('successor');
    await createSparseFile(successor, 320 * MiB);
    let files: Record<string, string> = {};
    {
      await using loop = await attachLoop(successor);
      await using mount = await volume.mount();
      await randomTree(mount.mountPoint, { seed: 60, bytes: 20 * MiB });
      await btrfs('replace', 'start', '-B', volume.device, loop.device, mount.mountPoint);
      await btrfs('device', 'add', '-f', volume.device, mount.mountPoint);
      await age(mount.mountPoint, { seed: 61, operations: 300 });
      await btrfs('device', 'remove', volume.device, mount.mountPoint);
      files = await hashTree(mount.mountPoint);
    }
    const extents = await compareToDump(successor);
    await expectEnough(volume.workspace, successor, extents, files);
  });

  it('a log that waits for replay: what fsync promised is there', { timeout: 60_000 }, async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 300 * MiB, mkfs: ['btrfs'] });
    const crashed = volume.workspace.path('crashed');
    let files: Record<string, string> = {};
    {
      // The next commit is far away, so that only the log has what follows.
      await using mount = await volume.mount('commit=300');
      const folder = mount.mountPoint;
      await randomTree(folder, { seed: 31, bytes: 20 * MiB });
      await btrfs('subvolume', 'create', join(folder, 'sub'));
      await writeFile(join(folder, 'appended'), Buffer.alloc(300_000, 5));
      await writeFile(join(folder, 'sub', 'overwritten'), Buffer.alloc(2_000_000, 6));
      await runProgram('sync', ['-f', folder]);
      const random = seeded(32);
      for (let index = 0; index < 60; index++) {
        await synced(join(folder, index % 2 === 0 ? 'sub' : '', `new-${index}`), seededBytes(random, 40_000), 'w');
      }
      await synced(join(folder, 'appended'), seededBytes(random, 700_000), 'a');
      await synced(join(folder, 'sub', 'overwritten'), seededBytes(random, 500_000), 'r+');
      files = await hashTree(folder);
      await copyFile(volume.file, crashed);
    }
    const { extents, sector, sectors } = await mapOfImage(crashed);
    expect((await dumpSuper(crashed)).number('log_root')).toBeGreaterThan(0);
    const committed = await dumpTreeMap(crashed);
    // 60 new files of 10 sectors, 171 appended and 123 overwritten ones, and the blocks of three log trees, twice.
    const logged = expectNothingMissing(toBlockMap(extents, sector, sectors), committed).blocks;
    expect(logged).toBeGreaterThanOrEqual(60 * 10 + 171 + 122);
    expect(logged).toBeLessThan(60 * 10 + 171 + 123 + 300);
    await using source = await openFileSource(crashed);
    expect((await probeFileSystem(source))?.facts.state).toBe('dirty');
    await expectEnough(volume.workspace, crashed, extents, files);
    await rm(crashed);
  });
});

/** Writes and waits until it is on the disk. */
async function synced(path: string, content: Buffer, flags: string): Promise<void> {
  await using file = await open(path, flags);
  await file.write(content);
  await file.sync();
}
