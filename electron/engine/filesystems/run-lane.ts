/** Runs collected out of order, for structures that are scattered over a volume. */
import { ExtentBuilder, type Extents } from '../base/extents.ts';

/** Joins runs that follow each other directly, so that neighbours in flexible block groups cost one entry. */
export class RunLane {
  #runs: number[] = [];
  #start = 0;
  #end = 0;

  /** Adds a run at any place. */
  add(offsetBytes: number, lengthBytes: number): void {
    if (lengthBytes <= 0) return;
    if (offsetBytes === this.#end && this.#end > this.#start) {
      this.#end += lengthBytes;
      return;
    }
    this.#close();
    this.#start = offsetBytes;
    this.#end = offsetBytes + lengthBytes;
  }

  #close(): void {
    if (this.#end > this.#start) this.#runs.push(this.#start, this.#end - this.#start);
  }

  /** All pairs so far, unsorted; the lane is empty afterwards. */
  take(): number[] {
    this.#close();
    const runs = this.#runs;
    this.#runs = [];
    this.#start = 0;
    this.#end = 0;
    return runs;
  }
}

/** Runs of several lanes, sorted and joined. */
export function sortedRuns(lanes: RunLane[]): Extents {
  const pairs = lanes.flatMap((lane) => lane.take());
  const order = new Uint32Array(pairs.length / 2).map((_, index) => index);
  order.sort((a, b) => (pairs[a * 2] ?? 0) - (pairs[b * 2] ?? 0));
  const builder = new ExtentBuilder();
  for (const index of order) builder.add(pairs[index * 2] ?? 0, pairs[index * 2 + 1] ?? 0);
  return builder.build();
}

/** Everything that lies in either of two sorted lists. */
export function uniteExtents(left: Extents, right: Extents): Extents {
  const builder = new ExtentBuilder();
  let l = 0;
  let r = 0;
  while (l < left.length || r < right.length) {
    const leftOffset = left[l] ?? Number.POSITIVE_INFINITY;
    const rightOffset = right[r] ?? Number.POSITIVE_INFINITY;
    if (leftOffset <= rightOffset) {
      builder.add(leftOffset, left[l + 1] ?? 0);
      l += 2;
    } else {
      builder.add(rightOffset, right[r + 1] ?? 0);
      r += 2;
    }
  }
  return builder.build();
}
