/**
 * The update sequence array: NTFS puts the same number at the end of every 512 bytes of a record and keeps what was
 * there in an array, so that a record of which only a part was written is found out.
 * Source: the notes in ntfs-3g's layout.h (NTFS_RECORD).
 */

/** Bytes between two of the numbers, whatever the size of a sector. */
const STRIDE_BYTES = 512;

/**
 * Checks a record as it lies on the volume and puts the words of the array back in place. Returns what is wrong with
 * it; `undefined` = all is well. `bytes` is a whole number of strides long.
 */
export function undoUpdateSequence(bytes: Buffer): string | undefined {
  const arrayAt = bytes.readUInt16LE(4);
  const strides = bytes.readUInt16LE(6) - 1;
  const lastWord = STRIDE_BYTES - 2;
  if (strides * STRIDE_BYTES !== bytes.length || arrayAt % 2 !== 0 || arrayAt + 2 + strides * 2 > lastWord) {
    return 'its update sequence array is impossible';
  }
  const number = bytes.readUInt16LE(arrayAt);
  for (let stride = 0; stride < strides; stride++) {
    const at = stride * STRIDE_BYTES + lastWord;
    if (bytes.readUInt16LE(at) !== number) return 'it was not written completely';
    bytes.writeUInt16LE(bytes.readUInt16LE(arrayAt + 2 + stride * 2), at);
  }
  return undefined;
}
