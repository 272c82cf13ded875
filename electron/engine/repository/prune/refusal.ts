/** Why nothing is pruned: something that a snapshot needs is damaged or missing. */
import type { EngineError } from '../../base/errors.ts';
import { damaged, type FileReference } from '../damage.ts';
import type { Id } from '../types.ts';

const REMEDY = 'Nothing was removed. "stillframe check" names everything that is damaged.';

/** `REPOSITORY_DAMAGED` for `reference`; `snapshot` is one that needs it. */
export function refusal(reference: FileReference, reason: string, snapshot?: Id, cause?: unknown): EngineError {
  const needed = snapshot === undefined ? '' : ` Snapshot ${snapshot.slice(0, 8)} needs it.`;
  const more = { remedy: REMEDY, ...(snapshot !== undefined && { snapshot }) };
  return damaged(reference, reason + needed, more, cause);
}

/** The same damage, with what it means for pruning. */
export function refusalOf(error: EngineError, snapshot?: Id): EngineError {
  const { repository, kind, id, reason } = error.details;
  const reference = { repository: String(repository), kind, id: String(id) } as FileReference;
  return refusal(reference, String(reason), snapshot, error);
}
