/** The header at the end of a pack: which blobs lie in it and where (doc/design.rst, "Pack Format"). */
import { ID_BYTES, type PackedBlobs, SEAL_OVERHEAD_BYTES } from '../native.ts';
import { damaged, type FileReference } from './damage.ts';
import type { BlobKind } from './types.ts';

/** Bytes of the header's length at the very end. */
export const HEADER_LENGTH_BYTES = 4;
/** restic's bound on the sealed header, bytes. */
export const MAX_HEADER_BYTES = 16 * 1024 * 1024;
const PLAIN_ENTRY_BYTES = 1 + 4 + ID_BYTES;
const COMPRESSED_ENTRY_BYTES = PLAIN_ENTRY_BYTES + 4;
const TREE_BIT = 1;
const COMPRESSED_BIT = 2;

/** Blobs of a pack of one or both kinds: columns as the addon's, and the kind. */
export interface PackContent extends PackedBlobs {
  /** 1 for a tree blob, 0 for a data blob. */
  trees: Uint8Array;
}

/** Columns for `count` blobs. */
export function newPackContent(count: number): PackContent {
  return {
    count,
    ids: new Uint8Array(count * ID_BYTES),
    offsets: new Uint32Array(count),
    lengths: new Uint32Array(count),
    uncompressedLengths: new Uint32Array(count),
    trees: new Uint8Array(count),
  };
}

/** Adds the kind to blobs that are all of one. */
export function packContent(blobs: PackedBlobs, kind: BlobKind): PackContent {
  return { ...blobs, trees: new Uint8Array(blobs.count).fill(kind === 'tree' ? 1 : 0) };
}

/** Bytes that one blob takes in the header. */
export function headerEntryBytes(compressed: boolean): number {
  return compressed ? COMPRESSED_ENTRY_BYTES : PLAIN_ENTRY_BYTES;
}

/** Bytes of the header in the file: sealed, with its length. */
export function headerBytes(plain: number, compressed: number): number {
  return plain * PLAIN_ENTRY_BYTES + compressed * COMPRESSED_ENTRY_BYTES + SEAL_OVERHEAD_BYTES + HEADER_LENGTH_BYTES;
}

/** The header before it is sealed. */
export function encodeHeader({ count, ids, lengths, uncompressedLengths, trees }: PackContent): Buffer {
  const header = Buffer.allocUnsafe(count * COMPRESSED_ENTRY_BYTES);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const plainBytes = uncompressedLengths[i] ?? 0;
    header[at++] = (trees[i] === 1 ? TREE_BIT : 0) | (plainBytes > 0 ? COMPRESSED_BIT : 0);
    at = header.writeUInt32LE(lengths[i] ?? 0, at);
    if (plainBytes > 0) at = header.writeUInt32LE(plainBytes, at);
    header.set(ids.subarray(i * ID_BYTES, (i + 1) * ID_BYTES), at);
    at += ID_BYTES;
  }
  return header.subarray(0, at);
}

/**
 * Reads a decrypted header of a pack whose blobs fill `blobBytes`. Throws `REPOSITORY_DAMAGED` for `reference` if
 * anything does not add up.
 */
export function decodeHeader(header: Uint8Array, blobBytes: number, reference: FileReference): PackContent {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const content = newPackContent(Math.floor(header.length / PLAIN_ENTRY_BYTES));
  let count = 0;
  let offset = 0;
  for (let at = 0; at < header.length; count++) {
    const type = view.getUint8(at);
    if (type > 3) throw damaged(reference, `The pack header names an unknown blob type ${type}.`);
    const isCompressed = (type & COMPRESSED_BIT) !== 0;
    const entryBytes = isCompressed ? COMPRESSED_ENTRY_BYTES : PLAIN_ENTRY_BYTES;
    if (at + entryBytes > header.length) throw damaged(reference, 'The pack header ends inside an entry.');
    const length = view.getUint32(at + 1, true);
    if (length < SEAL_OVERHEAD_BYTES) throw damaged(reference, 'The pack header lists a blob that is too short.');
    content.trees[count] = type & TREE_BIT;
    content.offsets[count] = offset;
    content.lengths[count] = length;
    content.uncompressedLengths[count] = isCompressed ? view.getUint32(at + 5, true) : 0;
    content.ids.set(header.subarray(at + entryBytes - ID_BYTES, at + entryBytes), count * ID_BYTES);
    at += entryBytes;
    offset += length;
  }
  if (offset !== blobBytes) throw damaged(reference, 'The pack header does not describe the whole pack.');
  return {
    count,
    ids: content.ids.subarray(0, count * ID_BYTES),
    offsets: content.offsets.subarray(0, count),
    lengths: content.lengths.subarray(0, count),
    uncompressedLengths: content.uncompressedLengths.subarray(0, count),
    trees: content.trees.subarray(0, count),
  };
}

/** Length of the sealed header, from the last four bytes of a pack of `packBytes`; `REPOSITORY_DAMAGED`. */
export function readHeaderLength(last: Uint8Array, packBytes: number, reference: FileReference): number {
  const length = new DataView(last.buffer, last.byteOffset, last.byteLength).getUint32(0, true);
  const largest = Math.min(MAX_HEADER_BYTES, packBytes - HEADER_LENGTH_BYTES);
  if (length < SEAL_OVERHEAD_BYTES + PLAIN_ENTRY_BYTES || length > largest) {
    throw damaged(reference, 'The length of the pack header is out of range.');
  }
  return length;
}

/** Plain bytes of a blob that is stored uncompressed. */
export function plainBytesOf(storedBytes: number): number {
  return storedBytes - SEAL_OVERHEAD_BYTES;
}
