/** Index files: which pack holds which blobs (doc/design.rst, "Indexing"). */
import { throwIfCancelled } from '../base/errors.ts';
import { ID_BYTES, SEAL_OVERHEAD_BYTES } from '../native.ts';
import { GrowingBlobIndex } from './blob-index.ts';
import { damaged, type FileReference, fileReference, isMissing } from './damage.ts';
import { encodeHex } from './hex.ts';
import { JsonScanner } from './json-scanner.ts';
import type { PackContent } from './pack-header.ts';
import type { Session } from './session.ts';
import type { BlobKind, Id } from './types.ts';
import { loadUnpacked, saveUnpacked } from './unpacked.ts';

const U32_MAX = 0xffff_ffff;
/** Files read ahead while one is parsed. */
const READ_AHEAD = 3;
const RELIST_ATTEMPTS = 5;
const DOCUMENT_KEYS = ['packs', 'supersedes'];
const PACK_KEYS = ['id', 'blobs'];
const BLOB_KEYS = ['id', 'type', 'offset', 'length', 'uncompressed_length'];

/** A pack and its blobs, waiting to be written to an index file. */
export interface IndexedPack {
  packId: Id;
  content: PackContent;
}

/** One index file's JSON. Each pack becomes bytes at once: as strings, fifty thousand blobs would take 50 MiB. */
export function encodeIndex(packs: readonly IndexedPack[]): Buffer {
  const parts = [Buffer.from('{"packs":[')];
  for (const [i, { packId, content }] of packs.entries()) {
    const blobs = Array.from({ length: content.count }, (_, blob) => encodeBlob(content, blob));
    parts.push(Buffer.from(`${i > 0 ? ',' : ''}{"id":"${packId}","blobs":[${blobs.join(',')}]}`));
  }
  parts.push(Buffer.from(']}'));
  return Buffer.concat(parts);
}

function encodeBlob({ ids, offsets, lengths, uncompressedLengths, trees }: PackContent, i: number): string {
  const id = encodeHex(ids, i * ID_BYTES);
  const plain = uncompressedLengths[i] ?? 0;
  const tail = plain > 0 ? `,"uncompressed_length":${plain}` : '';
  return `{"id":"${id}","type":"${trees[i] === 1 ? 'tree' : 'data'}","offset":${offsets[i]},"length":${lengths[i]}${tail}}`;
}

/** What to do with the blobs of a pack that an index file lists: `false` passes over them. */
export type PackFilter = (packId: Id) => boolean;

/**
 * Adds an index file's blobs to `index`; resolves with the ids of the files that it supersedes. Throws
 * `REPOSITORY_DAMAGED` for `reference`; then part of the file may have been added.
 */
export function readIndex(
  json: Uint8Array,
  reference: FileReference,
  index: GrowingBlobIndex,
  accept: PackFilter = () => true,
): Id[] {
  const scanner = new JsonScanner(json, (reason) => damaged(reference, reason));
  const supersedes: Id[] = [];
  const id = new Uint8Array(ID_BYTES);
  scanner.readObject(DOCUMENT_KEYS, (key) => {
    if (key === 'packs') scanner.readArray(() => readPack(scanner, index, accept));
    else if (key !== 'supersedes') scanner.skipValue();
    else {
      scanner.readArray(() => {
        scanner.readId(id, 0);
        supersedes.push(encodeHex(id, 0));
      });
    }
  });
  scanner.expectEnd();
  return supersedes;
}

function readPack(scanner: JsonScanner, index: GrowingBlobIndex, accept: PackFilter): void {
  const id = new Uint8Array(ID_BYTES);
  let hasId = false;
  let blobsAt = -1;
  scanner.readObject(PACK_KEYS, (key) => {
    if (key === 'id') {
      scanner.readId(id, 0);
      hasId = true;
    } else {
      // The id may follow the blobs, so they are read in a second pass.
      if (key === 'blobs') blobsAt = scanner.position;
      scanner.skipValue();
    }
  });
  if (!hasId) throw scanner.error('a pack has no id');
  const packId = encodeHex(id, 0);
  if (blobsAt < 0 || !accept(packId)) return;
  const end = scanner.position;
  scanner.position = blobsAt;
  const number = index.packNumber(packId);
  scanner.readArray(() => readBlob(scanner, index, number));
  scanner.position = end;
}

const blobId = new Uint8Array(ID_BYTES);

function readBlob(scanner: JsonScanner, index: GrowingBlobIndex, packNumber: number): void {
  let kind: BlobKind | undefined;
  let hasId = false;
  let offset = -1;
  let length = -1;
  let uncompressed = 0;
  scanner.readObject(BLOB_KEYS, (key) => {
    if (key === 'id') {
      scanner.readId(blobId, 0);
      hasId = true;
    } else if (key === 'type') kind = kindOf(scanner);
    else if (key === 'offset') offset = scanner.readInteger(U32_MAX);
    else if (key === 'length') length = scanner.readInteger(U32_MAX);
    else if (key === 'uncompressed_length') uncompressed = scanner.readInteger(U32_MAX);
    else scanner.skipValue();
  });
  if (!hasId || kind === undefined || offset < 0 || length < SEAL_OVERHEAD_BYTES || offset + length > U32_MAX) {
    throw scanner.error('a blob has no id, type, offset or length, or they are out of range');
  }
  index.add(blobId, 0, kind, packNumber, offset, length, uncompressed);
}

function kindOf(scanner: JsonScanner): BlobKind {
  const text = scanner.readString();
  if (text !== 'data' && text !== 'tree') throw scanner.error('a blob has an unknown type');
  return text;
}

/** Writes an index file; resolves with its id. */
export function saveIndex(session: Session, packs: readonly IndexedPack[]): Promise<Id> {
  return saveUnpacked(session, 'index', encodeIndex(packs));
}

/** An index and the files it came from. */
export interface LoadedIndex {
  index: GrowingBlobIndex;
  files: Set<Id>;
}

/** Ids of the index files there are. */
export async function listIndexFiles(session: Session, signal?: AbortSignal): Promise<Id[]> {
  const ids: Id[] = [];
  for await (const { name } of session.backend.list('index', signal)) ids.push(name);
  return ids.sort();
}

/**
 * Loads all index files. A file that another one supersedes and that is still there (an interrupted prune) counts only
 * for packs that no other file lists and that still exist: so neither blobs of removed packs nor blobs that the new
 * files do not list yet are lost. A file that vanishes meanwhile (a prune ended) makes it start again.
 */
export async function loadIndex(session: Session, signal?: AbortSignal): Promise<LoadedIndex> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await loadListed(session, await listIndexFiles(session, signal), signal);
    } catch (error) {
      if (!isMissing(error) || attempt === RELIST_ATTEMPTS) throw error;
    }
  }
}

async function loadListed(session: Session, files: Id[], signal: AbortSignal | undefined): Promise<LoadedIndex> {
  const index = new GrowingBlobIndex();
  const superseded = await addFiles(session, files, index, undefined, signal);
  const obsolete = files.filter((id) => superseded.has(id));
  if (obsolete.length === 0) return { index, files: new Set(files) };

  const current = new GrowingBlobIndex();
  const live = files.filter((id) => !superseded.has(id));
  await addFiles(session, live, current, undefined, signal);
  const packs = new Set<Id>();
  for await (const { name } of session.backend.list('data', signal)) packs.add(name);
  const known = new Set(current.packIds);
  await addFiles(session, obsolete, current, (packId) => packs.has(packId) && !known.has(packId), signal);
  return { index: current, files: new Set(files) };
}

/** Adds files to an index, reading a few ahead; resolves with what they supersede. */
export async function addFiles(
  session: Session,
  files: readonly Id[],
  index: GrowingBlobIndex,
  accept: PackFilter | undefined,
  signal: AbortSignal | undefined,
): Promise<Set<Id>> {
  const superseded = new Set<Id>();
  const loads: Promise<Uint8Array>[] = [];
  try {
    for (const [i, id] of files.entries()) {
      throwIfCancelled(signal);
      while (loads.length < Math.min(files.length, i + READ_AHEAD)) {
        loads.push(loadUnpacked(session, 'index', files[loads.length] ?? id));
      }
      const json = await (loads[i] ?? loadUnpacked(session, 'index', id));
      delete loads[i];
      for (const old of readIndex(json, fileReference(session.backend.location, 'index', id), index, accept)) {
        superseded.add(old);
      }
    }
  } finally {
    await Promise.allSettled(loads);
  }
  return superseded;
}
