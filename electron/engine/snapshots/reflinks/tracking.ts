/** Keeping a clone for the next run, and what changed since. */
import { chmod, lstat, open, rename, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EngineError, errnoOf, throwIfCancelled } from '../../base/errors.ts';
import { native } from '../../native.ts';
import type { ChangedRanges, ChangeTracking, KeptSnapshot, TakenSnapshot } from '../provider.ts';
import { changedRanges, isSameListing } from './changed-extents.ts';
import { removeCloneSurely, syncFolderOf } from './clone-file.ts';
import { fileNameOf, keptName, readCloneName } from './clone-name.ts';
import type { CloneSource } from './clone-source.ts';

/** A clone that a run took. */
export interface TakenClone {
  readonly source: Pick<CloneSource, 'inode' | 'bornNs'>;
  /** Where it is now. */
  path: string;
  kept: boolean;
}

/** The original, whatever its path; inodes are used again, so the time of birth belongs to it. */
function originalOf({ inode, bornNs }: TakenClone['source']): string {
  return `${inode}/${bornNs}`;
}

/** What every change of a file changes. Throws the system's error. */
async function stampOf(path: string): Promise<string> {
  const stats = await lstat(path, { bigint: true });
  if (!stats.isFile()) throw new Error(`${path} is no regular file`);
  return `${stats.ino}/${stats.birthtimeNs}/${stats.ctimeNs}/${stats.size}`;
}

async function keep(clone: TakenClone, name: string, keeper: string): Promise<KeptSnapshot> {
  const kept = keptName(name, keeper);
  const path = join(dirname(clone.path), fileNameOf(kept));
  await chmod(clone.path, 0o400);
  {
    await using handle = await open(clone.path, 'r');
    await handle.sync();
  }
  await rename(clone.path, path);
  clone.path = path;
  await syncFolderOf(path);
  const of = `${originalOf(clone.source)} ${await stampOf(path)}`;
  clone.kept = true;
  return { provider: 'REFLINK', name: kept, of, place: path };
}

async function compare(kept: KeptSnapshot, clone: TakenClone, signal?: AbortSignal): Promise<ChangedRanges> {
  const unknown = (reason: string): ChangedRanges => ({ known: false, reason });
  const [original, stamp] = kept.of.split(' ');
  if (original !== originalOf(clone.source)) return unknown('The image file is another one than at the last image.');
  if (dirname(kept.place) !== dirname(clone.path)) return unknown('The image file was moved since the last image.');
  const found = await stampOf(kept.place);
  if (found !== stamp) return unknown('The kept clone was changed or replaced.');
  const { size } = await lstat(clone.path);
  if (size !== (await lstat(kept.place)).size) return unknown('The volume has another size than at the last image.');
  const first = await native().fileExtents(kept.place);
  throwIfCancelled(signal);
  const now = await native().fileExtents(clone.path);
  throwIfCancelled(signal);
  const again = await native().fileExtents(kept.place);
  throwIfCancelled(signal);
  if (!isSameListing(first, again) || (await stampOf(kept.place)) !== stamp) {
    return unknown('The blocks of the kept clone were moved while they were listed.');
  }
  return { known: true, ranges: changedRanges(first, now, size) };
}

/** A share of the file system below it that has to stay free for the volumes on it. */
const LEAST_FREE_SHARE = 0.1;

async function burden({ place }: KeptSnapshot): Promise<string | undefined> {
  const { bavail, blocks } = await statfs(dirname(place));
  if (bavail >= blocks * LEAST_FREE_SHARE) return undefined;
  return `the file system that holds ${place} has less than ${LEAST_FREE_SHARE * 100} % free`;
}

/** `cloneOf`: the clone behind a snapshot. */
export function reflinkTracking(cloneOf: (snapshot: TakenSnapshot) => TakenClone | undefined): ChangeTracking {
  return {
    burden,
    async keep(snapshot, keeper) {
      const clone = cloneOf(snapshot);
      if (clone === undefined || clone.kept) throw new Error(`${snapshot.name} is no snapshot that can be kept`);
      return keep(clone, snapshot.name, keeper);
    },

    async changesSince(kept, snapshot, signal) {
      throwIfCancelled(signal);
      const clone = cloneOf(snapshot);
      if (clone === undefined) return { known: false, reason: 'The snapshot was released.' };
      try {
        return await compare(kept, clone, signal);
      } catch (error) {
        if (error instanceof EngineError) throw error;
        const code = errnoOf(error);
        if (code === 'ENOENT') return { known: false, reason: 'The kept clone is gone.' };
        const reason = error instanceof Error ? error.message : String(error);
        return { known: false, reason: `The blocks of the clones cannot be listed: ${reason}.` };
      }
    },

    async drop(kept) {
      // Only what was kept: a record that was tampered with must not remove a running snapshot.
      if ((await readCloneName(basename(kept.place)))?.keeper !== undefined)
        await removeCloneSurely(kept.place, kept.place);
    },
  };
}
