/**
 * Remounting a file system read-only and back through mount(8). Remounting works on the file system itself, so every
 * mount of it (bind mounts, nested ones) goes read-only together and stays where it is: readers go on, and there is no
 * moment in which a mount point lies empty and is written into.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EngineError } from '../base/errors.ts';
import { deviceUnder, isReadOnly, type MountEntry, readMountTable } from './mount-table.ts';

const run = promisify(execFile);

/** mount(8) said no. `busy`: files are open for writing. */
export class MountRefused extends Error {
  override readonly name = 'MountRefused';
  readonly busy: boolean;

  constructor(message: string, busy: boolean, options?: ErrorOptions) {
    super(message, options);
    this.busy = busy;
  }
}

/** Options of a mount that a remount would drop unless told again; others (`idmapped`) cannot be told and stay. */
const TOLD_AGAIN = new Set(['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime', 'nosymfollow']);

/** Options of one mount with read-only or read-write replaced. */
function withAccess(mountOptions: string, access: 'ro' | 'rw'): string {
  const others = mountOptions.split(',').filter((option) => TOLD_AGAIN.has(option));
  return ['remount', access, ...others].join(',');
}

/**
 * Remounts through one mount, whose own options stay. fstab is not asked: it may name other options than the ones in
 * force. Throws `MountRefused`.
 */
export async function remount(mountPoint: string, mountOptions: string, access: 'ro' | 'rw'): Promise<void> {
  const args = ['--options-mode', 'ignore', '--options', withAccess(mountOptions, access), mountPoint];
  try {
    await run('mount', args, { env: { ...process.env, LC_ALL: 'C' } });
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const message = stderr || (error instanceof Error ? error.message : String(error));
    throw new MountRefused(message, /busy/i.test(message), { cause: error });
  }
}

/** All present mounts of a block device (`major:minor`). */
export async function mountsOfDevice(number: string): Promise<MountEntry[]> {
  const found: MountEntry[] = [];
  for (const entry of await readMountTable()) if ((await deviceUnder(entry)) === number) found.push(entry);
  return found;
}

/** How a mount was before. */
export interface MountBefore {
  mountPoint: string;
  mountOptions: string;
}

/**
 * Makes the file system on `number` writable again, through the mount that was used before or, if that is gone, any
 * other that was writable. Returns false where nothing is mounted any more. Throws `VOLUME_REMOUNT_FAILED` with
 * `leftBehind`.
 */
export async function makeWritable(volume: string, number: string, before: MountBefore[]): Promise<boolean> {
  const present = await mountsOfDevice(number);
  const first = present[0];
  if (first === undefined) return false;
  if (!isReadOnly(first)) return true;
  const known = before.find((mount) => present.some((entry) => entry.mountPoint === mount.mountPoint));
  const { mountPoint, mountOptions } = known ?? first;
  try {
    await remount(mountPoint, mountOptions, 'rw');
  } catch (error) {
    throw remountFailed(volume, mountPoint, error);
  }
  const after = await mountsOfDevice(number);
  if (after.some(isReadOnly)) throw remountFailed(volume, mountPoint, new Error('the kernel kept it read-only'));
  return true;
}

function remountFailed(volume: string, mountPoint: string, cause: unknown): EngineError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new EngineError(
    'VOLUME_REMOUNT_FAILED',
    {
      volume,
      reason: `${volume} could not be made writable again: ${why}.`,
      leftBehind: [`${volume} is mounted read-only at ${mountPoint}`],
      remedy: `Run: mount -o remount,rw ${mountPoint}`,
    },
    { cause },
  );
}
