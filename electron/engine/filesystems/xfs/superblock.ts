/**
 * The superblock of XFS: parsing and the checks without which nothing else may be believed. All numbers are big-endian,
 * checksums little-endian. Source: the kernel's fs/xfs/libxfs/xfs_format.h (struct xfs_dsb) and xfs_sb.c.
 */
import { dashedUuid, zeroTerminated } from '../text.ts';
import { checksumFits } from './checksum.ts';
import { FEATURES2, type FeatureWords, INCOMPAT, VERSION } from './features.ts';

const LARGEST_SECTOR_BYTES = 32768;
/** Bytes that say how large the superblock's sector is. */
export const SMALLEST_SECTOR_BYTES = 512;

/** Bytes of a basic block, in which XFS counts places on a device whatever the sector size. */
export const BASIC_BLOCK_BYTES = 512;

const MAGIC = 0x58465342;
const CHECKSUM_AT = 224;
const SMALLEST_GROUP_BYTES = 2 ** 24;
const LARGEST_GROUP_BYTES = 2 ** 40;
const SMALLEST_GROUP_BLOCKS = 64;
/** Superblock, AGF, AGI and AGFL, a sector each. */
const HEADER_SECTORS = 4;

/** The log inside the file system: always within one allocation group. */
export interface InternalLog {
  group: number;
  /** First block, counted from the start of the group. */
  block: number;
  blocks: number;
}

/** What the parser needs of a superblock; counts are numbers below 2^53. */
export interface Superblock {
  features: FeatureWords;
  label: string;
  uuid: string;
  /** As in the headers of log records. */
  uuidBytes: Uint8Array;
  /** As in the headers of metadata of version 5. */
  metaUuidBytes: Uint8Array;
  /** Version 5: metadata carries checksums and says where it lies. */
  checksummed: boolean;
  sectorBytes: number;
  blockBytes: number;
  blockCount: number;
  groupCount: number;
  /** Blocks of every group but the last, which may have fewer. */
  groupBlocks: number;
  /** Blocks at the start of every group that hold its superblock copy and headers. */
  headerBlocks: number;
  /** `sb_fdblocks`; holds also the free lists and the blocks of the free space trees themselves. */
  freeBlocks: number;
  /** `sb_fdblocks` is right after a clean unmount, and so are the counters that it sums up. */
  lazyCounters: boolean;
  /** Absent: the log is on another device. */
  log?: InternalLog;
  logVersion2: boolean;
  needsRepair: boolean;
  /** Files may lie on a realtime device. */
  realtime: boolean;
}

/** A superblock, or why these bytes are none: `foreign` = another thing altogether, `damaged` = it once was one. */
export type SuperblockReading =
  | { kind: 'superblock'; superblock: Superblock }
  | { kind: 'foreign' }
  | { kind: 'damaged'; reason: string };

function damaged(reason: string): SuperblockReading {
  return { kind: 'damaged', reason };
}

function readFeatures(bytes: Buffer): FeatureWords {
  const word = bytes.readUInt16BE(100);
  const version = word & 0xf;
  const isVersion5 = version === 5;
  const moreBits = isVersion5 || (word & VERSION.morebits) !== 0;
  // Old kernels on some machines wrote this word four bytes further on, where the kernel still looks.
  const features2 = bytes.readUInt32BE(200) | (isVersion5 ? 0 : bytes.readUInt32BE(204));
  const field = (offset: number) => (isVersion5 ? bytes.readUInt32BE(offset) : 0);
  return {
    version,
    versionnum: word & 0xfff0,
    features2: moreBits ? features2 >>> 0 : 0,
    compat: field(208),
    roCompat: field(212),
    incompat: field(216),
    logIncompat: field(220),
  };
}

function readUInt64(bytes: Buffer, offset: number): number {
  return bytes.readUInt32BE(offset) * 2 ** 32 + bytes.readUInt32BE(offset + 4);
}

/** True if `value` is 2^`log` and lies between the bounds. */
function isPower(value: number, log: number, smallest: number, largest: number): boolean {
  return value >= smallest && value <= largest && value === 2 ** log;
}

/** Where the log lies: `undefined` = on another device, a string = why that place is impossible. */
function readLog(
  bytes: Buffer,
  geometry: Pick<Superblock, 'groupCount' | 'groupBlocks' | 'headerBlocks' | 'blockCount'>,
): InternalLog | string | undefined {
  const start = bytes.readBigUInt64BE(48);
  if (start === 0n) return undefined;
  const shift = BigInt(bytes.readUInt8(124));
  const group = Number(start >> shift);
  const block = Number(start & ((1n << shift) - 1n));
  const blocks = bytes.readUInt32BE(96);
  if (group >= geometry.groupCount || blocks === 0) return 'its log is impossible';
  const inGroup = Math.min(geometry.groupBlocks, geometry.blockCount - group * geometry.groupBlocks);
  if (block < geometry.headerBlocks || block + blocks > inGroup) return 'its log is impossible';
  return { group, block, blocks };
}

/** True if these bytes carry the magic number. */
export function isOurs(bytes: Buffer): boolean {
  return bytes.length >= SMALLEST_SECTOR_BYTES && bytes.readUInt32BE(0) === MAGIC;
}

/** Bytes of the sector that the superblock fills, as it says itself; at most 32 KiB. */
export function sectorBytesOf(bytes: Buffer): number {
  const sectorBytes = bytes.readUInt16BE(102);
  const sane = isPower(sectorBytes, bytes.readUInt8(121), SMALLEST_SECTOR_BYTES, LARGEST_SECTOR_BYTES);
  return sane ? sectorBytes : SMALLEST_SECTOR_BYTES;
}

/** Parses the first sector of the volume (`sectorBytesOf` bytes). Never throws on any content. */
export function readSuperblock(bytes: Buffer): SuperblockReading {
  if (!isOurs(bytes)) return { kind: 'foreign' };
  const features = readFeatures(bytes);
  const checksummed = features.version === 5;

  const sectorBytes = bytes.readUInt16BE(102);
  if (!isPower(sectorBytes, bytes.readUInt8(121), SMALLEST_SECTOR_BYTES, LARGEST_SECTOR_BYTES)) {
    return damaged('its sector size is impossible');
  }
  if (checksummed && !checksumFits(bytes, CHECKSUM_AT)) return damaged('its checksum is wrong');
  const blockBytes = bytes.readUInt32BE(4);
  if (!isPower(blockBytes, bytes.readUInt8(120), Math.max(sectorBytes, checksummed ? 1024 : 512), 65536)) {
    return damaged('its block size is impossible');
  }
  if (bytes.readUInt8(126) !== 0) return damaged('mkfs.xfs did not finish making the file system');

  const blockCount = readUInt64(bytes, 8);
  const groupBlocks = bytes.readUInt32BE(84);
  const groupCount = bytes.readUInt32BE(88);
  if (!Number.isSafeInteger(blockCount * blockBytes)) return damaged('its block count is impossible');
  const groupBytes = groupBlocks * blockBytes;
  if (groupBytes < SMALLEST_GROUP_BYTES || groupBytes > LARGEST_GROUP_BYTES) {
    return damaged('the size of its allocation groups is impossible');
  }
  if (bytes.readUInt8(124) !== 32 - Math.clz32(groupBlocks - 1)) {
    return damaged('the size of its allocation groups is impossible');
  }
  if (groupCount === 0 || groupCount !== Math.ceil(blockCount / groupBlocks)) {
    return damaged('its number of allocation groups is impossible');
  }
  if (blockCount - (groupCount - 1) * groupBlocks < SMALLEST_GROUP_BLOCKS) {
    return damaged('its last allocation group is too short');
  }
  const headerBlocks = Math.ceil((HEADER_SECTORS * sectorBytes) / blockBytes);
  const log = readLog(bytes, { groupCount, groupBlocks, headerBlocks, blockCount });
  if (typeof log === 'string') return damaged(log);

  const uuidBytes = Uint8Array.from(bytes.subarray(32, 48));
  const ownMetaUuid = (features.incompat & INCOMPAT.metaUuid) !== 0;
  return {
    kind: 'superblock',
    superblock: {
      features,
      label: zeroTerminated(bytes.subarray(108, 120)).trimEnd(),
      uuid: dashedUuid(bytes.subarray(32, 48)),
      uuidBytes,
      metaUuidBytes: ownMetaUuid ? Uint8Array.from(bytes.subarray(248, 264)) : uuidBytes,
      checksummed,
      sectorBytes,
      blockBytes,
      blockCount,
      groupCount,
      groupBlocks,
      headerBlocks,
      freeBlocks: readUInt64(bytes, 144),
      lazyCounters: (features.features2 & FEATURES2.lazySuperblockCounters) !== 0,
      ...(log === undefined ? {} : { log }),
      logVersion2: (features.versionnum & VERSION.logV2) !== 0,
      needsRepair: (features.incompat & INCOMPAT.needsRepair) !== 0,
      realtime: readUInt64(bytes, 16) !== 0 || readUInt64(bytes, 24) !== 0,
    },
  };
}

/** Blocks of a group: all have the same number but the last. */
export function blocksIn(superblock: Superblock, group: number): number {
  const { groupBlocks, blockCount } = superblock;
  return Math.min(groupBlocks, blockCount - group * groupBlocks);
}

/** Where a block of a group lies on the volume, bytes. */
export function offsetOf(superblock: Superblock, group: number, block: number): number {
  return (group * superblock.groupBlocks + block) * superblock.blockBytes;
}
