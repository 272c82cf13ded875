/** What is kept of one run, made of the states of its task. */
import type { LogLine, RunSummary, TaskResult, TaskSnapshot, WireError } from '#contract';
import { withoutSecrets } from '../base/secrets.ts';

/** One run as it is stored. */
export interface RunRecord {
  /** Without `repeatable`, which follows from the rest. */
  summary: Omit<RunSummary, 'repeatable'>;
  /** Identity of the process that runs it, as text; empty once it has ended. */
  owner: string;
  command: string;
  /** What was asked for, plain data; `undefined`: it cannot be asked for again. */
  request: unknown;
  warnings: string[];
  log: LogLine[];
  result?: TaskResult | undefined;
  error?: WireError | undefined;
}

/** Lines of log that are kept of one run. */
export const MAX_LOG_LINES = 2000;
/** Findings of one check, and images of one expiration, that are kept. */
const MAX_PROBLEMS = 1000;
/** Characters of an error's details that are kept. */
const MAX_ERROR_LENGTH = 64 * 1024;

/** Nothing more will come of it. */
export function isEndedState(state: RunSummary['state']): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled';
}

/** The same can be asked for again: it has ended, was no restore, and what was asked for is known. */
export function isRepeatable(run: Pick<RunSummary, 'kind' | 'state'>, hasRequest: boolean): boolean {
  return run.kind !== 'restore' && isEndedState(run.state) && hasRequest;
}

/** Commands that were given for one run may hold secrets: a request with one is not kept. */
function holdsCommand(request: unknown): boolean {
  const options: unknown =
    typeof request === 'object' && request !== null ? Reflect.get(request, 'options') : undefined;
  return typeof options === 'object' && options !== null && Object.keys(options).some((name) => /cmd$/i.test(name));
}

interface Amounts {
  readBytes: number;
  storedBytes: number;
  deduplicatedBytes: number;
}

function amountsOf({ result, progress }: TaskSnapshot): Amounts {
  switch (result?.kind) {
    case 'backup': {
      const { readBytes, storedBytes, deduplicatedBytes } = result.counters;
      return { readBytes, storedBytes, deduplicatedBytes };
    }
    case 'restore':
      return { readBytes: result.verifiedBytes, storedBytes: result.writtenBytes, deduplicatedBytes: 0 };
    case 'check':
      return { readBytes: result.readBytes, storedBytes: 0, deduplicatedBytes: 0 };
    case 'prune':
      return { readBytes: result.repackedBytes, storedBytes: result.repackedBytes, deduplicatedBytes: 0 };
    case 'expire': {
      const repackedBytes = result.reclaimed?.repackedBytes ?? 0;
      return { readBytes: repackedBytes, storedBytes: repackedBytes, deduplicatedBytes: 0 };
    }
    default:
      return { readBytes: progress?.bytesDone ?? 0, storedBytes: progress?.storedBytes ?? 0, deduplicatedBytes: 0 };
  }
}

function warningsOf({ warnings, result }: TaskSnapshot): string[] {
  const found =
    result?.kind === 'check'
      ? result.problems
          .filter(({ severity }) => severity === 'error')
          .slice(0, MAX_PROBLEMS)
          .map(({ kind, file, problem }) => `${kind} ${file}: ${problem}`)
      : (result?.warnings ?? []);
  return [...new Set([...warnings, ...found].map(withoutSecrets))];
}

function boundedResult(result: TaskResult | undefined): TaskResult | undefined {
  if (result === undefined) return undefined;
  if (result.kind === 'expire') {
    const { removed, warnings } = result;
    return { ...result, removed: removed.slice(0, MAX_PROBLEMS), warnings: warnings.map(withoutSecrets) };
  }
  if (result.kind !== 'check') return { ...result, warnings: result.warnings.map(withoutSecrets) };
  return { ...result, problems: result.problems.slice(0, MAX_PROBLEMS) };
}

/** Programs that were run may have said anything. */
function harmlessError({ code, message, details }: WireError): WireError {
  const harmless = Object.entries(details).map(([name, value]) => [
    name,
    typeof value === 'string' ? withoutSecrets(value) : value,
  ]);
  return { code, message: withoutSecrets(message), details: Object.fromEntries(harmless) };
}

function boundedError(thrown: WireError | undefined): WireError | undefined {
  const error = thrown && harmlessError(thrown);
  if (error === undefined || JSON.stringify(error).length <= MAX_ERROR_LENGTH) return error;
  const { reason } = error.details;
  return {
    code: error.code,
    message: error.message.slice(0, 1000),
    details: typeof reason === 'string' ? { reason: reason.slice(0, 1000) } : {},
  };
}

/** What is known of a run beside its task. */
export interface RecordFacts {
  request: unknown;
  log: LogLine[];
  /** Identity of this process as text. */
  owner: string;
  nowMs: number;
  /** Name of the schedule that started it. */
  schedule?: string | undefined;
}

/** The record of a task as it is now. */
export function recordOf(task: TaskSnapshot, { request, log, owner, nowMs, schedule }: RecordFacts): RunRecord {
  const startedAt = task.startedAt ?? task.queuedAt;
  const untilMs = task.finishedAt === undefined ? nowMs : Date.parse(task.finishedAt);
  const warnings = warningsOf(task);
  const secret = holdsCommand(request);
  const imageId = task.result?.kind === 'backup' ? task.result.image.id : imageOf(task);
  return {
    summary: {
      id: task.id,
      kind: task.kind,
      subject: task.subject,
      state: task.state,
      startedAt,
      ...(task.finishedAt === undefined ? {} : { finishedAt: task.finishedAt }),
      elapsedSeconds: Math.max(0, (untilMs - Date.parse(startedAt)) / 1000),
      ...amountsOf(task),
      warningCount: warnings.length,
      ...(task.error === undefined ? {} : { errorCode: task.error.code }),
      ...(imageId === undefined ? {} : { imageId }),
      ...(schedule === undefined ? {} : { schedule }),
    },
    owner: isEndedState(task.state) ? '' : owner,
    command: secret ? '' : withoutSecrets(task.command),
    request: secret ? undefined : request,
    warnings,
    log,
    result: boundedResult(task.result),
    error: boundedError(task.error),
  };
}

function imageOf({ result }: TaskSnapshot): string | undefined {
  return result?.kind === 'restore' ? result.imageId : undefined;
}
