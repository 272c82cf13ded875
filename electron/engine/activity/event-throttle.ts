/** Limits how often something is said without ever losing the last word. */
import type { Clock } from '../ports.ts';

/** Calls `emit` at most once per interval: the first request at once, later ones together when the interval is over. */
export class EventThrottle implements Disposable {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #emit: () => void;
  #lastAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: Clock, intervalMs: number, emit: () => void) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#emit = emit;
  }

  /** Emits now, or when the interval is over. */
  request(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#lastAt + this.#intervalMs - this.#clock.monotonic();
    if (wait <= 0) {
      this.flush();
      return;
    }
    this.#timer = setTimeout(() => this.flush(), wait);
    // The work keeps the process alive, not its progress.
    this.#timer.unref();
  }

  /** Emits now, whatever the interval says; a pending request is served by it. */
  flush(): void {
    this[Symbol.dispose]();
    this.#lastAt = this.#clock.monotonic();
    this.#emit();
  }

  /** Forgets a pending request. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
