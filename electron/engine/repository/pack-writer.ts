/** Packs of blobs that JavaScript makes: trees and small data. Grid blocks are packed by the addon. */
import { native } from '../native.ts';
import {
  encodeHeader,
  HEADER_LENGTH_BYTES,
  headerBytes,
  MAX_HEADER_BYTES,
  newPackContent,
  type PackContent,
} from './pack-header.ts';
import type { BlobKind, Id } from './types.ts';

/** A pack is written once it holds this many bytes; restic's default target. */
export const PACK_TARGET_BYTES = 16 * 1024 * 1024;

interface Entry {
  id: Id;
  sealed: Buffer | undefined;
  length: number;
  uncompressedLength: number;
}

/** A finished pack file. */
export interface FinishedPack {
  kind: BlobKind;
  packId: Id;
  bytes: Buffer;
  content: PackContent;
  ids: Id[];
}

/** Collects sealed blobs of one kind (version 2 forbids mixing) until it is finished. */
export class PackWriter {
  readonly kind: BlobKind;
  readonly #entries: Entry[] = [];
  #blobBytes = 0;

  constructor(kind: BlobKind) {
    this.kind = kind;
  }

  get isFull(): boolean {
    return this.#blobBytes >= PACK_TARGET_BYTES || headerBytes(0, this.#entries.length + 1) > MAX_HEADER_BYTES;
  }

  /** Compresses (where that helps) and seals one blob. Empty blobs stay plain: 0 stands for "not compressed". */
  add(key: Uint8Array, id: Id, plain: Uint8Array, zstdLevel: number): void {
    const frame = plain.length > 0 ? native().compress(plain, zstdLevel) : undefined;
    const isSmaller = frame !== undefined && frame.length < plain.length;
    const sealed = native().seal(key, isSmaller ? frame : plain);
    const uncompressedLength = isSmaller ? plain.length : 0;
    this.#entries.push({ id, sealed, length: sealed.length, uncompressedLength });
    this.#blobBytes += sealed.length;
  }

  /** The pack file with its sealed header. Releases the blobs; call it once. */
  finish(key: Uint8Array): FinishedPack {
    const content = newPackContent(this.#entries.length);
    let offset = 0;
    for (const [i, { id, length, uncompressedLength }] of this.#entries.entries()) {
      content.ids.set(Buffer.from(id, 'hex'), i * 32);
      content.offsets[i] = offset;
      content.lengths[i] = length;
      content.uncompressedLengths[i] = uncompressedLength;
      content.trees[i] = this.kind === 'tree' ? 1 : 0;
      offset += length;
    }
    const header = native().seal(key, encodeHeader(content));
    const bytes = Buffer.allocUnsafeSlow(offset + header.length + HEADER_LENGTH_BYTES);
    for (const [i, entry] of this.#entries.entries()) {
      if (entry.sealed !== undefined) bytes.set(entry.sealed, content.offsets[i] ?? 0);
      // A large tree need not be held twice while the pack is written.
      entry.sealed = undefined;
    }
    bytes.set(header, offset);
    bytes.writeUInt32LE(header.length, offset + header.length);
    const ids = this.#entries.map(({ id }) => id);
    return { kind: this.kind, packId: native().sha256(bytes), bytes, content, ids };
  }
}
