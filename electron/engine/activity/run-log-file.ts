/** The run log's file, which may be deleted, damaged, locked or without space at any time: nothing here throws. */
import type { Ports } from '../ports.ts';
import { type Fault, faultOf, fileIdentity, setAside } from './run-log-faults.ts';
import { openFile } from './run-log-schema.ts';
import { RunStore } from './run-log-store.ts';

/** How long nothing is tried after a failure. */
const PAUSE_MS: Record<Fault, number> = { damaged: 60_000, busy: 2_000, closed: 10_000, refused: 10_000 };

export class RunLogFile implements Disposable {
  readonly #path: string;
  readonly #ports: Pick<Ports, 'clock' | 'logger'>;
  readonly #warned = new Set<string>();
  #file: { store: RunStore; identity: string | undefined } | undefined;
  #openAgainAt = 0;
  #writeAgainAt = 0;
  #anew = false;
  #replacedAt = Number.NEGATIVE_INFINITY;

  constructor(path: string, ports: Pick<Ports, 'clock' | 'logger'>) {
    this.#path = path;
    this.#ports = ports;
  }

  /** Opens it where it is not open. `anew`: it is not the file of last time. */
  opened(): 'anew' | 'as before' | 'closed' {
    if (this.#openFile() === undefined) return 'closed';
    const anew = this.#anew;
    this.#anew = false;
    return anew ? 'anew' : 'as before';
  }

  /** The answer of the file; `undefined` where it cannot be asked. */
  read<T>(work: (store: RunStore) => T): T | undefined {
    return this.#attempt(work);
  }

  /** True where it was written. */
  write(work: (store: RunStore) => void): boolean {
    if (this.#ports.clock.now() < this.#writeAgainAt) return false;
    return (
      this.#attempt((store) => {
        work(store);
        return true;
      }) ?? false
    );
  }

  /** Forgets that it did not work a moment ago. */
  retryNow(): void {
    this.#openAgainAt = 0;
    this.#writeAgainAt = 0;
  }

  [Symbol.dispose](): void {
    this.#close();
  }

  /** Works on the file; a damaged one is set aside and the work done on a new one. `undefined` where it did not work. */
  #attempt<T>(work: (store: RunStore) => T, again = true): T | undefined {
    const store = this.#openFile();
    if (store === undefined) return undefined;
    try {
      return work(store);
    } catch (error) {
      const fault = this.#fail(error);
      return fault === 'damaged' && again ? this.#attempt(work, false) : undefined;
    }
  }

  #openFile(): RunStore | undefined {
    try {
      // Somebody may have deleted the file, or another engine may have set it aside.
      if (this.#file !== undefined && this.#file.identity !== fileIdentity(this.#path)) this.#close();
      if (this.#file !== undefined) return this.#file.store;
      if (this.#ports.clock.now() < this.#openAgainAt) return undefined;
      this.#open();
    } catch (error) {
      if (this.#fail(error) !== 'damaged') return undefined;
      try {
        this.#open();
      } catch (second) {
        this.#fail(second, false);
      }
    }
    return this.#file?.store;
  }

  #open(): void {
    const store = new RunStore(openFile(this.#path));
    this.#file = { store, identity: fileIdentity(this.#path) };
    this.#anew = true;
  }

  #close(): void {
    const store = this.#file?.store;
    this.#file = undefined;
    try {
      store?.[Symbol.dispose]();
    } catch {
      // It was given up already.
    }
  }

  #fail(error: unknown, mayReplace = true): Fault {
    let fault = faultOf(error);
    const now = this.#ports.clock.now();
    let reason = error instanceof Error ? error.message : String(error);
    if (fault === 'damaged') {
      this.#close();
      try {
        // What is wrong with one file after the other is not the files.
        if (!mayReplace || Math.abs(now - this.#replacedAt) < PAUSE_MS.damaged) throw error;
        this.#replacedAt = now;
        reason = `it was damaged and is now ${setAside(this.#path, now)}`;
      } catch {
        fault = 'closed';
      }
    }
    if (fault === 'closed') this.#close();
    if (fault !== 'damaged') {
      this.#writeAgainAt = now + PAUSE_MS[fault];
      if (this.#file === undefined) this.#openAgainAt = this.#writeAgainAt;
    }
    if (!this.#warned.has(fault)) {
      this.#warned.add(fault);
      this.#ports.logger.warn('the record of all runs cannot be used as it should', { file: this.#path, reason });
    }
    return fault;
  }
}
