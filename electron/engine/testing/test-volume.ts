/** Real volumes for tests: a sparse file, a file system on it, a loop device over it, a mount. */
import { mkdir, open } from 'node:fs/promises';
import { randomTree, type TreeOptions } from './random-tree.ts';
import { runProgram } from './run-program.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** Programs and the options that make them run unasked on files. */
const MKFS: Readonly<Record<string, { program: string; args: readonly string[] }>> = {
  ext2: { program: 'mke2fs', args: ['-q', '-F', '-t', 'ext2'] },
  ext3: { program: 'mke2fs', args: ['-q', '-F', '-t', 'ext3'] },
  ext4: { program: 'mke2fs', args: ['-q', '-F', '-t', 'ext4'] },
  xfs: { program: 'mkfs.xfs', args: ['-q', '-f'] },
  btrfs: { program: 'mkfs.btrfs', args: ['-q', '-f'] },
  ntfs: { program: 'mkntfs', args: ['-q', '-F', '-Q'] },
  vfat: { program: 'mkfs.fat', args: [] },
  exfat: { program: 'mkfs.exfat', args: [] },
  swap: { program: 'mkswap', args: ['-q'] },
  jfs: { program: 'mkfs.jfs', args: ['-q'] },
};

export interface TestVolumeOptions {
  sizeBytes: number;
  /** File system and its mkfs's own options; without it the volume is empty. */
  mkfs?: readonly [type: string, ...options: string[]];
  /** Mounts once and fills it. */
  fill?: TreeOptions;
  /** Only the file, no loop device: for tests without root. */
  fileOnly?: boolean;
}

/** A mounted test volume; disposing unmounts. */
export interface TestMount extends AsyncDisposable {
  readonly mountPoint: string;
}

/** Disposing unmounts, detaches and removes everything. */
export interface TestVolume extends AsyncDisposable {
  readonly workspace: Workspace;
  /** The file beneath. */
  readonly file: string;
  /** The loop device; empty for `fileOnly`. */
  readonly device: string;
  /** Mounts with `-o options` in a new folder. */
  mount(options?: string): Promise<TestMount>;
}

/** Makes a sparse file of exactly this many bytes. */
export async function createSparseFile(path: string, sizeBytes: number): Promise<void> {
  await using file = await open(path, 'w');
  await file.truncate(sizeBytes);
}

/** Runs the mkfs of a type (blkid's word for it) on a file or device. */
export async function makeFileSystem(path: string, mkfs: readonly [type: string, ...options: string[]]): Promise<void> {
  const [type, ...options] = mkfs;
  const known = MKFS[type];
  if (known === undefined) throw new Error(`no mkfs is known for ${type}`);
  await runProgram(known.program, [...known.args, ...options, path]);
}

/** Attaches a file; disposing detaches it. */
export async function attachLoop(
  file: string,
  options: readonly string[] = [],
): Promise<AsyncDisposable & { device: string }> {
  const device = (await runProgram('losetup', ['--find', '--show', ...options, file])).trim();
  return {
    device,
    [Symbol.asyncDispose]: async () => {
      await runProgram('losetup', ['--detach', device]);
    },
  };
}

/** Builds the volume. Rejects where a program fails; nothing is left behind then. */
export async function createTestVolume(options: TestVolumeOptions): Promise<TestVolume> {
  await using stack = new AsyncDisposableStack();
  const workspace = stack.use(await createWorkspace());
  const file = workspace.path('volume.img');
  await createSparseFile(file, options.sizeBytes);
  if (options.mkfs) await makeFileSystem(file, options.mkfs);
  const device = options.fileOnly === true ? '' : stack.use(await attachLoop(file)).device;
  const mounts = stack.use(new AsyncDisposableStack());
  let mountCount = 0;

  const mount = async (mountOptions = 'rw'): Promise<TestMount> => {
    mountCount += 1;
    const mountPoint = workspace.path(`mount-${mountCount}`);
    await mkdir(mountPoint);
    await runProgram('mount', ['-o', mountOptions, device, mountPoint]);
    let mounted = true;
    const dispose = async (): Promise<void> => {
      if (!mounted) return;
      mounted = false;
      await runProgram('umount', [mountPoint]);
    };
    mounts.defer(dispose);
    return { mountPoint, [Symbol.asyncDispose]: dispose };
  };

  if (options.fill) {
    await using filling = await mount();
    await randomTree(filling.mountPoint, options.fill);
  }
  const owned = stack.move();
  return { workspace, file, device, mount, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
