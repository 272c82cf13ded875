/** Tasks that pretend to work: they go through their phases in a few seconds. */
import { randomUUID } from 'node:crypto';
import { EventEmitter, on } from 'node:events';
import type { Phase, SnapshotFill, TaskResult, TaskSnapshot, WireError } from '#contract';

const STEP_MS = 100;

export interface PretendedWork {
  kind: TaskSnapshot['kind'];
  subject: string;
  phases: readonly Phase[];
  totalBytes: number;
  seconds: number;
  outcome: { result: TaskResult } | { error: WireError };
  warnings?: readonly string[];
  /** How full the snapshot is when a part (0 to 1) of the work is done. */
  fill?: ((part: number) => SnapshotFill) | undefined;
}

export class FixtureTasks {
  readonly #tasks = new Map<string, TaskSnapshot>();
  readonly #changes = new EventEmitter().setMaxListeners(0);

  list(): TaskSnapshot[] {
    return [...this.#tasks.values()];
  }

  #put(task: TaskSnapshot): void {
    this.#tasks.set(task.id, task);
    this.#changes.emit('changed', task);
  }

  async *watch(signal: AbortSignal | undefined): AsyncGenerator<TaskSnapshot, void> {
    yield* this.list();
    try {
      for await (const [task] of on(this.#changes, 'changed', signal ? { signal } : {})) yield task;
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  }

  cancel(id: string): void {
    const task = this.#tasks.get(id);
    if (task?.state === 'running') this.#put({ ...task, state: 'cancelling' });
  }

  start(work: PretendedWork): { taskId: string } {
    const id = randomUUID();
    const now = new Date().toISOString();
    this.#put({
      id,
      kind: work.kind,
      subject: work.subject,
      state: 'running',
      queuedAt: now,
      startedAt: now,
      phasesDone: [],
      command: 'stillframe backup image /dev/sdb1',
      hasBlocks: work.kind === 'backup',
      warnings: [...(work.warnings ?? [])],
    });
    let elapsed = 0;
    const timer = setInterval(() => {
      const task = this.#tasks.get(id);
      if (!task) return;
      elapsed += STEP_MS / 1000;
      const finishedAt = new Date().toISOString();
      if (task.state === 'cancelling') {
        clearInterval(timer);
        this.#put({
          ...task,
          state: 'cancelled',
          finishedAt,
          error: { code: 'CANCELLED', message: 'cancelled', details: {} },
        });
        return;
      }
      const part = Math.min(1, elapsed / work.seconds);
      if (part < 1 && !('error' in work.outcome && part > 0.6)) {
        const index = Math.min(work.phases.length - 1, Math.floor(part * work.phases.length));
        const left = work.seconds - elapsed;
        this.#put({
          ...task,
          phasesDone: work.phases.slice(0, index),
          progress: {
            phase: work.phases[index] ?? 'plan',
            bytesDone: Math.floor(part * work.totalBytes),
            bytesTotal: work.totalBytes,
            readRate: 612_000_000 + 9e7 * Math.sin(elapsed * 3),
            storeRate: 38_000_000 + 9e6 * Math.sin(elapsed * 5),
            storedBytes: Math.floor(part * work.totalBytes * 0.06),
            ...(work.fill && index > 0 && part < 0.9 ? { snapshot: work.fill(part) } : {}),
            ...(elapsed > 1.5 ? { etaSeconds: { low: left * 40, high: left * 60 } } : {}),
          },
        });
        return;
      }
      clearInterval(timer);
      const done = { ...task, finishedAt };
      if ('error' in work.outcome) this.#put({ ...done, state: 'failed', error: work.outcome.error });
      else this.#put({ ...done, state: 'succeeded', phasesDone: [...work.phases], result: work.outcome.result });
    }, STEP_MS);
    return { taskId: id };
  }
}
