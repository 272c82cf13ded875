/** Tasks that pretend to work, one after another: they go through their phases in a few seconds. */
import { randomUUID } from 'node:crypto';
import { EventEmitter, on } from 'node:events';
import type { MessageId, Phase, Progress, SnapshotFill, TaskResult, TaskSnapshot, WireError } from '#contract';

const STEP_MS = 100;
/** No estimate in the first seconds, as in the engine. */
const FIRST_ETA_SECONDS = 1.5;
/** What goes wrong does so when this much is done. */
const FAILS_AT = 0.6;

export interface PretendedWork {
  kind: TaskSnapshot['kind'];
  subject: string;
  phases: readonly Phase[];
  totalBytes: number;
  seconds: number;
  outcome: { result: TaskResult } | { error: WireError };
  warnings?: readonly string[];
  /** Their messages, in their order. */
  warningIds?: readonly MessageId[];
  /** When it succeeded. */
  done?: (() => void) | undefined;
  /** How full the snapshot is when a part (0 to 1) of the work is done. */
  fill?: ((part: number) => SnapshotFill) | undefined;
}

const COMMANDS = {
  backup: (subject: string) => `stillframe backup image ${subject}`,
  restore: () => '',
  check: () => 'stillframe check',
  expire: () => 'stillframe expire',
  prune: () => 'stillframe prune',
} as const satisfies Record<TaskSnapshot['kind'], (subject: string) => string>;

/** Rates as a disk has them: they start slowly, swing, and dip now and then. */
function ratesAt(kind: TaskSnapshot['kind'], phase: Phase, elapsed: number): Pick<Progress, 'readRate' | 'storeRate'> {
  if (!['store', 'write', 'verify', 'repack'].includes(phase)) return { readRate: 0, storeRate: 0 };
  const ramp = Math.min(1, elapsed / 3);
  const dip = Math.sin(elapsed * 0.9) > 0.92 ? 0.35 : 1;
  const readRate = ramp * dip * (612_000_000 + 9e7 * Math.sin(elapsed * 1.3));
  if (kind === 'check' || phase === 'verify') return { readRate, storeRate: 0 };
  const storeRate = ramp * dip * (kind === 'restore' ? 340_000_000 : 38_000_000) * (1 + 0.24 * Math.sin(elapsed * 2.1));
  return { readRate, storeRate };
}

export class FixtureTasks {
  readonly #tasks = new Map<string, TaskSnapshot>();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  /** Not ended, in their order; the first one runs. */
  readonly #queue: { id: string; work: PretendedWork }[] = [];

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
    if (task?.state !== 'queued') return;
    this.#leaveQueue(id);
    this.#end(task, { state: 'cancelled', error: { code: 'CANCELLED', message: 'cancelled', details: {} } });
  }

  start(work: PretendedWork): { taskId: string } {
    const id = randomUUID();
    this.#put({
      id,
      kind: work.kind,
      subject: work.subject,
      state: 'queued',
      queuedAt: new Date().toISOString(),
      phasesDone: [],
      command: COMMANDS[work.kind](work.subject),
      hasBlocks: work.kind === 'backup',
      warnings: [],
    });
    this.#queue.push({ id, work });
    if (this.#queue.length === 1) this.#run();
    return { taskId: id };
  }

  #leaveQueue(id: string): void {
    const index = this.#queue.findIndex((waiting) => waiting.id === id);
    if (index >= 0) this.#queue.splice(index, 1);
  }

  /** Runs the first of the queue to its end, then the next. */
  #run(): void {
    const [first] = this.#queue;
    const queued = first ? this.#tasks.get(first.id) : undefined;
    if (!first || !queued) return;
    const { id, work } = first;
    this.#put({
      ...queued,
      state: 'running',
      startedAt: new Date().toISOString(),
      warnings: [...(work.warnings ?? [])],
      ...(work.warningIds ? { warningIds: [...work.warningIds] } : {}),
    });
    let elapsed = 0;
    const timer = setInterval(() => {
      const task = this.#tasks.get(id);
      if (!task) return;
      elapsed += STEP_MS / 1000;
      if (!this.#step(task, work, elapsed)) return;
      clearInterval(timer);
      this.#leaveQueue(id);
      this.#run();
    }, STEP_MS);
  }

  /** One tenth of a second; true when it was the last one. */
  #step(task: TaskSnapshot, work: PretendedWork, elapsed: number): boolean {
    if (task.state === 'cancelling') {
      this.#end(task, { state: 'cancelled', error: { code: 'CANCELLED', message: 'cancelled', details: {} } });
      return true;
    }
    const part = Math.min(1, elapsed / work.seconds);
    if (part >= 1 || ('error' in work.outcome && part > FAILS_AT)) {
      if ('error' in work.outcome) this.#end(task, { state: 'failed', error: work.outcome.error });
      else {
        work.done?.();
        this.#end(task, { state: 'succeeded', phasesDone: [...work.phases], result: work.outcome.result });
      }
      return true;
    }
    this.#put({ ...task, ...progressAt(work, part, elapsed) });
    return false;
  }

  #end(task: TaskSnapshot, end: Partial<TaskSnapshot>): void {
    this.#put({ ...task, ...end, finishedAt: new Date().toISOString() });
  }
}

function progressAt(work: PretendedWork, part: number, elapsed: number): Pick<TaskSnapshot, 'phasesDone' | 'progress'> {
  const index = Math.min(work.phases.length - 1, Math.floor(part * work.phases.length));
  const phase = work.phases[index] ?? 'plan';
  const left = work.seconds - elapsed;
  return {
    phasesDone: work.phases.slice(0, index),
    progress: {
      phase,
      bytesDone: Math.floor(part * work.totalBytes),
      bytesTotal: work.totalBytes,
      ...ratesAt(work.kind, phase, elapsed),
      storedBytes: Math.floor(part * work.totalBytes * 0.06),
      ...(work.fill && index > 0 && part < 0.9 ? { snapshot: work.fill(part) } : {}),
      ...(elapsed > FIRST_ETA_SECONDS ? { etaSeconds: { low: left * 40, high: left * 60 } } : {}),
    },
  };
}
