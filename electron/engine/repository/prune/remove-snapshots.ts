/** Removing snapshot files. */
import { EngineError, throwIfCancelled } from '../../base/errors.ts';
import { isId } from '../file-layout.ts';
import type { Session } from '../session.ts';
import type { Id, RepositoryLock } from '../types.ts';

/** Files that are removed before the lock is looked at again. */
const REMOVED_AT_ONCE = 100;

/** See `Repository.removeSnapshots`. Throws `IMAGE_NOT_FOUND`, and removes nothing, where one of `ids` is no id. */
export async function removeSnapshots(
  { backend }: Session,
  lock: RepositoryLock,
  ids: readonly Id[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const wrong = ids.find((id) => !isId(id));
  if (wrong !== undefined) throw new EngineError('IMAGE_NOT_FOUND', { repository: backend.location, value: wrong });
  const either = signal ? AbortSignal.any([signal, lock.lost]) : lock.lost;
  for (let at = 0; at < ids.length; at += REMOVED_AT_ONCE) {
    throwIfCancelled(either);
    await lock.assertHeld();
    await backend.removeAll('snapshots', ids.slice(at, at + REMOVED_AT_ONCE), either);
  }
}
