/** Writes every task of this engine into the run log: when it begins, now and then while it runs, and when it ends. */
import { type LogLine, type MessageId, messageIdOfError, type Phase, type TaskSnapshot } from '#contract';
import type { Logger, Ports } from '../ports.ts';
import { lineText, logLine } from './log-lines.ts';
import type { RunLog } from './run-log.ts';
import { isEndedState, MAX_LOG_LINES, recordOf } from './run-record.ts';
import { runOfNow } from './run-scope.ts';
import type { TaskObserver } from './task-registry.ts';

/** How old the counters of a run that was killed may be. */
const SAVE_INTERVAL_MS = 10_000;

interface LiveRun {
  log: LogLine[];
  /** Lines that did not fit. */
  leftOut: number;
  state: TaskSnapshot['state'] | undefined;
  savedAt: number;
  /** That started it. */
  schedule: string | undefined;
}

export class RunRecorder implements TaskObserver {
  readonly #log: RunLog;
  readonly #ports: Pick<Ports, 'clock' | 'errorLog'>;
  readonly #owner: string;
  #schedule: string | undefined;
  readonly #live = new Map<string, LiveRun>();

  /** `owner`: identity of this process as text. */
  constructor(log: RunLog, ports: Pick<Ports, 'clock' | 'errorLog'>, owner: string) {
    this.#log = log;
    this.#ports = ports;
    this.#owner = owner;
  }

  /** Names the schedule that starts what begins from now on; `undefined`: none does. */
  startedBy(schedule: string | undefined): void {
    this.#schedule = schedule;
  }

  changed(task: TaskSnapshot, request: unknown): void {
    const run = this.#liveRun(task.id);
    const now = this.#ports.clock.now();
    const fresh = run.state !== task.state;
    if (!fresh && now - run.savedAt < SAVE_INTERVAL_MS) return;
    if (fresh) this.#noteState(run, task);
    run.state = task.state;
    run.savedAt = now;
    const log = [...run.log];
    if (run.leftOut > 0) log.push(logLine(now, 'warn', `Further lines that were left out: ${run.leftOut}.`));
    this.#log.save(recordOf(task, { request, log, owner: this.#owner, nowMs: now, schedule: run.schedule }));
    if (isEndedState(task.state)) this.#live.delete(task.id);
  }

  phase(taskId: string, phase: Phase): void {
    this.#add(taskId, 'info', `Phase: ${phase}.`);
  }

  warned(taskId: string, text: string, messageId: MessageId): void {
    this.#add(taskId, 'warn', lineText(text), messageId);
    this.#ports.errorLog?.write({ messageId, text });
  }

  /** The logger, with the lines that belong to a run kept with it. */
  listening(logger: Logger): Logger {
    const at = (level: LogLine['level']) => (message: string, fields?: Record<string, unknown>) => {
      const id = runOfNow();
      // Only what its task still waits for: a line that comes later has no record to go to.
      if (id !== undefined && this.#live.has(id)) this.#add(id, level, lineText(message, fields));
      logger[level](message, fields);
    };
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  }

  #liveRun(id: string): LiveRun {
    const known = this.#live.get(id);
    if (known !== undefined) return known;
    const run: LiveRun = { log: [], leftOut: 0, state: undefined, savedAt: 0, schedule: this.#schedule };
    this.#live.set(id, run);
    return run;
  }

  #noteState(run: LiveRun, task: TaskSnapshot): void {
    const { state, id } = task;
    if (state === 'queued') this.#add(id, 'info', 'Waits for the runs before it.');
    if (state === 'running') this.#add(id, 'info', 'Started.');
    if (state === 'cancelling') this.#add(id, 'info', 'It is to stop.');
    if (state === 'succeeded') this.#add(id, 'info', 'Completed.');
    if (state === 'cancelled') this.#add(id, 'info', 'Stopped.');
    if (state === 'failed' || state === 'cancelled') this.#noteFailure(task);
    // The last line is worth more than one of thousands.
    if (isEndedState(state) && run.leftOut > 0) run.log.splice(MAX_LOG_LINES - 1, Number.POSITIVE_INFINITY);
  }

  #noteFailure({ id, kind, subject, state, error }: TaskSnapshot): void {
    const messageId = messageIdOfError(error?.code ?? (state === 'cancelled' ? 'CANCELLED' : 'INTERNAL'));
    if (state === 'failed') this.#add(id, 'error', lineText(error?.message ?? 'Failed.'), messageId);
    const { reason, path } = error?.details ?? {};
    const text = lineText(`${kind} of ${subject} ${state}: ${error?.code ?? 'CANCELLED'}`, { reason, path });
    this.#ports.errorLog?.write({ messageId, text });
  }

  #add(id: string, level: LogLine['level'], text: string, messageId?: MessageId): void {
    const { log } = this.#liveRun(id);
    const run = this.#liveRun(id);
    if (log.length < MAX_LOG_LINES - 2) log.push(logLine(this.#ports.clock.now(), level, text, messageId));
    else run.leftOut++;
  }
}
