/** The master boot record's table, with the chain of logical partitions in extended ones. */
import type { PartitionEntry, PartitionRole, PartitionTable } from '#contract';
import { looksLikeBootSector } from './boot-sector.ts';
import { addLayoutProblems } from './layout-problems.ts';
import { type BootRecord, parseBootRecord, RECORD_BYTES, type RecordEntry } from './mbr-sector.ts';
import { mbrTypeName } from './partition-types.ts';
import type { Problems } from './problems.ts';
import { type Disk, readAt, sectorCount } from './sectors.ts';

const FIRST_LOGICAL = 5;
/** The kernel makes at most 256 devices of a disk. */
const MOST_NUMBER = 255;
/** Records without a partition in a row after which the kernel and blkid give up. */
const MOST_EMPTY_RECORDS = 100;

/** `1a2b3c4d-05`, as the kernel and blkid spell it; empty without a disk signature. */
function partUuidOf(diskSignature: number, number: number): string {
  if (diskSignature === 0) return '';
  return `${diskSignature.toString(16).padStart(8, '0')}-${number.toString(16).padStart(2, '0')}`;
}

/** Sizes are 32-bit sector counts, so every product here is far below 2^53. */
function toEntry(
  found: RecordEntry,
  place: { number: number; role: PartitionRole; startLba: number },
  table: { sectorBytes: number; diskSignature: number },
): PartitionEntry {
  return {
    number: place.number,
    role: place.role,
    startBytes: place.startLba * table.sectorBytes,
    sizeBytes: found.sectors * table.sectorBytes,
    typeId: `0x${found.type.toString(16).padStart(2, '0')}`,
    typeName: mbrTypeName(found.type),
    partUuid: partUuidOf(table.diskSignature, place.number),
    name: '',
    attributes: [],
    active: found.active,
  };
}

/** A partition of an extended boot record, its start counted from the start of the disk. */
interface Logical {
  found: RecordEntry;
  startLba: number;
}

/** The partitions of one record: the kernel takes the third and fourth entry only where they fit into the frame. */
function logicalsIn(record: BootRecord, at: number, recordSectors: number, frame: RecordEntry): Logical[] {
  return record.entries
    .filter((found) => !found.extended)
    .map((found) => ({ found, startLba: at + found.startLba }))
    .filter(
      ({ found, startLba }) =>
        found.slot < 2 ||
        (found.startLba + found.sectors <= recordSectors && startLba + found.sectors <= frame.startLba + frame.sectors),
    );
}

/** Follows the chain of one extended partition as the kernel does (block/partitions/msdos.c). */
async function readChain(disk: Disk, frame: RecordEntry, room: number, problems: Problems): Promise<Logical[]> {
  const logicals: Logical[] = [];
  const visited = new Set<number>();
  let at = frame.startLba;
  let recordSectors = frame.sectors;
  let emptyInARow = 0;
  while (true) {
    if (visited.has(at)) {
      problems.add(`The chain of logical partitions comes back to sector ${at}, so it was followed only once.`);
      return logicals;
    }
    visited.add(at);
    const sector = await readAt(disk, at, RECORD_BYTES);
    if (sector === undefined) {
      problems.add(`The extended boot record at sector ${at} cannot be read, so logical partitions may be missing.`);
      return logicals;
    }
    const record = parseBootRecord(sector);
    if (record === undefined) {
      // A frame without any logical partition may begin with whatever was there before.
      const fresh = at === frame.startLba && sector.every((byte) => byte === 0);
      if (!fresh) problems.add(`There is no extended boot record at sector ${at}: logical partitions may be missing.`);
      return logicals;
    }
    const found = logicalsIn(record, at, recordSectors, frame);
    for (const logical of found) {
      if (logicals.length >= room) {
        problems.add(`The disk has more than ${MOST_NUMBER} partitions; the others are not shown.`);
        return logicals;
      }
      logicals.push(logical);
    }
    emptyInARow = found.length > 0 ? 0 : emptyInARow + 1;
    const next = record.entries.find((entry) => entry.extended);
    if (next === undefined) return logicals;
    if (emptyInARow > MOST_EMPTY_RECORDS) {
      problems.add('The chain of logical partitions has too many empty records and was not followed to its end.');
      return logicals;
    }
    at = frame.startLba + next.startLba;
    recordSectors = next.sectors;
  }
}

/** Whether entries could be a table's: none starts at the record itself, all lie on the disk and apart. */
function isSane(record: BootRecord, disk: Disk): boolean {
  const sorted = record.entries.toSorted((a, b) => a.startLba - b.startLba);
  let end = 1;
  for (const { startLba, sectors } of sorted) {
    if (startLba < end) return false;
    end = startLba + sectors;
  }
  return end <= sectorCount(disk);
}

export interface MbrOptions {
  /** Nothing else is known to be on the disk: then a record without any partition is an empty table. */
  bare: boolean;
}

/**
 * Whether a first sector that ends in 55 AA is a table: not the boot sector of a file system that fills the disk, and
 * not empty unless it has a disk signature.
 */
export function isMbr(record: BootRecord, sector: Buffer, disk: Disk, options: MbrOptions): boolean {
  if (!record.plausible) return false;
  if (record.entries.length === 0) {
    return options.bare && record.diskSignature !== 0 && !looksLikeBootSector(sector);
  }
  // Partitioning a disk that once was one large FAT leaves that FAT's parameters in the record.
  return !looksLikeBootSector(sector) || isSane(record, disk);
}

/** The table of a record that `isMbr` took for one. */
export async function readMbr(disk: Disk, record: BootRecord, problems: Problems): Promise<PartitionTable> {
  const { sectorBytes } = disk;
  const { diskSignature } = record;
  const header = { sectorBytes, diskSignature };
  const entries: PartitionEntry[] = record.entries.map((found) =>
    toEntry(
      found,
      { number: found.slot + 1, role: found.extended ? 'extended' : 'primary', startLba: found.startLba },
      header,
    ),
  );
  let number = FIRST_LOGICAL;
  for (const frame of record.entries.filter((entry) => entry.extended)) {
    for (const { found, startLba } of await readChain(disk, frame, MOST_NUMBER - number + 1, problems)) {
      entries.push(toEntry(found, { number, role: 'logical', startLba }, header));
      number += 1;
    }
  }
  addLayoutProblems(entries, { firstBytes: sectorBytes, endBytes: disk.source.sizeBytes }, problems);
  return {
    scheme: 'mbr',
    diskId: diskSignature === 0 ? '' : `0x${diskSignature.toString(16).padStart(8, '0')}`,
    diskSizeBytes: disk.source.sizeBytes,
    sectorBytes,
    entries,
    problems: problems.list(),
  };
}
