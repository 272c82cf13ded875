/** Reading one stored copy of a blob: decrypted, decompressed, checked against its id. */
import { native } from '../native.ts';
import { type DamagedKind, damaged, type FileReference } from './damage.ts';
import type { Session } from './session.ts';
import type { BlobKind, BlobLocation, Id } from './types.ts';

/** Largest blob that is read, stored or plain bytes: a bound against nonsense in an index. */
const BLOB_LIMIT_BYTES = 1 << 30;

/** What a message calls a damaged blob of each kind. */
export const DAMAGED_KIND: Record<BlobKind, DamagedKind> = { data: 'blob', tree: 'tree' };

/** Reads one copy of a blob and checks it; `REPOSITORY_DAMAGED`. */
export async function readCopy({ backend, key }: Session, copy: BlobLocation, id: Id): Promise<Buffer> {
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
