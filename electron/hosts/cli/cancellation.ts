/** Signals that end a run: they cancel it, and it ends once everything it held was released. */
import { EngineError, throwIfCancelled } from '#engine/base/errors.ts';

/** The part of `process` that this needs. */
export interface SignalSource {
  on(event: string, listener: () => void): unknown;
}

/** `disconnect`: the launcher that started us is gone. */
const EVENTS = ['SIGINT', 'SIGTERM', 'disconnect'] as const;
/** Ends one command of an interactive session; the others end the session. */
const INTERRUPT = 'SIGINT';

/**
 * restic asks whether the holder of a lock is alive by sending it SIGHUP, so that must not end a run; a run whose
 * terminal was closed goes on to its end.
 */
const IGNORED_EVENT = 'SIGHUP';

/** A terminal sends Ctrl+C to the launcher and to us, and the launcher passes it on: that is one interrupt. */
const SAME_INTERRUPT_MS = 500;

/**
 * Turns SIGINT and SIGTERM into an `AbortSignal`. It listens until the process exits: an interrupt that comes
 * while the last lines are written must not replace the return code.
 */
export class Cancellation {
  #controller = new AbortController();
  readonly #ending = new AbortController();
  readonly #notify: (text: string) => void;
  readonly #now: () => number;
  #last = 0;

  constructor(source: SignalSource, notify: (text: string) => void, now: () => number = () => performance.now()) {
    this.#notify = notify;
    this.#now = now;
    for (const event of EVENTS) source.on(event, () => this.#interrupted(event));
    source.on(IGNORED_EVENT, () => undefined);
  }

  /** Aborted once the command that runs is to end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Aborted once a whole session is to end. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Before the next command of an interactive session: an interrupt of the one before counts no longer. */
  renew(): void {
    if (this.signal.aborted && !this.ending.aborted) this.#controller = new AbortController();
  }

  /** The promise, or `CANCELLED` as soon as a signal comes: for calls that hold nothing. */
  async race<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    throwIfCancelled(signal);
    const cancelled = Promise.withResolvers<never>();
    const abort = () => cancelled.reject(new EngineError('CANCELLED'));
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([promise, cancelled.promise]);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  readonly #interrupted = (event: (typeof EVENTS)[number]) => {
    const now = this.#now();
    if (event !== INTERRUPT) this.#ending.abort();
    if (!this.signal.aborted) {
      this.#notify('Cancelling. Please wait until devices, mounts and locks are released.');
      this.#controller.abort();
    } else if (now - this.#last > SAME_INTERRUPT_MS) {
      this.#notify('Still releasing. Interrupting again does not make it faster, and it keeps your volumes safe.');
    } else return;
    this.#last = now;
  };
}
