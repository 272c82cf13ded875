/**
 * What the log leaves of the free space trees: are they true as they lie on the disk, or may the log hold changes to
 * them? Source: the kernel's fs/xfs/xfs_log_recover.c (xlog_find_tail, xlog_check_unmount_rec) and fs/xfs/xfs_log.c
 * (xfs_log_quiesce, xfs_log_cover).
 */
import { readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { cycleAt, findHead, headerBefore, headerBlocks, type Log, readLogCircle, recordBlocks } from './log-head.ts';
import { CLIENT, type LogRecord, OPERATION, type Operation, parseRecord } from './log-record.ts';
import { BASIC_BLOCK_BYTES, type InternalLog, offsetOf, type Superblock } from './superblock.ts';
import { changesOnlySuperblock } from './superblock-changes.ts';

/**
 * - `clean`: it ends with an unmount, so everything that it ever held is in its place.
 * - `covered`: everything is in its place but the superblock's counters, which alone would be replayed. Freezing leaves
 *   a log so (LVM snapshots and clones freeze too), and the kernel does it to one that was idle for a minute or two. It
 *   keeps the log from being clean so that mounting looks for files that were deleted but still open.
 * - `dirty`: anything else.
 */
export type LogState = 'clean' | 'covered' | 'dirty';

/** What is replayed of a covered log is two records; as much as may be under way at once holds them on any stripes. */
const MOST_BLOCKS = 8 * 512;

/** The last record of a log. */
interface LastRecord {
  block: number;
  header: Buffer;
  /** Where the next record would go. */
  head: number;
}

async function findLastRecord(log: Log): Promise<LastRecord | undefined> {
  const head = await findHead(log);
  if (head === undefined) return undefined;
  const header = await headerBefore(log, head);
  if (header === undefined) return undefined;
  const { block, bytes } = header;
  return (block + recordBlocks(log, bytes)) % log.blocks === head ? { block, header: bytes, head } : undefined;
}

function isUnmount({ client, flags }: Pick<Operation, 'client' | 'flags'>): boolean {
  return client === CLIENT.log && (flags & OPERATION.unmount) !== 0;
}

/** True if the last record is that of an unmount of this file system; mkfs writes one without a checksum. */
async function endsWithUnmount(log: Log, { block, header }: LastRecord, uuidBytes: Uint8Array): Promise<boolean> {
  const isInPlace = header.readUInt32BE(16) === header.readUInt32BE(4) && header.readUInt32BE(20) === block;
  if (header.readUInt32BE(40) !== 1 || !isInPlace || !header.subarray(304, 320).equals(uuidBytes)) return false;
  const operation = await readLogCircle(log, (block + headerBlocks(log, header)) % log.blocks, 1);
  return isUnmount({ client: operation.readUInt8(8), flags: operation.readUInt8(9) });
}

/** The records that mounting would replay, from the tail that the last one names; `undefined`: not told for sure. */
async function recordsToReplay(
  log: Log,
  { block: lastBlock, header, head }: LastRecord,
  uuidBytes: Uint8Array,
): Promise<LogRecord[] | undefined> {
  const lastCycle = header.readUInt32BE(4);
  // Behind the head lies what is older: a record that was torn off would be of the same lap.
  const next = (await readLogCircle(log, head, 1)).subarray(0, 8);
  if (cycleAt(next, 0) !== (head > lastBlock ? lastCycle - 1 : lastCycle)) return undefined;
  const cycleOf = (block: number) => (block <= lastBlock ? lastCycle : lastCycle - 1);
  const [tailCycle, tail] = [header.readUInt32BE(24), header.readUInt32BE(28)];
  if (tail >= log.blocks || tailCycle !== cycleOf(tail)) return undefined;
  const count = (head - tail + log.blocks) % log.blocks;
  if (count === 0 || count > MOST_BLOCKS) return undefined;
  const bytes = await readLogCircle(log, tail, count);
  const records: LogRecord[] = [];
  for (let at = 0; at < count; ) {
    const block = (tail + at) % log.blocks;
    const place = { block, cycle: cycleOf(block), uuidBytes };
    const record = parseRecord(log, bytes.subarray(at * BASIC_BLOCK_BYTES), place);
    if (record === undefined) return undefined;
    records.push(record);
    at += record.blocks;
  }
  return records;
}

/** True if replaying would change nothing but the superblock, and of that nothing that matters. */
function isCovered(records: readonly LogRecord[], superblockSector: Buffer): boolean {
  // Kernels before 5.12 note an unmount when they freeze, and leave the tail before it: what came earlier is in place.
  const unmount = records.findLastIndex(
    ({ operations: [first, ...others] }) => first !== undefined && others.length === 0 && isUnmount(first),
  );
  const changes = records.slice(unmount + 1);
  return changes.length > 0 && changes.every((record) => changesOnlySuperblock(record, superblockSector));
}

/**
 * Reads the state of the log. Anything that does not look exactly like the other two counts as dirty. Throws
 * `FILESYSTEM_DAMAGED` where the log cannot be read or lies outside the volume.
 */
export async function readLogState(
  source: ByteSource,
  superblock: Superblock,
  internalLog: InternalLog,
  signal: AbortSignal | undefined,
): Promise<LogState> {
  const { blockBytes, sectorBytes, logVersion2, uuidBytes } = superblock;
  const log: Log = {
    source,
    signal,
    offsetBytes: offsetOf(superblock, internalLog.group, internalLog.block),
    blocks: (internalLog.blocks * blockBytes) / BASIC_BLOCK_BYTES,
    version2: logVersion2,
  };
  const last = await findLastRecord(log);
  if (last === undefined) return 'dirty';
  if (await endsWithUnmount(log, last, uuidBytes)) return 'clean';
  const records = await recordsToReplay(log, last, uuidBytes);
  if (records === undefined) return 'dirty';
  return isCovered(records, await readStructure(source, 'superblock', 0, sectorBytes, signal)) ? 'covered' : 'dirty';
}
