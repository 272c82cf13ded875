/** How much of the repository an image needs: the distinct blobs it refers to. */
import { ID_BYTES } from '../native.ts';
import type { BlobIndex } from '../repository/types.ts';

/** Sums over the distinct blobs of `content`. */
export interface StoredSize {
  storedBytes: number;
  uniqueBlocks: number;
}

/** Stored (sealed) bytes of the distinct blobs; blobs in no index count as nothing. */
export function storedSizeOf(content: Uint8Array, index: BlobIndex): StoredSize {
  const seen = new Set<number>();
  let storedBytes = 0;
  const packBytesLimit = 2 ** 32;
  for (let at = 0; at < content.length; at += ID_BYTES) {
    const location = index.find(content, at, 'data');
    if (!location) continue;
    // Pack and offset name a blob's one place, and fit a double exactly below 2^21 packs.
    const place = location.packNumber * packBytesLimit + location.offsetBytes;
    if (seen.has(place)) continue;
    seen.add(place);
    storedBytes += location.storedBytes;
  }
  return { storedBytes, uniqueBlocks: seen.size };
}
