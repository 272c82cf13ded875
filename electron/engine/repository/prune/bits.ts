/** Sets of entry numbers of the index, one bit each: a hundred thousand blobs are 12 KiB. */

export class BitSet {
  readonly #bits: Uint8Array;

  /** For whole numbers below `size`. */
  constructor(size: number) {
    this.#bits = new Uint8Array((size + 7) >>> 3);
  }

  has(n: number): boolean {
    return ((this.#bits[n >>> 3] ?? 0) & (1 << (n & 7))) !== 0;
  }

  add(n: number): void {
    this.#bits[n >>> 3] = (this.#bits[n >>> 3] ?? 0) | (1 << (n & 7));
  }

  delete(n: number): void {
    this.#bits[n >>> 3] = (this.#bits[n >>> 3] ?? 0) & ~(1 << (n & 7));
  }
}
