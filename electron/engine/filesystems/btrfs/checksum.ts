/**
 * The four checksums of btrfs, by the number in `csum_type`. All cover a superblock or tree block from byte 32 to its
 * end and stand in front, padded with zeros. Source: the kernel's fs/btrfs/fs.c and disk-io.c, btrfs(5).
 */
import { createHash } from 'node:crypto';
import { crc32c } from '../crc32c.ts';
import { blake2b256 } from './blake2b.ts';
import { xxhash64 } from './xxhash64.ts';

/** Bytes that are kept for a checksum of any type in front of a structure. */
export const CHECKSUM_FIELD_BYTES = 32;

type Digest = (covered: Buffer) => Buffer;

function crc32cDigest(covered: Buffer): Buffer {
  const digest = Buffer.alloc(4);
  digest.writeUInt32LE((crc32c(0xffffffff, covered) ^ 0xffffffff) >>> 0);
  return digest;
}

function xxhash64Digest(covered: Buffer): Buffer {
  const digest = Buffer.alloc(8);
  digest.writeBigUInt64LE(xxhash64(covered));
  return digest;
}

/** By `csum_type`: crc32c, xxhash64, sha256, blake2b. */
const DIGESTS: readonly Digest[] = [
  crc32cDigest,
  xxhash64Digest,
  (covered) => createHash('sha256').update(covered).digest(),
  blake2b256,
];

/** True for a `csum_type` that can be checked here. */
export function isKnownChecksum(type: number): boolean {
  return DIGESTS[type] !== undefined;
}

/** The checksum that belongs in front of these bytes, as many bytes as the type has; empty for an unknown type. */
export function checksumOf(type: number, structure: Buffer): Buffer {
  return DIGESTS[type]?.(structure.subarray(CHECKSUM_FIELD_BYTES)) ?? Buffer.alloc(0);
}

/** Whether a superblock or tree block carries its right checksum; false for an unknown type. */
export function checksumIsRight(type: number, structure: Buffer): boolean {
  const digest = checksumOf(type, structure);
  return digest.length > 0 && digest.equals(structure.subarray(0, digest.length));
}
