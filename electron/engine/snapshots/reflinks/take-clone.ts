/** Clones the file beneath a volume at a moment at which nothing is half written. */
import { lstat, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Volume } from '#contract';
import { EngineError, errnoOf, throwIfCancelled } from '../../base/errors.ts';
import { native } from '../../native.ts';
import { writersOf } from '../../volumes/busy.ts';
import { writersOfFile } from '../../volumes/file-stillness.ts';
import { findFreezable } from '../freezing/freezable.ts';
import { type FreezeChange, freezeFacts } from '../freezing/freeze-change.ts';
import { freezeSurely } from '../freezing/sure-freeze.ts';
import { whyThawed } from '../freezing/words.ts';
import type { CreateOptions, SnapshotChange } from '../provider.ts';
import { removeClone, removeCloneSurely } from './clone-file.ts';
import { fileNameOf, takenName } from './clone-name.ts';
import { type CloneSource, freeBytesAt, whyNotCloned } from './clone-source.ts';

/** A file that is cloned takes a moment, however large it is: what takes longer than this is not worth the wait. */
const FREEZE_LIMIT_MS = 30_000;

export type CloneChange = SnapshotChange & { folder: string } & Partial<Pick<FreezeChange, 'freeze'>> &
  Pick<FreezeChange, 'owner'>;

/** What is about to be made. */
export async function cloneChange(
  volume: Volume,
  source: CloneSource,
  { runId, owner }: CreateOptions,
): Promise<CloneChange> {
  const name = takenName(runId, owner, source.inode);
  const { folder, freezable } = source;
  const freeze = freezable && { freeze: await freezeFacts(freezable) };
  return { kind: 'snapshot', provider: 'REFLINK', volume: volume.name, name, owner, folder, ...freeze };
}

function unavailable(volume: Volume, reason: string, remedy: string): EngineError {
  return new EngineError('SNAPSHOT_UNAVAILABLE', { volume: volume.name, reason, remedy });
}

async function clone(volume: Volume, source: CloneSource, path: string): Promise<void> {
  try {
    await native().reflink(source.file, path);
  } catch (error) {
    if (errnoOf(error) === 'ENOSPC' || errnoOf(error) === 'EDQUOT') {
      const { neededBytes } = source.space;
      const presentBytes = Math.min(await freeBytesAt(source.folder), neededBytes - 1);
      const reason = `There is no space for a clone beside ${source.file}.`;
      const details = { volume: volume.name, reason, neededBytes, presentBytes };
      throw new EngineError('SNAPSHOT_NO_SPACE', details, { cause: error });
    }
    const refusal = whyNotCloned(source.file, error);
    if (refusal !== undefined) throw unavailable(volume, refusal.reason, refusal.remedy);
    throw error;
  }
}

/**
 * Clones while the mounted file system is frozen. Only the addon and the program that freezes work meanwhile: Node's own
 * threads may all be waiting to write to it.
 */
async function cloneFrozen(
  volume: Volume,
  source: CloneSource & Required<Pick<CloneSource, 'freezable'>>,
  path: string,
  change: CloneChange & FreezeChange,
  { deadlineMs, signal }: CreateOptions,
): Promise<void> {
  const limit = Math.min(deadlineMs, FREEZE_LIMIT_MS);
  const freeze = await freezeSurely({ target: source.freezable, change, deadlineMs: limit, signal });
  let cloned: unknown;
  try {
    // Everything has left the file system for the file; the clone begins by writing out the file.
    await clone(volume, source, path);
  } catch (error) {
    cloned = error;
  }
  const end = await freeze.thaw();
  if (cloned !== undefined) throw cloned;
  if (end.kind === 'thawed' && end.cause === 'asked') return;
  const reason = whyThawed(volume.name, end, performance.now() - freeze.since);
  throw unavailable(volume, reason, 'Try again, or use a static image.');
}

/** Clones what is not mounted read-write; false where somebody could write all the same. */
async function cloneUnmounted(
  volume: Volume,
  source: CloneSource,
  path: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const devices =
    source.loop === undefined
      ? volume.holders.filter(({ kind }) => kind === 'loop').map(({ name }) => name)
      : [source.loop];
  const writers = async (): Promise<number> =>
    (await writersOf(devices, signal)).length + (await writersOfFile(source.file, signal)).length;
  const before = await writers();
  for (const device of devices) {
    await using handle = await open(device, 'r');
    await handle.sync();
  }
  await clone(volume, source, path);
  if (before > 0 || (await writers()) > 0) return false;
  // Mounted in between.
  const now = await findFreezable(volume, false);
  return now === undefined;
}

/**
 * Makes the clone, whose change is on record already. Says whether nothing was half written. Throws
 * `SNAPSHOT_UNAVAILABLE`, `SNAPSHOT_NO_SPACE`, `SNAPSHOT_RELEASE_FAILED`, `CANCELLED`; no clone is left then, but with
 * `SNAPSHOT_RELEASE_FAILED`.
 */
export async function takeClone(
  volume: Volume,
  source: CloneSource,
  change: CloneChange,
  options: CreateOptions,
): Promise<{ path: string; frozen: boolean }> {
  const path = join(source.folder, fileNameOf(change.name));
  const { freezable } = source;
  const { freeze } = change;
  try {
    let frozen = true;
    if (freezable !== undefined && freeze !== undefined) {
      await cloneFrozen(volume, { ...source, freezable }, path, { ...change, freeze }, options);
    } else {
      frozen = await cloneUnmounted(volume, source, path, options.signal);
    }
    throwIfCancelled(options.signal);
    const { ino } = await stat(source.file, { bigint: true });
    const { size } = await lstat(path);
    if (ino !== source.inode || size !== volume.sizeBytes) {
      throw unavailable(volume, `${source.file} was replaced or changed its size just now.`, 'Try again.');
    }
    return { path, frozen };
  } catch (error) {
    // A file that was there before is another snapshot of this run.
    if (errnoOf(error) !== 'EEXIST' && (await removeClone(path).catch(() => true))) {
      await removeCloneSurely(path, volume.name);
    }
    throw error;
  }
}
