/** The entries of a GUID partition table (UEFI specification 2.10, section 5.3.3). */
import { crc32 } from 'node:zlib';
import type { PartitionEntry } from '#contract';
import { type GptHeader, lbaAt } from './gpt-header.ts';
import { GUID_BYTES, guidAt, isNoGuid } from './guid.ts';
import { gptTypeName } from './partition-types.ts';
import type { Problems } from './problems.ts';
import { type Disk, readAt } from './sectors.ts';

const FIRST_LBA = 32;
const LAST_LBA = 40;
const ATTRIBUTES = 48;
const NAME = 56;
const NAME_BYTES = 72;

/** The array of a header; `undefined` where it cannot be read or its checksum is wrong. */
export async function readEntryArray(disk: Disk, header: GptHeader): Promise<Buffer | undefined> {
  const bytes = await readAt(disk, header.entriesLba, header.entryCount * header.entryBytes);
  return bytes !== undefined && crc32(bytes) === header.entriesCrc ? bytes : undefined;
}

/** UTF-16 up to the first zero; halves of characters, which no text may hold, become U+FFFD. */
function nameOf(entry: Buffer): string {
  const units: number[] = [];
  for (let at = NAME; at < NAME + NAME_BYTES; at += 2) {
    const unit = entry.readUInt16LE(at);
    if (unit === 0) break;
    units.push(unit);
  }
  return String.fromCharCode(...units).toWellFormed();
}

function bitsOf(word: bigint): number[] {
  const bits: number[] = [];
  for (let bit = 0; bit < 64; bit++) if (((word >> BigInt(bit)) & 1n) === 1n) bits.push(bit);
  return bits;
}

/** The entries that are in use, in the order of their slots; entries that say nothing sensible are only reported. */
export function parseEntries(array: Buffer, header: GptHeader, sectorBytes: number, problems: Problems) {
  const entries: PartitionEntry[] = [];
  for (let slot = 0; slot < header.entryCount; slot++) {
    const entry = array.subarray(slot * header.entryBytes, (slot + 1) * header.entryBytes);
    if (isNoGuid(entry, 0)) continue;
    const number = slot + 1;
    const first = lbaAt(entry, FIRST_LBA, sectorBytes);
    const last = lbaAt(entry, LAST_LBA, sectorBytes);
    if (first === undefined || last === undefined || last < first) {
      problems.add(`Partition ${number} has an impossible place, so it is not shown.`);
      continue;
    }
    const typeId = guidAt(entry, 0);
    entries.push({
      number,
      role: 'primary',
      startBytes: first * sectorBytes,
      sizeBytes: (last - first + 1) * sectorBytes,
      typeId,
      typeName: gptTypeName(typeId),
      partUuid: guidAt(entry, GUID_BYTES),
      name: nameOf(entry),
      attributes: bitsOf(entry.readBigUInt64LE(ATTRIBUTES)),
      active: false,
    });
  }
  return entries;
}
