/** `REPOSITORY_DAMAGED`, always naming the repository, the kind of file and its id. */
import type { ErrorDetails } from '#contract';
import { EngineError } from '../base/errors.ts';
import { relativePath } from './file-layout.ts';
import type { FileKind } from './types.ts';

/** What a message calls the thing that is damaged. `tree` and `blob` are inside packs, the others are files. */
export type DamagedKind = 'pack' | 'index' | 'snapshot' | 'tree' | 'blob' | 'key' | 'lock' | 'config';

/** Names one thing of a repository, for errors. */
export interface FileReference {
  /** Where the repository is. */
  repository: string;
  kind: DamagedKind;
  /** Id of the file or blob; `''` for the config. */
  id: string;
}

const FILE_KIND: Record<DamagedKind, FileKind | undefined> = {
  pack: 'data',
  index: 'index',
  snapshot: 'snapshots',
  key: 'keys',
  lock: 'locks',
  config: 'config',
  tree: undefined,
  blob: undefined,
};

const DAMAGED_KIND: Record<FileKind, DamagedKind> = {
  data: 'pack',
  index: 'index',
  snapshots: 'snapshot',
  keys: 'key',
  locks: 'lock',
  config: 'config',
};

/** What to do about damage that can be undone, where there is such a thing. */
const REMEDY: Partial<Record<DamagedKind, string>> = {
  index: '"restic rebuild-index" ("restic repair index" since 0.16) makes new indexes from the packs.',
};

/** The reference of a repository file. */
export function fileReference(repository: string, kind: FileKind, id: string): FileReference {
  return { repository, kind: DAMAGED_KIND[kind], id: kind === 'config' ? '' : id };
}

/** Path below the repository's top, or the id of a blob. */
export function fileOf(reference: FileReference): string {
  const kind = FILE_KIND[reference.kind];
  return kind === undefined ? reference.id : relativePath(kind, reference.id);
}

/**
 * `REPOSITORY_DAMAGED` with `repository`, `kind`, `id`, `file` and `reason` (one English sentence), for indexes also `remedy`.
 * `more` adds details such as `missing`.
 */
export function damaged(
  reference: FileReference,
  reason: string,
  more: ErrorDetails = {},
  cause?: unknown,
): EngineError {
  const { repository, kind, id } = reference;
  const remedy = REMEDY[kind];
  const advice = remedy === undefined ? {} : { remedy };
  const details = { repository, kind, id, file: fileOf(reference), reason, ...advice, ...more };
  return new EngineError('REPOSITORY_DAMAGED', details, cause === undefined ? {} : { cause });
}

/** `REPOSITORY_DAMAGED` for a file that is not there. */
export function missing(reference: FileReference, cause?: unknown): EngineError {
  return damaged(reference, 'The file is missing.', { missing: true }, cause);
}

export function isDamaged(error: unknown): error is EngineError {
  return error instanceof EngineError && error.code === 'REPOSITORY_DAMAGED';
}

/** True for the error that `missing` made. Locks and snapshots may vanish while they are listed. */
export function isMissing(error: unknown): boolean {
  return isDamaged(error) && error.details.missing === true;
}
