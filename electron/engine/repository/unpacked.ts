/**
 * Files that hold one sealed JSON document: indexes, snapshots, locks and the config (doc/design.rst, "Unpacked Data
 * Format"). Version 2 puts a byte before a zstd frame; plain JSON is recognised by its first character.
 */
import { errnoOf } from '../base/errors.ts';
import { native } from '../native.ts';
import { damaged, type FileReference, fileReference } from './damage.ts';
import type { Session } from './session.ts';
import type { FileKind, Id } from './types.ts';

/** Leading byte of a compressed document. */
const COMPRESSED = 2;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
const ZSTD_LEVEL = 3;

type UnpackedKind = Exclude<FileKind, 'data' | 'keys'>;

/** Largest stored file that is read, bytes. Far above what restic writes; a bound against nonsense. */
const STORED_LIMIT_BYTES: Record<UnpackedKind, number> = {
  config: 1 << 20,
  locks: 1 << 20,
  snapshots: 64 << 20,
  index: 256 << 20,
};
/** Largest document after decompression, bytes. */
const PLAIN_LIMIT_BYTES = 512 << 20;

/** Decrypts `sealed`; throws `REPOSITORY_DAMAGED` for `reference`. */
export function openSealed(key: Uint8Array, sealed: Uint8Array, reference: FileReference): Buffer {
  try {
    return native().open(key, sealed);
  } catch (error) {
    throw damaged(reference, 'The content was changed: its authentication code does not match.', {}, error);
  }
}

/** The JSON document of decrypted content; throws `REPOSITORY_DAMAGED` for `reference`. */
export function decodeUnpacked(plain: Uint8Array, reference: FileReference): Uint8Array {
  const first = plain[0];
  if (first === OPEN_OBJECT || first === OPEN_ARRAY) return plain;
  if (first !== COMPRESSED) throw damaged(reference, 'The content has an unknown encoding.');
  try {
    return native().decompress(plain.subarray(1), PLAIN_LIMIT_BYTES);
  } catch (error) {
    throw damaged(reference, 'The content cannot be decompressed.', { errno: errnoOf(error) ?? '' }, error);
  }
}

/** Parses small documents; throws `REPOSITORY_DAMAGED` for `reference` unless it is a JSON object. */
export function parseJsonObject(json: Uint8Array, reference: FileReference): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8'));
  } catch (error) {
    throw damaged(reference, 'The content is not valid JSON.', {}, error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw damaged(reference, 'The content is not a JSON object.');
  }
  return { ...value };
}

/**
 * Reads, checks against its name, decrypts and decompresses one file. Throws `REPOSITORY_DAMAGED` and what the backend
 * throws. The config has no digest in its name; its authentication code protects it.
 */
export async function loadUnpacked(
  { backend, key }: Pick<Session, 'backend' | 'key'>,
  kind: UnpackedKind,
  id: Id,
): Promise<Uint8Array> {
  const reference = fileReference(backend.location, kind, id);
  const sealed = await backend.loadAll(kind, id, STORED_LIMIT_BYTES[kind]);
  if (kind !== 'config' && native().sha256(sealed) !== id) {
    throw damaged(reference, 'The content was changed or cut short: its SHA-256 is not its name.');
  }
  return decodeUnpacked(openSealed(key, sealed, reference), reference);
}

/** Seals and writes one document; resolves with its id. The config is never compressed, as restic has it. */
export async function saveUnpacked(
  { backend, key, version }: Pick<Session, 'backend' | 'key' | 'version'>,
  kind: UnpackedKind,
  json: Uint8Array,
): Promise<Id> {
  const compress = version >= 2 && kind !== 'config';
  const plain = compress ? Buffer.concat([Buffer.of(COMPRESSED), native().compress(json, ZSTD_LEVEL)]) : json;
  const sealed = native().seal(key, plain);
  const id = native().sha256(sealed);
  await backend.save(kind, id, sealed);
  return id;
}
