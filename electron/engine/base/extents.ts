/** Sorted runs of bytes on a volume, in a typed array so that millions of them stay small. */
import type { ByteRange } from '#contract';

/** Sorted, disjoint, non-empty `[offsetBytes, lengthBytes]` pairs. */
export type Extents = Float64Array;

/** Collects runs in ascending order and merges the ones that touch. */
export class ExtentBuilder {
  #pairs = new Float64Array(1024);
  #length = 0;

  /** Adds a run; `offsetBytes` may not lie before the start of the last one. Empty runs are ignored. */
  add(offsetBytes: number, lengthBytes: number): void {
    if (lengthBytes <= 0) return;
    const last = this.#length - 2;
    const lastOffset = this.#pairs[last] ?? 0;
    const lastEnd = lastOffset + (this.#pairs[last + 1] ?? 0);
    if (last >= 0 && offsetBytes <= lastEnd) {
      if (offsetBytes < lastOffset) throw new RangeError('runs must be added in ascending order');
      this.#pairs[last + 1] = Math.max(lastEnd, offsetBytes + lengthBytes) - lastOffset;
      return;
    }
    if (this.#length === this.#pairs.length) {
      const grown = new Float64Array(this.#pairs.length * 2);
      grown.set(this.#pairs);
      this.#pairs = grown;
    }
    this.#pairs[this.#length++] = offsetBytes;
    this.#pairs[this.#length++] = lengthBytes;
  }

  /** The runs so far, as a copy of exact length. */
  build(): Extents {
    return this.#pairs.slice(0, this.#length);
  }
}

/** The whole volume as one run. */
export function wholeVolume(sizeBytes: number): Extents {
  return sizeBytes > 0 ? Float64Array.of(0, sizeBytes) : new Float64Array();
}

/** Sum of the lengths, bytes. */
export function extentBytes(extents: Extents): number {
  let sum = 0;
  for (let i = 1; i < extents.length; i += 2) sum += extents[i] ?? 0;
  return sum;
}

/** The runs as plain objects, for small lists only. */
export function toRanges(extents: Extents): ByteRange[] {
  const ranges: ByteRange[] = [];
  for (let i = 0; i < extents.length; i += 2) {
    ranges.push({ offsetBytes: extents[i] ?? 0, lengthBytes: extents[i + 1] ?? 0 });
  }
  return ranges;
}

function hasGapUpTo(extents: Extents, gapBytes: number): boolean {
  for (let i = 2; i < extents.length; i += 2) {
    const end = (extents[i - 2] ?? 0) + (extents[i - 1] ?? 0);
    if ((extents[i] ?? 0) - end <= gapBytes) return true;
  }
  return false;
}

/**
 * Merges runs over gaps of at most `gapBytes` (`imagegapsize`: a gap of exactly the size is still sent, only a
 * strictly larger one is skipped). 0 means everything, the unused tail included. May return `extents` itself.
 */
export function mergeGaps(extents: Extents, gapBytes: number, sizeBytes: number): Extents {
  if (gapBytes === 0) return wholeVolume(sizeBytes);
  // Millions of runs that were merged while they were found are not copied again.
  if (!hasGapUpTo(extents, gapBytes)) return extents;
  const merged = new Float64Array(extents.length);
  let length = 0;
  for (let i = 0; i < extents.length; i += 2) {
    const offset = extents[i] ?? 0;
    const size = extents[i + 1] ?? 0;
    const lastOffset = merged[length - 2] ?? 0;
    const lastEnd = lastOffset + (merged[length - 1] ?? 0);
    if (length > 0 && offset - lastEnd <= gapBytes) {
      merged[length - 1] = offset + size - lastOffset;
    } else {
      merged[length++] = offset;
      merged[length++] = size;
    }
  }
  return merged.slice(0, length);
}

/** Clips runs to `[0, sizeBytes)`. */
export function clipExtents(extents: Extents, sizeBytes: number): Extents {
  const builder = new ExtentBuilder();
  for (let i = 0; i < extents.length; i += 2) {
    const offset = extents[i] ?? 0;
    if (offset >= sizeBytes) break;
    builder.add(offset, Math.min(extents[i + 1] ?? 0, sizeBytes - offset));
  }
  return builder.build();
}
