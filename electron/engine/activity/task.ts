/** One task: its state, what it has reported, and what readers are shown of it. */
import {
  type BlockMapEvent,
  type MessageId,
  messageIdOfWarning,
  type Phase,
  type SnapshotFill,
  type TaskResult,
  type TaskSnapshot,
  type TaskState,
  type WarningKind,
  type WireError,
} from '#contract';
import type { BlockSource } from '../base/block-map.ts';
import { EngineError, isCancelled, toWireError } from '../base/errors.ts';
import type { Clock } from '../ports.ts';
import { EventThrottle } from './event-throttle.ts';
import { type ByteCounters, ProgressMeter } from './progress-meter.ts';
import { TaskBlocks } from './task-blocks.ts';
import { isEnded, transition } from './transitions.ts';

export type TaskKind = TaskSnapshot['kind'];

/** What running work is given. */
export interface TaskContext {
  readonly id: string;
  /** Aborts when the task is to stop. */
  readonly signal: AbortSignal;
  /** Enters a phase; the one before it is done. */
  phase(phase: Phase): void;
  /** Reports counters, as often as it likes. Before the first `phase` it means `plan`. */
  progress(counters: ByteCounters): void;
  /** How full the space of a snapshot is; `undefined`: there is none any more. */
  snapshot(fill: SnapshotFill | undefined): void;
  /** The volume's blocks can be looked at from now on; `source` must answer after the work's end, too. */
  blocks(source: BlockSource): void;
  /** One English sentence that the person should read even though the work goes on, and what it is about. */
  warn(text: string, kind?: WarningKind): void;
}

export type TaskRun = (context: TaskContext) => Promise<TaskResult>;

export interface TaskOptions {
  id: string;
  kind: TaskKind;
  subject: string;
  claims: readonly string[];
  queue: string | undefined;
  request?: unknown;
  command: string;
  run: TaskRun;
  clock: Clock;
  /** Told of every change that readers should see. */
  onChange(task: Task): void;
}

/** Shortest time between two events of one task: ten a second. */
export const EVENT_INTERVAL_MS = 100;
/** How often rates are refreshed while the work reports nothing. */
const HEARTBEAT_MS = 1000;
/** Warnings kept; a disk full of bad sectors must not fill memory. */
export const MAX_WARNINGS = 200;

/** A task from `queued` to its end. */
export class Task {
  readonly id: string;
  readonly claims: readonly string[];
  readonly queue: string | undefined;
  /** Resolves when the task has ended. */
  readonly ended: Promise<void>;
  readonly #options: TaskOptions;
  readonly #throttle: EventThrottle;
  readonly #abort = new AbortController();
  readonly #queuedAt: string;
  readonly #phasesDone: Phase[] = [];
  readonly #warnings: { text: string; id: MessageId }[] = [];
  #warningsLeftOut = 0;
  #state: TaskState = 'queued';
  #startedAt: string | undefined;
  #finishedAt: string | undefined;
  #meter: ProgressMeter | undefined;
  readonly #blocks = new TaskBlocks();
  #result: TaskResult | undefined;
  #error: WireError | undefined;
  readonly #resolveEnded: () => void;

  constructor(options: TaskOptions) {
    this.#options = options;
    this.id = options.id;
    this.claims = options.claims;
    this.queue = options.queue;
    this.#queuedAt = this.#instant();
    this.#throttle = new EventThrottle(options.clock, EVENT_INTERVAL_MS, () => options.onChange(this));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#resolveEnded = resolve;
  }

  get request(): unknown {
    return this.#options.request;
  }

  get state(): TaskState {
    return this.#state;
  }

  /** Its block map until it ends; of an ended task the last one. `TASK_NOT_FOUND` where there is none. */
  blocks(signal?: AbortSignal): AsyncIterable<BlockMapEvent> {
    const events = this.#blocks.watch(this.ended, signal);
    if (events === undefined) throw new EngineError('TASK_NOT_FOUND', { value: this.id });
    return events;
  }

  /** Forgets the block map of an ended task. */
  forgetBlocks(): void {
    if (isEnded(this.#state)) this.#blocks.forget();
  }

  /** Runs the work to its end; never rejects. The task must be `queued`. */
  async start(): Promise<void> {
    this.#startedAt = this.#instant();
    this.#become('running');
    const heartbeat = setInterval(() => {
      if (this.#meter !== undefined) this.#throttle.request();
    }, HEARTBEAT_MS);
    heartbeat.unref();
    try {
      this.#result = await this.#options.run(this.#context());
      this.#finishPhase();
      this.#end('succeeded');
    } catch (error) {
      this.#error = toWireError(error);
      this.#end(isCancelled(error) ? 'cancelled' : 'failed');
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** Asks the work to stop; a queued task ends at once, an ended one stays as it is. */
  cancel(): void {
    if (this.#state === 'queued') this.#end('cancelled');
    if (this.#state !== 'running') return;
    this.#become('cancelling');
    this.#abort.abort();
  }

  /** The task as plain data, a copy. */
  snapshot(): TaskSnapshot {
    const progress = this.#meter?.progress(this.#options.clock.monotonic());
    return {
      id: this.id,
      kind: this.#options.kind,
      subject: this.#options.subject,
      state: this.#state,
      queuedAt: this.#queuedAt,
      ...(this.#startedAt === undefined ? {} : { startedAt: this.#startedAt }),
      ...(this.#finishedAt === undefined ? {} : { finishedAt: this.#finishedAt }),
      phasesDone: [...this.#phasesDone],
      ...(progress === undefined ? {} : { progress: isEnded(this.#state) ? settled(progress) : progress }),
      ...this.#warningsNow(),
      command: this.#options.command,
      hasBlocks: this.#blocks.exist,
      ...(this.#result === undefined ? {} : { result: this.#result }),
      ...(this.#error === undefined ? {} : { error: this.#error }),
    };
  }

  #context(): TaskContext {
    return {
      id: this.id,
      signal: this.#abort.signal,
      phase: (phase) => this.#enter(phase),
      progress: (counters) => {
        if (isEnded(this.#state)) return;
        this.#meterNow('plan').update(counters, this.#options.clock.monotonic());
        this.#throttle.request();
      },
      snapshot: (fill) => {
        if (isEnded(this.#state)) return;
        this.#meterNow('plan').snapshot = fill;
        this.#throttle.request();
      },
      blocks: (source) => {
        if (isEnded(this.#state)) return;
        this.#blocks.offer(source);
        this.#throttle.request();
      },
      warn: (text, kind) => {
        if (isEnded(this.#state)) return;
        if (this.#warnings.length < MAX_WARNINGS) this.#warnings.push({ text, id: messageIdOfWarning(kind) });
        else this.#warningsLeftOut++;
        this.#throttle.request();
      },
    };
  }

  #enter(phase: Phase): void {
    if (isEnded(this.#state) || this.#meter?.phase === phase) return;
    this.#finishPhase();
    this.#meterNow(phase).enter(phase, this.#options.clock.monotonic());
    this.#throttle.request();
  }

  #finishPhase(): void {
    if (this.#meter !== undefined) this.#phasesDone.push(this.#meter.phase);
  }

  #meterNow(phase: Phase): ProgressMeter {
    this.#meter ??= new ProgressMeter(phase, this.#options.clock.monotonic());
    return this.#meter;
  }

  #end(state: TaskState): void {
    this.#finishedAt = this.#instant();
    this.#become(state);
    this.#resolveEnded();
    void this.#blocks.settle();
  }

  /** Changes of state are never throttled, and carry the last counters with them. */
  #become(state: TaskState): void {
    this.#state = transition(this.#state, state);
    this.#throttle.flush();
  }

  #warningsNow(): Pick<TaskSnapshot, 'warnings' | 'warningIds'> {
    const all = [...this.#warnings];
    if (this.#warningsLeftOut > 0) {
      const text = `Further warnings that were left out: ${this.#warningsLeftOut}.`;
      all.push({ text, id: messageIdOfWarning() });
    }
    const warnings = all.map(({ text }) => text);
    return all.length === 0 ? { warnings } : { warnings, warningIds: all.map(({ id }) => id) };
  }

  #instant(): string {
    return new Date(this.#options.clock.now()).toISOString();
  }
}

/** The counters of work that is over: nothing moves and nothing is being worked on. */
function settled(progress: NonNullable<TaskSnapshot['progress']>): NonNullable<TaskSnapshot['progress']> {
  const { phase, bytesDone, bytesTotal, storedBytes } = progress;
  return { phase, bytesDone, bytesTotal, storedBytes, readRate: 0, storeRate: 0 };
}
