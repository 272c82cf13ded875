/** One header of a GUID partition table, checked (UEFI specification 2.10, section 5.3.2). */
import { crc32 } from 'node:zlib';
import { guidAt } from './guid.ts';
import { type Disk, readAt, sectorCount } from './sectors.ts';

const SIGNATURE = Buffer.from('EFI PART', 'latin1');
const LEAST_HEADER_BYTES = 92;
const HEADER_CRC = 16;
/** Entries are 128 bytes times a power of two. */
const LEAST_ENTRY_BYTES = 128;
const MOST_ENTRY_BYTES = 4096;
/** 8192 ordinary entries; a header that claims more is damaged or hostile. */
const MOST_ARRAY_BYTES = 1024 * 1024;
/** Where the primary header lies, and the first sector that can hold entries. */
export const PRIMARY_LBA = 1;

export interface GptHeader {
  /** Sector it was read from. */
  lba: number;
  /** Sector of the other header; `undefined` where that is no sector number. */
  alternateLba: number | undefined;
  firstUsableLba: number;
  lastUsableLba: number;
  /** GUID in lower case. */
  diskGuid: string;
  entriesLba: number;
  entryCount: number;
  entryBytes: number;
  entriesCrc: number;
}

/** What was found where a header should be. Reasons are English clauses: “its checksum is wrong”. */
export type HeaderReading =
  | { state: 'good'; header: GptHeader }
  | { state: 'damaged'; reason: string }
  /** No signature: perhaps there never was a GPT. */
  | { state: 'absent' };

/** A sector number below 2^53 bytes; `undefined` for what is none. */
export function lbaAt(bytes: Buffer, offset: number, sectorBytes: number): number | undefined {
  const lba = bytes.readBigUInt64LE(offset);
  return lba <= BigInt(Math.floor(Number.MAX_SAFE_INTEGER / sectorBytes) - 1) ? Number(lba) : undefined;
}

function damaged(reason: string): HeaderReading {
  return { state: 'damaged', reason };
}

function isEntrySize(bytes: number): boolean {
  const isPower = (bytes & (bytes - 1)) === 0;
  return bytes >= LEAST_ENTRY_BYTES && bytes <= MOST_ENTRY_BYTES && isPower;
}

/** Reads and checks the header at a sector. The entries are checked by whoever reads them. */
export async function readHeader(disk: Disk, lba: number): Promise<HeaderReading> {
  const { sectorBytes } = disk;
  const sectors = sectorCount(disk);
  if (lba < PRIMARY_LBA || lba >= sectors) return { state: 'absent' };
  const sector = await readAt(disk, lba, sectorBytes);
  if (sector === undefined) return damaged('it cannot be read');
  if (!sector.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return { state: 'absent' };

  const headerBytes = sector.readUInt32LE(12);
  if (headerBytes < LEAST_HEADER_BYTES || headerBytes > sectorBytes) return damaged('its size is impossible');
  const checked = Buffer.from(sector.subarray(0, headerBytes));
  checked.writeUInt32LE(0, HEADER_CRC);
  if (crc32(checked) !== sector.readUInt32LE(HEADER_CRC)) return damaged('its checksum is wrong');
  if (lbaAt(sector, 24, sectorBytes) !== lba) return damaged('it is a copy of a header from another place');

  const firstUsableLba = lbaAt(sector, 40, sectorBytes);
  const lastUsableLba = lbaAt(sector, 48, sectorBytes);
  const entriesLba = lbaAt(sector, 72, sectorBytes);
  if (firstUsableLba === undefined || lastUsableLba === undefined || lastUsableLba < firstUsableLba) {
    return damaged('the space for partitions is impossible');
  }
  const entryCount = sector.readUInt32LE(80);
  const entryBytes = sector.readUInt32LE(84);
  if (!isEntrySize(entryBytes)) return damaged('the size of its entries is impossible');
  if (entryCount === 0 || entryCount * entryBytes > MOST_ARRAY_BYTES) {
    return damaged('the number of its entries is impossible');
  }
  const arraySectors = Math.ceil((entryCount * entryBytes) / sectorBytes);
  if (entriesLba === undefined || entriesLba <= PRIMARY_LBA || entriesLba + arraySectors > sectors) {
    return damaged('its entries would lie outside the disk');
  }
  const header: GptHeader = {
    lba,
    alternateLba: lbaAt(sector, 32, sectorBytes),
    firstUsableLba,
    lastUsableLba,
    diskGuid: guidAt(sector, 56),
    entriesLba,
    entryCount,
    entryBytes,
    entriesCrc: sector.readUInt32LE(88),
  };
  return { state: 'good', header };
}
