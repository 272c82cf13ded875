/** The snapshots of a repository as this part looks at them. */
import { EngineError } from '../base/errors.ts';
import type { Id, Repository, Snapshot } from '../repository/types.ts';
import type { Markable } from './marks.ts';

/** A snapshot file and its id. */
export interface StoredSnapshot {
  id: Id;
  snapshot: Snapshot;
}

/**
 * Throws for a snapshot file that cannot be read: it may hold the newest policy, and what is decided or saved without it
 * could lose images that it keeps.
 */
export function assertAllReadable(damaged: EngineError | undefined): void {
  if (damaged === undefined) return;
  const remedy =
    'Put the file back from a copy of the repository, or remove it: until then nothing expires and the policy stays as it is.';
  throw new EngineError(damaged.code, { ...damaged.details, remedy }, { cause: damaged });
}

/** Every snapshot that can be read, and whether there is one that cannot. */
export async function allSnapshots(
  repository: Repository,
): Promise<{ snapshots: StoredSnapshot[]; damaged: EngineError | undefined }> {
  let damaged: EngineError | undefined;
  const snapshots = await repository.listSnapshots((_id, error) => {
    if (error instanceof EngineError) damaged = error;
  });
  return { snapshots, damaged };
}

/** What a mark needs to know of a snapshot. */
export function markable({ id, snapshot }: StoredSnapshot): Markable {
  return snapshot.original === undefined ? { id } : { id, original: snapshot.original };
}
