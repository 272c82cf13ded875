/**
 * Where a repository's files are. Small on purpose: a new backend is one file that passes `conformance.ts`.
 *
 * Every backend throws the same errors: `REPOSITORY_UNREACHABLE` (the place is gone or does not answer),
 * `REPOSITORY_PERMISSION`, `REPOSITORY_FULL`, and `REPOSITORY_DAMAGED` with `missing: true` for a file that is not
 * there although the repository is, or without it for one that is shorter than asked for.
 */
import type { FileKind } from '../types.ts';

/** One stored file. */
export interface StoredFile {
  name: string;
  sizeBytes: number;
}

export interface Backend {
  /** Directory or URL without secrets, for messages. */
  readonly location: string;

  /** Makes the empty structure (folders, bucket); idempotent; changes nothing that exists. */
  create(): Promise<void>;
  /**
   * Files of a kind whose names are ids, in any order; anything else that lies there is left out. Files that come or
   * go meanwhile may be seen or not.
   */
  list(kind: FileKind, signal?: AbortSignal): AsyncIterable<StoredFile>;
  /**
   * Writes a whole file: afterwards it is there under its name and durable, or it is not there at all. An existing
   * file of that name is replaced (names are digests of the content). `name` is ignored for `config`.
   */
  save(kind: FileKind, name: string, bytes: Uint8Array): Promise<void>;
  /** Fills `buffer` from `offsetBytes`; a shorter file is `REPOSITORY_DAMAGED`. */
  load(kind: FileKind, name: string, offsetBytes: number, buffer: Uint8Array): Promise<void>;
  /** The whole file; `REPOSITORY_DAMAGED` if it is larger than `limitBytes`. */
  loadAll(kind: FileKind, name: string, limitBytes: number): Promise<Buffer>;
  /** Bytes of the file. */
  size(kind: FileKind, name: string): Promise<number>;
  /** False for a missing file and for a missing repository; throws where it cannot be told. */
  exists(kind: FileKind, name: string): Promise<boolean>;
  /** Removes a file; one that is gone already is no error. */
  remove(kind: FileKind, name: string): Promise<void>;
  /**
   * Removes files, several at once; ones that are gone already are no error. When it resolves, they stay away even after
   * a power cut, except for packs: one that comes back does no harm. When it rejects (`CANCELLED` included), some are
   * gone. `onRemoved` is told each name.
   */
  removeAll(
    kind: FileKind,
    names: readonly string[],
    signal?: AbortSignal,
    onRemoved?: (name: string) => void,
  ): Promise<void>;
  /**
   * Removes unfinished files that killed runs left: those of dead processes of this machine, and others' that are
   * older than a week. Resolves with their number.
   */
  removeLeftovers(): Promise<number>;
  /** True where every listing that begins after `save` resolved shows the file, to every user of the repository. */
  listsAtOnce(): Promise<boolean>;
  /** Free (for this user) and total bytes, where they can be known. */
  space(): Promise<{ freeBytes: number; totalBytes: number } | undefined>;
}
