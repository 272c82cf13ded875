/**
 * Buffers of one size that are used again and again: outside of JavaScript's heap, freed memory comes back late, and a
 * prune would need as much as it copies.
 */
export class BufferPool {
  readonly #sizeBytes: number;
  readonly #free: Buffer[] = [];
  readonly #waiting: ((buffer: Buffer) => void)[] = [];
  #unmade: number;

  constructor(count: number, sizeBytes: number) {
    this.#unmade = count;
    this.#sizeBytes = sizeBytes;
  }

  /** A buffer with any content; waits until one is free. */
  take(): Promise<Buffer> {
    const free = this.#free.pop();
    if (free !== undefined) return Promise.resolve(free);
    if (this.#unmade > 0) {
      this.#unmade--;
      return Promise.resolve(Buffer.allocUnsafeSlow(this.#sizeBytes));
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Takes a buffer back. One that did not come from here (it had to be larger) is left to the garbage collector. */
  giveBack(buffer: Buffer): void {
    if (buffer.length !== this.#sizeBytes) return;
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(buffer);
    else next(buffer);
  }
}
