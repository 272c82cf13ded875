/** Volumes in use for the tests of snapshot providers. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ProviderStand } from '../snapshots/conformance/stand.ts';
import { findVolume } from '../volumes/discover.ts';
import { runProgram } from './run-program.ts';
import { attachLoop, createSparseFile, createTestVolume, makeFileSystem, type TestVolume } from './test-volume.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const MIB = 1024 * 1024;
/** Smallest that mkfs.xfs and mkfs.btrfs take, with room. */
const SIZES: Readonly<Record<string, number>> = { xfs: 320 * MIB, btrfs: 160 * MIB, ext4: 96 * MIB };

/** A stand with what the tests of one provider look at besides. */
export interface SnapshotStand extends ProviderStand {
  readonly workspace: Workspace;
  /** Loop device that is mounted. */
  readonly device: string;
  /** The file beneath it. */
  readonly file: string;
}

/** Has the file system's own program look for damage. */
export async function checkFileSystem(type: string, copy: string): Promise<void> {
  if (type.startsWith('ext')) await runProgram('e2fsck', ['-fn', copy]);
  if (type === 'btrfs') await runProgram('btrfs', ['check', '--readonly', copy]);
  if (type !== 'xfs') return;
  // xfs_repair does not replay a log; the kernel does, at a mount.
  const folder = `${copy}.mounted`;
  await mkdir(folder);
  await runProgram('mount', ['-o', 'loop,nouuid', copy, folder]);
  await runProgram('umount', [folder]);
  await rm(folder, { recursive: true });
  await runProgram('xfs_repair', ['-n', copy]);
}

/** Thaws what a failed test left frozen: unmounting would wait for ever. */
async function thawAnyway(folder: string): Promise<void> {
  await promisify(execFile)('fsfreeze', ['--unfreeze', folder]).catch(() => undefined);
}

/** Waits until no loop device uses the file: one that somebody is just looking at is detached only after that. */
export async function waitUntilDetached(file: string): Promise<void> {
  for (let wait = 0; wait < 250; wait++) {
    if ((await runProgram('losetup', ['--associated', file])).trim() === '') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Loop devices and mounts of the workspace, and the files in these folders. */
async function inventoryOf(workspace: Workspace, folders: readonly string[]): Promise<string[]> {
  const loops = await runProgram('losetup', ['--list', '--noheadings', '--output', 'NAME,BACK-FILE']);
  const mounts = await runProgram('findmnt', ['--raw', '--noheadings', '--output', 'TARGET,SOURCE']);
  const lines = [...loops.split('\n'), ...mounts.split('\n')].filter((line) => line.includes(workspace.folder));
  for (const folder of folders) for (const name of await readdir(folder)) lines.push(join(folder, name));
  return lines.sort();
}

async function standOn(
  stack: AsyncDisposableStack,
  parts: {
    type: string;
    workspace: Workspace;
    device: string;
    file: string;
    folder: string;
    name: string;
    watched: string[];
  },
): Promise<SnapshotStand> {
  const { type, workspace, device, file, folder, name, watched } = parts;
  const scratch = workspace.path('scratch');
  await mkdir(scratch);
  stack.defer(() => thawAnyway(folder));
  const owned = stack.move();
  return {
    ...{ workspace, device, file, folder, scratch },
    volume: () => findVolume(name),
    check: (copy) => checkFileSystem(type, copy),
    inventory: () => inventoryOf(workspace, watched),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** A mounted file system on a loop device; the volume is the device, or the file beneath it. */
export async function loopStand(type: string, kind: 'loop' | 'file' = 'loop'): Promise<SnapshotStand> {
  await using stack = new AsyncDisposableStack();
  const volume = stack.use(await createTestVolume({ sizeBytes: SIZES[type] ?? 64 * MIB, mkfs: [type] }));
  const { mountPoint } = await volume.mount();
  const { workspace, device, file } = volume;
  const name = kind === 'file' ? file : device;
  return await standOn(stack, { type, workspace, device, file, folder: mountPoint, name, watched: [] });
}

/** A mounted file system that holds image files. */
export async function hostVolume(
  type: string,
  mountOptions?: string,
  mkfsOptions: readonly string[] = [],
): Promise<TestVolume & { folder: string }> {
  await using stack = new AsyncDisposableStack();
  const host = stack.use(await createTestVolume({ sizeBytes: 1024 * MIB, mkfs: [type, ...mkfsOptions] }));
  const { mountPoint: folder } = await host.mount(mountOptions);
  const owned = stack.move();
  return { ...host, folder, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

export interface HostedOptions {
  /** File system of the host. */
  host: string;
  hostOptions?: string;
  /** File system in the image file. */
  type: string;
  kind: 'loop' | 'file';
  /** Prepares the empty image file. */
  prepare?(file: string): Promise<unknown>;
}

/** A mounted image file on a mounted file system of its own. */
export async function hostedStand(options: HostedOptions): Promise<SnapshotStand> {
  const { host: hostType, hostOptions, type, kind, prepare } = options;
  await using stack = new AsyncDisposableStack();
  const workspace = stack.use(await createWorkspace());
  const host = stack.use(await hostVolume(hostType, hostOptions));
  const file = join(host.folder, 'volume.img');
  await createSparseFile(file, 0);
  await prepare?.(file);
  await runProgram('truncate', ['--size', String(SIZES[type] ?? 64 * MIB), file]);
  await makeFileSystem(file, [type]);
  stack.defer(() => waitUntilDetached(file));
  const { device } = stack.use(await attachLoop(file));
  const folder = workspace.path('mount');
  await mkdir(folder);
  await runProgram('mount', [device, folder]);
  stack.defer(async () => {
    await runProgram('umount', [folder]);
  });
  const name = kind === 'file' ? file : device;
  return await standOn(stack, { type, workspace, device, file, folder, name, watched: [dirname(file)] });
}
