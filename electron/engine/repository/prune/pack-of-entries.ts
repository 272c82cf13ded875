/** The columns of a pack, made from entries of the index. */
import { ID_BYTES } from '../../native.ts';
import type { GrowingBlobIndex } from '../blob-index.ts';
import { newPackContent, type PackContent } from '../pack-header.ts';

/** `offsets`: where each entry lies in the pack; absent: where the index says. */
export function contentOf(
  index: GrowingBlobIndex,
  entries: ArrayLike<number>,
  offsets?: ArrayLike<number>,
): PackContent {
  const content = newPackContent(entries.length);
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? 0;
    const { kind, offsetBytes, storedBytes, plainBytes, compressed } = index.entryAt(entry);
    content.ids.set(index.idAt(entry), i * ID_BYTES);
    content.offsets[i] = offsets?.[i] ?? offsetBytes;
    content.lengths[i] = storedBytes;
    content.uncompressedLengths[i] = compressed ? plainBytes : 0;
    content.trees[i] = kind === 'tree' ? 1 : 0;
  }
  return content;
}
