/** Checksums of XFS version 5 metadata (the kernel's fs/xfs/libxfs/xfs_cksum.h). */
import { crc32c } from '../crc32c.ts';

const SEED = 0xffffffff;
const NO_CHECKSUM = new Uint8Array(4);

/**
 * CRC-32C of a whole structure as XFS stores it, little-endian at `checksumAt` bytes from its start: the field itself
 * counts as zeroes, and the sum is inverted.
 */
export function structureChecksum(bytes: Uint8Array, checksumAt: number): number {
  let sum = crc32c(SEED, bytes.subarray(0, checksumAt));
  sum = crc32c(sum, NO_CHECKSUM);
  return ~crc32c(sum, bytes.subarray(checksumAt + NO_CHECKSUM.length)) >>> 0;
}

/** The same sum of pieces that belong together and hold no checksum field, as it is stored. */
export function checksumOfPieces(pieces: readonly Uint8Array[]): number {
  return ~pieces.reduce(crc32c, SEED) >>> 0;
}

/** True if the stored checksum fits the bytes. */
export function checksumFits(bytes: Buffer, checksumAt: number): boolean {
  return bytes.readUInt32LE(checksumAt) === structureChecksum(bytes, checksumAt);
}
