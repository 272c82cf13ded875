/**
 * One record of the log: its header is checked, its data given back as it was before it was written. On the disk the
 * first word of every block is the lap in which it was written, and the word that was there is kept in the header.
 * Only what today's kernels write on little-endian machines is read: version 2 of the log, with checksums.
 * Source: the kernel's fs/xfs/libxfs/xfs_log_format.h (struct xlog_rec_header, xlog_rec_ext_header, xlog_op_header) and
 * fs/xfs/xfs_log.c (xlog_pack_data, xlog_cksum).
 */
import { checksumOfPieces } from './checksum.ts';
import { HEADER_COVERS_BYTES, headerBlocks, type Log, RECORD_MAGIC } from './log-head.ts';
import { BASIC_BLOCK_BYTES } from './superblock.ts';

const LONGEST_RECORD_BYTES = 256 * 1024;
const VERSION_2 = 2;
const LITTLE_ENDIAN_LINUX = 1;
/** `sizeof(struct xlog_rec_header)` wherever 64-bit numbers are aligned; on 32-bit x86 it was less. */
const HEADER_BYTES = 328;
const CHECKSUM_AT = 32;
const FIRST_WORDS_AT = 44;
/** First words that a block of header keeps; in all but the first they follow the lap. */
const WORDS_PER_HEADER = HEADER_COVERS_BYTES / BASIC_BLOCK_BYTES;
const FURTHER_HEADER_BYTES = 4 + 4 * WORDS_PER_HEADER;
const OPERATION_HEADER_BYTES = 12;

/** `oh_clientid`: who wrote an operation. */
export const CLIENT = { transaction: 0x69, log: 0xaa } as const;
/** `oh_flags`. */
export const OPERATION = { start: 0x01, commit: 0x02, unmount: 0x20 } as const;

/** A piece of what was logged. */
export interface Operation {
  transaction: number;
  client: number;
  flags: number;
  region: Buffer;
}

export interface LogRecord {
  /** Length with its headers, basic blocks. */
  blocks: number;
  operations: Operation[];
}

/** Where a record must lie. */
export interface RecordPlace {
  /** Block of the log. */
  block: number;
  /** The lap in which that block was last written. */
  cycle: number;
  uuidBytes: Uint8Array;
}

function isHeaderSane(bytes: Buffer, { block, cycle, uuidBytes }: RecordPlace): boolean {
  const [length, size] = [bytes.readUInt32BE(12), bytes.readUInt32BE(320)];
  return (
    bytes.readUInt32BE(0) === RECORD_MAGIC &&
    bytes.readUInt32BE(4) === cycle &&
    bytes.readUInt32BE(8) === VERSION_2 &&
    bytes.readUInt32BE(16) === cycle &&
    bytes.readUInt32BE(20) === block &&
    bytes.readUInt32BE(300) === LITTLE_ENDIAN_LINUX &&
    bytes.subarray(304, 320).equals(uuidBytes) &&
    length > 0 &&
    length % BASIC_BLOCK_BYTES === 0 &&
    length <= size &&
    size <= LONGEST_RECORD_BYTES
  );
}

/** `xlog_cksum`: of the first header, of as many others as the data needs, and of the data as it lies on the disk. */
function checksumFits(headers: Buffer, data: Buffer): boolean {
  const first = Buffer.from(headers.subarray(0, HEADER_BYTES));
  first.writeUInt32LE(0, CHECKSUM_AT);
  const pieces: Uint8Array[] = [first];
  for (let covered = HEADER_COVERS_BYTES; covered < data.length; covered += HEADER_COVERS_BYTES) {
    const at = (covered / HEADER_COVERS_BYTES) * BASIC_BLOCK_BYTES;
    pieces.push(headers.subarray(at, at + FURTHER_HEADER_BYTES));
  }
  return headers.readUInt32LE(CHECKSUM_AT) === checksumOfPieces([...pieces, data]);
}

/** Puts back the first word of every block; `undefined`: a block was written in another lap than its record. */
function unpacked(log: Log, headers: Buffer, data: Buffer, { block, cycle }: RecordPlace): Buffer | undefined {
  const bytes = Buffer.from(data);
  const firstBlock = block + headers.length / BASIC_BLOCK_BYTES;
  for (let index = 0; index < data.length / BASIC_BLOCK_BYTES; index++) {
    const at = index * BASIC_BLOCK_BYTES;
    if (bytes.readUInt32BE(at) !== cycle + (firstBlock + index >= log.blocks ? 1 : 0)) return undefined;
    const header = Math.floor(index / WORDS_PER_HEADER);
    const words = header * BASIC_BLOCK_BYTES + (header === 0 ? FIRST_WORDS_AT : 4);
    headers.copy(bytes, at, words + 4 * (index % WORDS_PER_HEADER), words + 4 * (index % WORDS_PER_HEADER) + 4);
  }
  return bytes;
}

/** The first `count` operations of a record's data, behind which there may be padding; `undefined`: they do not fit. */
function operationsIn(data: Buffer, count: number): Operation[] | undefined {
  const operations: Operation[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    const from = at + OPERATION_HEADER_BYTES;
    if (from > data.length) return undefined;
    const end = from + data.readUInt32BE(at + 4);
    if (end > data.length) return undefined;
    const [transaction, client, flags] = [data.readUInt32BE(at), data.readUInt8(at + 8), data.readUInt8(at + 9)];
    operations.push({ transaction, client, flags, region: data.subarray(from, end) });
    at = end;
  }
  return operations;
}

/** The record at the start of `bytes` (whole blocks of the log); `undefined` where it is not whole or not as expected. */
export function parseRecord(log: Log, bytes: Buffer, place: RecordPlace): LogRecord | undefined {
  if (bytes.length < BASIC_BLOCK_BYTES || !log.version2 || !isHeaderSane(bytes, place)) return undefined;
  const headerBytes = headerBlocks(log, bytes) * BASIC_BLOCK_BYTES;
  const end = headerBytes + bytes.readUInt32BE(12);
  if (end > bytes.length) return undefined;
  const headers = bytes.subarray(0, headerBytes);
  const written = bytes.subarray(headerBytes, end);
  if (!checksumFits(headers, written)) return undefined;
  const data = unpacked(log, headers, written, place);
  const operations = data && operationsIn(data, bytes.readUInt32BE(40));
  return operations && { blocks: end / BASIC_BLOCK_BYTES, operations };
}
