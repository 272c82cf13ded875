/** Hands changes of tasks to any number of readers, each at its own pace. */
import type { TaskSnapshot } from '#contract';

/** The hub that the registry publishes to. */
export class TaskFeed implements Disposable {
  readonly #watches = new Set<TaskWatch>();
  #closed = false;

  /** Gives `snapshot` to every reader. */
  publish(snapshot: TaskSnapshot): void {
    for (const watch of this.#watches) watch.offer(snapshot);
  }

  /** A task that is no longer kept: unread states of it are dropped, so that a reader that stopped holds no more. */
  forget(taskId: string): void {
    for (const watch of this.#watches) watch.forget(taskId);
  }

  /** Starts a reader with `now` as its first items. It ends when `signal` aborts, on `return()` and on dispose. */
  watch(now: readonly TaskSnapshot[], signal?: AbortSignal): AsyncIterableIterator<TaskSnapshot> {
    const watch = new TaskWatch(() => this.#watches.delete(watch), signal);
    if (signal?.aborted === true) watch.end();
    for (const snapshot of now) watch.offer(snapshot);
    if (this.#closed) watch.end();
    else if (signal?.aborted !== true) this.#watches.add(watch);
    return watch;
  }

  /** Ends every reader once it has read what is pending. */
  [Symbol.dispose](): void {
    this.#closed = true;
    for (const watch of this.#watches) watch.end();
  }
}

type Waiter = (result: IteratorResult<TaskSnapshot, undefined>) => void;

/**
 * One reader. States that it has not read yet are kept once per task, the latest only: its memory is bounded by the
 * number of tasks however slow it is.
 */
class TaskWatch implements AsyncIterableIterator<TaskSnapshot, undefined> {
  readonly #pending = new Map<string, TaskSnapshot>();
  readonly #waiters: Waiter[] = [];
  readonly #onEnd: () => void;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#stop();
  #ended = false;

  constructor(onEnd: () => void, signal: AbortSignal | undefined) {
    this.#onEnd = onEnd;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  offer(snapshot: TaskSnapshot): void {
    if (this.#ended) return;
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) waiter({ done: false, value: snapshot });
    else this.#pending.set(snapshot.id, snapshot);
  }

  forget(taskId: string): void {
    this.#pending.delete(taskId);
  }

  /** No more items; what is pending can still be read. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#onEnd();
    for (const waiter of this.#waiters.splice(0)) waiter({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<TaskSnapshot, undefined>> {
    for (const [id, value] of this.#pending) {
      this.#pending.delete(id);
      return Promise.resolve({ done: false, value });
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  return(): Promise<IteratorResult<TaskSnapshot, undefined>> {
    this.#stop();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #stop(): void {
    this.#pending.clear();
    this.end();
  }
}
