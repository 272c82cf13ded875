/**
 * The headers of an allocation group: a sector each for a copy of the superblock, the free space (AGF), the inodes (AGI)
 * and the free list (AGFL). Only the AGF is needed for the map; damage of the others is reported all the same.
 * Source: the kernel's fs/xfs/libxfs/xfs_format.h and the verifiers in xfs_alloc.c and xfs_ialloc.c.
 */
import type { EngineError } from '../../base/errors.ts';
import { fileSystemDamaged, readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { checksumFits } from './checksum.ts';
import { blocksIn, offsetOf, type Superblock } from './superblock.ts';

const HEADER_VERSION = 1;
/** XFS_BTREE_MAXLEVELS. */
const MOST_LEVELS = 9;
const FREE_LIST_HEADER_BYTES = 36;

/** One kind of header: where its fields lie in its sector. */
interface HeaderKind {
  name: string;
  /** Its sector within the group. */
  sector: number;
  magic: number;
  versionAt?: number;
  sequenceAt: number;
  lengthAt?: number;
  uuidAt: number;
  checksumAt: number;
}

const AGF: HeaderKind = {
  name: 'free space header (AGF)',
  sector: 1,
  magic: 0x58414746,
  versionAt: 4,
  sequenceAt: 8,
  lengthAt: 12,
  uuidAt: 64,
  checksumAt: 216,
};
const AGI: HeaderKind = {
  name: 'inode header (AGI)',
  sector: 2,
  magic: 0x58414749,
  versionAt: 4,
  sequenceAt: 8,
  lengthAt: 12,
  uuidAt: 296,
  checksumAt: 312,
};
/** Before version 5 it is nothing but block numbers. */
const AGFL: HeaderKind = {
  name: 'free list (AGFL)',
  sector: 3,
  magic: 0x5841464c,
  sequenceAt: 4,
  uuidAt: 8,
  checksumAt: 32,
};

/** Where a tree starts. */
export interface TreeRoot {
  /** Block of its root. */
  block: number;
  /** 1 = the root is a leaf. */
  levels: number;
}

/** What the AGF says of the free space of its group; counts are of blocks. */
export interface FreeSpaceHeader {
  group: number;
  /** Blocks of the group. */
  length: number;
  /** The tree of free runs sorted by block (bnobt). */
  byBlock: TreeRoot;
  /** The tree of the same runs sorted by length, then block (cntbt). */
  bySize: TreeRoot;
  /** Blocks that are free and in the tree. */
  freeBlocks: number;
  longest: number;
  /** Blocks in the free list: kept for the trees, and not in the tree. */
  freeListBlocks: number;
  /** Blocks of the free space and reverse mapping trees beyond their roots. */
  treeBlocks: number;
}

/** `FILESYSTEM_DAMAGED` that names a structure of a group. */
export function groupDamaged(name: string, group: number, offsetBytes: number, reason: string): EngineError {
  const structure = `${name} of allocation group ${group}`;
  return fileSystemDamaged(structure, offsetBytes, `The ${structure} ${reason}.`);
}

function checkHeader(superblock: Superblock, group: number, sectors: Buffer, kind: HeaderKind): Buffer {
  const { sectorBytes, checksummed, metaUuidBytes } = superblock;
  const at = kind.sector * sectorBytes;
  const bytes = sectors.subarray(at, at + sectorBytes);
  const bad = (reason: string): EngineError =>
    groupDamaged(kind.name, group, offsetOf(superblock, group, 0) + at, reason);
  if (bytes.readUInt32BE(0) !== kind.magic) throw bad('has no magic number');
  if (checksummed && !checksumFits(bytes, kind.checksumAt)) throw bad('has a wrong checksum');
  if (kind.versionAt !== undefined && bytes.readUInt32BE(kind.versionAt) !== HEADER_VERSION) {
    throw bad('has an unknown version');
  }
  if (bytes.readUInt32BE(kind.sequenceAt) !== group) throw bad('belongs to another group');
  if (kind.lengthAt !== undefined && bytes.readUInt32BE(kind.lengthAt) !== blocksIn(superblock, group)) {
    throw bad('has a wrong length');
  }
  if (checksummed && !bytes.subarray(kind.uuidAt, kind.uuidAt + 16).equals(metaUuidBytes)) {
    throw bad('belongs to another file system');
  }
  return bytes;
}

function parseAgf(superblock: Superblock, group: number, bytes: Buffer): FreeSpaceHeader {
  const { sectorBytes, checksummed, headerBlocks } = superblock;
  const header: FreeSpaceHeader = {
    group,
    length: blocksIn(superblock, group),
    byBlock: { block: bytes.readUInt32BE(16), levels: bytes.readUInt32BE(28) },
    bySize: { block: bytes.readUInt32BE(20), levels: bytes.readUInt32BE(32) },
    freeBlocks: bytes.readUInt32BE(52),
    longest: bytes.readUInt32BE(56),
    freeListBlocks: bytes.readUInt32BE(48),
    treeBlocks: bytes.readUInt32BE(60),
  };
  const offset = offsetOf(superblock, group, 0) + AGF.sector * sectorBytes;
  const bad = (reason: string): EngineError => groupDamaged(AGF.name, group, offset, reason);
  const { length, byBlock, bySize, freeBlocks, longest, freeListBlocks } = header;
  for (const { block, levels } of [byBlock, bySize]) {
    if (block < headerBlocks || block >= length) throw bad('has the root of a tree outside the group');
    if (levels < 1 || levels > MOST_LEVELS) throw bad('has an impossible number of levels');
  }
  if (freeBlocks > length - headerBlocks || longest > freeBlocks) throw bad('has impossible counts of free blocks');
  const mostListed = (sectorBytes - (checksummed ? FREE_LIST_HEADER_BYTES : 0)) / 4;
  if (freeListBlocks > mostListed) throw bad('has an impossible length of the free list');
  return header;
}

/** Reads and checks the headers of a group. Throws `FILESYSTEM_DAMAGED`. */
export async function readGroupHeaders(
  source: ByteSource,
  superblock: Superblock,
  group: number,
  signal: AbortSignal | undefined,
): Promise<FreeSpaceHeader> {
  const { sectorBytes, checksummed } = superblock;
  const name = `headers of allocation group ${group}`;
  const offset = offsetOf(superblock, group, 0);
  const sectors = await readStructure(source, name, offset, 4 * sectorBytes, signal);
  const agf = checkHeader(superblock, group, sectors, AGF);
  checkHeader(superblock, group, sectors, AGI);
  if (checksummed) checkHeader(superblock, group, sectors, AGFL);
  return parseAgf(superblock, group, agf);
}
