/**
 * The superblock of btrfs: parsing and the checks without which nothing else may be believed.
 * Source: struct btrfs_super_block in the kernel's include/uapi/linux/btrfs_tree.h; btrfs_validate_super.
 */
import type { HeaderReading } from '../header-reading.ts';
import { dashedUuid, zeroTerminated } from '../text.ts';
import { checksumIsRight, isKnownChecksum } from './checksum.ts';
import { type FeatureWords, INCOMPAT } from './features.ts';
import { u64 } from './u64.ts';

/** Bytes of a superblock. */
export const SUPERBLOCK_BYTES = 4096;
/** Byte offset of the first superblock on the volume: the only one that the kernel mounts by. */
export const FIRST_SUPERBLOCK_OFFSET = 64 * 1024;
/** Byte offsets of all copies, the first included; those that the device is too short for are not there. */
export const SUPERBLOCK_OFFSETS: readonly number[] = [FIRST_SUPERBLOCK_OFFSET, 64 * 1024 ** 2, 256 * 1024 ** 3];

/** Where in a superblock the logical address of the log's root is. */
export const LOG_ROOT_OFFSET = 96;

const MAGIC = '_BHRfS_M';
const SMALLEST_BLOCK = 4096;
const LARGEST_BLOCK = 64 * 1024;
/** One less than BTRFS_MAX_LEVEL. */
const HIGHEST_LEVEL = 7;
const CHUNK_ARRAY_OFFSET = 811;
const CHUNK_ARRAY_BYTES = 2048;

/** Where a tree starts. */
export interface RootPointer {
  /** Logical address of the root block, bytes. */
  bytenr: number;
  level: number;
  generation: number;
}

/** What the parser needs of a superblock; addresses and sizes in bytes. */
export interface Superblock {
  features: FeatureWords;
  flags: bigint;
  label: string;
  uuid: string;
  fsid: Buffer;
  /** What tree blocks carry as `fsid`: the same unless `metadata_uuid` is set. */
  metadataFsid: Buffer;
  generation: number;
  root: RootPointer;
  chunkRoot: RootPointer;
  /** Absent where no log waits for replay. */
  logRoot: RootPointer | undefined;
  /** Of all devices together. */
  totalBytes: number;
  bytesUsed: number;
  numDevices: number;
  sectorsize: number;
  nodesize: number;
  csumType: number;
  /** The device that this copy lies on. */
  device: { devid: number; totalBytes: number; bytesUsed: number; uuid: Buffer };
  /** Keys and chunk items of the system chunks, of which the chunk tree is made. */
  sysChunkArray: Buffer;
}

/** What `readSuperblock` found. */
export type SuperblockReading = HeaderReading<'superblock', Superblock>;

function isBlockSize(bytes: number): boolean {
  return bytes >= SMALLEST_BLOCK && bytes <= LARGEST_BLOCK && (bytes & (bytes - 1)) === 0;
}

/** True for the address and level of a root that can exist. */
function isRoot(root: RootPointer, sectorsize: number, generation: number): boolean {
  const { bytenr, level } = root;
  const placed = Number.isSafeInteger(bytenr) && bytenr % sectorsize === 0;
  return placed && level <= HIGHEST_LEVEL && root.generation <= generation;
}

/** What is impossible about these fields, as the end of a sentence; `undefined`: nothing. */
function whyImpossible(superblock: Superblock, bytes: Buffer, atOffset: number): string | undefined {
  const { sectorsize, nodesize, generation, device, features, numDevices, totalBytes, bytesUsed } = superblock;
  if (u64(bytes, 48) !== atOffset) return 'it belongs to another place';
  if (!isBlockSize(sectorsize)) return 'its sector size is impossible';
  if (!isBlockSize(nodesize) || nodesize < sectorsize) return 'its node size is impossible';
  if (bytes.readUInt32LE(152) !== nodesize) return 'its leaf size is not its node size';
  if (!Number.isSafeInteger(generation)) return 'its generation is impossible';
  if (!isRoot(superblock.root, sectorsize, generation)) return 'its root tree is impossible';
  if (!isRoot(superblock.chunkRoot, sectorsize, generation)) return 'its chunk tree is impossible';
  const { logRoot } = superblock;
  if (logRoot !== undefined && !isRoot(logRoot, sectorsize, generation + 1)) return 'its log tree is impossible';
  if (bytes.readUInt32LE(160) > CHUNK_ARRAY_BYTES) return 'its array of system chunks is too long';
  if (!Number.isSafeInteger(numDevices) || numDevices === 0) return 'its number of devices is impossible';
  if (!Number.isSafeInteger(totalBytes) || totalBytes === 0) return 'its size is impossible';
  if (!Number.isSafeInteger(device.devid)) return 'its device number is impossible';
  if (!Number.isSafeInteger(device.totalBytes) || device.totalBytes === 0)
    return 'the size of its device is impossible';
  if (device.bytesUsed > device.totalBytes) return 'the allocated bytes of its device are impossible';
  if (bytesUsed > totalBytes) return 'its number of used bytes is impossible';
  // A change of the file system's identity that was not finished is found by its flag; else the two agree.
  const changed = (features.incompat & INCOMPAT.metadataUuid) !== 0n;
  const expected = changed ? superblock.metadataFsid : superblock.fsid;
  return bytes.subarray(283, 299).equals(expected) ? undefined : 'its device belongs to another file system';
}

/**
 * Parses `SUPERBLOCK_BYTES` bytes that were read at `atOffset`. Never throws on any content. A checksum of an unknown
 * type is not checked: see `isKnownChecksum`.
 */
export function readSuperblock(bytes: Buffer, atOffset: number): SuperblockReading {
  if (bytes.length < SUPERBLOCK_BYTES || bytes.toString('latin1', 64, 72) !== MAGIC) return { kind: 'foreign' };
  const csumType = bytes.readUInt16LE(196);
  if (isKnownChecksum(csumType) && !checksumIsRight(csumType, bytes.subarray(0, SUPERBLOCK_BYTES))) {
    return { kind: 'damaged', reason: 'its checksum is wrong' };
  }
  const fsid = Buffer.from(bytes.subarray(32, 48));
  const features = {
    compat: bytes.readBigUInt64LE(172),
    compatRo: bytes.readBigUInt64LE(180),
    incompat: bytes.readBigUInt64LE(188),
  };
  const generation = u64(bytes, 72);
  const logRoot = bytes.readBigUInt64LE(LOG_ROOT_OFFSET) !== 0n;
  const superblock: Superblock = {
    features,
    flags: bytes.readBigUInt64LE(56),
    label: zeroTerminated(bytes.subarray(299, 555)),
    uuid: dashedUuid(fsid),
    fsid,
    metadataFsid: (features.incompat & INCOMPAT.metadataUuid) !== 0n ? Buffer.from(bytes.subarray(571, 587)) : fsid,
    generation,
    root: { bytenr: u64(bytes, 80), level: bytes.readUInt8(198), generation },
    chunkRoot: { bytenr: u64(bytes, 88), level: bytes.readUInt8(199), generation: u64(bytes, 164) },
    // The log is written by the transaction after the one that the superblock commits.
    logRoot: logRoot
      ? { bytenr: u64(bytes, LOG_ROOT_OFFSET), level: bytes.readUInt8(200), generation: generation + 1 }
      : undefined,
    totalBytes: u64(bytes, 112),
    bytesUsed: u64(bytes, 120),
    numDevices: u64(bytes, 136),
    sectorsize: bytes.readUInt32LE(144),
    nodesize: bytes.readUInt32LE(148),
    csumType,
    device: {
      devid: u64(bytes, 201),
      totalBytes: u64(bytes, 209),
      bytesUsed: u64(bytes, 217),
      uuid: Buffer.from(bytes.subarray(267, 283)),
    },
    sysChunkArray: Buffer.from(
      bytes.subarray(CHUNK_ARRAY_OFFSET, CHUNK_ARRAY_OFFSET + Math.min(bytes.readUInt32LE(160), CHUNK_ARRAY_BYTES)),
    ),
  };
  const reason = whyImpossible(superblock, bytes, atOffset);
  return reason === undefined ? { kind: 'superblock', superblock } : { kind: 'damaged', reason };
}
