/** What a restore has already done to its target, for the error of a failed one. */
import type { ByteRange } from '#contract';

/** Longer lists are shortened to their first and last ranges. */
const MAX_RANGES = 200;

/** Collects written ranges by block number and reports them merged. */
export class WrittenRanges {
  readonly #touched: Uint8Array;
  readonly #starts: Float64Array;

  /** `starts`: byte offset of each block and the end. */
  constructor(starts: Float64Array) {
    this.#starts = starts;
    this.#touched = new Uint8Array(Math.max(0, starts.length - 1));
  }

  /** Marks the block that starts at `offsetBytes`; recorded before it is written, so nothing is left out. */
  markAt(offsetBytes: number): void {
    this.#touched[this.#blockAt(offsetBytes)] = 1;
  }

  /** Marks every block of a range. */
  markRange(offsetBytes: number, lengthBytes: number): void {
    for (let i = this.#blockAt(offsetBytes); (this.#starts[i] ?? Infinity) < offsetBytes + lengthBytes; i++) {
      if (i >= this.#touched.length) return;
      this.#touched[i] = 1;
    }
  }

  /** Merged ranges in ascending order; the middle of a very long list is left out. */
  ranges(): ByteRange[] {
    const ranges: ByteRange[] = [];
    for (let i = 0; i < this.#touched.length; i++) {
      if (!this.#touched[i]) continue;
      const first = i;
      while (i < this.#touched.length && this.#touched[i]) i++;
      const offsetBytes = this.#starts[first] ?? 0;
      ranges.push({ offsetBytes, lengthBytes: (this.#starts[i] ?? offsetBytes) - offsetBytes });
    }
    if (ranges.length <= MAX_RANGES) return ranges;
    return [...ranges.slice(0, MAX_RANGES / 2), ...ranges.slice(-MAX_RANGES / 2)];
  }

  #blockAt(offsetBytes: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= offsetBytes) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
