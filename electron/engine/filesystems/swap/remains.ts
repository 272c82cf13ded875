/**
 * What of an earlier file system outlived a mkswap: it writes the first page only, and clears the marks that it knows.
 * An area that was meant to be swap may have such remains for years, and so has a file system on which mkswap was run
 * by mistake, of which an image of the header alone would keep nothing. Nobody can tell the two apart, so each family's
 * far copies are looked for, at the places where its own mkfs puts them.
 */
import { EngineError } from '../../base/errors.ts';
import { FIRST_SUPERBLOCK_OFFSET, readSuperblock, SUPERBLOCK_BYTES, SUPERBLOCK_OFFSETS } from '../btrfs/superblock.ts';
import { readStructure } from '../damage.ts';
import { findBackup as findExfatBackup } from '../exfat/boot-region.ts';
import { findBackup as findExtBackup } from '../ext/backups.ts';
import { readCopy as readNtfsCopy } from '../ntfs/boot-sector.ts';
import type { ByteSource } from '../types.ts';

/** Looks for one family; the byte where a remainder was found. */
type Search = (source: ByteSource, signal: AbortSignal | undefined) => Promise<number | undefined>;

const STRUCTURE = 'remainder of a file system';

const ext: Search = async (source, signal) => {
  const found = await findExtBackup(source, signal);
  if (found === undefined) return undefined;
  const { blockCount, blockBytes } = found.superblock;
  return blockCount * blockBytes <= source.sizeBytes ? found.offsetBytes : undefined;
};

const btrfs: Search = async (source, signal) => {
  for (const offset of SUPERBLOCK_OFFSETS) {
    if (offset === FIRST_SUPERBLOCK_OFFSET || offset + SUPERBLOCK_BYTES > source.sizeBytes) continue;
    const bytes = await readStructure(source, STRUCTURE, offset, SUPERBLOCK_BYTES, signal);
    if (readSuperblock(bytes, offset).kind === 'superblock') return offset;
  }
  return undefined;
};

/** Numbers of allocation groups that mkfs.xfs chooses, and the size of a group where there are more. */
const XFS_GROUPS = [4, 2, 8, 16, 32];
const XFS_LARGEST_GROUP_BYTES = 2 ** 40;
const XFS_BLOCK_BYTES = [4096, 1024, 2048, 512, 8192, 16384, 32768, 65536];

/** Every group begins with a copy of the superblock; the second group's is looked for. */
const xfs: Search = async (source, signal) => {
  for (const blockBytes of XFS_BLOCK_BYTES) {
    const blocks = Math.floor(source.sizeBytes / blockBytes);
    const largest = Math.floor((XFS_LARGEST_GROUP_BYTES - 1) / blockBytes);
    for (const groupBlocks of [...XFS_GROUPS.map((groups) => Math.ceil(blocks / groups)), largest]) {
      const offset = groupBlocks * blockBytes;
      if (offset + 512 > source.sizeBytes) continue;
      const bytes = await readStructure(source, STRUCTURE, offset, 512, signal);
      const isOurs = bytes.toString('latin1', 0, 4) === 'XFSB' && bytes.readUInt32BE(4) === blockBytes;
      if (isOurs && bytes.readUInt32BE(84) === groupBlocks) return offset;
    }
  }
  return undefined;
};

const ntfs: Search = async (source, signal) => {
  const copy = await readNtfsCopy(source, signal);
  return copy?.totalBytes;
};

const exfat: Search = async (source, signal) => (await findExfatBackup(source, signal))?.offset;

const SECTOR_BYTES = 512;
/** The first FAT lies behind at most so much on volumes that any mkfs makes. */
const FAT_SEARCHED_BYTES = 8 * 1024 * 1024;
const FAT32_START = Buffer.from('f8ffff0fffffff', 'hex');

/** The table of FAT32 begins with its own two entries, aligned to a sector, behind the boot sectors. */
const fat: Search = async (source, signal) => {
  const length = Math.min(FAT_SEARCHED_BYTES, source.sizeBytes);
  const bytes = await readStructure(source, STRUCTURE, 0, length, signal);
  for (let at = bytes.indexOf(FAT32_START); at >= 0; at = bytes.indexOf(FAT32_START, at + 1)) {
    if (at % SECTOR_BYTES === 0) return at;
  }
  return undefined;
};

const SEARCHES: readonly (readonly [name: string, search: Search])[] = [
  ['ext', ext],
  ['btrfs', btrfs],
  ['XFS', xfs],
  ['NTFS', ntfs],
  ['exFAT', exfat],
  ['FAT32', fat],
];

/**
 * The first family of which something is left; `undefined`: nothing was found. A bad sector hides what is there, and
 * is no find. Throws `VOLUME_VANISHED` and `CANCELLED`.
 */
export async function findRemains(
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<{ name: string; offsetBytes: number } | undefined> {
  for (const [name, search] of SEARCHES) {
    try {
      const offsetBytes = await search(source, signal);
      if (offsetBytes !== undefined) return { name, offsetBytes };
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'FILESYSTEM_DAMAGED') throw error;
    }
  }
  return undefined;
}
