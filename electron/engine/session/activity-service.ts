/** Activity as hosts ask for it: the record of runs, repeats and exports. */
import { setTimeout } from 'node:timers/promises';
import {
  type ActivityWeek,
  type BackupRequest,
  backupRequestSchema,
  type ExpirationRequest,
  expirationRequestSchema,
  type LogLine,
  messageIdOfError,
  messageIdOfWarning,
  type PruneRequest,
  pruneRequestSchema,
  type RunDetails,
  type RunFilter,
  type RunSummary,
} from '#contract';
import { settleAbandonedRuns } from '../activity/abandoned-runs.ts';
import type { CancelRequests } from '../activity/cancel-requests.ts';
import { lineText } from '../activity/log-lines.ts';
import type { RunLog } from '../activity/run-log.ts';
import { KEPT_RUNS } from '../activity/run-log-store.ts';
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import type { EngineActivity } from '../engine.ts';
import type { Ports } from '../ports.ts';
import { runsAsCsv } from './activity-csv.ts';
import { mondayOf, weeksOf } from './activity-weeks.ts';

/** What runs are started, and stopped, with. */
export interface Repeaters {
  backup(request: BackupRequest): Promise<{ taskId: string }>;
  check(request: unknown): Promise<{ taskId: string }>;
  expire(request: ExpirationRequest): Promise<{ taskId: string }>;
  prune(request: PruneRequest): Promise<{ taskId: string }>;
  /** Location of the repository of now. */
  location(): string;
  /** How a run of whatever process of this computer is asked to stop. */
  cancels: Pick<CancelRequests, 'request' | 'withdraw'>;
}

/** How long an engine may take to see that one of its runs is to stop. */
const ANSWER_WITHIN_MS = 15_000;
/** How often it is looked whether a run that is to stop has ended. */
const ASK_AGAIN_MS = 200;

/** How often it is looked whether engines of other processes still live, milliseconds. */
const LOOK_INTERVAL_MS = 5000;

export class ActivityService implements EngineActivity, AsyncDisposable {
  readonly #ports: Ports;
  readonly #log: RunLog;
  readonly #repeaters: Repeaters;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(ports: Ports, log: RunLog, repeaters: Repeaters) {
    this.#ports = ports;
    this.#log = log;
    this.#repeaters = repeaters;
  }

  async list(request: { filter: RunFilter; beforeId?: string | undefined; limit: number }): Promise<{
    runs: RunSummary[];
    total: number;
  }> {
    await this.#settle();
    return this.#log.list(request);
  }

  async details(id: string): Promise<RunDetails> {
    await this.#settle();
    const { run, log, warnings, result, error, command } = this.#stored(id);
    return {
      run,
      log,
      warnings,
      ...idsOf(warnings, log, run.kind),
      command,
      ...(result ? { result } : {}),
      ...(error ? { error } : {}),
    };
  }

  async repeat(id: string): Promise<{ taskId: string }> {
    await this.#settle();
    const { run, request } = this.#stored(id);
    if (!run.repeatable) throw new EngineError('COMMAND_INVALID', { value: id, reason: whyNot(run) });
    if (run.kind === 'backup') {
      return this.#repeaters.backup(understood(id, backupRequestSchema, request));
    }
    if (run.subject !== this.#repeaters.location()) {
      const reason = `It was about the repository ${run.subject}, which is not the one that is open.`;
      throw new EngineError('COMMAND_INVALID', { value: id, reason });
    }
    if (run.kind === 'expire') return this.#repeaters.expire(understood(id, expirationRequestSchema, request));
    if (run.kind === 'prune') return this.#repeaters.prune(understood(id, pruneRequestSchema, request));
    return this.#repeaters.check(request);
  }

  async cancel(id: string, signal?: AbortSignal): Promise<RunSummary> {
    await this.#settle();
    const { cancels } = this.#repeaters;
    if (this.#stored(id).run.finishedAt !== undefined) {
      const remedy = 'There is nothing to stop.';
      throw new EngineError('TASK_NOT_FOUND', { value: id, reason: 'It has ended already.', remedy });
    }
    await cancels.request(id);
    const askedAt = this.#ports.clock.monotonic();
    for (;;) {
      await this.#settle();
      const { run } = this.#stored(id);
      if (run.finishedAt !== undefined) {
        await cancels.withdraw(id);
        return run;
      }
      if (run.state !== 'cancelling' && this.#ports.clock.monotonic() - askedAt > ANSWER_WITHIN_MS) {
        await cancels.withdraw(id);
        const reason = 'The engine that executes it does not answer. The request was taken back.';
        const remedy = 'Look whether its process is stopped or overloaded, then try again.';
        throw new EngineError('ENGINE_GONE', { value: id, reason, remedy });
      }
      await setTimeout(ASK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
      throwIfCancelled(signal);
    }
  }

  async weeks(count: number): Promise<ActivityWeek[]> {
    await this.#settle();
    const now = this.#ports.clock.now();
    const after = mondayOf(now, count - 1).toISOString();
    const { runs } = this.#log.list({ filter: { after }, limit: KEPT_RUNS * 2 });
    return weeksOf(runs, count, now);
  }

  async errorLog(limit: number): Promise<{ path: string; lines: LogLine[] }> {
    const { errorLog } = this.#ports;
    return { path: errorLog?.path ?? '', lines: errorLog?.read(limit) ?? [] };
  }

  async export({ filter, format }: { filter: RunFilter; format: 'json' | 'csv' }): Promise<{
    fileName: string;
    mediaType: string;
    text: string;
  }> {
    await this.#settle();
    const { runs } = this.#log.list({ filter, limit: KEPT_RUNS * 2 });
    const day = new Date(this.#ports.clock.now()).toISOString().slice(0, 10);
    const fileName = `stillframe-activity-${day}.${format}`;
    if (format === 'csv')
      return { fileName, mediaType: 'text/csv; charset=utf-8; header=present', text: runsAsCsv(runs) };
    const plain = runs.map(({ repeatable: _, ...run }) => run);
    return { fileName, mediaType: 'application/json', text: `${JSON.stringify({ runs: plain }, null, 2)}\n` };
  }

  /** The newest backup of every volume that has ended, whatever became of it. */
  async latestBackups(): Promise<RunSummary[]> {
    await this.#settle();
    return this.#log.latestBackups();
  }

  /** The newest run that a schedule started; `undefined` where there is none yet. */
  async lastOf(schedule: string): Promise<RunSummary | undefined> {
    const { runs } = await this.list({ filter: { schedule }, limit: 1 });
    return runs[0];
  }

  /** Checks of a repository that have ended, newest first, with what they found. */
  async checks(location: string, limit: number): Promise<RunDetails[]> {
    const filter: RunFilter = { kinds: ['check'], states: ['succeeded', 'failed'], subject: location };
    const { runs } = await this.list({ filter, limit });
    return Promise.all(runs.map((run) => this.details(run.id)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#log[Symbol.dispose]();
  }

  #stored(id: string) {
    const stored = this.#log.details(id);
    if (stored === undefined) throw new EngineError('TASK_NOT_FOUND', { value: id });
    return stored;
  }

  /** Runs of engines that were killed are not running. */
  async #settle(): Promise<void> {
    const now = this.#ports.clock.monotonic();
    if (now - this.#lookedAt < LOOK_INTERVAL_MS) return;
    this.#lookedAt = now;
    await settleAbandonedRuns(this.#log);
  }
}

/** What was asked for then; the file is older than this program, or somebody else wrote to it. */
function understood<T>(id: string, schema: { safeParse(value: unknown): { data?: T } }, request: unknown): T {
  const { data } = schema.safeParse(request);
  if (data !== undefined) return data;
  const reason = 'What was asked for then is not understood any more.';
  throw new EngineError('COMMAND_INVALID', { value: id, reason });
}

/** The ids of warnings, as the lines of the run's log say. What a check found is damage, and no line says so. */
function idsOf(
  warnings: readonly string[],
  log: readonly LogLine[],
  kind: RunSummary['kind'],
): Pick<RunDetails, 'warningIds'> {
  const known = new Map(log.map(({ text, messageId }) => [text, messageId]));
  const otherwise = kind === 'check' ? messageIdOfError('REPOSITORY_DAMAGED') : messageIdOfWarning();
  const ids = warnings.map((warning) => known.get(lineText(warning)) ?? otherwise);
  return ids.length === 0 ? {} : { warningIds: ids };
}

function whyNot({ kind, finishedAt }: RunSummary): string {
  if (kind === 'restore') return 'A restore overwrites its target, so it is only started from the Restore view.';
  if (finishedAt === undefined) return 'It has not ended yet.';
  return 'It was started with commands of its own, which are not kept because they may hold secrets.';
}
