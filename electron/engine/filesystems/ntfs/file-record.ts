/**
 * One record of the master file table.
 * Source: the notes in ntfs-3g's layout.h (MFT_RECORD).
 */
import { type Attribute, readAttributes } from './attributes.ts';
import { undoUpdateSequence } from './update-sequence.ts';

/** Numbers of the records that are looked at. */
export const RECORD = { mft: 0, mftMirror: 1, logFile: 2, volume: 3, rootDirectory: 5, bitmap: 6 } as const;

const NAMES: Readonly<Record<number, string>> = {
  [RECORD.mft]: '$MFT',
  [RECORD.mftMirror]: '$MFTMirr',
  [RECORD.logFile]: '$LogFile',
  [RECORD.volume]: '$Volume',
  [RECORD.rootDirectory]: 'root directory',
  [RECORD.bitmap]: '$Bitmap',
};

const IN_USE = 0x1;
const IS_DIRECTORY = 0x2;
/** NTFS 3.1 put the record's own number in front of the update sequence array, which older versions have here. */
const ARRAY_BEHIND_OWN_NUMBER = 48;
const SMALLEST_HEADER = 42;

/** A good record, its update sequence undone. */
export interface FileRecord {
  number: number;
  /** For messages: `file record 6 ($Bitmap)`. */
  structure: string;
  /** Where it was read, bytes on the volume. */
  offsetBytes: number;
  /** Counts how often the record was given to another file. */
  sequence: number;
  isDirectory: boolean;
  /** Read from `$MFTMirr` because the record itself is damaged; it may be older. */
  isCopy: boolean;
  /** Record that this one is an extension of; 0 for a file's first record. */
  baseRecord: number;
  attributes: Attribute[];
}

/** `file record 6 ($Bitmap)`. */
export function recordName(number: number): string {
  const name = NAMES[number];
  return name === undefined ? `file record ${number}` : `file record ${number} (${name})`;
}

/** Whether a record is given to a file; `bytes` as they lie on the volume. */
export function isRecordInUse(bytes: Buffer): boolean {
  return (bytes.readUInt16LE(22) & IN_USE) !== 0;
}

/**
 * Parses the record `number` that lies at `offsetBytes`. Changes `bytes`. Returns what is wrong instead, as a clause,
 * where it is damaged or not in use: nothing asks for a record that should be free.
 */
export function readFileRecord(bytes: Buffer, number: number, offsetBytes: number): FileRecord | string {
  if (bytes.toString('latin1', 0, 4) !== 'FILE') return 'it does not begin with FILE';
  const torn = undoUpdateSequence(bytes);
  if (torn !== undefined) return torn;
  const attributesAt = bytes.readUInt16LE(20);
  const bytesInUse = bytes.readUInt32LE(24);
  if (bytes.readUInt32LE(28) !== bytes.length || bytesInUse > bytes.length) return 'its size is impossible';
  if (attributesAt < SMALLEST_HEADER || attributesAt % 8 !== 0 || attributesAt > bytesInUse) {
    return 'its attributes begin at an impossible place';
  }
  const flags = bytes.readUInt16LE(22);
  if ((flags & IN_USE) === 0) return 'it is marked as not in use';
  const saysNumber = bytes.readUInt16LE(4) >= ARRAY_BEHIND_OWN_NUMBER;
  if (saysNumber && bytes.readUInt32LE(44) !== number % 2 ** 32) return 'it is another record';
  const attributes = readAttributes(bytes.subarray(0, bytesInUse), attributesAt);
  if (typeof attributes === 'string') return attributes;
  return {
    number,
    structure: recordName(number),
    offsetBytes,
    sequence: bytes.readUInt16LE(16),
    isDirectory: (flags & IS_DIRECTORY) !== 0,
    isCopy: false,
    baseRecord: bytes.readUIntLE(32, 6),
    attributes,
  };
}
