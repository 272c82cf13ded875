/**
 * Attributes as they stand in a record of the master file table.
 * Source: the notes in ntfs-3g's layout.h (ATTR_RECORD).
 */
import { unsigned64 } from './numbers.ts';

/** Types of the attributes that are looked at. */
export const ATTRIBUTE = {
  attributeList: 0x20,
  volumeName: 0x60,
  volumeInformation: 0x70,
  data: 0x80,
  indexRoot: 0x90,
  indexAllocation: 0xa0,
} as const;

/** Flag of an attribute that may have holes. */
export const IS_SPARSE = 0x8000;

const END = 0xffffffff;
const SMALLEST_RESIDENT = 24;
const SMALLEST_NON_RESIDENT = 64;

interface AttributeHead {
  type: number;
  /** Empty for the unnamed one. */
  name: string;
  /** Compressed, encrypted, sparse. */
  flags: number;
  instance: number;
}

/** An attribute whose value stands in the record. */
export interface ResidentAttribute extends AttributeHead {
  resident: true;
  value: Buffer;
}

/** An attribute, or a piece of one, whose value lies in clusters. The sizes count in the first piece only. */
export interface NonResidentAttribute extends AttributeHead {
  resident: false;
  lowestVcn: number;
  /** `lowestVcn - 1` where it has no clusters. */
  highestVcn: number;
  mappingPairs: Buffer;
  allocatedBytes: number;
  dataBytes: number;
  /** What follows is zero whatever the clusters hold. */
  initializedBytes: number;
}

export type Attribute = ResidentAttribute | NonResidentAttribute;

/** UTF-16 text of `units` code units inside `bytes`; `undefined` where it does not fit. */
export function utf16(bytes: Buffer, at: number, units: number): string | undefined {
  return at + units * 2 > bytes.length ? undefined : bytes.toString('utf16le', at, at + units * 2);
}

function readResident(head: AttributeHead, bytes: Buffer): Attribute | string {
  const length = bytes.readUInt32LE(16);
  const at = bytes.readUInt16LE(20);
  if (at < SMALLEST_RESIDENT || at + length > bytes.length) return 'the value of an attribute lies outside it';
  return { ...head, resident: true, value: bytes.subarray(at, at + length) };
}

function readNonResident(head: AttributeHead, bytes: Buffer): Attribute | string {
  if (bytes.length < SMALLEST_NON_RESIDENT) return 'an attribute is too short';
  const pairsAt = bytes.readUInt16LE(32);
  if (pairsAt < SMALLEST_NON_RESIDENT || pairsAt > bytes.length) return 'the runs of an attribute lie outside it';
  const lowestVcn = unsigned64(bytes, 16);
  const none = bytes.readBigInt64LE(24) === -1n;
  const highestVcn = none ? -1 : unsigned64(bytes, 24);
  if (!Number.isSafeInteger(lowestVcn) || !Number.isSafeInteger(highestVcn) || highestVcn < lowestVcn - 1) {
    return 'an attribute has an impossible range of clusters';
  }
  return {
    ...head,
    resident: false,
    lowestVcn,
    highestVcn,
    mappingPairs: bytes.subarray(pairsAt),
    allocatedBytes: unsigned64(bytes, 40),
    dataBytes: unsigned64(bytes, 48),
    initializedBytes: unsigned64(bytes, 56),
  };
}

function readAttribute(type: number, bytes: Buffer): Attribute | string {
  const form = bytes.readUInt8(8);
  if (form > 1) return 'an attribute is neither resident nor not';
  const name = utf16(bytes, bytes.readUInt16LE(10), bytes.readUInt8(9));
  if (name === undefined) return 'the name of an attribute lies outside it';
  const head = { type, name, flags: bytes.readUInt16LE(12), instance: bytes.readUInt16LE(14) };
  return form === 0 ? readResident(head, bytes) : readNonResident(head, bytes);
}

/** All attributes between `at` and the end mark. Returns what is wrong instead, as a clause, where they are damaged. */
export function readAttributes(record: Buffer, at: number): Attribute[] | string {
  const attributes: Attribute[] = [];
  for (let start = at; ; ) {
    if (start + 4 > record.length) return 'its attributes have no end';
    const type = record.readUInt32LE(start);
    if (type === END) return attributes;
    if (start + SMALLEST_RESIDENT > record.length) return 'its attributes have no end';
    const length = record.readUInt32LE(start + 4);
    if (length < SMALLEST_RESIDENT || length % 8 !== 0 || start + length > record.length) {
      return 'an attribute has an impossible length';
    }
    const attribute = readAttribute(type, record.subarray(start, start + length));
    if (typeof attribute === 'string') return attribute;
    attributes.push(attribute);
    start += length;
  }
}
