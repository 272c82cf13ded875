/**
 * Asking a run of another process to stop. No signal is sent: a process id may be somebody else's by now, and a window
 * would end with all that it does. The request is an empty file named by the run's id in the state folder, which the
 * engine that has the run looks for; ids are random and never used again, so a request can never meet another run.
 */
import { access, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskSnapshot } from '#contract';
import { EngineError, errnoOf } from '../base/errors.ts';
import type { Ports } from '../ports.ts';
import { isEndedState } from './run-record.ts';
import type { TaskObserver } from './task-registry.ts';

/** How often an engine with unfinished tasks looks. */
const LOOK_INTERVAL_MS = 250;
/** Requests whose engine was killed before it saw them. */
const STALE_MS = 86_400_000;

const RUN_ID = /^[0-9a-f]{8,64}$/;

export class CancelRequests implements Disposable {
  readonly #folder: string;
  readonly #cancel: (taskId: string) => void;
  /** Unfinished tasks of this engine. */
  readonly #live = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** `cancel`: stops a task of this engine. */
  constructor({ directories }: Pick<Ports, 'directories'>, cancel: (taskId: string) => void) {
    this.#folder = join(directories.state, 'cancel');
    this.#cancel = cancel;
  }

  /** The observer, with this one told of the tasks, too. */
  observing(observer: TaskObserver): TaskObserver {
    return {
      changed: (task, request) => {
        observer.changed(task, request);
        this.#changed(task);
      },
      phase: (taskId, phase) => observer.phase(taskId, phase),
      warned: (taskId, text, messageId) => observer.warned(taskId, text, messageId),
    };
  }

  /** Leaves a request. `UNSUPPORTED_ON_HOST` where the state folder cannot be written. */
  async request(taskId: string): Promise<void> {
    if (!RUN_ID.test(taskId)) throw new EngineError('TASK_NOT_FOUND', { value: taskId });
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await this.#removeStale();
      await writeFile(this.#pathOf(taskId), '', { mode: 0o600 });
    } catch (error) {
      const reason = `The request cannot be left in ${this.#folder} (${errnoOf(error) ?? 'unknown reason'}).`;
      throw new EngineError('UNSUPPORTED_ON_HOST', { reason }, { cause: error });
    }
  }

  /** Takes a request back; nothing happens where it was seen already. */
  async withdraw(taskId: string): Promise<void> {
    if (RUN_ID.test(taskId)) await rm(this.#pathOf(taskId), { force: true }).catch(() => undefined);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #changed({ id, state }: TaskSnapshot): void {
    if (!isEndedState(state)) {
      this.#live.add(id);
      this.#timer ??= setInterval(() => void this.#look(), LOOK_INTERVAL_MS).unref();
      return;
    }
    if (this.#live.delete(id)) void this.withdraw(id);
    if (this.#live.size === 0) this[Symbol.dispose]();
  }

  async #look(): Promise<void> {
    for (const id of [...this.#live]) {
      const asked = await access(this.#pathOf(id)).then(
        () => true,
        () => false,
      );
      if (!asked || !this.#live.has(id)) continue;
      await this.withdraw(id);
      // It may have ended meanwhile, which is what was asked for.
      if (this.#live.has(id)) this.#cancel(id);
    }
  }

  async #removeStale(): Promise<void> {
    const now = Date.now();
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      const age = await stat(path).then(
        ({ mtimeMs }) => now - mtimeMs,
        () => 0,
      );
      if (RUN_ID.test(name) && age > STALE_MS) await rm(path, { force: true });
    }
  }

  #pathOf(taskId: string): string {
    return join(this.#folder, taskId);
  }
}
