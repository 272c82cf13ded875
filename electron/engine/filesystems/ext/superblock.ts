/**
 * The superblock of ext2/3/4: parsing and the checks without which nothing else may be believed.
 * Source: the kernel's Documentation/filesystems/ext4/super.rst.
 */
import { crc32c } from '../crc32c.ts';
import type { HeaderReading } from '../header-reading.ts';
import { dashedUuid, zeroTerminated } from '../text.ts';
import { COMPAT, type FeatureWords, INCOMPAT, RO_COMPAT } from './features.ts';

/** Byte offset of the first superblock on the volume. */
export const FIRST_SUPERBLOCK_OFFSET = 1024;
/** Bytes of a superblock. */
export const SUPERBLOCK_BYTES = 1024;

const MAGIC = 0xef53;
const LARGEST_LOG_BLOCK = 6;
/** 2^30 bytes, the kernel's largest cluster, as a shift of 1024. */
const LARGEST_LOG_CLUSTER = 20;
/** mke2fs makes none smaller; the bound keeps the number of groups, and so our memory, in proportion to the volume. */
const SMALLEST_BLOCKS_PER_GROUP = 256;
const STATE_VALID = 1;
const STATE_ERRORS = 2;

/** What the parser needs of a superblock; block numbers and counts are numbers below 2^53. */
export interface Superblock {
  features: FeatureWords;
  label: string;
  uuid: string;
  uuidBytes: Uint8Array;
  blockBytes: number;
  /** Blocks a cluster; 1 without bigalloc. */
  clusterBlocks: number;
  blockCount: number;
  freeBlocks: number;
  firstDataBlock: number;
  blocksPerGroup: number;
  groupCount: number;
  inodesPerGroup: number;
  inodeTableBlocks: number;
  descriptorBytes: number;
  reservedDescriptorBlocks: number;
  firstMetaGroup: number;
  /** Groups with a backup under `sparse_super2`. */
  backupGroups: [number, number];
  /** Group that this copy says it lies in. */
  ownGroup: number;
  checksumSeed: number;
  unmountedCleanly: boolean;
  errorsNoted: boolean;
  /** First block of the journal as far as the superblock's own copy of its inode says; 0 = not known. */
  journalBlock: number;
}

/** What `readSuperblock` found. */
export type SuperblockReading = HeaderReading<'superblock', Superblock>;

function damaged(reason: string): SuperblockReading {
  return { kind: 'damaged', reason };
}

/** First block of the journal out of the copy of its inode's block map (`s_jnl_blocks`), where that is simple. */
function journalBlock(bytes: Buffer, features: FeatureWords): number {
  const copyIsThere = bytes.readUInt8(0xfd) === 1;
  if ((features.compat & COMPAT.hasJournal) === 0 || !copyIsThere) return 0;
  const map = bytes.subarray(0x10c, 0x10c + 60);
  if (map.readUInt16LE(0) !== 0xf30a) return map.readUInt32LE(0);
  const depth = map.readUInt16LE(6);
  const startsAtZero = map.readUInt16LE(2) > 0 && map.readUInt32LE(12) === 0;
  if (depth !== 0 || !startsAtZero) return 0;
  return map.readUInt16LE(18) * 2 ** 32 + map.readUInt32LE(20);
}

/** True if these bytes carry the magic number and nothing that no ext file system ever had. */
function looksLikeOurs(bytes: Buffer): boolean {
  if (bytes.length < SUPERBLOCK_BYTES || bytes.readUInt16LE(0x38) !== MAGIC) return false;
  return bytes.readUInt32LE(0x18) <= LARGEST_LOG_BLOCK && bytes.readUInt32LE(0x4c) <= 1;
}

/** Parses `SUPERBLOCK_BYTES` bytes. Never throws on any content. */
export function readSuperblock(bytes: Buffer): SuperblockReading {
  if (!looksLikeOurs(bytes)) return { kind: 'foreign' };
  const features: FeatureWords = {
    compat: bytes.readUInt32LE(0x5c),
    incompat: bytes.readUInt32LE(0x60),
    roCompat: bytes.readUInt32LE(0x64),
  };
  const uuidBytes = Uint8Array.from(bytes.subarray(0x68, 0x78));
  const checksummed = (features.roCompat & RO_COMPAT.metadataChecksum) !== 0;
  if (checksummed) {
    if (bytes.readUInt8(0x175) !== 1) return damaged('its checksum type is unknown');
    const sum = crc32c(0xffffffff, bytes.subarray(0, 0x3fc));
    if (sum !== bytes.readUInt32LE(0x3fc)) return damaged('its checksum is wrong');
  }

  const logBlock = bytes.readUInt32LE(0x18);
  const blockBytes = 1024 << logBlock;
  const bit64 = (features.incompat & INCOMPAT.bit64) !== 0;
  const bigalloc = (features.roCompat & RO_COMPAT.bigalloc) !== 0;
  const logCluster = bigalloc ? bytes.readUInt32LE(0x1c) : logBlock;
  if (logCluster < logBlock || logCluster > LARGEST_LOG_CLUSTER) return damaged('its cluster size is impossible');
  const clusterBlocks = 2 ** (logCluster - logBlock);

  const high = (offset: number) => (bit64 ? bytes.readUInt32LE(offset) * 2 ** 32 : 0);
  const blockCount = bytes.readUInt32LE(0x4) + high(0x150);
  const freeBlocks = Math.min(bytes.readUInt32LE(0xc) + high(0x158), blockCount);
  const firstDataBlock = bytes.readUInt32LE(0x14);
  const blocksPerGroup = bytes.readUInt32LE(0x20);
  const inodesPerGroup = bytes.readUInt32LE(0x28);
  const inodeBytes = bytes.readUInt32LE(0x4c) === 0 ? 128 : bytes.readUInt16LE(0x58);
  const descriptorBytes = bit64 ? bytes.readUInt16LE(0xfe) : 32;
  const isJournalDevice = (features.incompat & INCOMPAT.journalDev) !== 0;

  if (!Number.isSafeInteger(blockCount * blockBytes)) return damaged('its block count is impossible');
  let groupCount = 0;
  if (!isJournalDevice) {
    if (firstDataBlock !== (blockBytes === 1024 && clusterBlocks === 1 ? 1 : 0)) {
      return damaged('its first data block is impossible');
    }
    if (blockCount <= firstDataBlock) return damaged('its block count is impossible');
    if (
      blocksPerGroup < SMALLEST_BLOCKS_PER_GROUP ||
      blocksPerGroup > blockBytes * 8 * clusterBlocks ||
      blocksPerGroup % (8 * clusterBlocks) !== 0
    ) {
      return damaged('its number of blocks in a group is impossible');
    }
    if (inodeBytes < 128 || inodeBytes > blockBytes || (inodeBytes & (inodeBytes - 1)) !== 0) {
      return damaged('its inode size is impossible');
    }
    if (inodesPerGroup === 0 || inodesPerGroup > blockBytes * 8) return damaged('its number of inodes is impossible');
    if (
      descriptorBytes < (bit64 ? 64 : 32) ||
      descriptorBytes > 1024 ||
      (descriptorBytes & (descriptorBytes - 1)) !== 0
    ) {
      return damaged('its descriptor size is impossible');
    }
    groupCount = Math.ceil((blockCount - firstDataBlock) / blocksPerGroup);
    if (groupCount * inodesPerGroup !== bytes.readUInt32LE(0x0)) return damaged('its number of inodes is impossible');
  }

  const seeded = (features.incompat & INCOMPAT.checksumSeed) !== 0;
  const state = bytes.readUInt16LE(0x3a);
  return {
    kind: 'superblock',
    superblock: {
      features,
      label: zeroTerminated(bytes.subarray(0x78, 0x88)),
      uuid: dashedUuid(bytes.subarray(0x68, 0x78)),
      uuidBytes,
      blockBytes,
      clusterBlocks,
      blockCount,
      freeBlocks,
      firstDataBlock,
      blocksPerGroup,
      groupCount,
      inodesPerGroup,
      inodeTableBlocks: Math.ceil((inodesPerGroup * inodeBytes) / blockBytes),
      descriptorBytes,
      reservedDescriptorBlocks: bytes.readUInt16LE(0xce),
      firstMetaGroup: bytes.readUInt32LE(0x104),
      backupGroups: [bytes.readUInt32LE(0x24c), bytes.readUInt32LE(0x250)],
      ownGroup: bytes.readUInt16LE(0x5a),
      checksumSeed: seeded ? bytes.readUInt32LE(0x270) : crc32c(0xffffffff, uuidBytes),
      unmountedCleanly: (state & STATE_VALID) !== 0,
      errorsNoted: (state & STATE_ERRORS) !== 0,
      journalBlock: journalBlock(bytes, features),
    },
  };
}
