/** Opening a repository, and what an open one can do. */
import type { PrunePlan } from '#contract';
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import type { Backend } from './backends/backend.ts';
import { assertWritable, BlobStore } from './blob-store.ts';
import { checkRepository } from './check.ts';
import { loadConfig } from './config.ts';
import { damaged, isMissing } from './damage.ts';
import { isId } from './file-layout.ts';
import type { KdfParameters } from './key-file.ts';
import { addKey, listKeys, removeKey, type UnlockedKey, unlock } from './keys.ts';
import { type HeldLock, LOCK_TIMES, type LockTimes, takeLock } from './locks.ts';
import { makePlan } from './prune/plan.ts';
import { type PruneTuning, prune } from './prune/prune.ts';
import { removeSnapshots } from './prune/remove-snapshots.ts';
import type { RepositoryPorts, Session } from './session.ts';
import { listSnapshots, loadSnapshot, resolveSnapshotId, saveSnapshot } from './snapshots.ts';
import { surveyPacks } from './survey-packs.ts';
import { decodeTree, encodeTree } from './tree-json.ts';
import type {
  BlobIndex,
  BlobKind,
  CheckOptions,
  CheckReport,
  Credential,
  FilledPack,
  Id,
  KeyFacts,
  PruneOptions,
  PrunePlanOptions,
  PruneReport,
  Repository,
  RepositoryLock,
  Snapshot,
  TreeNode,
} from './types.ts';

/** What may be set; the defaults are right outside of tests. */
export interface RepositoryTuning {
  /** zstd level of blobs that JavaScript makes; default 3. */
  zstdLevel?: number;
  /** Costs of new keys; default: calibrated to half a second. */
  kdf?: KdfParameters;
  lockTimes?: LockTimes;
  prune?: PruneTuning;
}

export interface OpenRepositoryOptions {
  backend: Backend;
  credential: Credential;
  ports: RepositoryPorts;
  signal?: AbortSignal;
  tuning?: RepositoryTuning;
}

/**
 * Opens a repository. `REPOSITORY_NOT_FOUND` where there is none, `PASSPHRASE_WRONG`, `REPOSITORY_DAMAGED` naming the
 * config or key file, `REPOSITORY_UNSUPPORTED` for a format version above 2, and what the backend throws.
 */
export async function openRepository(options: OpenRepositoryOptions): Promise<Repository> {
  const { backend, credential, ports, signal, tuning = {} } = options;
  throwIfCancelled(signal);
  if (!(await backend.exists('config', ''))) {
    throw new EngineError('REPOSITORY_NOT_FOUND', { repository: backend.location });
  }
  const unlocked = await unlock(backend, credential, ports, signal);
  return openWithKey(backend, unlocked, ports, tuning);
}

/** Opens with a key that is unlocked already; for `openRepository` and `createRepository`. */
export async function openWithKey(
  backend: Backend,
  { keyId, master }: UnlockedKey,
  ports: RepositoryPorts,
  tuning: RepositoryTuning,
): Promise<Repository> {
  try {
    const { id, version } = await loadConfig({ backend, key: master });
    return new OpenRepository({ backend, key: master, version, ports }, id, keyId, tuning);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new EngineError('REPOSITORY_NOT_FOUND', { repository: backend.location }, { cause: error });
  }
}

class OpenRepository implements Repository {
  readonly id: Id;
  readonly location: string;
  readonly masterKey: Uint8Array;
  readonly #session: Session;
  readonly #keyId: Id;
  readonly #tuning: RepositoryTuning;
  readonly #blobs: BlobStore;
  readonly #locks = new Set<HeldLock>();

  constructor(session: Session, id: Id, keyId: Id, tuning: RepositoryTuning) {
    this.id = id;
    this.location = session.backend.location;
    this.masterKey = session.key;
    this.#session = session;
    this.#keyId = keyId;
    this.#tuning = tuning;
    this.#blobs = new BlobStore(session, tuning.zstdLevel ?? 3);
  }

  async lock(exclusive: boolean, signal?: AbortSignal): Promise<RepositoryLock> {
    const lock = await takeLock(this.#session, exclusive, signal, this.#tuning.lockTimes ?? LOCK_TIMES);
    try {
      await this.#removeLeftovers();
      await this.#blobs.revalidate(signal);
    } catch (error) {
      await lock[Symbol.asyncDispose]();
      throw error;
    }
    this.#locks.add(lock);
    return lock;
  }

  index(signal?: AbortSignal): Promise<BlobIndex> {
    return this.#blobs.index(signal);
  }

  reloadIndex(signal?: AbortSignal): Promise<BlobIndex> {
    return this.#blobs.reloadIndex(signal);
  }

  async reconcilePacks(options: { adopt: boolean }, signal?: AbortSignal): Promise<{ adopted: number; missing: Id[] }> {
    const index = await this.#blobs.index(signal);
    const { unindexed, missing } = await surveyPacks(this.#session, index, this.#ownLocks(), signal);
    for (const packId of missing) index.dropPack(packId);
    if (!options.adopt) return { adopted: 0, missing };
    assertWritable(this.#session);
    await this.#blobs.addStoredPacks(unindexed);
    return { adopted: unindexed.length, missing };
  }

  savePack(pack: FilledPack, bytes: Uint8Array): Promise<void> {
    return this.#blobs.savePack(pack, bytes);
  }

  saveBlob(kind: BlobKind, plain: Uint8Array): Promise<Id> {
    return this.#blobs.saveBlob(kind, plain);
  }

  async saveTree(nodes: TreeNode[]): Promise<Id> {
    return this.#blobs.saveBlob('tree', encodeTree(nodes));
  }

  flush(): Promise<void> {
    return this.#blobs.flush();
  }

  /** Flushes first: a snapshot may never refer to a blob that no index lists. */
  async saveSnapshot(snapshot: Snapshot): Promise<Id> {
    assertWritable(this.#session);
    await this.#blobs.flush();
    return saveSnapshot(this.#session, snapshot);
  }

  listSnapshots(onDamaged?: (id: Id, error: Error) => void): Promise<{ id: Id; snapshot: Snapshot }[]> {
    return listSnapshots(this.#session, onDamaged);
  }

  resolveSnapshotId(prefix: string): Promise<Id> {
    return resolveSnapshotId(this.#session, prefix);
  }

  loadSnapshot(id: Id): Promise<Snapshot> {
    return loadSnapshot(this.#session, id);
  }

  async loadTree(id: Id): Promise<TreeNode[]> {
    return decodeTree(await this.readBlob('tree', id), { repository: this.location, kind: 'tree', id });
  }

  async readBlob(kind: BlobKind, id: Id): Promise<Buffer> {
    if (isId(id)) return this.#blobs.readBlob(kind, id);
    throw damaged({ repository: this.location, kind: kind === 'tree' ? 'tree' : 'blob', id }, 'That is not an id.');
  }

  async readPackRange(packId: Id, offsetBytes: number, buffer: Uint8Array, signal?: AbortSignal): Promise<void> {
    throwIfCancelled(signal);
    await this.#session.backend.load('data', packId, offsetBytes, buffer);
    throwIfCancelled(signal);
  }

  listKeys(): Promise<KeyFacts[]> {
    return listKeys(this.#session.backend, this.#keyId, this.#session.ports);
  }

  addKey(credential: Credential): Promise<Id> {
    return addKey(this.#session.backend, this.masterKey, credential, this.#session.ports, this.#tuning.kdf);
  }

  removeKey(id: Id): Promise<void> {
    return removeKey(this.#session.backend, id, this.#keyId);
  }

  check(options: CheckOptions): Promise<CheckReport> {
    return checkRepository(this.#session, options, this.#ownLocks());
  }

  async removeSnapshots(ids: readonly Id[], signal?: AbortSignal): Promise<void> {
    await removeSnapshots(this.#session, this.#exclusiveLock(), ids, signal);
  }

  async planPrune(options: PrunePlanOptions = {}): Promise<PrunePlan> {
    assertWritable(this.#session);
    return (await makePlan(this.#session, options, this.#ownLocks())).summary;
  }

  async prune(options: PruneOptions = {}): Promise<PruneReport> {
    assertWritable(this.#session);
    const lock = this.#exclusiveLock();
    await this.#blobs.forget();
    try {
      return await prune(this.#session, lock, this.#ownLocks(), options, this.#tuning.prune);
    } finally {
      // Whoever read meanwhile has an index that names packs which are gone.
      await this.#blobs.forget();
    }
  }

  space(): Promise<{ freeBytes: number; totalBytes: number } | undefined> {
    return this.#session.backend.space();
  }

  /** Releases the locks. Blobs that were not flushed are forgotten: without an index nothing refers to them. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#locks].map((lock) => lock[Symbol.asyncDispose]()));
    this.#locks.clear();
  }

  #exclusiveLock(): HeldLock {
    const lock = [...this.#locks].find(({ exclusive, isHeld }) => exclusive && isHeld);
    if (lock !== undefined) return lock;
    throw new EngineError('INTERNAL', { reason: 'Something would be removed without an exclusive lock.' });
  }

  #ownLocks(): Set<Id> {
    return new Set([...this.#locks].flatMap(({ id }) => (id === undefined ? [] : [id])));
  }

  /** Unfinished files of killed runs cost space only, so failing to remove them does not stop anything. */
  async #removeLeftovers(): Promise<void> {
    try {
      const removed = await this.#session.backend.removeLeftovers();
      if (removed > 0) this.#session.ports.logger.info('Removed unfinished files of an earlier run', { removed });
    } catch (error) {
      this.#session.ports.logger.warn('Unfinished files could not be removed', { error: String(error) });
    }
  }
}
