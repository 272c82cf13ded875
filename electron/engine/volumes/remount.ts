/**
 * Remounting a file system read-only and back through mount(8). Remounting works on the file system itself, so every
 * mount of it (bind mounts, nested ones) goes read-only together and stays where it is: readers go on, and there is no
 * moment in which a mount point lies empty and is written into.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { EngineError } from '../base/errors.ts';
import { deviceUnder, isReadOnly, type MountEntry, readMountTable } from './mount-table.ts';

/** mount(8) said no or was stopped; it may have done its work all the same. `busy`: files are open for writing. */
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
 * Runs mount(8) or umount(8) in a session of its own: Ctrl+C in a terminal goes to the whole process group, and would
 * stop it in the middle. Throws `MountRefused`.
 */
export async function runMount(args: string[], program: 'mount' | 'umount' = 'mount'): Promise<void> {
  const options = { detached: true, env: { ...process.env, LC_ALL: 'C' } };
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const [said, [status, killedBy]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    if (status === 0) return;
    const how =
      killedBy === null ? `${program}(8) ended with status ${status}` : `${program}(8) was stopped by ${killedBy}`;
    const message = said.trim() || how;
    throw new MountRefused(message, /busy/i.test(message));
  } catch (error) {
    if (error instanceof MountRefused) throw error;
    throw new MountRefused(error instanceof Error ? error.message : String(error), false, { cause: error });
  }
}

/**
 * Remounts through one mount, whose own options stay. fstab is not asked: it may name other options than the ones in
 * force. Throws `MountRefused`.
 */
export async function remount(mountPoint: string, mountOptions: string, access: 'ro' | 'rw'): Promise<void> {
  await runMount(['--options-mode', 'ignore', '--options', withAccess(mountOptions, access), mountPoint]);
}

/** A mount that was read-only by itself (a bind mount) was opened together with its file system. */
async function closeAgain(mountPoint: string, mountOptions: string): Promise<void> {
  if (!mountOptions.split(',').includes('ro')) return;
  const options = `bind,${withAccess(mountOptions, 'ro')}`;
  await runMount(['--options-mode', 'ignore', '--options', options, mountPoint]);
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

/** The file system takes writes, and so do the mounts of it that did before. */
function isWritableAgain(present: MountEntry[], before: MountBefore[]): boolean {
  const writable = (options: string): boolean => options.split(',').includes('rw');
  return present.every(
    (entry) =>
      !isReadOnly(entry) &&
      (writable(entry.mountOptions) ||
        !before.some((mount) => mount.mountPoint === entry.mountPoint && writable(mount.mountOptions))),
  );
}

/**
 * Makes the file system on `number` writable again, through the mount that was used before or, if that is gone, any
 * other that was writable. What the kernel lists counts, not what mount(8) says. Returns false where nothing is mounted
 * any more. Throws `VOLUME_REMOUNT_FAILED` with `leftBehind`.
 */
export async function makeWritable(volume: string, number: string, before: MountBefore[]): Promise<boolean> {
  let mountPoint = before[0]?.mountPoint ?? volume;
  try {
    const present = await mountsOfDevice(number);
    const first = present[0];
    if (first === undefined) return false;
    if (isWritableAgain(present, before)) return true;
    const known = before.find((mount) => present.some((entry) => entry.mountPoint === mount.mountPoint)) ?? first;
    mountPoint = known.mountPoint;
    const refusal = await remount(mountPoint, known.mountOptions, 'rw').catch((error: unknown) => error);
    const after = await mountsOfDevice(number);
    if (isWritableAgain(after, before)) {
      await closeAgain(mountPoint, known.mountOptions);
      return after.length > 0;
    }
    throw refusal ?? new Error('the kernel kept it read-only');
  } catch (error) {
    throw remountFailed(volume, mountPoint, error);
  }
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
