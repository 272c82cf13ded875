/** `$Bitmap`, one bit for every cluster, read in pieces. */
import { bitmapWords, forEachRun } from '../bitmap.ts';
import { fileSystemDamaged } from '../damage.ts';
import { ATTRIBUTE } from './attributes.ts';
import type { DataStream } from './data-stream.ts';
import { RECORD } from './file-record.ts';
import { damagedRecord, type Mft } from './mft.ts';

const PIECE_BYTES = 1024 * 1024;
/** Clusters that a piece tells about. */
export const PIECE_CLUSTERS = PIECE_BYTES * 8;
/** Pieces that `countUsed` reads at most: all of the bitmap for 256 GiB in clusters of 4 KiB. */
const MOST_COUNTED_PIECES = 8;

/** Opens the bitmap for `clusterCount` clusters. Throws `FILESYSTEM_DAMAGED` where it is shorter than that. */
export async function openBitmap(mft: Mft, clusterCount: number, signal: AbortSignal | undefined): Promise<DataStream> {
  const file = await mft.file(RECORD.bitmap, signal);
  const bitmap = await mft.stream(file, ATTRIBUTE.data, '', { structure: '$Bitmap' }, signal);
  if (bitmap === undefined) throw damagedRecord(file, 'it does not say where the bitmap lies');
  // What was never written reads as zeros, and zeros mean free: no part that counts may be like that.
  if (Math.min(bitmap.dataBytes, bitmap.initializedBytes) < Math.ceil(clusterCount / 8)) {
    throw damagedRecord(file, 'the bitmap is too short for the volume');
  }
  return bitmap;
}

/** Calls `run` for every run of used clusters of one piece; returns how many of its clusters are used. */
export async function readPiece(
  bitmap: DataStream,
  clusterCount: number,
  piece: number,
  run: (firstCluster: number, clusters: number) => void,
  signal: AbortSignal | undefined,
): Promise<number> {
  const first = piece * PIECE_CLUSTERS;
  const clusters = Math.min(PIECE_CLUSTERS, clusterCount - first);
  const bytes = await bitmap.read(piece * PIECE_BYTES, Math.ceil(clusters / 8), signal);
  // Whole words; what is filled in lies behind the last cluster.
  const padding = (4 - (bytes.length % 4)) % 4;
  const words = bitmapWords(padding === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(padding)]));
  return forEachRun(words, clusters, (at, count) => run(first + at, count));
}

/** Calls `run` for the runs of used clusters in ascending order; a run may be told in pieces. */
export async function forEachUsedRun(
  bitmap: DataStream,
  clusterCount: number,
  run: (firstCluster: number, clusters: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const pieces = Math.ceil(clusterCount / PIECE_CLUSTERS);
  for (let piece = 0; piece < pieces; piece++) await readPiece(bitmap, clusterCount, piece, run, signal);
}

/**
 * How many clusters are used, for showing: NTFS keeps no count. Of a bitmap longer than 8 MiB only evenly spread
 * pieces are read, and the rest is taken to be like them.
 */
export async function countUsed(
  bitmap: DataStream,
  clusterCount: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const pieces = Math.ceil(clusterCount / PIECE_CLUSTERS);
  const step = Math.max(1, pieces / MOST_COUNTED_PIECES);
  let used = 0;
  let seen = 0;
  for (let at = 0; at < pieces; at += step) {
    const piece = Math.floor(at);
    used += await readPiece(bitmap, clusterCount, piece, () => undefined, signal);
    seen += Math.min(PIECE_CLUSTERS, clusterCount - piece * PIECE_CLUSTERS);
  }
  return seen === clusterCount ? used : Math.round((used / seen) * clusterCount);
}

/** Fails where the bitmap says that clusters of the file system itself are free. */
export class ExpectUsed {
  readonly #bitmap: DataStream;
  readonly #wanted: readonly { structure: string; lcn: number; clusters: number }[];
  #index = 0;
  /** First cluster of the present structure that was not seen yet. */
  #next = 0;

  /** `wanted` is sorted and does not overlap. */
  constructor(bitmap: DataStream, wanted: readonly { structure: string; lcn: number; clusters: number }[]) {
    this.#bitmap = bitmap;
    this.#wanted = wanted;
    this.#next = wanted[0]?.lcn ?? 0;
  }

  /** Used clusters, in ascending order. Throws `FILESYSTEM_DAMAGED` where wanted ones were left out before them. */
  used(firstCluster: number, clusters: number): void {
    const end = firstCluster + clusters;
    for (let item = this.#wanted[this.#index]; item !== undefined && this.#next < end; ) {
      if (this.#next < firstCluster) throw this.#missing(item.structure);
      const itemEnd = item.lcn + item.clusters;
      if (itemEnd > end) {
        this.#next = end;
        return;
      }
      this.#index += 1;
      item = this.#wanted[this.#index];
      this.#next = item?.lcn ?? 0;
    }
  }

  /** To be called when all used clusters were told. */
  finish(): void {
    const item = this.#wanted[this.#index];
    if (item !== undefined) throw this.#missing(item.structure);
  }

  #missing(structure: string): Error {
    const place = this.#bitmap.placeOf(Math.floor(this.#next / 8));
    const reason = `$Bitmap says that cluster ${this.#next} is free, but it belongs to ${structure}.`;
    return fileSystemDamaged('$Bitmap', place, reason);
  }
}
