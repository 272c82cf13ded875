/** A backend that stops working at a chosen change, as if the process were killed or the medium refused. */
import type { Backend } from '../repository/index.ts';

/** `kill`: nothing works from then on. `fail`: only that change fails. Either before it took effect, or after. */
export interface Fault {
  /** Changes (files saved or removed) that still work. */
  after: number;
  mode: 'kill' | 'fail';
  /** The last change took effect although it was reported as failed. */
  late: boolean;
}

/** What a faulty backend throws. */
export class InjectedFault extends Error {}

/** Passes everything on to `inner` until a fault is armed and its time has come. */
export class FaultyBackend implements Backend {
  readonly #inner: Backend;
  #fault: Fault | undefined;
  #changes = 0;
  #isDead = false;

  constructor(inner: Backend) {
    this.#inner = inner;
  }

  get location(): string {
    return this.#inner.location;
  }

  /** Changes since `arm`. */
  get changes(): number {
    return this.#changes;
  }

  arm(fault: Fault | undefined): void {
    this.#fault = fault;
    this.#changes = 0;
  }

  async create(): Promise<void> {
    await this.#inner.create();
  }

  async *list(...[kind, signal]: Parameters<Backend['list']>): ReturnType<Backend['list']> & AsyncGenerator {
    this.#assertAlive();
    yield* this.#inner.list(kind, signal);
  }

  async save(...[kind, name, bytes]: Parameters<Backend['save']>): Promise<void> {
    await this.#change(() => this.#inner.save(kind, name, bytes));
  }

  async load(...[kind, name, offset, buffer]: Parameters<Backend['load']>): Promise<void> {
    this.#assertAlive();
    await this.#inner.load(kind, name, offset, buffer);
  }

  async loadAll(...[kind, name, limit]: Parameters<Backend['loadAll']>): Promise<Buffer> {
    this.#assertAlive();
    return this.#inner.loadAll(kind, name, limit);
  }

  async size(...[kind, name]: Parameters<Backend['size']>): Promise<number> {
    this.#assertAlive();
    return this.#inner.size(kind, name);
  }

  async exists(...[kind, name]: Parameters<Backend['exists']>): Promise<boolean> {
    this.#assertAlive();
    return this.#inner.exists(kind, name);
  }

  async remove(...[kind, name]: Parameters<Backend['remove']>): Promise<void> {
    await this.#change(() => this.#inner.remove(kind, name));
  }

  async removeAll(...[kind, names, signal, onRemoved]: Parameters<Backend['removeAll']>): Promise<void> {
    for (const name of names) {
      signal?.throwIfAborted();
      await this.#change(() => this.#inner.removeAll(kind, [name]));
      onRemoved?.(name);
    }
  }

  async removeLeftovers(): Promise<number> {
    this.#assertAlive();
    return this.#inner.removeLeftovers();
  }

  async listsAtOnce(): Promise<boolean> {
    return this.#inner.listsAtOnce();
  }

  async space(): ReturnType<Backend['space']> {
    return this.#inner.space();
  }

  #assertAlive(): void {
    if (this.#isDead) throw new InjectedFault('The process was killed.');
  }

  async #change(change: () => Promise<void>): Promise<void> {
    this.#assertAlive();
    const fault = this.#fault;
    const isNow = fault !== undefined && this.#changes === fault.after;
    this.#changes++;
    if (!isNow) {
      await change();
      return;
    }
    this.#isDead = fault.mode === 'kill';
    if (fault.late) await change();
    throw new InjectedFault('The change failed.');
  }
}
