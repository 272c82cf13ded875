/** The four entries of a master boot record, or of an extended boot record (libblkid's dos.h; Microsoft's “MBR”). */

const DISK_SIGNATURE = 440;
const ENTRIES = 446;
const ENTRY_BYTES = 16;
const ENTRY_COUNT = 4;
const SIGNATURE = 510;
/** How an AIX disk starts: its record is no MBR although it ends like one. */
const AIX_MAGIC = Buffer.from([0xc9, 0xc2, 0xd4, 0xc1]);

const ACTIVE = 0x80;
const EXTENDED_TYPES = new Set([0x05, 0x0f, 0x85]);
const PROTECTIVE_TYPE = 0xee;

/** The part of a sector that is looked at. */
export const RECORD_BYTES = 512;

/** One entry as it stands there, in sectors. */
export interface RecordEntry {
  /** 0 to 3. */
  slot: number;
  bootIndicator: number;
  active: boolean;
  type: number;
  /** Relative to the disk, the extended partition or the record: that depends on the record. */
  startLba: number;
  sectors: number;
  /** Type of a frame around logical partitions. */
  extended: boolean;
  /** Type 0xEE: stands for a GPT. */
  protective: boolean;
}

export interface BootRecord {
  /** 32-bit disk signature; 0 where there is none. */
  diskSignature: number;
  /** Entries that have a size, as the kernel tells them from empty ones. */
  entries: RecordEntry[];
  /** Boot indicators are 0 or 0x80, as in every table. */
  plausible: boolean;
}

function entryAt(sector: Buffer, slot: number): RecordEntry {
  const at = ENTRIES + slot * ENTRY_BYTES;
  const bootIndicator = sector.readUInt8(at);
  const type = sector.readUInt8(at + 4);
  return {
    slot,
    bootIndicator,
    active: bootIndicator === ACTIVE,
    type,
    startLba: sector.readUInt32LE(at + 8),
    sectors: sector.readUInt32LE(at + 12),
    extended: EXTENDED_TYPES.has(type),
    protective: type === PROTECTIVE_TYPE,
  };
}

/** Reads a record of 512 bytes or more; `undefined`: it does not end in 55 AA, or is AIX's. */
export function parseBootRecord(sector: Buffer): BootRecord | undefined {
  if (sector.readUInt16LE(SIGNATURE) !== 0xaa55) return undefined;
  if (sector.subarray(0, AIX_MAGIC.length).equals(AIX_MAGIC)) return undefined;
  const all = Array.from({ length: ENTRY_COUNT }, (_, slot) => entryAt(sector, slot));
  return {
    diskSignature: sector.readUInt32LE(DISK_SIGNATURE),
    entries: all.filter((entry) => entry.sectors > 0),
    plausible: all.every(({ bootIndicator }) => bootIndicator === 0 || bootIndicator === ACTIVE),
  };
}
