/**
 * Reading the blobs that are to be moved out of a pack: neighbours together, and a little ahead of who takes them. Each
 * is opened on the way, on threads of the addon's: what is damaged must not get into a pack whose name vouches for it.
 */
import { throwIfCancelled } from '../../base/errors.ts';
import { native } from '../../native.ts';
import type { GrowingBlobIndex } from '../blob-index.ts';
import type { Session } from '../session.ts';
import type { Id } from '../types.ts';
import { BufferPool } from './buffer-pool.ts';
import { contentOf } from './pack-of-entries.ts';

/** Bytes that are read at once; a larger blob is read alone. */
const RANGE_BYTES = 4 << 20;
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

/** A stretch that was read. */
export interface ReadRange {
  range: BlobRange;
  /** Valid until the next range is asked for. */
  bytes: Buffer;
  /** Rows of `range.entries` that are not what their ids say. */
  damaged: ReadonlySet<number>;
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

/** Reads `ranges` in order, some ahead. */
export async function* readRanges(
  { backend, key }: Session,
  index: GrowingBlobIndex,
  ranges: Iterable<BlobRange>,
  signal: AbortSignal,
): AsyncGenerator<ReadRange> {
  const pool = new BufferPool(RANGES_AHEAD + 1, RANGE_BYTES);
  const reads: { range: BlobRange; result: Promise<{ buffer: Buffer; damaged: Uint32Array }> }[] = [];
  const read = async ({ packId, offsetBytes, lengthBytes, entries }: BlobRange) => {
    const buffer = lengthBytes > RANGE_BYTES ? Buffer.allocUnsafeSlow(lengthBytes) : await pool.take();
    const bytes = buffer.subarray(0, lengthBytes);
    await backend.load('data', packId, offsetBytes, bytes);
    const offsets = entries.map((entry) => index.entryAt(entry).offsetBytes - offsetBytes);
    return { buffer, damaged: await native().damagedBlobs(key, bytes, contentOf(index, entries, offsets)) };
  };
  const iterator = ranges[Symbol.iterator]();
  const readAhead = (): void => {
    while (reads.length < RANGES_AHEAD) {
      const next = iterator.next();
      if (next.done === true) return;
      const result = read(next.value);
      // It is awaited in turn; until then a failure must not count as unhandled.
      result.catch(() => undefined);
      reads.push({ range: next.value, result });
    }
  };
  try {
    for (readAhead(); reads.length > 0; readAhead()) {
      throwIfCancelled(signal);
      const first = reads.shift();
      if (first === undefined) return;
      const { range } = first;
      const { buffer, damaged } = await first.result;
      try {
        yield { range, bytes: buffer.subarray(0, range.lengthBytes), damaged: new Set(damaged) };
      } finally {
        pool.giveBack(buffer);
      }
    }
  } finally {
    await Promise.allSettled(reads.map(({ result }) => result));
  }
}
