/** New packs of blobs that are taken over sealed as they are. */
import { native } from '../../native.ts';
import type { GrowingBlobIndex } from '../blob-index.ts';
import type { IndexedPack } from '../index-files.ts';
import { encodeHeader, HEADER_LENGTH_BYTES, headerBytes, MAX_HEADER_BYTES } from '../pack-header.ts';
import type { Session } from '../session.ts';
import type { BlobKind } from '../types.ts';
import { BufferPool } from './buffer-pool.ts';
import { contentOf } from './pack-of-entries.ts';

/** One pack of each kind is filled; while only one kind is, two are being written. */
const BUFFERS = 3;
/**
 * A pack is closed when it has reached its size or the next blob does not fit, header included: so there is room for a
 * last blob. A larger one has a buffer of its own.
 */
const LAST_BLOB_BYTES = 1 << 20;

interface OpenPack {
  buffer: Buffer;
  entries: number[];
  offsets: number[];
  bytes: number;
}

/** Fills packs of one kind each and writes them, several at once. */
export class CopiedPacks {
  readonly #session: Session;
  readonly #index: GrowingBlobIndex;
  readonly #onWritten: (pack: IndexedPack, fileBytes: number) => Promise<void>;
  readonly #packBytes: number;
  readonly #pool: BufferPool;
  readonly #open = new Map<BlobKind, OpenPack>();
  readonly #writing = new Set<Promise<void>>();
  #failure: unknown;

  /** `packBytes`: size of a pack, without its header. `onWritten` is told each pack once it is durable. */
  constructor(
    session: Session,
    index: GrowingBlobIndex,
    packBytes: number,
    onWritten: (pack: IndexedPack, fileBytes: number) => Promise<void>,
  ) {
    this.#session = session;
    this.#index = index;
    this.#packBytes = packBytes;
    this.#pool = new BufferPool(BUFFERS, packBytes + LAST_BLOB_BYTES);
    this.#onWritten = onWritten;
  }

  /** Adds the sealed bytes of an entry; throws what an earlier pack failed with. They are copied. */
  async add(entry: number, kind: BlobKind, sealed: Uint8Array): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    let pack = this.#open.get(kind);
    if (pack !== undefined && roomIn(pack) < sealed.length) {
      this.#close(kind, pack);
      pack = undefined;
    }
    if (pack === undefined) {
      pack = { buffer: await this.#bufferFor(sealed.length), entries: [], offsets: [], bytes: 0 };
      this.#open.set(kind, pack);
    }
    pack.buffer.set(sealed, pack.bytes);
    pack.entries.push(entry);
    pack.offsets.push(pack.bytes);
    pack.bytes += sealed.length;
    if (pack.bytes >= this.#packBytes) this.#close(kind, pack);
  }

  /** Writes what is open and waits for everything; throws the first failure. */
  async finish(): Promise<void> {
    for (const [kind, pack] of [...this.#open]) this.#close(kind, pack);
    await this.settle();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Waits for the writes under way, whatever becomes of them. */
  async settle(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async #bufferFor(blobBytes: number): Promise<Buffer> {
    const needed = blobBytes + headerBytes(0, 1);
    return needed > this.#packBytes + LAST_BLOB_BYTES ? Buffer.allocUnsafeSlow(needed) : this.#pool.take();
  }

  #close(kind: BlobKind, pack: OpenPack): void {
    this.#open.delete(kind);
    const writing = this.#write(pack)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => {
        this.#pool.giveBack(pack.buffer);
        this.#writing.delete(writing);
      });
    this.#writing.add(writing);
  }

  async #write({ buffer, entries, offsets, bytes }: OpenPack): Promise<void> {
    const content = contentOf(this.#index, entries, offsets);
    const header = native().seal(this.#session.key, encodeHeader(content));
    buffer.set(header, bytes);
    buffer.writeUInt32LE(header.length, bytes + header.length);
    const file = buffer.subarray(0, bytes + header.length + HEADER_LENGTH_BYTES);
    const packId = native().sha256(file);
    await this.#session.backend.save('data', packId, file);
    await this.#onWritten({ packId, content }, file.length);
  }
}

/** Bytes that the next blob may have; its header entry is allowed for. */
function roomIn({ buffer, entries, bytes }: OpenPack): number {
  const header = headerBytes(0, entries.length + 1);
  return header > MAX_HEADER_BYTES ? -1 : buffer.length - bytes - header;
}
