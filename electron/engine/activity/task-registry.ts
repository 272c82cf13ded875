/** All tasks of one engine: which may run, which wait, and who is told. */
import { type BlockMapEvent, type MessageId, messageIdOfWarning, type Phase, type TaskSnapshot } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { EngineTasks } from '../engine.ts';
import type { Clock, Random } from '../ports.ts';
import { inRun } from './run-scope.ts';
import { Task, type TaskContext, type TaskKind, type TaskRun } from './task.ts';
import { TaskFeed } from './task-feed.ts';
import { isEnded } from './transitions.ts';

export type { TaskContext, TaskKind, TaskRun } from './task.ts';

/** What a new task needs for itself. */
export interface StartOptions {
  /**
   * Names that only one unfinished task may hold, typically volumes: `TASK_CONFLICT` where one is held. Default: the
   * subject.
   */
  claims?: readonly string[];
  /** Tasks with the same queue run one after another in the order they were started; without one a task runs at once. */
  queue?: string;
  /** What was asked for, so that it can be asked for again: plain data without secrets. */
  request?: unknown;
  /** The command line that does the same. */
  command?: string;
}

/** Told of all tasks as they go on, before anybody else; it must not throw. */
export interface TaskObserver {
  /** A change that readers see, and what the task was asked for. */
  changed(task: TaskSnapshot, request: unknown): void;
  phase(taskId: string, phase: Phase): void;
  warned(taskId: string, text: string, messageId: MessageId): void;
}

/** Ended tasks that are remembered. */
export const KEPT_ENDED_TASKS = 200;
/** Ended tasks whose last block map is remembered. */
const KEPT_BLOCK_MAPS = 20;

/** The engine's tasks. Disposing cancels all of them and waits until each has released what it held. */
export class TaskRegistry implements EngineTasks, AsyncDisposable {
  readonly #clock: Clock;
  readonly #random: Random;
  /** In the order they were started. */
  readonly #tasks = new Map<string, Task>();
  readonly #holders = new Map<string, Task>();
  readonly #queues = new Map<string, Task[]>();
  readonly #feed = new TaskFeed();
  readonly #observer: TaskObserver | undefined;
  #disposing = false;
  /** Why no task may begin now, by whoever says so. */
  readonly #pauses = new Set<{ reason: string }>();

  constructor(ports: { clock: Clock; random: Random }, observer?: TaskObserver) {
    this.#clock = ports.clock;
    this.#random = ports.random;
    this.#observer = observer;
  }

  /**
   * Starts a task, or queues it, and returns its id. `run` is called with the task's context; what it returns is the
   * result, what it throws is the task's error (`CANCELLED` makes it `cancelled`).
   *
   * Throws `TASK_CONFLICT` (`volume`, `taskId`) where another unfinished task holds one of the claims or while tasks are
   * paused, and `ENGINE_GONE` once the registry is being disposed.
   */
  start(kind: TaskKind, subject: string, run: TaskRun, options: StartOptions = {}): string {
    if (this.#disposing) throw new EngineError('ENGINE_GONE', { reason: 'The engine is shutting down.' });
    for (const { reason } of this.#pauses) throw new EngineError('TASK_CONFLICT', { volume: subject, reason });
    const { claims = [subject], queue, request, command = '' } = options;
    for (const claim of claims) {
      const holder = this.#holders.get(claim);
      if (holder !== undefined) throw new EngineError('TASK_CONFLICT', { volume: claim, taskId: holder.id });
    }
    const task = new Task({
      id: this.#newId(),
      kind,
      subject,
      claims,
      queue,
      request,
      command,
      run: (context) => inRun(context.id, () => run(this.#observed(context))),
      clock: this.#clock,
      onChange: (changed) => this.#publish(changed),
    });
    this.#tasks.set(task.id, task);
    for (const claim of claims) this.#holders.set(claim, task);
    void task.ended.then(() => this.#afterEnd(task));
    this.#enqueue(task);
    return task.id;
  }

  /**
   * Until it is disposed no task begins. `reason`: English, why; `busy`: why this cannot be done while there is a task,
   * then `TASK_CONFLICT` is thrown.
   */
  pause(reason: string, busy: string): Disposable {
    const unfinished = [...this.#tasks.values()].find((task) => !isEnded(task.state))?.snapshot();
    if (unfinished) {
      throw new EngineError('TASK_CONFLICT', { taskId: unfinished.id, volume: unfinished.subject, reason: busy });
    }
    const pause = { reason };
    this.#pauses.add(pause);
    return { [Symbol.dispose]: () => void this.#pauses.delete(pause) };
  }

  list(): TaskSnapshot[] {
    return [...this.#tasks.values()].map((task) => task.snapshot());
  }

  get(taskId: string): TaskSnapshot {
    return this.#task(taskId).snapshot();
  }

  cancel(taskId: string): void {
    this.#task(taskId).cancel();
  }

  watch(signal?: AbortSignal): AsyncIterable<TaskSnapshot> {
    // Subscribed when reading begins: an iterable that nobody reads costs nothing.
    return { [Symbol.asyncIterator]: () => this.#feed.watch(this.list(), signal) };
  }

  /** What was asked for with a task's start. */
  requestOf(taskId: string): unknown {
    return this.#task(taskId).request;
  }

  blocks(taskId: string, signal?: AbortSignal): AsyncIterable<BlockMapEvent> {
    return this.#task(taskId).blocks(signal);
  }

  async finished(taskId: string): Promise<TaskSnapshot> {
    const task = this.#task(taskId);
    await task.ended;
    return task.snapshot();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposing = true;
    const tasks = [...this.#tasks.values()];
    // Newest first, so that a queue's next task is not started by the end of the one before it.
    for (const task of tasks.toReversed()) task.cancel();
    await Promise.all(tasks.map((task) => task.ended));
    this.#feed[Symbol.dispose]();
  }

  #task(taskId: string): Task {
    const task = this.#tasks.get(taskId);
    if (task === undefined) throw new EngineError('TASK_NOT_FOUND', { value: taskId });
    return task;
  }

  #newId(): string {
    return Buffer.from(this.#random.bytes(8)).toString('hex');
  }

  #enqueue(task: Task): void {
    if (task.queue === undefined) {
      void task.start();
      return;
    }
    const queue = this.#queues.get(task.queue) ?? [];
    this.#queues.set(task.queue, queue);
    queue.push(task);
    if (queue[0] === task) void task.start();
    else this.#publish(task);
  }

  #publish(task: Task): void {
    const snapshot = task.snapshot();
    this.#observer?.changed(snapshot, task.request);
    this.#feed.publish(snapshot);
  }

  /** The context of a task, with phases and warnings told to the observer, too. */
  #observed(context: TaskContext): TaskContext {
    return {
      ...context,
      phase: (phase) => {
        this.#observer?.phase(context.id, phase);
        context.phase(phase);
      },
      warn: (text, kind) => {
        this.#observer?.warned(context.id, text, messageIdOfWarning(kind));
        context.warn(text, kind);
      },
    };
  }

  #afterEnd(task: Task): void {
    for (const claim of task.claims) this.#holders.delete(claim);
    this.#leaveQueue(task);
    this.#forgetOldest();
  }

  #leaveQueue(task: Task): void {
    const queue = task.queue === undefined ? undefined : this.#queues.get(task.queue);
    if (task.queue === undefined || queue === undefined) return;
    queue.splice(queue.indexOf(task), 1);
    const next = queue[0];
    if (next === undefined) this.#queues.delete(task.queue);
    else if (next.state === 'queued') void next.start();
  }

  #forgetOldest(): void {
    const ended = [...this.#tasks.values()].filter((task) => isEnded(task.state));
    for (const task of ended.slice(0, Math.max(0, ended.length - KEPT_BLOCK_MAPS))) task.forgetBlocks();
    for (const task of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED_TASKS))) {
      this.#tasks.delete(task.id);
      this.#feed.forget(task.id);
    }
  }
}
