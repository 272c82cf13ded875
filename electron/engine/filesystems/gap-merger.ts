/** Keeps the list of runs short while it is made: a fragmented volume of terabytes has tens of millions of them. */
import { ExtentBuilder, type Extents } from '../base/extents.ts';

/** An `ExtentBuilder` that joins runs over gaps of at most `gapBytes`. */
export class GapMerger {
  readonly #builder = new ExtentBuilder();
  readonly #gapBytes: number;
  #start = 0;
  #end = 0;

  constructor(gapBytes: number) {
    this.#gapBytes = gapBytes;
  }

  /** Adds a run that starts at or after the end of the last one. Empty runs are ignored. */
  add(offsetBytes: number, lengthBytes: number): void {
    if (lengthBytes <= 0) return;
    if (this.#end > this.#start && offsetBytes - this.#end <= this.#gapBytes) {
      this.#end = offsetBytes + lengthBytes;
      return;
    }
    this.#builder.add(this.#start, this.#end - this.#start);
    this.#start = offsetBytes;
    this.#end = offsetBytes + lengthBytes;
  }

  /** Everything so far; nothing may be added afterwards. */
  build(): Extents {
    this.#builder.add(this.#start, this.#end - this.#start);
    return this.#builder.build();
  }
}
