/**
 * Finds the head of the log: the place where the next record would be written. The log is a circle of 512-byte blocks,
 * each of which starts with the number of the lap ("cycle") in which it was written. Mounting decides by the same
 * search whether there is something to replay, so it is followed step by step, torn writes included.
 * Source: the kernel's fs/xfs/xfs_log_recover.c (xlog_find_zeroed, xlog_find_head), xfs_log_format.h.
 */
import { readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { BASIC_BLOCK_BYTES } from './superblock.ts';

/** First word of a record's header. */
export const RECORD_MAGIC = 0xfeedbabe;
/** The longest records with their headers, 256 KiB or in version 1 of the log 32 KiB, in basic blocks. */
const LONGEST_RECORD = 512;
const LONGEST_RECORD_OF_VERSION_1 = 64;
/** Records that may be under way at once, so that torn writes reach this far back from the head. */
const RECORDS_IN_FLIGHT = 8;
/** One more block of header for every 32 KiB of a record, beyond the first. */
export const HEADER_COVERS_BYTES = 32 * 1024;
/** A shorter log would not hold two records; only ancient file systems of a few MiB may have one, which is not judged. */
const SHORTEST_LOG = 2 * LONGEST_RECORD;

/** A log on the volume. */
export interface Log {
  source: ByteSource;
  signal: AbortSignal | undefined;
  offsetBytes: number;
  /** Basic blocks. */
  blocks: number;
  /** Records may have more than one block of header. */
  version2: boolean;
}

function longestRecord(log: Log): number {
  return log.version2 ? LONGEST_RECORD : LONGEST_RECORD_OF_VERSION_1;
}

/** Basic blocks `first` up to `first + count`. Throws like `readStructure`. */
async function readLogBlocks(log: Log, first: number, count: number): Promise<Buffer> {
  const offset = log.offsetBytes + first * BASIC_BLOCK_BYTES;
  return await readStructure(log.source, 'log', offset, count * BASIC_BLOCK_BYTES, log.signal);
}

/** `count` blocks from `first`, going on at the start of the log where its end is reached. Throws like `readStructure`. */
export async function readLogCircle(log: Log, first: number, count: number): Promise<Buffer> {
  const untilEnd = Math.min(count, log.blocks - first);
  const bytes = await readLogBlocks(log, first, untilEnd);
  return untilEnd === count ? bytes : Buffer.concat([bytes, await readLogBlocks(log, 0, count - untilEnd)]);
}

/** The lap in which block `index` of `bytes` was written: a record's header has its magic number before it. */
export function cycleAt(bytes: Buffer, index: number): number {
  const at = index * BASIC_BLOCK_BYTES;
  const word = bytes.readUInt32BE(at);
  return word === RECORD_MAGIC ? bytes.readUInt32BE(at + 4) : word;
}

async function cycleOf(log: Log, block: number): Promise<number> {
  return cycleAt(await readLogBlocks(log, block, 1), 0);
}

/** First block of the lap `cycle` in a circle that starts with another lap and ends with this one, by bisection. */
async function startOfCycle(log: Log, cycle: number): Promise<number> {
  let before = 0;
  let start = log.blocks - 1;
  while (start - before > 1) {
    const middle = (before + start) >>> 1;
    if ((await cycleOf(log, middle)) === cycle) start = middle;
    else before = middle;
  }
  return start;
}

/** First block of the lap `cycle` among `count` blocks from `first`; `undefined`: none. */
async function findCycle(log: Log, first: number, count: number, cycle: number): Promise<number | undefined> {
  if (count <= 0) return undefined;
  const bytes = await readLogBlocks(log, first, count);
  for (let index = 0; index < count; index++) if (cycleAt(bytes, index) === cycle) return first + index;
  return undefined;
}

/** A record's header block and where it lies. */
export interface RecordHeader {
  block: number;
  bytes: Buffer;
}

async function lastHeaderIn(log: Log, first: number, end: number): Promise<RecordHeader | undefined> {
  if (end <= first) return undefined;
  const bytes = await readLogBlocks(log, first, end - first);
  for (let index = end - first - 1; index >= 0; index--) {
    const at = index * BASIC_BLOCK_BYTES;
    if (bytes.readUInt32BE(at) === RECORD_MAGIC) {
      return { block: first + index, bytes: bytes.subarray(at, at + BASIC_BLOCK_BYTES) };
    }
  }
  return undefined;
}

/** The last record header before block `head`, across the end of the log where need be; at most one record back. */
export async function headerBefore(log: Log, head: number): Promise<RecordHeader | undefined> {
  const longest = longestRecord(log);
  const found = await lastHeaderIn(log, Math.max(0, head - longest), head);
  if (found !== undefined || head >= longest) return found;
  const from = Math.max(head, log.blocks - (longest - head));
  return await lastHeaderIn(log, from, log.blocks);
}

/** Blocks of header that a record has. */
export function headerBlocks(log: Log, header: Buffer): number {
  const sizeBytes = header.readUInt32BE(320);
  const version2 = log.version2 && (header.readUInt32BE(8) & 2) !== 0;
  return version2 && sizeBytes > HEADER_COVERS_BYTES ? Math.ceil(sizeBytes / HEADER_COVERS_BYTES) : 1;
}

/** Blocks of a whole record. */
export function recordBlocks(log: Log, header: Buffer): number {
  return headerBlocks(log, header) + Math.ceil(header.readUInt32BE(12) / BASIC_BLOCK_BYTES);
}

/** Moves the head back to the start of the last record where that does not end exactly at the head. */
async function behindWholeRecord(log: Log, head: number): Promise<number | undefined> {
  const header = await headerBefore(log, head);
  if (header === undefined) return undefined;
  const length = header.block < head ? head - header.block : head + log.blocks - header.block;
  return length === recordBlocks(log, header.bytes) ? head % log.blocks : header.block;
}

/** Head of a log that has not been filled once: everything behind is zero. */
async function headOfFirstLap(log: Log): Promise<number | undefined> {
  const estimate = await startOfCycle(log, 0);
  const first = Math.max(0, estimate - RECORDS_IN_FLIGHT * longestRecord(log));
  const torn = await findCycle(log, first, estimate - first, 0);
  return await behindWholeRecord(log, torn ?? estimate);
}

/** Looks for a hole that torn writes left shortly before the head. */
async function beforeHoles(log: Log, estimate: number, cycle: number): Promise<number> {
  const inFlight = RECORDS_IN_FLIGHT * longestRecord(log);
  if (estimate >= inFlight) return (await findCycle(log, estimate - inFlight, inFlight, cycle)) ?? estimate;
  const first = Math.max(estimate, log.blocks - (inFlight - estimate));
  const atEnd = await findCycle(log, first, log.blocks - first, cycle - 1);
  return atEnd ?? (await findCycle(log, 0, estimate, cycle)) ?? estimate;
}

/**
 * The block where the next record would go; `undefined` where that cannot be told: nothing was ever written, or this is
 * no log. Reads about 5 MiB at most. Throws like `readStructure`.
 */
export async function findHead(log: Log): Promise<number | undefined> {
  const { blocks } = log;
  if (blocks < SHORTEST_LOG) return undefined;
  const firstCycle = await cycleOf(log, 0);
  const lastCycle = await cycleOf(log, blocks - 1);
  if (firstCycle === 0) return undefined;
  if (lastCycle === 0) return firstCycle === 1 ? await headOfFirstLap(log) : undefined;
  const head =
    firstCycle === lastCycle
      ? // The whole circle is of one lap: its head is its end, unless a hole of the lap before is left there.
        await beforeHoles(log, blocks, lastCycle - 1)
      : await beforeHoles(log, await startOfCycle(log, lastCycle), lastCycle);
  return await behindWholeRecord(log, head);
}
