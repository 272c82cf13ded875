/** Logs of XFS, written by hand record by record: a real one is torn, or holds what we want, only by luck. */
import { crc32c } from '../filesystems/crc32c.ts';
import type { Operation } from '../filesystems/xfs/log-record.ts';
import { type InternalLog, offsetOf, readSuperblock, type Superblock } from '../filesystems/xfs/superblock.ts';
import type { Write } from './xfs-image.ts';

const BLOCK = 512;
const MAGIC = 0xfeedbabe;
const HEADER_BYTES = 328;
const WORDS_PER_HEADER = 64;
const LONGEST_RECORD = 520;

/** A record to be written. */
export interface RecordShape {
  /** Blocks of data behind the header. */
  dataBlocks: number;
  /** `h_size`: more than 32 KiB makes the header longer. */
  sizeBytes: number;
  operations: number;
  unmount: boolean;
}

export const UNMOUNT: RecordShape = { dataBlocks: 1, sizeBytes: 32768, operations: 1, unmount: true };
export const CHANGES: RecordShape = { dataBlocks: 9, sizeBytes: 32768, operations: 23, unmount: false };

/** A record with its operations, packed and signed as the kernel does it. */
export interface FullRecord {
  operations: readonly Operation[];
  /** Default 32 KiB. */
  sizeBytes?: number;
  /** Default: as many as the operations need. */
  dataBlocks?: number;
}

/** Blocks of a record with its headers. */
function blocksOf({ dataBlocks, sizeBytes }: Pick<RecordShape, 'dataBlocks' | 'sizeBytes'>): number {
  return (sizeBytes > 32768 ? Math.ceil(sizeBytes / 32768) : 1) + dataBlocks;
}

function laidOut(operations: readonly Operation[]): Buffer {
  return Buffer.concat(
    operations.flatMap(({ transaction, client, flags, region }) => {
      const header = Buffer.alloc(12);
      header.writeUInt32BE(transaction, 0);
      header.writeUInt32BE(region.length, 4);
      header.writeUInt8(client, 8);
      header.writeUInt8(flags, 9);
      return [header, region];
    }),
  );
}

function shapeOf({ operations, sizeBytes = 32768, dataBlocks }: FullRecord): RecordShape {
  const needed = Math.ceil(laidOut(operations).length / BLOCK);
  return { dataBlocks: dataBlocks ?? needed, sizeBytes, operations: operations.length, unmount: false };
}

/** A log in an image, written block by block. */
export class LogWriter {
  readonly image: Buffer;
  readonly superblock: Superblock;
  readonly internalLog: InternalLog;
  readonly offsetBytes: number;
  readonly blocks: number;

  constructor(image: Buffer) {
    const reading = readSuperblock(image.subarray(0, image.readUInt16BE(102)));
    if (reading.kind !== 'superblock' || reading.superblock.log === undefined) throw new Error('no internal log');
    this.image = image;
    this.superblock = reading.superblock;
    this.internalLog = reading.superblock.log;
    this.offsetBytes = offsetOf(this.superblock, this.internalLog.group, this.internalLog.block);
    this.blocks = (this.internalLog.blocks * this.superblock.blockBytes) / BLOCK;
  }

  /** A block of the log; beyond its end comes its start. */
  block(number: number): Buffer {
    const at = this.offsetBytes + (number % this.blocks) * BLOCK;
    return this.image.subarray(at, at + BLOCK);
  }

  /** Blocks before `head` are of the lap `cycle`, the others of the one before; without any record. */
  fill(head: number, cycle: number): void {
    for (let number = 0; number < this.blocks; number++) {
      this.stamp(number, number < head ? cycle : cycle - 1);
    }
  }

  stamp(number: number, cycle: number): void {
    this.block(number).fill(0).writeUInt32BE(cycle);
  }

  /** Writes a record whose header is at `start`, which may be beyond the end; returns the block behind it. */
  record(start: number, cycle: number, shape: RecordShape): number {
    const end = start + blocksOf(shape);
    for (let number = start; number < end; number++) this.stamp(number, cycle + (number >= this.blocks ? 1 : 0));
    const lap = cycle + (start >= this.blocks ? 1 : 0);
    const header = this.block(start);
    header.writeUInt32BE(MAGIC, 0);
    header.writeUInt32BE(lap, 4);
    header.writeUInt32BE(2, 8);
    header.writeUInt32BE(shape.dataBlocks * BLOCK, 12);
    for (const at of [16, 24]) {
      header.writeUInt32BE(lap, at);
      header.writeUInt32BE(start % this.blocks, at + 4);
    }
    header.writeUInt32BE(shape.operations, 40);
    header.writeUInt32BE(1, 300);
    header.set(this.superblock.uuidBytes, 304);
    header.writeUInt32BE(shape.sizeBytes, 320);
    const operation = this.block(end - shape.dataBlocks);
    operation.writeUInt32BE(8, 4);
    operation.writeUInt8(shape.unmount ? 0xaa : 0x69, 8);
    operation.writeUInt8(shape.unmount ? 0x20 : 0x01, 9);
    return end;
  }

  /** The log with `shapes` as its last records, so that the next would go to `head` of the lap `cycle`. */
  endAt(head: number, cycle: number, ...shapes: RecordShape[]): void {
    this.fill(head, cycle);
    let start = head + this.blocks - shapes.reduce((sum, shape) => sum + blocksOf(shape), 0);
    for (const shape of shapes) start = this.record(start, cycle - 1, shape);
  }

  /**
   * As `endAt`, with records that say what they hold; all name that of `tail` (its index) as the tail of the log. Returns
   * where they start, counted on beyond the end of the log.
   */
  endWith(head: number, cycle: number, tail: number, records: readonly FullRecord[]): number[] {
    this.fill(head, cycle);
    const shapes = records.map(shapeOf);
    const length = shapes.reduce((sum, shape) => sum + blocksOf(shape), 0);
    const starts: number[] = [];
    let next = head + this.blocks - length;
    for (const shape of shapes) {
      starts.push(next);
      next = this.record(next, cycle - 1, shape);
    }
    const tailHeader = this.block(starts[tail] ?? 0);
    for (const [index, { operations }] of records.entries()) {
      const start = starts[index] ?? 0;
      const shape = shapes[index] ?? UNMOUNT;
      const padding = Buffer.alloc(shape.dataBlocks * BLOCK);
      this.#pack(start, shape, Buffer.concat([laidOut(operations), padding], padding.length));
      tailHeader.copy(this.block(start), 24, 16, 24);
      this.sign(start);
    }
    return starts;
  }

  /** Puts data behind a header, and the first word of each of its blocks into the headers. */
  #pack(start: number, shape: RecordShape, data: Buffer): void {
    const first = start + blocksOf(shape) - shape.dataBlocks;
    for (let index = 0; index < shape.dataBlocks; index++) {
      const block = this.block(first + index).fill(0, 4);
      data.copy(block, 4, index * BLOCK + 4, (index + 1) * BLOCK);
      const header = Math.floor(index / WORDS_PER_HEADER);
      const word = (header === 0 ? 44 : 4) + 4 * (index % WORDS_PER_HEADER);
      data.copy(this.block(start + header), word, index * BLOCK, index * BLOCK + 4);
    }
  }

  /** Where the record around a byte of the image starts; `undefined`: in none. */
  recordAround(at: number): number | undefined {
    const number = Math.floor((at - this.offsetBytes) / BLOCK);
    if (number < 0 || number >= this.blocks) return undefined;
    for (let back = 0; back < LONGEST_RECORD; back++) {
      const start = (number - back + this.blocks) % this.blocks;
      if (this.block(start).readUInt32BE(0) === MAGIC) return start;
    }
    return undefined;
  }

  /** Makes the checksum of the record at `start` right again, as far as its lengths are possible. */
  sign(start: number, write: Write = (at, bytes) => this.image.set(bytes, at)): void {
    const header = this.block(start);
    const [lengthBytes, sizeBytes] = [header.readUInt32BE(12), header.readUInt32BE(320)];
    if (lengthBytes > LONGEST_RECORD * BLOCK || sizeBytes > LONGEST_RECORD * BLOCK) return;
    const headers = blocksOf({ dataBlocks: 0, sizeBytes });
    let sum = crc32c(0xffffffff, header.subarray(0, 32));
    sum = crc32c(sum, new Uint8Array(4));
    sum = crc32c(sum, header.subarray(36, HEADER_BYTES));
    for (let further = 1; further < Math.ceil(lengthBytes / 32768); further++) {
      sum = crc32c(sum, this.block(start + further).subarray(0, 4 + 4 * WORDS_PER_HEADER));
    }
    for (let done = 0; done < lengthBytes; done += BLOCK) {
      const block = this.block(start + headers + done / BLOCK);
      sum = crc32c(sum, block.subarray(0, Math.min(BLOCK, lengthBytes - done)));
    }
    const stored = Buffer.alloc(4);
    stored.writeUInt32LE(~sum >>> 0);
    write(this.offsetBytes + (start % this.blocks) * BLOCK + 32, stored);
  }
}

/** An operation of a transaction. */
export function operation(transaction: number, flags: number, region: Buffer = Buffer.alloc(0)): Operation {
  return { transaction, client: 0x69, flags, region };
}

/** The operations of a whole transaction with these regions. */
export function transactionOf(transaction: number, ...regions: Buffer[]): Operation[] {
  const header = Buffer.alloc(16);
  for (const [index, word] of [0x5452414e, 40, transaction, regions.length].entries()) {
    header.writeUInt32LE(word, 4 * index);
  }
  const parts = [header, ...regions].map((region) => operation(transaction, 0, region));
  return [operation(transaction, 1), ...parts, operation(transaction, 2)];
}

/** A buffer item that logs pieces of 128 bytes: its format and the regions, a run of pieces each. */
export function bufferItem(
  bytes: Buffer,
  options: { block?: bigint; flags?: number; runs?: readonly (readonly [first: number, count: number])[] } = {},
): Buffer[] {
  const { block = 0n, flags = 0x9000, runs = [[0, 3]] } = options;
  const words = Math.ceil(bytes.length / 128 / 32);
  const format = Buffer.alloc(20 + 4 * words);
  format.writeUInt16LE(0x123c, 0);
  format.writeUInt16LE(1 + runs.length, 2);
  format.writeUInt16LE(flags, 4);
  format.writeUInt16LE(bytes.length / BLOCK, 6);
  format.writeBigInt64LE(block, 8);
  format.writeUInt32LE(words, 16);
  for (const [first, count] of runs) {
    for (let bit = first; bit < first + count; bit++) {
      const byte = 20 + (bit >>> 3);
      format.writeUInt8(format.readUInt8(byte) | (1 << (bit & 7)), byte);
    }
  }
  const regions = runs.map(([first, count]) => Buffer.from(bytes.subarray(first * 128, (first + count) * 128)));
  return [format, ...regions];
}

/** The superblock's sector of an image, with other counters than it has in place. */
export function countedSuperblock(image: Buffer): Buffer {
  const sector = Buffer.from(image.subarray(0, image.readUInt16BE(102)));
  for (const [at, value] of [
    [128, 704n],
    [136, 61n],
    [144, 1021n],
  ] as const) {
    sector.writeBigUInt64BE(value, at);
  }
  return sector;
}

/** Makes the log of an image that of a frozen file system: two changes of the superblock, of which the last is new. */
export function freezeLog(image: Buffer, head = 900): LogWriter {
  const log = new LogWriter(image);
  const change = (transaction: number) => ({
    operations: transactionOf(transaction, ...bufferItem(countedSuperblock(image))),
  });
  log.endWith(head, 5, 0, [change(0x3c64247d), change(0x85345d2e)]);
  return log;
}
