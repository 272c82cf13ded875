/** Packs that a killed run wrote and never indexed: found, and used again. */
import { throwIfCancelled } from '../base/errors.ts';
import type { GrowingBlobIndex } from './blob-index.ts';
import { isDamaged, isMissing } from './damage.ts';
import type { IndexedPack } from './index-files.ts';
import { listLocks } from './locks.ts';
import { readPackHeader } from './read-pack-header.ts';
import type { Session } from './session.ts';
import type { Id } from './types.ts';

/**
 * Packs that no index lists, with the blobs that their headers name. Packs are renamed into place whole, so a header
 * that can be opened speaks for its pack. None while anybody else holds a lock: the packs may be those of a run that is
 * still going on, and will be in its index. `ownLocks`: ids of the locks of this process.
 */
export async function findUnindexedPacks(
  session: Session,
  index: GrowingBlobIndex,
  ownLocks: ReadonlySet<Id>,
  signal?: AbortSignal,
): Promise<IndexedPack[]> {
  const others = (await listLocks(session)).filter(({ id }) => !ownLocks.has(id));
  if (others.length > 0) return [];
  const packs: IndexedPack[] = [];
  for await (const { name, sizeBytes } of session.backend.list('data', signal)) {
    throwIfCancelled(signal);
    if (index.hasPack(name)) continue;
    try {
      packs.push({ packId: name, content: await readPackHeader(session, name, sizeBytes) });
    } catch (error) {
      // A damaged leftover is what a check names; this run simply does not use it.
      if (!isDamaged(error) && !isMissing(error)) throw error;
    }
  }
  return packs;
}
