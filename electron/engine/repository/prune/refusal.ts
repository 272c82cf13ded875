/** Why nothing is pruned: something that a snapshot needs is damaged or missing. */
import type { EngineError } from '../../base/errors.ts';
import { type DamagedKind, damaged, type FileReference } from '../damage.ts';
import type { Id } from '../types.ts';

/** `REPOSITORY_DAMAGED` for `reference`; `snapshot` is one that needs it. */
export function refusal(reference: FileReference, reason: string, snapshot?: Id, cause?: unknown): EngineError {
  if (snapshot === undefined) {
    const remedy = 'Nothing was removed. "stillframe check" names everything that is damaged.';
    return damaged(reference, reason, { remedy }, cause);
  }
  const short = snapshot.slice(0, 8);
  const remedy = `Nothing was removed. Snapshot ${short} needs it; "stillframe check" names everything that is damaged.`;
  return damaged(reference, reason, { remedy, snapshot }, cause);
}

/** The same damage, with what it means for pruning. */
export function refusalOf(error: EngineError, snapshot?: Id): EngineError {
  const { repository, kind, id, reason } = error.details;
  // Every damage names its file: see damage.ts.
  const reference = { repository: String(repository), kind: kind as DamagedKind, id: String(id) };
  return refusal(reference, String(reason), snapshot, error);
}
