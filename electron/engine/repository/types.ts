/**
 * The repository's surface inside the engine: a restic v2 repository (restic's doc/design.rst), opened with one key.
 * `image` uses it through this interface only.
 */
import type { CheckProblem, PrunePlan, PruneRequest, PruneResult } from '#contract';
import type { FilledPack, PackedBlobs } from '../native.ts';

/** Lower-case hexadecimal SHA-256. */
export type Id = string;
export type BlobKind = 'data' | 'tree';

/** restic's kinds of repository file, by folder name (`data/ab/ab…`, `index/…`, …). */
export type FileKind = 'data' | 'index' | 'snapshots' | 'locks' | 'keys' | 'config';

/** Where a blob lies. */
export interface BlobLocation {
  packId: Id;
  /** Index into `BlobIndex.packIds`. */
  packNumber: number;
  kind: BlobKind;
  offsetBytes: number;
  /** Sealed length in the pack, bytes. */
  storedBytes: number;
  /** Plain length, bytes. */
  plainBytes: number;
  compressed: boolean;
}

/** All blobs of all indexes, compact (well under 64 bytes a blob), looked up by binary id. */
export interface BlobIndex {
  readonly blobCount: number;
  readonly packIds: readonly Id[];
  /** `idAt` is the byte offset of the 32-byte id in `ids`. */
  find(ids: Uint8Array, idAt: number, kind: BlobKind): BlobLocation | undefined;
  findHex(id: Id, kind: BlobKind): BlobLocation | undefined;
  /** Ids of all data blobs, concatenated: what the sealer wants. */
  dataIds(): Uint8Array;
}

/** A restic snapshot file. Unknown fields are kept when it is rewritten. */
export interface Snapshot {
  time: string;
  tree: Id;
  paths: string[];
  hostname?: string;
  username?: string;
  uid?: number;
  gid?: number;
  excludes?: string[];
  tags?: string[];
  parent?: Id;
  original?: Id;
  program_version?: string;
  /** Our summary of an image, so that listing images needs no tree. restic ignores it; absent after `restic tag`. */
  stillframe?: unknown;
}

/** A node of a tree blob, the fields that we write or read; unknown ones are ignored. Field order follows restic. */
export interface TreeNode {
  name: string;
  type: 'file' | 'dir' | (string & {});
  mode?: number;
  mtime?: string;
  atime?: string;
  ctime?: string;
  uid?: number;
  gid?: number;
  user?: string;
  group?: string;
  inode?: number;
  size?: number;
  links?: number;
  /** Files: ids of the content, concatenated binary (32 bytes each), never two million strings. */
  content?: Uint8Array;
  subtree?: Id;
}

/** A held lock. Refreshed every five minutes; `lost` aborts when it could not be kept. */
export interface RepositoryLock extends AsyncDisposable {
  readonly lost: AbortSignal;
  /** Looks at the lock file now; throws `REPOSITORY_LOCK_LOST`. To be asked right before something is published. */
  assertHeld(): Promise<void>;
}

/** One key of the repository. */
export interface KeyFacts {
  id: Id;
  username: string;
  hostname: string;
  created: string;
  /** It opened this session. */
  current: boolean;
}

/** How a repository is unlocked. Never logged. */
export interface Credential {
  passphrase: string;
  /** Generated with at least 128 random bits: stretching such a key costs time and adds nothing. */
  random?: boolean;
}

/** Everything that `check` says while it runs. */
export interface CheckOptions {
  readData: boolean;
  signal?: AbortSignal;
  onProgress?: (bytesDone: number, bytesTotal: number) => void;
}

export interface CheckReport {
  packs: number;
  blobs: number;
  snapshots: number;
  readBytes: number;
  problems: CheckProblem[];
}

/** What pruning may be told, and where it says how far it is. */
export interface PruneOptions extends PruneRequest {
  signal?: AbortSignal;
  /** `phase`: `plan` while trees are read, `repack` while blobs are written anew, `delete` while files are removed. */
  onProgress?: (phase: 'plan' | 'repack' | 'index' | 'delete', bytesDone: number, bytesTotal: number) => void;
}

/** What planning may be told besides. */
export interface PrunePlanOptions extends PruneOptions {
  /** Snapshots that count as removed already: the plan of a prune after an expiration. */
  without?: readonly Id[];
}

export type PruneReport = Omit<PruneResult, 'kind' | 'elapsedSeconds'>;

/** An open repository. Everything that was started is finished or undone by `[Symbol.asyncDispose]`. */
export interface Repository extends AsyncDisposable {
  readonly id: Id;
  /** Directory or URL, for messages. */
  readonly location: string;
  /** Master key, `MASTER_KEY_BYTES`. Handed to the addon only. */
  readonly masterKey: Uint8Array;

  /**
   * Takes a lock as restic does. Stale locks that are provably ours and dead (same host, process gone) are removed
   * first. Throws `REPOSITORY_LOCKED` with `holder` details.
   */
  lock(exclusive: boolean, signal?: AbortSignal): Promise<RepositoryLock>;

  /** Loads (once) and returns the index; `reloadIndex` reads what others added since. */
  index(signal?: AbortSignal): Promise<BlobIndex>;
  reloadIndex(signal?: AbortSignal): Promise<BlobIndex>;

  /**
   * Compares the index with the stored packs. Blobs of packs that are gone count as unknown from then on, so that
   * nothing is deduplicated against them. With `adopt`, packs that an interrupted run wrote and no index lists are
   * indexed, unless another process holds a lock. To be called with a lock held, after the index was (re)loaded.
   */
  reconcilePacks(options: { adopt: boolean }, signal?: AbortSignal): Promise<{ adopted: number; missing: Id[] }>;

  /** Writes a pack that the sealer filled; durable when it resolves. Its blobs join the index at once in memory. */
  savePack(pack: FilledPack, bytes: Uint8Array): Promise<void>;
  /** Adds a blob made in JavaScript (trees, manifests); deduplicated; written at the latest by `flush`. */
  saveBlob(kind: BlobKind, plain: Uint8Array): Promise<Id>;
  /** A tree blob in restic's canonical JSON; nodes are sorted by name. */
  saveTree(nodes: TreeNode[]): Promise<Id>;
  /** Finishes open packs and writes index files for everything not yet indexed. */
  flush(): Promise<void>;

  /** Written last; the id is the file's name. */
  saveSnapshot(snapshot: Snapshot): Promise<Id>;
  /** Newest first. Damaged snapshot files are reported to `onDamaged`, not thrown, so that one does not hide the rest. */
  listSnapshots(onDamaged?: (id: Id, error: Error) => void): Promise<{ id: Id; snapshot: Snapshot }[]>;
  /** Full id of a unique prefix; `IMAGE_NOT_FOUND` / `IMAGE_AMBIGUOUS`. */
  resolveSnapshotId(prefix: string): Promise<Id>;
  loadSnapshot(id: Id): Promise<Snapshot>;
  loadTree(id: Id): Promise<TreeNode[]>;
  /** Decrypted, decompressed and checked against its id; `REPOSITORY_DAMAGED` names the file. */
  readBlob(kind: BlobKind, id: Id): Promise<Buffer>;
  /** Raw sealed bytes of a pack into `buffer`; `REPOSITORY_DAMAGED` where the pack is missing or short. */
  readPackRange(packId: Id, offsetBytes: number, buffer: Uint8Array, signal?: AbortSignal): Promise<void>;

  listKeys(): Promise<KeyFacts[]>;
  addKey(credential: Credential): Promise<Id>;
  /** `KEY_IN_USE` for the key of this session, `KEY_NOT_FOUND` otherwise. */
  removeKey(id: Id): Promise<void>;

  check(options: CheckOptions): Promise<CheckReport>;

  /**
   * Removes snapshot files; ids that are gone already are passed over. To be called with an exclusive lock held: then no
   * run can have one of them as its parent.
   */
  removeSnapshots(ids: readonly Id[], signal?: AbortSignal): Promise<void>;
  /**
   * What `prune` would do. Reads the trees of every snapshot; changes nothing. Throws what `prune` throws where
   * something that a snapshot needs is damaged or missing.
   */
  planPrune(options?: PrunePlanOptions): Promise<PrunePlan>;
  /**
   * Removes what no snapshot needs (restic's prune). To be called with an exclusive lock held. May be killed at any
   * moment: what a snapshot needs is then in the index and in the packs, and the next one goes on. Throws
   * `REPOSITORY_DAMAGED` before anything is removed, where a snapshot, a tree or a blob that is needed cannot be read.
   */
  prune(options?: PruneOptions): Promise<PruneReport>;
  /** Free and total bytes where the backend knows. */
  space(): Promise<{ freeBytes: number; totalBytes: number } | undefined>;
}

export type { FilledPack, PackedBlobs };
