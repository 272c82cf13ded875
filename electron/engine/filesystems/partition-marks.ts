/**
 * A partition table on a volume on which a file system is found too: tools that partition a disk leave the marks of
 * what filled it before (sfdisk keeps the boot sector of a FAT, and ext, btrfs and XFS keep theirs elsewhere). A map of
 * the old file system would leave out all that the partitions hold.
 * Sources: the master boot record's and UEFI's partition table formats; the kernel's block/partitions/atari.c and
 * amiga.c; GNU Parted's libparted/labels/pc98.c.
 */
import { readStructure } from './damage.ts';
import type { ByteSource } from './types.ts';

const SECTOR_BYTES = 512;
const ENTRIES_AT = 446;
const ENTRY_BYTES = 16;
const ENTRIES = 4;
const GPT_HEADER = 'EFI PART';
/** The second sector, by the sizes that sectors have. */
const GPT_PLACES = [512, 4096];

/**
 * True if a first sector of 512 bytes holds a partition table with at least one partition. Boot code and its messages
 * do not look like four entries, and the table that mkfs.fat or mformat fake for one file system starts at 0.
 */
export function hasPartitionTable(sector: Buffer): boolean {
  if (sector.readUInt16LE(SECTOR_BYTES - 2) !== 0xaa55) return false;
  let partitions = 0;
  for (let index = 0; index < ENTRIES; index++) {
    const at = ENTRIES_AT + index * ENTRY_BYTES;
    const status = sector.readUInt8(at);
    if (status !== 0 && status !== 0x80) return false;
    const hasPlace = sector.readUInt32LE(at + 8) > 0 && sector.readUInt32LE(at + 12) > 0;
    if (sector.readUInt8(at + 4) !== 0 && hasPlace) partitions += 1;
  }
  return partitions > 0;
}

const ATARI_SIZE_AT = 450;
const ATARI_ENTRIES_AT = 454;
const ATARI_ENTRY_BYTES = 12;

/**
 * True for the root sector of an Atari disk with at least one partition. It has no mark, so a partition counts where it
 * is in use, has a name of letters and digits and lies inside what the sector says is the size of the disk.
 */
function isAtariRoot(sector: Buffer): boolean {
  const sectors = sector.readUInt32BE(ATARI_SIZE_AT);
  for (let index = 0; index < ENTRIES; index++) {
    const at = ATARI_ENTRIES_AT + index * ATARI_ENTRY_BYTES;
    const isNamed = /^[0-9A-Za-z]{3}$/.test(sector.toString('latin1', at + 1, at + 4));
    const start = sector.readUInt32BE(at + 4);
    const length = sector.readUInt32BE(at + 8);
    if ((sector.readUInt8(at) & 1) === 0 || !isNamed || start === 0 || length === 0) continue;
    if (start + length <= sectors) return true;
  }
  return false;
}

/** Labels of other systems' disks: offset and bytes. None of them is at a place where a boot sector has code. */
const OTHER_LABELS: readonly (readonly [name: string, offset: number, hex: string])[] = [
  ['Apple driver map', 0, '4552'],
  ['Apple partition map', 512, '504d0000'],
  ['Sun label', 508, 'dabe'],
  ['SGI volume header', 0, '0be5a941'],
  ['BSD label', 512, '57455682'],
  ['BSD label', 64, '57455682'],
  ['BSD label', 128, '57455682'],
  ['AIX label', 0, 'c9c2d4c1'],
  ['AIX volume group', 3584, '5f4c564d'],
  ['HP-UX volume group', 8192, '4c564d5245433031'],
  ['PC-98 label', 4, '49504c31'],
  ['PC-98 label', 4, '4c696e7578203938'],
  ['PC-98 label', 4, '475255422f393820'],
];

/** Amiga's table begins in any of the first sectors. */
const AMIGA_MARK = 'RDSK';
const AMIGA_SECTORS = 16;

/**
 * True if the volume ends with the copy of a GUID partition table, which outlives what overwrote the first one. Throws
 * where it cannot be read.
 */
export async function endsWithPartitionTable(source: ByteSource, signal: AbortSignal | undefined): Promise<boolean> {
  for (const sectorBytes of GPT_PLACES) {
    const at = (Math.floor(source.sizeBytes / sectorBytes) - 1) * sectorBytes;
    if (at < 0) continue;
    const mark = await readStructure(source, 'copy of a partition table', at, GPT_HEADER.length, signal);
    if (mark.toString('latin1') === GPT_HEADER) return true;
  }
  return false;
}

/** Whether the volume is a partitioned disk too. Throws where its start cannot be read. */
export async function isPartitioned(source: ByteSource, signal: AbortSignal | undefined): Promise<boolean> {
  if (source.sizeBytes < SECTOR_BYTES) return false;
  const first = await readStructure(source, 'first sector', 0, SECTOR_BYTES, signal);
  if (hasPartitionTable(first) || isAtariRoot(first)) return true;
  for (const at of GPT_PLACES) {
    if (at + GPT_HEADER.length > source.sizeBytes) continue;
    const header = await readStructure(source, 'GPT header', at, GPT_HEADER.length, signal);
    if (header.toString('latin1') === GPT_HEADER) return true;
  }
  for (const [name, at, hex] of OTHER_LABELS) {
    const mark = Buffer.from(hex, 'hex');
    if (at + mark.length > source.sizeBytes) continue;
    if ((await readStructure(source, name, at, mark.length, signal)).equals(mark)) return true;
  }
  for (let sector = 0; sector < AMIGA_SECTORS && (sector + 1) * SECTOR_BYTES <= source.sizeBytes; sector++) {
    const mark = await readStructure(source, 'rigid disk block', sector * SECTOR_BYTES, AMIGA_MARK.length, signal);
    if (mark.toString('latin1') === AMIGA_MARK) return true;
  }
  return false;
}
