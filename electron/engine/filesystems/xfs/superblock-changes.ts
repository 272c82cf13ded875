/**
 * Whether all that a record of the log would change is the superblock, and of that only what says nothing about where
 * blocks are in use. Whatever is not exactly as the kernel writes such a record counts as a change that matters.
 * Source: the kernel's fs/xfs/libxfs/xfs_log_format.h (struct xfs_trans_header, xfs_buf_log_format),
 * fs/xfs/xfs_buf_item.c (xfs_buf_item_format) and fs/xfs/xfs_buf_item_recover.c (xlog_recover_do_reg_buffer).
 */
import { CLIENT, type LogRecord, OPERATION, type Operation } from './log-record.ts';
import { BASIC_BLOCK_BYTES } from './superblock.ts';

const TRANSACTION_HEADER_BYTES = 16;
/** `th_magic`, in the writer's byte order as all that follows. */
const TRANSACTION_MAGIC = 0x5452414e;
/** `blf_type`. */
const BUFFER_ITEM = 0x123c;
/** `blf_flags`: nothing but the kind of buffer, the superblock. Among the others is the one that cancels a buffer. */
const IS_SUPERBLOCK = 18 << 11;
const BUFFER_FORMAT_BYTES = 20;
/** A bit of `blf_data_map` stands for so many bytes. */
const CHUNK_BYTES = 128;

/**
 * Bytes of the superblock that may differ from what is in place: `sb_icount`, `sb_ifree`, `sb_fdblocks` and
 * `sb_frextents`, which mounting after a replay sums up anew from the allocation groups; `sb_crc`; `sb_lsn`.
 */
const OF_NO_MATTER: readonly (readonly [from: number, end: number])[] = [
  [128, 160],
  [224, 228],
  [240, 248],
];

function matters(at: number): boolean {
  return !OF_NO_MATTER.some(([from, end]) => at >= from && at < end);
}

/** True if `region` written at `at` would leave the superblock the same, but for what is of no matter. */
function leavesAsIs(superblock: Buffer, at: number, region: Buffer): boolean {
  if (at + region.length > superblock.length) return false;
  for (let index = 0; index < region.length; index++) {
    if (region[index] !== superblock[at + index] && matters(at + index)) return false;
  }
  return true;
}

/** The first run of set bits at or after `from`, as first bit and the one behind; `undefined`: none. */
function runOfBits(map: Buffer, from: number): [number, number] | undefined {
  const isSet = (bit: number) => ((map.readUInt32LE((bit >>> 5) * 4) >>> (bit & 31)) & 1) === 1;
  const bits = map.length * 8;
  let start = from;
  while (start < bits && !isSet(start)) start += 1;
  let end = start;
  while (end < bits && isSet(end)) end += 1;
  return end > start ? [start, end] : undefined;
}

/** Number of operations of an item that is a harmless change of the superblock; 0 = it is anything else. */
function superblockItem(superblock: Buffer, operations: readonly Operation[]): number {
  const format = operations[0]?.region;
  if (format === undefined || format.length < BUFFER_FORMAT_BYTES) return 0;
  const isSuperblock =
    format.readUInt16LE(0) === BUFFER_ITEM &&
    format.readUInt16LE(4) === IS_SUPERBLOCK &&
    format.readUInt16LE(6) === superblock.length / BASIC_BLOCK_BYTES &&
    format.readBigInt64LE(8) === 0n;
  const regions = format.readUInt16LE(2);
  const map = format.subarray(BUFFER_FORMAT_BYTES);
  if (!isSuperblock || regions < 2 || regions > operations.length) return 0;
  const words = Math.ceil(superblock.length / CHUNK_BYTES / 32);
  if (format.readUInt32LE(16) !== words || map.length !== 4 * words) return 0;
  let bit = 0;
  for (const { region } of operations.slice(1, regions)) {
    // A run may be logged in several pieces, but no piece covers more than one.
    const run = runOfBits(map, bit);
    const chunks = region.length / CHUNK_BYTES;
    if (run === undefined || chunks === 0 || !Number.isInteger(chunks) || run[0] + chunks > run[1]) return 0;
    if (!leavesAsIs(superblock, run[0] * CHUNK_BYTES, region)) return 0;
    bit = run[0] + chunks;
  }
  return runOfBits(map, bit) === undefined ? regions : 0;
}

/** True if the operations between start and commit of a transaction change nothing but the superblock, harmlessly. */
function isHarmless(superblock: Buffer, [header, ...items]: readonly Operation[]): boolean {
  if (header?.region.length !== TRANSACTION_HEADER_BYTES) return false;
  if (header.region.readUInt32LE(0) !== TRANSACTION_MAGIC) return false;
  for (let at = 0; at < items.length; ) {
    const taken = superblockItem(superblock, items.slice(at));
    if (taken === 0) return false;
    at += taken;
  }
  return true;
}

/**
 * True if replaying the record changes nothing that matters to the map. `superblock` is its sector in place. Every
 * transaction must begin and be committed within the record, and there must be one.
 */
export function changesOnlySuperblock({ operations }: LogRecord, superblock: Buffer): boolean {
  for (let at = 0; at < operations.length; ) {
    const start = operations[at];
    if (start?.client !== CLIENT.transaction || start.flags !== OPERATION.start || start.region.length > 0)
      return false;
    const isPart = ({ transaction, client, flags, region }: Operation) =>
      transaction === start.transaction && client === CLIENT.transaction && flags === 0 && region.length > 0;
    let end = at + 1;
    for (let next = operations[end]; next !== undefined && isPart(next); next = operations[end]) end += 1;
    const commit = operations[end];
    const isCommit =
      commit?.transaction === start.transaction &&
      commit.client === CLIENT.transaction &&
      commit.flags === OPERATION.commit &&
      commit.region.length === 0;
    if (!isCommit || !isHarmless(superblock, operations.slice(at + 1, end))) return false;
    at = end + 1;
  }
  return operations.length > 0;
}
