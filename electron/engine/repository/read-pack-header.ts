/** Reading the header of a stored pack: which blobs it holds, without any index. */
import { damaged, fileReference } from './damage.ts';
import { decodeHeader, HEADER_LENGTH_BYTES, type PackContent, readHeaderLength } from './pack-header.ts';
import type { Session } from './session.ts';
import type { Id } from './types.ts';
import { openSealed } from './unpacked.ts';

/** The blobs of a pack of `sizeBytes`; `REPOSITORY_DAMAGED` naming the pack. */
export async function readPackHeader({ backend, key }: Session, packId: Id, sizeBytes: number): Promise<PackContent> {
  const reference = fileReference(backend.location, 'data', packId);
  if (sizeBytes < HEADER_LENGTH_BYTES) throw damaged(reference, 'The pack is too short for a header.');
  const last = Buffer.allocUnsafe(HEADER_LENGTH_BYTES);
  await backend.load('data', packId, sizeBytes - last.length, last);
  const length = readHeaderLength(last, sizeBytes, reference);
  const sealed = Buffer.allocUnsafe(length);
  const start = sizeBytes - last.length - length;
  await backend.load('data', packId, start, sealed);
  return decodeHeader(openSealed(key, sealed, { ...reference }), start, reference);
}
