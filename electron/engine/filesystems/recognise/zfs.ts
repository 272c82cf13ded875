/**
 * Members of ZFS pools. Source: Sun's "ZFS On-Disk Specification" (2006), chapters 1.2 (labels) and 1.3 (uberblocks);
 * OpenZFS' nvpair library for the encoding of the name-value list.
 *
 * zpool create leaves the first 8 KiB as they were, so another file system's main header may still be there.
 */
import type { Content, Finding, Glance } from './content.ts';
import { wholeFor } from './sentences.ts';

const LABEL_BYTES = 256 * 1024;
const LIST_AT = 16 * 1024;
const LIST_BYTES = 112 * 1024;
const UBERBLOCKS_AT = 128 * 1024;
/** Half of the ring; a pool that was ever written to has gone through it. */
const UBERBLOCKS_LOOKED_AT_BYTES = 64 * 1024;
const UBERBLOCK_BYTES = 1024;
const UBERBLOCK_MAGIC = 0x00bab10cn;

const XDR = 1;
const TYPE_UINT64 = 8;
const TYPE_STRING = 9;
/** Sizes of the pair as stored and in memory, length of the name. */
const PAIR_HEADER_BYTES = 12;
const VALUE_HEADER_BYTES = 8;

function labelsOf(sizeBytes: number): number[] {
  const end = Math.floor(sizeBytes / LABEL_BYTES) * LABEL_BYTES;
  return [0, LABEL_BYTES, end - 2 * LABEL_BYTES, end - LABEL_BYTES];
}

/** The outermost numbers and strings of an XDR list; what does not parse ends it. Numbers as decimal digits. */
function outermostPairs(list: Buffer): Map<string, string> {
  const pairs = new Map<string, string>();
  // After the encoding's header and the list's version and flags.
  for (let at = 12; at + PAIR_HEADER_BYTES <= list.length; ) {
    const pairBytes = list.readUInt32BE(at);
    const nameBytes = list.readUInt32BE(at + 8);
    const value = at + PAIR_HEADER_BYTES + Math.ceil(nameBytes / 4) * 4;
    const end = at + pairBytes;
    if (pairBytes === 0 || end > list.length || value + VALUE_HEADER_BYTES > end) break;
    const name = list.toString('latin1', at + PAIR_HEADER_BYTES, at + PAIR_HEADER_BYTES + nameBytes);
    const type = list.readUInt32BE(value);
    const content = value + VALUE_HEADER_BYTES;
    if (type === TYPE_UINT64 && content + 8 <= end) pairs.set(name, list.readBigUInt64BE(content).toString());
    if (type === TYPE_STRING && content + 4 <= end) {
      pairs.set(name, list.toString('utf8', content + 4, Math.min(end, content + 4 + list.readUInt32BE(content))));
    }
    at = end;
  }
  return pairs;
}

async function findList(volume: Glance, label: number): Promise<Finding | undefined> {
  if (label < 0) return undefined;
  const header = await volume.at(label + LIST_AT, 12);
  // Encoding, endianness of the machine, and the list's version, which has been 0 for ever.
  if (header.readUInt8(0) !== XDR || header.readUInt8(1) > 1 || header.readUInt32BE(4) !== 0) return undefined;
  const pairs = outermostPairs(await volume.at(label + LIST_AT, LIST_BYTES));
  // Spares and cache devices have a guid of their own, and no pool.
  if (!pairs.has('guid')) return undefined;
  const version = pairs.get('version');
  return {
    ...(version === undefined ? {} : { version }),
    uuid: pairs.get('pool_guid') ?? '',
    label: pairs.get('name') ?? '',
  };
}

async function hasUberblock(volume: Glance): Promise<boolean> {
  // Of the first label only, as every volume pays for the look. Slots are 1 KiB or a small multiple.
  const ring = await volume.at(UBERBLOCKS_AT, UBERBLOCKS_LOOKED_AT_BYTES);
  for (let at = 0; at < ring.length; at += UBERBLOCK_BYTES) {
    if (ring.readBigUInt64LE(at) === UBERBLOCK_MAGIC || ring.readBigUInt64BE(at) === UBERBLOCK_MAGIC) return true;
  }
  return false;
}

export const zfs: Content = {
  type: 'zfs_member',
  async find(volume) {
    for (const label of labelsOf(volume.sizeBytes)) {
      const finding = await findList(volume, label);
      if (finding !== undefined) return finding;
    }
    return (await hasUberblock(volume)) ? {} : undefined;
  },
  why: wholeFor({
    cause: 'A member of a ZFS pool is of use only together with the other members, all from the same moment',
    advice:
      'Export the pool first (zpool export POOL), or back up with zfs send instead. ' +
      'Where the volume left its pool long ago, wipefs shows what remains of it.',
  }),
};
