/**
 * Group descriptors: where each group's bitmaps and inode table lie. Source: the kernel's
 * Documentation/filesystems/ext4/group_descr.rst.
 */
import { crc32c, littleEndian32 } from '../crc32c.ts';
import { crc16 } from './crc16.ts';
import { RO_COMPAT } from './features.ts';
import type { Superblock } from './superblock.ts';

const CHECKSUM_AT = 0x1e;
const BLOCK_UNINIT = 0x2;

/** One group's descriptor. */
export interface GroupDescriptor {
  blockBitmap: number;
  inodeBitmap: number;
  inodeTable: number;
  /** In clusters. */
  freeClusters: number;
  /** The block bitmap was never written: only the group's own structures are in use. */
  uninitialised: boolean;
  /** Low 16 or all 32 bits of the block bitmap's checksum. */
  bitmapChecksum: number;
  bitmapChecksumMask: number;
}

function expectedChecksum(superblock: Superblock, group: number, bytes: Uint8Array): number | undefined {
  const { roCompat } = superblock.features;
  const before = bytes.subarray(0, CHECKSUM_AT);
  const after = bytes.subarray(CHECKSUM_AT + 2);
  if ((roCompat & RO_COMPAT.metadataChecksum) !== 0) {
    let sum = crc32c(superblock.checksumSeed, littleEndian32(group));
    sum = crc32c(sum, before);
    sum = crc32c(sum, Uint8Array.of(0, 0));
    return crc32c(sum, after) & 0xffff;
  }
  if ((roCompat & RO_COMPAT.gdtChecksum) !== 0) {
    let sum = crc16(0xffff, superblock.uuidBytes);
    sum = crc16(sum, littleEndian32(group));
    return crc16(crc16(sum, before), after);
  }
  return undefined;
}

/** Parses descriptor `group` from exactly its bytes; `undefined`: its checksum is wrong. */
export function readDescriptor(superblock: Superblock, group: number, bytes: Buffer): GroupDescriptor | undefined {
  const expected = expectedChecksum(superblock, group, bytes);
  if (expected !== undefined && expected !== bytes.readUInt16LE(CHECKSUM_AT)) return undefined;
  const wide = superblock.descriptorBytes >= 64;
  const block = (low: number, high: number) =>
    bytes.readUInt32LE(low) + (wide ? bytes.readUInt32LE(high) * 2 ** 32 : 0);
  return {
    blockBitmap: block(0x0, 0x20),
    inodeBitmap: block(0x4, 0x24),
    inodeTable: block(0x8, 0x28),
    freeClusters: bytes.readUInt16LE(0xc) + (wide ? bytes.readUInt16LE(0x2c) * 2 ** 16 : 0),
    uninitialised: expected !== undefined && (bytes.readUInt16LE(0x12) & BLOCK_UNINIT) !== 0,
    bitmapChecksum: (bytes.readUInt16LE(0x18) | (wide ? bytes.readUInt16LE(0x38) << 16 : 0)) >>> 0,
    bitmapChecksumMask: wide ? 0xffffffff : 0xffff,
  };
}
