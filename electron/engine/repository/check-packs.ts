/** Second part of a check: every pack is there, has the right size and header, and (on request) the right bytes. */
import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../base/errors.ts';
import { ID_BYTES } from '../native.ts';
import type { GrowingBlobIndex, IndexEntry } from './blob-index.ts';
import type { ProblemList } from './check-problems.ts';
import { isDamaged } from './damage.ts';
import { encodeHex } from './hex.ts';
import { headerBytes, type PackContent } from './pack-header.ts';
import { openBlob } from './read-copy.ts';
import { readPackHeader } from './read-pack-header.ts';
import type { Session } from './session.ts';
import type { CheckOptions, Id } from './types.ts';

/** Bytes that are read at once where a range holds no blob. */
const CHUNK_BYTES = 1 << 20;
/** A blob larger than this is not opened, only hashed with its pack: a bound against nonsense. */
const BLOB_LIMIT_BYTES = 1 << 30;

/** Checks all packs; resolves with how many there are and the bytes that were read. */
export async function checkPacks(
  session: Session,
  index: GrowingBlobIndex,
  problems: ProblemList,
  { readData, signal, onProgress }: CheckOptions,
): Promise<{ packs: number; readBytes: number }> {
  const sizes = new Map<Id, number>();
  for await (const { name, sizeBytes } of session.backend.list('data', signal)) sizes.set(name, sizeBytes);
  let bytesTotal = 0;
  for (const packId of index.packIds) bytesTotal += sizes.get(packId) ?? 0;

  const { entries, starts } = index.entriesByPack();
  const check = new PackCheck(session, index, problems);
  let bytesDone = 0;
  for (const [number, packId] of index.packIds.entries()) {
    throwIfCancelled(signal);
    const listed = Array.from(entries.subarray(starts[number], starts[number + 1]), (entry) => index.entryAt(entry));
    const sizeBytes = sizes.get(packId);
    if (sizeBytes === undefined) {
      problems.add('pack', packId, `The pack is missing; ${listed.length} blobs of it are lost.`);
      continue;
    }
    const before = bytesDone;
    const onBytes = (bytes: number): void => onProgress?.(before + bytes, bytesTotal);
    await check.run(packId, sizeBytes, listed, readData, signal, onBytes);
    bytesDone += sizeBytes;
    onProgress?.(bytesDone, bytesTotal);
  }
  for (const packId of sizes.keys()) {
    if (index.hasPack(packId)) continue;
    problems.add('pack', packId, 'No index lists the pack: it is left over from an interrupted run.', 'notice');
  }
  return { packs: sizes.size, readBytes: check.readBytes };
}

class PackCheck {
  readonly #session: Session;
  readonly #index: GrowingBlobIndex;
  readonly #problems: ProblemList;
  readBytes = 0;

  constructor(session: Session, index: GrowingBlobIndex, problems: ProblemList) {
    this.#session = session;
    this.#index = index;
    this.#problems = problems;
  }

  async run(
    packId: Id,
    sizeBytes: number,
    listed: IndexEntry[],
    readData: boolean,
    signal: AbortSignal | undefined,
    onBytes: (bytes: number) => void,
  ): Promise<void> {
    listed.sort((a, b) => a.offsetBytes - b.offsetBytes);
    const compressed = listed.filter((entry) => entry.compressed).length;
    const blobBytes = listed.reduce((sum, entry) => sum + entry.storedBytes, 0);
    const expected = blobBytes + headerBytes(listed.length - compressed, compressed);
    if (sizeBytes !== expected) {
      this.#problems.add('pack', packId, `The pack is ${sizeBytes} bytes long instead of ${expected}.`);
    }
    try {
      this.#compare(packId, await readPackHeader(this.#session, packId, sizeBytes), listed);
    } catch (error) {
      await this.#problems.addError(error, 'pack', packId);
    }
    if (!readData) return;
    try {
      await this.#readData(packId, sizeBytes, listed, signal, onBytes);
    } catch (error) {
      await this.#problems.addError(error, 'pack', packId);
    }
  }

  #compare(packId: Id, header: PackContent, listed: readonly IndexEntry[]): void {
    let different = Math.abs(header.count - listed.length);
    for (let i = 0; i < Math.min(header.count, listed.length); i++) {
      const entry = listed[i];
      if (entry === undefined) continue;
      const uncompressed = entry.compressed ? entry.plainBytes : 0;
      const isEqual =
        header.offsets[i] === entry.offsetBytes &&
        header.lengths[i] === entry.storedBytes &&
        header.uncompressedLengths[i] === uncompressed &&
        (header.trees[i] === 1) === (entry.kind === 'tree') &&
        encodeHex(header.ids, i * ID_BYTES) === encodeHex(this.#index.idAt(entry.entry), 0);
      if (!isEqual) different++;
    }
    if (different > 0)
      this.#problems.add('pack', packId, `Its header and the index disagree about ${different} blobs.`);
  }

  /** Reads the whole pack once, in order: hashes the file, and opens every blob on the way. */
  async #readData(
    packId: Id,
    sizeBytes: number,
    listed: readonly IndexEntry[],
    signal: AbortSignal | undefined,
    onBytes: (bytes: number) => void,
  ): Promise<void> {
    const { backend } = this.#session;
    const hash = createHash('sha256');
    let position = 0;
    const read = async (length: number): Promise<Buffer> => {
      throwIfCancelled(signal);
      const bytes = Buffer.allocUnsafe(length);
      await backend.load('data', packId, position, bytes);
      hash.update(bytes);
      position += length;
      this.readBytes += length;
      onBytes(position);
      return bytes;
    };
    const readUntil = async (end: number): Promise<void> => {
      while (position < end) await read(Math.min(CHUNK_BYTES, end - position));
    };
    for (const entry of listed) {
      const end = entry.offsetBytes + entry.storedBytes;
      if (entry.offsetBytes < position || end > sizeBytes || entry.plainBytes > BLOB_LIMIT_BYTES) continue;
      await readUntil(entry.offsetBytes);
      await this.#openBlob(await read(entry.storedBytes), entry);
    }
    await readUntil(sizeBytes);
    if (hash.digest('hex') !== packId) {
      this.#problems.add('pack', packId, 'The content was changed: its SHA-256 is not its name.');
    }
  }

  async #openBlob(sealed: Buffer, entry: IndexEntry): Promise<void> {
    const id = encodeHex(this.#index.idAt(entry.entry), 0);
    const kind = entry.kind === 'tree' ? 'tree' : 'blob';
    try {
      openBlob(this.#session.key, sealed, entry, id, { repository: this.#session.backend.location, kind, id });
    } catch (error) {
      if (!isDamaged(error)) throw error;
      await this.#problems.addError(error, kind, id);
    }
  }
}
