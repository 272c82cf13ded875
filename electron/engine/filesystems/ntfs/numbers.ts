/** 64-bit fields as numbers that are exact or larger than anything a volume can hold. */

/** The unsigned field at `at`; `Infinity` where it is not below 2^53, so that every check of a bound refuses it. */
export function unsigned64(bytes: Buffer, at: number): number {
  const value = bytes.readUInt32LE(at + 4) * 2 ** 32 + bytes.readUInt32LE(at);
  return Number.isSafeInteger(value) ? value : Number.POSITIVE_INFINITY;
}

/** `length` (0 to 8) little-endian bytes as a two's complement number; `NaN` where it is not exact. */
export function signedBytes(bytes: Buffer, at: number, length: number): number {
  if (length === 0) return 0;
  let value = bytes.readInt8(at + length - 1);
  for (let index = length - 2; index >= 0; index--) value = value * 256 + bytes.readUInt8(at + index);
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

/** Whether a size is a power of two, at most 2^30. */
export function isPowerOfTwo(value: number): boolean {
  return value > 0 && value <= 2 ** 30 && (value & (value - 1)) === 0;
}
