/** First part of a check: every index file can be read. */
import { throwIfCancelled } from '../base/errors.ts';
import type { GrowingBlobIndex } from './blob-index.ts';
import type { ProblemList } from './check-problems.ts';
import { fileReference, isMissing } from './damage.ts';
import { listIndexFiles, readIndex } from './index-files.ts';
import type { Session } from './session.ts';
import { loadUnpacked } from './unpacked.ts';

/** Fills `index` from every readable file, the damaged ones are reported. */
export async function checkIndexes(
  session: Session,
  index: GrowingBlobIndex,
  problems: ProblemList,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const id of await listIndexFiles(session, signal)) {
    throwIfCancelled(signal);
    try {
      const json = await loadUnpacked(session, 'index', id);
      readIndex(json, fileReference(session.backend.location, 'index', id), index);
    } catch (error) {
      // Removed since it was listed: another program replaced it.
      if (!isMissing(error)) await problems.addError(error, 'index', id);
    }
  }
}
