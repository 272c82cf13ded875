/**
 * The list of a file's attributes, where they do not fit into one record.
 * Source: the notes in ntfs-3g's layout.h (ATTR_LIST_ENTRY).
 */
import { utf16 } from './attributes.ts';
import { unsigned64 } from './numbers.ts';

/** The format's own limit on a list, bytes. */
export const LARGEST_LIST_BYTES = 256 * 1024;

const SMALLEST_ENTRY = 26;

/** Which record holds an attribute or a piece of one. */
export interface ListEntry {
  type: number;
  name: string;
  lowestVcn: number;
  record: number;
  sequence: number;
  instance: number;
}

/** The entries in their order. Returns what is wrong instead, as a clause, where the list is damaged. */
export function readAttributeList(bytes: Buffer): ListEntry[] | string {
  const entries: ListEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + SMALLEST_ENTRY > bytes.length) return 'its attribute list ends inside an entry';
    const length = bytes.readUInt16LE(at + 4);
    if (length < SMALLEST_ENTRY || at + length > bytes.length) return 'its attribute list has an impossible entry';
    const entry = bytes.subarray(at, at + length);
    const name = utf16(entry, entry.readUInt8(7), entry.readUInt8(6));
    if (name === undefined) return 'its attribute list has an impossible name';
    entries.push({
      type: entry.readUInt32LE(0),
      name,
      lowestVcn: unsigned64(entry, 8),
      record: entry.readUIntLE(16, 6),
      sequence: entry.readUInt16LE(22),
      instance: entry.readUInt16LE(24),
    });
    at += length;
  }
  return entries;
}
