/** What becomes of each pack: the decision alone, without reading or writing anything. As restic decides. */
import { PACK_TARGET_BYTES } from '../pack-writer.ts';
import { HAS_DATA, type PackTable } from './pack-table.ts';

export const KEEP = 0;
/** Nothing in it is needed. */
export const REMOVE = 1;
/** What is needed is written anew, then it is removed. */
export const REPACK = 2;

const DEFAULT_MAX_UNUSED_PERCENT = 5;
/** restic's smallest pack. Packs smaller than four fifths of it are worth merging. */
const MIN_PACK_BYTES = 4 << 20;
const SMALL_SHARE = 0.8;
/** Full, small packs are merged if there are this many: else a repository with one would be rewritten for ever. */
const MERGED_PACKS = 10;
/** Packs with a larger blob are never repacked: it would have to be held in memory. Bytes. */
const LARGEST_REPACKED_BYTES = 256 << 20;

export interface DecisionLimits {
  maxUnusedPercent?: number | undefined;
  /** Needed bytes that may be written anew. */
  maxRepackBytes?: number | undefined;
}

/** `KEEP`, `REMOVE` or `REPACK` by pack number. A missing pack of which nothing is needed is removed (from the index). */
export function decidePacks(table: PackTable, limits: DecisionLimits): Uint8Array {
  const actions = new Uint8Array(table.sizes.length);
  const small = SMALL_SHARE * smallestUsualBytes(table.sizes);
  const isSmall = (pack: number): boolean => (table.sizes[pack] ?? 0) < small;
  const isData = (pack: number): boolean => table.kinds[pack] === HAS_DATA;
  const wasteful: number[] = [];
  const mergeable: number[] = [];
  let unusedBytes = 0;
  let usedBytes = 0;
  for (let pack = 0; pack < actions.length; pack++) {
    usedBytes += table.usedBytes[pack] ?? 0;
    if (table.usedBlobs[pack] === 0) {
      actions[pack] = REMOVE;
      continue;
    }
    unusedBytes += table.unusedBytes[pack] ?? 0;
    if ((table.largestBytes[pack] ?? 0) > LARGEST_REPACKED_BYTES) continue;
    if (table.unusedBlobs[pack] === 0 && !isMixed(table, pack)) {
      if (isSmall(pack)) mergeable.push(pack);
    } else {
      wasteful.push(pack);
    }
  }
  const candidates = mergeable.length >= MERGED_PACKS ? [...wasteful, ...mergeable] : wasteful;
  // Trees are small, and small packs are cheap to move: they come first. Then those with most waste.
  candidates.sort(
    (a, b) =>
      Number(isData(a)) - Number(isData(b)) ||
      Number(isSmall(b)) - Number(isSmall(a)) ||
      waste(table, b) - waste(table, a),
  );

  const maxUnusedBytes = unusedLimit(usedBytes, limits.maxUnusedPercent ?? DEFAULT_MAX_UNUSED_PERCENT);
  let leftToWrite = limits.maxRepackBytes ?? Number.POSITIVE_INFINITY;
  for (const pack of candidates) {
    const isWorthIt = unusedBytes > maxUnusedBytes || isSmall(pack) || !isData(pack);
    const needed = table.usedBytes[pack] ?? 0;
    if (!isWorthIt || needed > leftToWrite) continue;
    leftToWrite -= needed;
    unusedBytes -= table.unusedBytes[pack] ?? 0;
    actions[pack] = REPACK;
  }
  return actions;
}

/** restic's third percentile, so that a repository whose packs are all alike is left alone. */
function smallestUsualBytes(sizes: Float64Array): number {
  const sorted = sizes.slice().sort();
  const third = sorted[Math.floor((sorted.length * 3) / 100)] ?? 0;
  // Never more than what a new pack of ours has, or it would be rewritten by each prune.
  return Math.min(PACK_TARGET_BYTES, Math.max(MIN_PACK_BYTES, third));
}

/** Unused bytes that may stay so that they are at most `percent` of the whole. */
function unusedLimit(usedBytes: number, percent: number): number {
  return percent >= 100 ? Number.POSITIVE_INFINITY : (usedBytes * percent) / (100 - percent);
}

function isMixed(table: PackTable, pack: number): boolean {
  const kinds = table.kinds[pack] ?? 0;
  return (kinds & (kinds - 1)) !== 0;
}

function waste(table: PackTable, pack: number): number {
  return (table.unusedBytes[pack] ?? 0) / Math.max(1, table.usedBytes[pack] ?? 0);
}
