/**
 * Files on volumes of every file system, whoever can write them: the kernel, FUSE, or mtools. What an operating
 * system's driver wrote is what images have to keep.
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashTree } from './aging.ts';
import { runProgram } from './run-program.ts';

/** Programs that mount a block device on a folder; the kernel's own file systems are mounted with mount(8). */
const FUSE: Readonly<Record<string, readonly string[]>> = {
  ntfs: ['ntfs-3g', '-o', 'noatime'],
  exfat: ['mount.exfat-fuse', '-o', 'noatime'],
};

/** A folder of our own that is removed again. */
async function ownFolder(): Promise<AsyncDisposable & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'stillframe-files-'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Mounts a block device; `type` is blkid's word. Disposing unmounts, and what was written is then on the device. FUSE
 * needs a block device and no plain file, because only then does umount(8) wait for the driver to finish.
 */
export async function mountDevice(
  type: string,
  device: string,
): Promise<AsyncDisposable & { readonly folder: string }> {
  await using stack = new AsyncDisposableStack();
  const { folder } = stack.use(await ownFolder());
  const [program = 'mount', ...args] = FUSE[type] ?? ['mount', '-t', type];
  await runProgram(program, [...args, device, folder]);
  stack.defer(async () => {
    await runProgram('umount', [folder]);
    await runProgram('blockdev', ['--flushbufs', device]);
  });
  const owned = stack.move();
  return { folder, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** All files of a FAT volume, copied into `folder`. */
async function copyOut(device: string, folder: string): Promise<void> {
  const names = await runProgram('mdir', ['-i', device, '-b', '::/']).catch(() => '');
  if (names.trim() !== '') await runProgram('mcopy', ['-i', device, '-s', '-n', '-m', '::/*', folder]);
}

/** Replaces the files of a FAT volume by those in `folder`. */
async function copyIn(device: string, folder: string): Promise<void> {
  const old = (await runProgram('mdir', ['-i', device, '-b', '::/']).catch(() => '')).trim();
  if (old !== '') await runProgram('mdeltree', ['-i', device, ...old.split('\n')]);
  const entries = (await readdir(folder)).map((name) => join(folder, name));
  if (entries.length > 0) await runProgram('mcopy', ['-i', device, '-s', '-Q', ...entries, '::/']);
}

/**
 * Lets `edit` change the files of a volume. FAT has no driver here, so its files are copied out, changed and copied in
 * again by mtools.
 */
export async function editFiles(
  type: string,
  device: string,
  edit: (folder: string) => Promise<unknown>,
): Promise<void> {
  if (type !== 'vfat') {
    await using mounted = await mountDevice(type, device);
    await edit(mounted.folder);
    return;
  }
  await using own = await ownFolder();
  const files = join(own.folder, 'files');
  await mkdir(files);
  await copyOut(device, files);
  await edit(files);
  await copyIn(device, files);
}

/** SHA-256 of every file of a volume by its path. */
export async function fileHashes(type: string, device: string): Promise<Record<string, string>> {
  if (type !== 'vfat') {
    await using mounted = await mountDevice(type, device);
    return await hashTree(mounted.folder);
  }
  await using own = await ownFolder();
  await copyOut(device, own.folder);
  return await hashTree(own.folder);
}

/** Read-only checks by the file systems' own programs; every one exits with 0 where all is well. */
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  ext2: ['e2fsck', '-fn'],
  ext3: ['e2fsck', '-fn'],
  ext4: ['e2fsck', '-fn'],
  xfs: ['xfs_repair', '-n'],
  btrfs: ['btrfs', 'check', '--readonly'],
  ntfs: ['ntfsfix', '-n'],
  vfat: ['fsck.fat', '-n'],
  exfat: ['fsck.exfat', '-n'],
  swap: ['swaplabel'],
};

/** Has the file system judged by its own checker; rejects with what that says. */
export async function checkFileSystem(type: string, device: string): Promise<string> {
  const [program, ...args] = CHECKS[type] ?? [];
  if (program === undefined) throw new Error(`no checker is known for ${type}`);
  return await runProgram(program, [...args, device]);
}
