/**
 * Holds the whole master file table against `$Bitmap`. An emptied journal promises nothing: ntfs-3g empties it when it
 * mounts a volume and sets no flag while it writes, so that a copy taken meanwhile looks clean although table and
 * bitmap are of different times. Every cluster in use belongs to a run of a record in use, so a volume on which all of
 * those are marked leaves nothing out.
 */
import { ExtentBuilder } from '../../base/extents.ts';
import type { Geometry } from './boot-sector.ts';
import { PIECE_CLUSTERS, readPiece } from './cluster-bitmap.ts';
import type { DataStream } from './data-stream.ts';
import { type FileRecord, isRecordInUse, readFileRecord, recordName } from './file-record.ts';
import { isDamage, type Mft, MIRRORED_RECORDS } from './mft.ts';
import { decodeMappingPairs, HOLE } from './run-map.ts';

/** Records are read so many bytes at a time. */
const BATCH_BYTES = 1024 * 1024;
/**
 * Runs of used clusters in memory (16 MiB), give or take a piece of the bitmap. Where the volume has more, the table is
 * read again for those behind them.
 */
const MOST_RUNS = 1_000_000;

/** The used clusters of a part of the volume. */
interface Window {
  firstCluster: number;
  endCluster: number;
  /** Pairs of first cluster and count; two of them never touch. */
  runs: Float64Array;
}

async function readWindow(
  bitmap: DataStream,
  firstCluster: number,
  clusterCount: number,
  mostRuns: number,
  signal: AbortSignal | undefined,
): Promise<Window> {
  const builder = new ExtentBuilder();
  let endCluster = firstCluster;
  for (let runs = 0; endCluster < clusterCount && runs < mostRuns; ) {
    const piece = endCluster / PIECE_CLUSTERS;
    const each = (first: number, clusters: number) => {
      runs += 1;
      builder.add(first, clusters);
    };
    await readPiece(bitmap, clusterCount, piece, each, signal);
    endCluster = Math.min(clusterCount, endCluster + PIECE_CLUSTERS);
  }
  return { firstCluster, endCluster, runs: builder.build() };
}

/** First cluster of a run that is in the window and not marked; `undefined`: all are. */
function unmarkedIn({ firstCluster, endCluster, runs }: Window, lcn: number, clusters: number): number | undefined {
  const start = Math.max(lcn, firstCluster);
  const end = Math.min(lcn + clusters, endCluster);
  if (start >= end) return undefined;
  let low = 0;
  let high = runs.length / 2;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((runs[middle * 2] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const marked = low === 0 ? 0 : (runs[low * 2 - 2] ?? 0) + (runs[low * 2 - 1] ?? 0);
  return marked >= end ? undefined : Math.max(marked, start);
}

/** Why a record and the bitmap do not go together, an English clause, and how many clusters it has; never throws. */
function compare(record: FileRecord, window: Window, clusterCount: number): { why?: string; clusters: number } {
  let total = 0;
  for (const attribute of record.attributes) {
    if (attribute.resident) continue;
    const runs = decodeMappingPairs(attribute.mappingPairs, attribute.lowestVcn, clusterCount);
    if (typeof runs === 'string') return { why: `${record.structure} is damaged (${runs})`, clusters: total };
    for (const { lcn, clusters } of runs) {
      if (lcn === HOLE) continue;
      total += clusters;
      // No cluster belongs to two runs; bounds the work on a made-up table too.
      if (total > clusterCount)
        return { why: `${record.structure} has more clusters than the volume`, clusters: total };
      const free = unmarkedIn(window, lcn, clusters);
      if (free !== undefined) {
        return { why: `${record.structure} has cluster ${free}, which $Bitmap calls free`, clusters: total };
      }
    }
  }
  return { clusters: total };
}

/** True for a record that no file has: never written, or marked so. */
function isUnused(bytes: Buffer): boolean {
  if (bytes.readUInt32LE(0) === 0) return bytes.every((byte) => byte === 0);
  return bytes.toString('latin1', 0, 4) === 'FILE' && !isRecordInUse(bytes);
}

/** One record; a string says what is wrong with it, `undefined`: it is not in use. */
type Reading = FileRecord | string | undefined;

/** A record by itself. The first ones have a copy, which everybody goes by where they are damaged. */
async function readOne(
  mft: Mft,
  number: number,
  recordBytes: number,
  signal: AbortSignal | undefined,
): Promise<Reading> {
  if (number < MIRRORED_RECORDS) return await mft.file(number, signal);
  const bytes = await mft.data.read(number * recordBytes, recordBytes, signal);
  return isUnused(bytes) ? undefined : readFileRecord(bytes, number, mft.data.placeOf(number * recordBytes));
}

/**
 * Hands over every record in use, read many at a time, and singly only where one of them is damaged. Ends at the first
 * for which `why` is not `undefined`, and resolves with that. None is kept, so that a long table leaves no garbage that
 * lives long.
 */
async function firstWhy(
  mft: Mft,
  recordBytes: number,
  why: (number: number, reading: FileRecord | string) => string | undefined,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const { data } = mft;
  const records = Math.floor(Math.min(data.dataBytes, data.initializedBytes) / recordBytes);
  const perBatch = Math.max(1, BATCH_BYTES / recordBytes);
  for (let first = 0; first < records; first += perBatch) {
    const count = Math.min(perBatch, records - first);
    const batch = await data.read(first * recordBytes, count * recordBytes, signal).catch((error: unknown) => {
      // A bad sector: the records around it can be read.
      if (!isDamage(error)) throw error;
      return undefined;
    });
    for (let number = first; number < first + count; number++) {
      let reading: Reading;
      if (batch === undefined || number < MIRRORED_RECORDS) reading = await readOne(mft, number, recordBytes, signal);
      else {
        const at = (number - first) * recordBytes;
        const bytes = batch.subarray(at, at + recordBytes);
        if (isUnused(bytes)) continue;
        reading = readFileRecord(bytes, number, data.placeOf(number * recordBytes));
      }
      const found = reading === undefined ? undefined : why(number, reading);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/**
 * Why the table and the bitmap cannot be of the same time, an English clause; `undefined`: every cluster of every file
 * is marked. Reads the whole table, once for about `mostRuns` runs of used clusters. Throws `FILESYSTEM_DAMAGED` where
 * it cannot be read.
 */
export async function whyFilesAreUnmarked(
  mft: Mft,
  bitmap: DataStream,
  geometry: Geometry,
  signal: AbortSignal | undefined,
  mostRuns: number = MOST_RUNS,
): Promise<string | undefined> {
  const { clusterCount, mftRecordBytes } = geometry;
  for (let firstCluster = 0; firstCluster < clusterCount; ) {
    const window = await readWindow(bitmap, firstCluster, clusterCount, mostRuns, signal);
    firstCluster = window.endCluster;
    let total = 0;
    const compared = (number: number, record: FileRecord | string): string | undefined => {
      if (typeof record === 'string') return `${recordName(number)} is damaged (${record})`;
      const { why, clusters } = compare(record, window, clusterCount);
      total += clusters;
      return why ?? (total > clusterCount ? 'the files have more clusters than the volume' : undefined);
    };
    const why = await firstWhy(mft, mftRecordBytes, compared, signal);
    if (why !== undefined) return why;
  }
  return undefined;
}
