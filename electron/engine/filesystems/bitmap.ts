/** Runs of set bits in an allocation bitmap (least significant bit first, as ext, NTFS and exFAT keep them). */
import { endianness } from 'node:os';

const BIG_ENDIAN = endianness() === 'BE';

/** The bitmap as 32-bit little-endian words; `bytes` must be a multiple of four long. Copies only where it must. */
export function bitmapWords(bytes: Buffer): Uint32Array {
  const inPlace = bytes.byteOffset % 4 === 0 && !BIG_ENDIAN;
  const aligned = inPlace ? bytes : Uint8Array.from(bytes);
  if (BIG_ENDIAN) Buffer.from(aligned.buffer, aligned.byteOffset, aligned.length).swap32();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, Math.floor(aligned.length / 4));
}

/** First bit at or after `from` that is set (`flip` 0) or clear (`flip` -1), at most `limit`. Whole words at a time. */
function nextBit(words: Uint32Array, from: number, limit: number, flip: 0 | -1): number {
  if (from >= limit) return limit;
  let index = from >>> 5;
  let word = ((words[index] ?? 0) ^ flip) & (-1 << (from & 31));
  while (word === 0) {
    index += 1;
    if (index * 32 >= limit) return limit;
    word = (words[index] ?? 0) ^ flip;
  }
  return Math.min(limit, index * 32 + 31 - Math.clz32(word & -word));
}

/** Calls `run` for every maximal run of set bits among the first `bitCount`, in order; returns how many bits are set. */
export function forEachRun(
  words: Uint32Array,
  bitCount: number,
  run: (firstBit: number, bits: number) => void,
): number {
  let set = 0;
  let at = nextBit(words, 0, bitCount, 0);
  while (at < bitCount) {
    const end = nextBit(words, at, bitCount, -1);
    run(at, end - at);
    set += end - at;
    at = nextBit(words, end, bitCount, 0);
  }
  return set;
}
