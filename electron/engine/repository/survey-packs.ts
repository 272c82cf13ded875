/** Where the index and the stored packs disagree: packs that a killed run never indexed, and packs that are gone. */
import { throwIfCancelled } from '../base/errors.ts';
import type { GrowingBlobIndex } from './blob-index.ts';
import { isDamaged, isMissing } from './damage.ts';
import type { IndexedPack } from './index-files.ts';
import { listLocks } from './locks.ts';
import { readPackHeader } from './read-pack-header.ts';
import type { Session } from './session.ts';
import type { Id } from './types.ts';

/** What a listing of the packs showed. */
export interface PackSurvey {
  unindexed: IndexedPack[];
  /** In the index, but not stored any more. */
  missing: Id[];
}

/**
 * Compares the index with the stored packs. Unindexed packs come with the blobs that their headers name. Packs are renamed into place whole, so a header
 * that can be opened speaks for its pack. There are none while anybody else holds a lock: the packs may be those of a run that is
 * still going on, and will be in its index. `ownLocks`: ids of the locks of this process.
 */
export async function surveyPacks(
  session: Session,
  index: GrowingBlobIndex,
  ownLocks: ReadonlySet<Id>,
  signal?: AbortSignal,
): Promise<PackSurvey> {
  const others = (await listLocks(session)).filter(({ id }) => !ownLocks.has(id));
  const unindexed: IndexedPack[] = [];
  const stored = new Set<Id>();
  for await (const { name, sizeBytes } of session.backend.list('data', signal)) {
    throwIfCancelled(signal);
    stored.add(name);
    if (others.length > 0 || index.hasPack(name)) continue;
    try {
      unindexed.push({ packId: name, content: await readPackHeader(session, name, sizeBytes) });
    } catch (error) {
      // A damaged leftover is what a check names; this run simply does not use it.
      if (!isDamaged(error) && !isMissing(error)) throw error;
    }
  }
  return { unindexed, missing: index.packIds.filter((id) => !stored.has(id)) };
}
