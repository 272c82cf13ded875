/** Packs and the index of an open repository: writing blobs and packs, finding and reading blobs. */
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import { type FilledPack, native } from '../native.ts';
import type { GrowingBlobIndex } from './blob-index.ts';
import { damaged, isDamaged, isMissing } from './damage.ts';
import { addFiles, type IndexedPack, type LoadedIndex, listIndexFiles, loadIndex, saveIndex } from './index-files.ts';
import { type PackContent, packContent } from './pack-header.ts';
import { type FinishedPack, PackWriter } from './pack-writer.ts';
import { DAMAGED_KIND, readCopy } from './read-copy.ts';
import type { Session } from './session.ts';
import type { BlobIndex, BlobKind, Id } from './types.ts';

/** An index file is written when this much waits, so that an interrupted run finds its blobs again. */
const INDEX_PACKS = 200;
const INDEX_BLOBS = 40_000;
const INDEX_AGE_MS = 2 * 60 * 1000;
/** See `Repository` in types.ts for what the methods promise. */
export class BlobStore {
  readonly #session: Session;
  readonly #zstdLevel: number;
  #loaded: Promise<LoadedIndex> | undefined;
  readonly #open = new Map<BlobKind, PackWriter>();
  /** Blobs that are in no durable pack yet. */
  readonly #unsaved = new Set<string>();
  readonly #writing = new Set<Promise<void>>();
  /** Finished packs that could not be written (disk full): their ids were given out, so `flush` tries them again. */
  #unwritten: FinishedPack[] = [];
  #unindexed: IndexedPack[] = [];
  #unindexedBlobs = 0;
  #indexWrite: Promise<void> = Promise.resolve();
  #lastIndexAt: number;

  constructor(session: Session, zstdLevel: number) {
    this.#session = session;
    this.#zstdLevel = zstdLevel;
    this.#lastIndexAt = session.ports.clock.monotonic();
  }

  async index(signal?: AbortSignal): Promise<GrowingBlobIndex> {
    return (await withSignal(this.#load(), signal)).index;
  }

  /** Adds the files that came since; starts anew if files went (a prune). */
  async reloadIndex(signal?: AbortSignal): Promise<BlobIndex> {
    const { index, files } = await withSignal(this.#load(), signal);
    await this.#indexWrite.catch(() => undefined);
    const present = await listIndexFiles(this.#session, signal);
    const fresh = present.filter((id) => !files.has(id));
    if (present.length - fresh.length === files.size) {
      const superseded = await addFiles(this.#session, fresh, index, undefined, signal);
      for (const id of fresh) files.add(id);
      if (![...superseded].some((id) => files.has(id))) return index;
    }
    return this.#rebuild(signal);
  }

  /**
   * To be called when a lock was taken. While none was held, a prune may have removed what the index in memory lists:
   * packs of a cancelled run that no index file names above all. Deduplicating against them would lose data.
   */
  async revalidate(signal?: AbortSignal): Promise<void> {
    if (this.#loaded === undefined) return;
    await this.#indexWrite.catch(() => undefined);
    const gone = new Set<Id>();
    for (const { packId } of [...this.#unindexed]) {
      if (!(await this.#session.backend.exists('data', packId))) gone.add(packId);
    }
    this.#unindexed = this.#unindexed.filter(({ packId }) => !gone.has(packId));
    this.#unindexedBlobs = this.#unindexed.reduce((sum, { content }) => sum + content.count, 0);
    if (gone.size === 0) await this.reloadIndex(signal);
    else await this.#rebuild(signal);
  }

  /**
   * Forgets the index and whatever was not published: open packs, packs that no index file names. For pruning, which
   * holds the exclusive lock: nobody can refer to such a blob, and the next use reads the index anew.
   */
  async forget(): Promise<void> {
    await Promise.allSettled([...this.#writing, this.#indexWrite]);
    this.#open.clear();
    this.#unsaved.clear();
    this.#unwritten = [];
    this.#unindexed = [];
    this.#unindexedBlobs = 0;
    this.#loaded = undefined;
  }

  /** Takes packs into the index that are stored already; an index file with them is written. */
  async addStoredPacks(packs: readonly IndexedPack[]): Promise<void> {
    if (packs.length === 0) return;
    const { index } = await this.#load();
    for (const { packId, content } of packs) {
      index.addPack(packId, content);
      this.#unindexedBlobs += content.count;
    }
    this.#unindexed.push(...packs);
    await this.#writeIndex();
  }

  async savePack(pack: FilledPack, bytes: Uint8Array): Promise<void> {
    assertWritable(this.#session);
    if (pack.lengthBytes > bytes.length)
      throw new EngineError('INTERNAL', { reason: 'A pack is longer than its buffer.' });
    await this.#storePack(pack.packId, bytes.subarray(0, pack.lengthBytes), packContent(pack.blobs, 'data'));
  }

  async saveBlob(kind: BlobKind, plain: Uint8Array): Promise<Id> {
    assertWritable(this.#session);
    const id = native().sha256(plain);
    const index = await this.index();
    if (this.#unsaved.has(`${kind} ${id}`) || index.has(Buffer.from(id, 'hex'), 0, kind)) return id;
    const writer = this.#open.get(kind) ?? new PackWriter(kind);
    this.#open.set(kind, writer);
    writer.add(this.#session.key, id, plain, this.#zstdLevel);
    this.#unsaved.add(`${kind} ${id}`);
    if (writer.isFull) await this.#closePack(writer);
    return id;
  }

  async flush(): Promise<void> {
    await this.#flushPacks();
    await this.#writeIndex();
  }

  /**
   * Decrypted, decompressed and checked; every copy is tried before it fails. What the index does not know, or knows in
   * a pack that is gone, may lie elsewhere since somebody pruned: then it is read again.
   */
  async readBlob(kind: BlobKind, id: Id): Promise<Buffer> {
    if (this.#unsaved.has(`${kind} ${id}`)) await this.#flushPacks();
    const first = await this.#readFrom(await this.index(), kind, id);
    if (!isMissing(first)) return orThrow(first);
    return orThrow(await this.#readFrom(await this.#reloaded(), kind, id));
  }

  /** The blob, or why no copy of it can be read. */
  async #readFrom(index: GrowingBlobIndex, kind: BlobKind, id: Id): Promise<Buffer | EngineError> {
    const reference = { repository: this.#session.backend.location, kind: DAMAGED_KIND[kind], id };
    let failure = damaged(reference, 'No index lists the blob.', { missing: true });
    for (const copy of index.findAll(id, kind)) {
      try {
        return await readCopy(this.#session, copy, id);
      } catch (error) {
        if (!isDamaged(error)) throw error;
        failure = error;
      }
    }
    return failure;
  }

  async #reloaded(): Promise<GrowingBlobIndex> {
    await this.reloadIndex();
    return this.index();
  }

  /** Forgets the index, loads it anew and adds what is not in a file yet. */
  async #rebuild(signal: AbortSignal | undefined): Promise<GrowingBlobIndex> {
    this.#loaded = undefined;
    const { index } = await withSignal(this.#load(), signal);
    for (const { packId, content } of this.#unindexed) index.addPack(packId, content);
    return index;
  }

  /** Shared by all callers, so it is not bound to the signal of one of them. */
  #load(): Promise<LoadedIndex> {
    if (this.#loaded === undefined) {
      const loading = loadIndex(this.#session);
      this.#loaded = loading;
      loading.catch(() => {
        if (this.#loaded === loading) this.#loaded = undefined;
      });
    }
    return this.#loaded;
  }

  async #storePack(packId: Id, bytes: Uint8Array, content: PackContent): Promise<void> {
    const { index } = await this.#load();
    // Sealing is random: a pack that the index has is one whose index file failed after it was stored.
    if (!index.hasPack(packId)) {
      await this.#session.backend.save('data', packId, bytes);
      index.addPack(packId, content);
      this.#unindexed.push({ packId, content });
      this.#unindexedBlobs += content.count;
    }
    const isOld = this.#session.ports.clock.monotonic() - this.#lastIndexAt > INDEX_AGE_MS;
    if (this.#unindexed.length >= INDEX_PACKS || this.#unindexedBlobs >= INDEX_BLOBS || isOld) await this.#writeIndex();
  }

  async #closePack(writer: PackWriter): Promise<void> {
    if (this.#open.get(writer.kind) === writer) this.#open.delete(writer.kind);
    await this.#writePack(writer.finish(this.#session.key));
  }

  async #writePack(pack: FinishedPack): Promise<void> {
    const { kind, packId, bytes, content, ids } = pack;
    const write = async (): Promise<void> => {
      try {
        await this.#storePack(packId, bytes, content);
        for (const id of ids) this.#unsaved.delete(`${kind} ${id}`);
      } catch (error) {
        this.#unwritten.push(pack);
        throw error;
      }
    };
    const writing = write().finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
    await writing;
  }

  async #flushPacks(): Promise<void> {
    assertWritable(this.#session);
    // Settled first: a write that fails now is tried again below.
    await Promise.allSettled(this.#writing);
    const again = this.#unwritten;
    this.#unwritten = [];
    const writes = [
      ...again.map((pack) => this.#writePack(pack)),
      ...[...this.#open.values()].map((writer) => this.#closePack(writer)),
    ];
    await Promise.allSettled(writes);
    await Promise.all(writes);
  }

  /** One index file at a time; what could not be written waits for the next. */
  #writeIndex(): Promise<void> {
    const write = async (): Promise<void> => {
      if (this.#unindexed.length === 0) return;
      const packs = this.#unindexed;
      const blobs = this.#unindexedBlobs;
      this.#unindexed = [];
      this.#unindexedBlobs = 0;
      try {
        const id = await saveIndex(this.#session, packs);
        (await this.#load()).files.add(id);
        this.#lastIndexAt = this.#session.ports.clock.monotonic();
      } catch (error) {
        this.#unindexed = [...packs, ...this.#unindexed];
        this.#unindexedBlobs += blobs;
        throw error;
      }
    };
    this.#indexWrite = this.#indexWrite.catch(() => undefined).then(write);
    return this.#indexWrite;
  }
}

function orThrow(result: Buffer | EngineError): Buffer {
  if (result instanceof EngineError) throw result;
  return result;
}

/** `REPOSITORY_UNSUPPORTED` for version 1, which is only read: its packs may not hold compressed blobs. */
export function assertWritable({ version, backend }: Session): void {
  if (version === 2) return;
  throw new EngineError('REPOSITORY_UNSUPPORTED', {
    repository: backend.location,
    value: version,
    reason: 'The repository has format version 1 and can only be read.',
    remedy: 'Upgrade it with "restic migrate upgrade_repo_v2".',
  });
}

/** Rejects with `CANCELLED` once the signal aborts; `work` itself goes on. */
function withSignal<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  throwIfCancelled(signal);
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new EngineError('CANCELLED', {}, { cause: signal.reason }));
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
