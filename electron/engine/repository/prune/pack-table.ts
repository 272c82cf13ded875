/** What is known about every pack that the index lists, in columns by pack number, and the packs that it does not. */
import { throwIfCancelled } from '../../base/errors.ts';
import type { StoredFile } from '../backends/backend.ts';
import type { GrowingBlobIndex } from '../blob-index.ts';
import { headerBytes, headerEntryBytes } from '../pack-header.ts';
import type { Session } from '../session.ts';
import { BREATH, breathe } from './breathe.ts';

/** Kinds of blobs in a pack, as bits. */
export const HAS_DATA = 1;
export const HAS_TREE = 2;

/** Why blobs cannot be taken from a pack. */
export type PackFault = 'missing' | 'size';

export interface PackTable {
  /** Bytes of the file; 0 where it is missing. */
  sizes: Float64Array;
  /** `HAS_DATA`, `HAS_TREE`, or both. */
  kinds: Uint8Array;
  /** Packs whose file is gone, or is not as long as the index says: no blob of theirs is counted on. */
  faults: Map<number, PackFault>;
  /** Needed blobs, of which this pack holds the copy that is kept. */
  usedBlobs: Uint32Array;
  usedBytes: Float64Array;
  /** Everything else, second copies included. */
  unusedBlobs: Uint32Array;
  unusedBytes: Float64Array;
  /** Largest blob, stored bytes. */
  largestBytes: Float64Array;
  /** Packs that no index lists. */
  unlisted: StoredFile[];
}

/** Lists the packs and compares them with the index. Used and unused are all zero: see `chooseCopies`. */
export async function tabulatePacks(
  session: Session,
  index: GrowingBlobIndex,
  signal: AbortSignal | undefined,
): Promise<PackTable> {
  const count = index.packIds.length;
  const table: PackTable = {
    sizes: new Float64Array(count),
    kinds: new Uint8Array(count),
    faults: new Map(),
    usedBlobs: new Uint32Array(count),
    usedBytes: new Float64Array(count),
    unusedBlobs: new Uint32Array(count),
    unusedBytes: new Float64Array(count),
    largestBytes: new Float64Array(count),
    unlisted: [],
  };
  const isThere = new Uint8Array(count);
  for await (const file of session.backend.list('data', signal)) {
    throwIfCancelled(signal);
    const number = index.numberOf(file.name);
    if (number === undefined) table.unlisted.push(file);
    else {
      table.sizes[number] = file.sizeBytes;
      isThere[number] = 1;
    }
  }
  const expected = await expectedSizes(index, table, signal);
  for (let pack = 0; pack < count; pack++) {
    if (isThere[pack] !== 1) table.faults.set(pack, 'missing');
    else if (expected[pack] !== table.sizes[pack]) table.faults.set(pack, 'size');
  }
  return table;
}

/**
 * How long each pack must be by the index; -1 where a blob would end behind the others' lengths. So no offset or length
 * of the index points beyond the blobs of a file whose length is right.
 */
async function expectedSizes(
  index: GrowingBlobIndex,
  table: PackTable,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const blobs = new Float64Array(table.sizes.length);
  const headers = new Float64Array(table.sizes.length).fill(headerBytes(0, 0));
  const ends = new Float64Array(table.sizes.length);
  for (let entry = 0; entry < index.blobCount; entry++) {
    if (entry % BREATH === 0) await breathe(signal);
    const { packNumber: pack, kind, offsetBytes, storedBytes, compressed } = index.entryAt(entry);
    blobs[pack] = (blobs[pack] ?? 0) + storedBytes;
    headers[pack] = (headers[pack] ?? 0) + headerEntryBytes(compressed);
    ends[pack] = Math.max(ends[pack] ?? 0, offsetBytes + storedBytes);
    table.kinds[pack] = (table.kinds[pack] ?? 0) | (kind === 'tree' ? HAS_TREE : HAS_DATA);
    table.largestBytes[pack] = Math.max(table.largestBytes[pack] ?? 0, storedBytes);
  }
  return blobs.map((bytes, pack) => ((ends[pack] ?? 0) > bytes ? -1 : bytes + (headers[pack] ?? 0)));
}
