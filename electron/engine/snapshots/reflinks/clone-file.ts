/** Removing clones: only what is ours by name, and a regular file. */
import { lstat, open, readdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, errnoOf } from '../../base/errors.ts';
import { type CloneMark, readCloneName } from './clone-name.ts';

const TRIES = 5;
const TRY_AGAIN_MS = 400;

/**
 * Removes a clone; false where there is none. Throws the system's error, and an `Error` for what is not a clone of ours.
 */
export async function removeClone(path: string): Promise<boolean> {
  const found = await lstat(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined;
    throw error;
  });
  if (found === undefined) return false;
  if (!found.isFile() || (await readCloneName(basename(path))) === undefined) {
    throw new Error(`${path} is no clone of ours`);
  }
  await unlink(path);
  return true;
}

/** As `removeClone`, trying for a while. Throws `SNAPSHOT_RELEASE_FAILED`. */
export async function removeCloneSurely(path: string, volume: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await removeClone(path);
      return;
    } catch (error) {
      if (tries < TRIES) {
        await sleep(TRY_AGAIN_MS);
        continue;
      }
      const reason = `The clone ${path} could not be removed: ${error instanceof Error ? error.message : String(error)}.`;
      const details = { volume, reason, leftBehind: [`the file ${path}`], remedy: `Delete ${path}.` };
      throw new EngineError('SNAPSHOT_RELEASE_FAILED', details, { cause: error });
    }
  }
}

/** Clones of ours in a folder. */
export async function clonesIn(folder: string): Promise<{ path: string; mark: CloneMark }[]> {
  const found: { path: string; mark: CloneMark }[] = [];
  for (const fileName of await readdir(folder).catch(() => [])) {
    const mark = await readCloneName(fileName);
    if (mark !== undefined) found.push({ path: join(folder, fileName), mark });
  }
  return found;
}

/** What was done in the file's folder is on the medium then. */
export async function syncFolderOf(path: string): Promise<void> {
  await using handle = await open(dirname(path), 'r');
  await handle.sync();
}
