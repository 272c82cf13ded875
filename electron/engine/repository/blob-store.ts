/** Packs and the index of an open repository: writing blobs and packs, finding and reading blobs. */
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import { type FilledPack, native } from '../native.ts';
import type { GrowingBlobIndex } from './blob-index.ts';
import { type DamagedKind, damaged, type FileReference, isDamaged } from './damage.ts';
import { addFiles, type IndexedPack, type LoadedIndex, listIndexFiles, loadIndex, saveIndex } from './index-files.ts';
import { type PackContent, packContent } from './pack-header.ts';
import { PackWriter } from './pack-writer.ts';
import type { Session } from './session.ts';
import type { BlobIndex, BlobKind, BlobLocation, Id } from './types.ts';

/** An index file is written when this much waits, so that an interrupted run finds its blobs again. */
const INDEX_PACKS = 200;
const INDEX_BLOBS = 40_000;
const INDEX_AGE_MS = 2 * 60 * 1000;
/** Largest plain blob that is read, bytes: a bound against nonsense in an index. */
const BLOB_LIMIT_BYTES = 1 << 30;

const DAMAGED_KIND: Record<BlobKind, DamagedKind> = { data: 'blob', tree: 'tree' };

/** See `Repository` in types.ts for what the methods promise. */
export class BlobStore {
  readonly #session: Session;
  readonly #zstdLevel: number;
  #loaded: Promise<LoadedIndex> | undefined;
  readonly #open = new Map<BlobKind, PackWriter>();
  /** Blobs that are in no durable pack yet. */
  readonly #unsaved = new Set<string>();
  readonly #writing = new Set<Promise<void>>();
  #unindexed: IndexedPack[] = [];
  #unindexedBlobs = 0;
  #indexWrite: Promise<void> = Promise.resolve();
  #lastIndexAt: number;
  /** A pack of blobs whose ids were given out could not be written: nothing more may be built upon them. */
  #failure: unknown;

  constructor(session: Session, zstdLevel: number) {
    this.#session = session;
    this.#zstdLevel = zstdLevel;
    this.#lastIndexAt = session.ports.clock.monotonic();
  }

  async index(signal?: AbortSignal): Promise<GrowingBlobIndex> {
    return (await this.#load(signal)).index;
  }

  /** Adds the files that came since; starts anew if files went (a prune). */
  async reloadIndex(signal?: AbortSignal): Promise<BlobIndex> {
    const { index, files } = await this.#load(signal);
    await this.#indexWrite.catch(() => undefined);
    const present = await listIndexFiles(this.#session, signal);
    const fresh = present.filter((id) => !files.has(id));
    if (present.length - fresh.length === files.size) {
      const superseded = await addFiles(this.#session, fresh, index, undefined, signal);
      for (const id of fresh) files.add(id);
      if (![...superseded].some((id) => files.has(id))) return index;
    }
    this.#loaded = undefined;
    const reloaded = (await this.#load(signal)).index;
    for (const { packId, content } of this.#unindexed) reloaded.addPack(packId, content);
    return reloaded;
  }

  async savePack(pack: FilledPack, bytes: Uint8Array): Promise<void> {
    this.#assertWritable();
    if (pack.lengthBytes > bytes.length)
      throw new EngineError('INTERNAL', { reason: 'A pack is longer than its buffer.' });
    await this.#storePack(pack.packId, bytes.subarray(0, pack.lengthBytes), packContent(pack.blobs, 'data'));
  }

  async saveBlob(kind: BlobKind, plain: Uint8Array): Promise<Id> {
    this.#assertWritable();
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

  /** Decrypted, decompressed and checked; every copy is tried before it fails. */
  async readBlob(kind: BlobKind, id: Id): Promise<Buffer> {
    if (this.#unsaved.has(`${kind} ${id}`)) await this.#flushPacks();
    const index = await this.index();
    let copies = index.findAll(id, kind);
    if (copies.length === 0) copies = (await this.#reloaded()).findAll(id, kind);
    const reference = { repository: this.#session.backend.location, kind: DAMAGED_KIND[kind], id };
    let failure = damaged(reference, 'No index lists the blob.', { missing: true });
    for (const copy of copies) {
      try {
        return await readCopy(this.#session, copy, id);
      } catch (error) {
        if (!isDamaged(error)) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  async #reloaded(): Promise<GrowingBlobIndex> {
    await this.reloadIndex();
    return this.index();
  }

  #load(signal: AbortSignal | undefined): Promise<LoadedIndex> {
    throwIfCancelled(signal);
    if (this.#loaded === undefined) {
      const loading = loadIndex(this.#session, signal);
      this.#loaded = loading;
      loading.catch(() => {
        if (this.#loaded === loading) this.#loaded = undefined;
      });
    }
    return this.#loaded;
  }

  async #storePack(packId: Id, bytes: Uint8Array, content: PackContent): Promise<void> {
    const { index } = await this.#load(undefined);
    await this.#session.backend.save('data', packId, bytes);
    index.addPack(packId, content);
    this.#unindexed.push({ packId, content });
    this.#unindexedBlobs += content.count;
    const isOld = this.#session.ports.clock.monotonic() - this.#lastIndexAt > INDEX_AGE_MS;
    if (this.#unindexed.length >= INDEX_PACKS || this.#unindexedBlobs >= INDEX_BLOBS || isOld) await this.#writeIndex();
  }

  async #closePack(writer: PackWriter): Promise<void> {
    if (this.#open.get(writer.kind) === writer) this.#open.delete(writer.kind);
    const ids = writer.ids();
    const { packId, bytes, content } = writer.finish(this.#session.key);
    const writing = this.#storePack(packId, bytes, content)
      .catch((error: unknown) => {
        this.#failure ??= error;
        throw error;
      })
      .finally(() => {
        for (const id of ids) this.#unsaved.delete(`${writer.kind} ${id}`);
        this.#writing.delete(writing);
      });
    this.#writing.add(writing);
    await writing;
  }

  async #flushPacks(): Promise<void> {
    this.#assertWritable();
    await Promise.all([...this.#open.values()].map((writer) => this.#closePack(writer)));
    await Promise.all(this.#writing);
    this.#assertWritable();
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
        (await this.#load(undefined)).files.add(id);
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

  #assertWritable(): void {
    if (this.#failure !== undefined) throw this.#failure;
    assertWritable(this.#session);
  }
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

async function readCopy({ backend, key }: Session, copy: BlobLocation, id: Id): Promise<Buffer> {
  const reference: FileReference = { repository: backend.location, kind: DAMAGED_KIND[copy.kind], id };
  if (copy.plainBytes > BLOB_LIMIT_BYTES || copy.storedBytes > BLOB_LIMIT_BYTES) {
    throw damaged(reference, `The blob is larger than ${BLOB_LIMIT_BYTES} bytes.`, { pack: copy.packId });
  }
  const sealed = Buffer.allocUnsafeSlow(copy.storedBytes);
  await backend.load('data', copy.packId, copy.offsetBytes, sealed);
  return openBlob(key, sealed, copy, id, reference);
}

/** Opens a sealed blob and checks it against its id; `REPOSITORY_DAMAGED` for `reference`, naming the pack. */
export function openBlob(
  key: Uint8Array,
  sealed: Uint8Array,
  { packId, compressed, plainBytes }: Pick<BlobLocation, 'packId' | 'compressed' | 'plainBytes'>,
  id: Id,
  reference: FileReference,
): Buffer {
  const where = { pack: packId };
  let plain: Buffer;
  try {
    plain = native().open(key, sealed);
  } catch (error) {
    throw damaged(reference, `It was changed in pack ${packId}: its authentication code does not match.`, where, error);
  }
  if (compressed) {
    try {
      plain = native().decompress(plain, plainBytes);
    } catch (error) {
      throw damaged(reference, `It cannot be decompressed (pack ${packId}).`, where, error);
    }
  }
  if (plain.length !== plainBytes || native().sha256(plain) !== id) {
    throw damaged(reference, `Its content is not what its id says (pack ${packId}).`, where);
  }
  return plain;
}
