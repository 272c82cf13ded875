/** Requests in XML by POST: one is answered at a time, a few wait, and one whose client went away is cancelled. */
import { EngineError } from '#engine/base/errors.ts';

/** Requests that may wait for the one that is answered. */
const MOST_WAITING = 8;

/** What answers requests in XML (hosts/adapter). */
export interface RequestAdapter {
  /** Largest request, in bytes. */
  readonly mostBytes: number;
  /** Never rejects. `understood` is false where nothing was run, because the request makes no sense. */
  answer(request: Uint8Array, signal: AbortSignal): Promise<{ xml: string; understood: boolean }>;
  /** The answer where nothing can be run because of `error`. */
  refuse(error: unknown): string;
}

/** A request adapter for several clients. */
export class AdapterEndpoint {
  readonly adapter: RequestAdapter;
  /** Ends with the request that was let in last. */
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  constructor(adapter: RequestAdapter) {
    this.adapter = adapter;
  }

  /** No further request can wait. */
  get isFull(): boolean {
    return this.#count > MOST_WAITING;
  }

  /** Waits for its turn. `undefined` where `signal` aborted before: nothing was run. */
  async answer(request: Uint8Array, signal: AbortSignal): Promise<{ xml: string; understood: boolean } | undefined> {
    this.#count++;
    let begun = false;
    const turn = this.#last.then(() => {
      if (signal.aborted) return undefined;
      begun = true;
      return this.adapter.answer(request, signal);
    });
    this.#last = turn.catch(() => undefined);
    // Whoever left the queue makes room at once.
    const gone = new Promise<void>((left) => signal.addEventListener('abort', () => left(), { once: true }));
    try {
      return await Promise.race([turn, gone.then(() => (begun ? turn : undefined))]);
    } finally {
      this.#count--;
    }
  }

  /** Resolves once nothing is answered any more. */
  async idle(): Promise<void> {
    await this.#last;
  }

  /** The document for a request that is not looked at, with why. */
  refusal(reason: string): string {
    return this.adapter.refuse(new EngineError('REQUEST_INVALID', { reason }));
  }
}
