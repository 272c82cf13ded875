/**
 * A partition table on a volume on which a file system is found too: tools that partition a disk leave the marks of
 * what filled it before (sfdisk keeps the boot sector of a FAT, and ext, btrfs and XFS keep theirs elsewhere). A map of
 * the old file system would leave out all that the partitions hold.
 * Source: the master boot record's and UEFI's partition table formats.
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

/** Labels of other systems' disks: offset and bytes. None of them is at a place where a boot sector has code. */
const OTHER_LABELS: readonly (readonly [name: string, offset: number, hex: string])[] = [
  ['Apple driver map', 0, '4552'],
  ['Apple partition map', 512, '504d0000'],
  ['Sun label', 508, 'dabe'],
  ['SGI volume header', 0, '0be5a941'],
  ['BSD label', 512, '57455682'],
  ['AIX label', 0, 'c9c2d4c1'],
  ['Amiga rigid disk block', 0, '5244534b'],
];

/** Whether the volume is a partitioned disk too. Throws where its start cannot be read. */
export async function isPartitioned(source: ByteSource, signal: AbortSignal | undefined): Promise<boolean> {
  if (source.sizeBytes < SECTOR_BYTES) return false;
  if (hasPartitionTable(await readStructure(source, 'first sector', 0, SECTOR_BYTES, signal))) return true;
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
  return false;
}
