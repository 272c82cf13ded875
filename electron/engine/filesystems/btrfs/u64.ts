/** 64-bit fields as numbers: all that we count in is below 2^53. */

const HIGH_LIMIT = 0x200000;

/** A little-endian 64-bit field; `Infinity` where it is 2^53 or more, so that every check of a bound refuses it. */
export function u64(bytes: Buffer, at: number): number {
  const high = bytes.readUInt32LE(at + 4);
  return high < HIGH_LIMIT ? high * 2 ** 32 + bytes.readUInt32LE(at) : Number.POSITIVE_INFINITY;
}
