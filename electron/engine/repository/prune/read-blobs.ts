/** Reading the blobs that are to be moved out of a pack: neighbours together, and a little ahead of who takes them. */
import { throwIfCancelled } from '../../base/errors.ts';
import type { GrowingBlobIndex } from '../blob-index.ts';
import type { Session } from '../session.ts';
import type { Id } from '../types.ts';
import { BufferPool } from './buffer-pool.ts';

/** Bytes that are read at once; a larger blob is read alone. */
const RANGE_BYTES = 8 << 20;
/** Reading over an unneeded stretch is quicker than another read, up to this many bytes. */
const GAP_BYTES = 512 << 10;
const RANGES_AHEAD = 2;

/** A stretch of a pack and the entries in it, by offset. */
export interface BlobRange {
  packId: Id;
  offsetBytes: number;
  lengthBytes: number;
  entries: number[];
}

/** Cuts the entries of one pack, sorted by offset, into stretches. */
export function rangesOf(index: GrowingBlobIndex, entries: readonly number[]): BlobRange[] {
  const ranges: BlobRange[] = [];
  let last: BlobRange | undefined;
  for (const entry of entries) {
    const { packId, offsetBytes, storedBytes } = index.entryAt(entry);
    const end = offsetBytes + storedBytes;
    const isNear = last !== undefined && offsetBytes - (last.offsetBytes + last.lengthBytes) <= GAP_BYTES;
    if (last !== undefined && isNear && end - last.offsetBytes <= RANGE_BYTES) {
      last.lengthBytes = Math.max(last.lengthBytes, end - last.offsetBytes);
      last.entries.push(entry);
    } else {
      last = { packId, offsetBytes, lengthBytes: storedBytes, entries: [entry] };
      ranges.push(last);
    }
  }
  return ranges;
}

/** Reads `ranges` in order, some ahead. The bytes are valid until the next one is asked for. */
export async function* readRanges(
  { backend }: Session,
  ranges: Iterable<BlobRange>,
  signal: AbortSignal,
): AsyncGenerator<{ range: BlobRange; bytes: Buffer }> {
  const pool = new BufferPool(RANGES_AHEAD + 1, RANGE_BYTES);
  const reads: { range: BlobRange; buffer: Promise<Buffer> }[] = [];
  const read = async ({ packId, offsetBytes, lengthBytes }: BlobRange): Promise<Buffer> => {
    const buffer = lengthBytes > RANGE_BYTES ? Buffer.allocUnsafeSlow(lengthBytes) : await pool.take();
    await backend.load('data', packId, offsetBytes, buffer.subarray(0, lengthBytes));
    return buffer;
  };
  const iterator = ranges[Symbol.iterator]();
  const readAhead = (): void => {
    while (reads.length < RANGES_AHEAD) {
      const next = iterator.next();
      if (next.done === true) return;
      const buffer = read(next.value);
      // It is awaited in turn; until then a failure must not count as unhandled.
      buffer.catch(() => undefined);
      reads.push({ range: next.value, buffer });
    }
  };
  try {
    for (readAhead(); reads.length > 0; readAhead()) {
      throwIfCancelled(signal);
      const first = reads.shift();
      if (first === undefined) return;
      const buffer = await first.buffer;
      try {
        yield { range: first.range, bytes: buffer.subarray(0, first.range.lengthBytes) };
      } finally {
        pool.giveBack(buffer);
      }
    }
  } finally {
    await Promise.allSettled(reads.map(({ buffer }) => buffer));
  }
}
