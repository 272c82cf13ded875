/** Rows of the run log's tables, to and from plain data. */
import type { SQLInputValue } from 'node:sqlite';
import {
  type LogLine,
  logLineSchema,
  type RunFilter,
  type RunSummary,
  runSummarySchema,
  type TaskResult,
  taskResultSchema,
  type WireError,
  wireErrorSchema,
} from '#contract';
import { isEndedState, isRepeatable, type RunRecord } from './run-record.ts';

/** What is known of a run beyond its line in the list. */
export interface StoredDetails {
  run: RunSummary;
  command: string;
  request: unknown;
  warnings: string[];
  log: LogLine[];
  result?: TaskResult | undefined;
  error?: WireError | undefined;
}

type Row = Record<string, unknown>;

/** A count as the tables take it, whatever was reported: a record must never stop the run that it is about. */
function whole(count: number): number {
  return Number.isFinite(count) ? Math.max(0, Math.round(count)) : 0;
}

function timeOf(instant: string, otherwise: number): number {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? otherwise : time;
}

/** Values of the statement that writes a line of the list. */
export function runValues(
  { summary, owner, request }: RunRecord,
  nowMs: number,
  logLength: number,
): Record<string, SQLInputValue> {
  const ended = isEndedState(summary.state);
  return {
    id: summary.id,
    kind: summary.kind,
    subject: summary.subject,
    folded: summary.subject.toLowerCase(),
    state: summary.state,
    started: timeOf(summary.startedAt, nowMs),
    finished: summary.finishedAt === undefined ? null : timeOf(summary.finishedAt, nowMs),
    updated: nowMs,
    elapsed: Number.isFinite(summary.elapsedSeconds) ? summary.elapsedSeconds : 0,
    read: whole(summary.readBytes),
    stored: whole(summary.storedBytes),
    deduplicated: whole(summary.deduplicatedBytes),
    warnings: whole(summary.warningCount),
    error: summary.errorCode ?? null,
    image: summary.imageId ?? null,
    repeatable: isRepeatable(summary, request !== undefined) ? 1 : 0,
    owner: ended ? '' : owner,
    log: logLength,
    schedule: summary.schedule ?? null,
  };
}

/** Values of the statement that writes the rest. `log`: as JSON. */
export function detailValues(record: RunRecord, log: string): Record<string, SQLInputValue> {
  return {
    id: record.summary.id,
    command: record.command,
    request: json(record.request),
    warnings: JSON.stringify(record.warnings),
    log,
    result: json(record.result),
    error: json(record.error),
  };
}

/** SQL after WHERE. The filter comes from outside: values are bound, never pasted. */
export function conditions(filter: RunFilter, except: readonly string[]): { where: string; values: SQLInputValue[] } {
  const parts: string[] = ['1'];
  const values: SQLInputValue[] = [];
  const add = (part: string, ...bound: SQLInputValue[]): void => {
    parts.push(part);
    values.push(...bound);
  };
  const among = (column: string, list: readonly string[], not = ''): void =>
    add(`${column} ${not} IN (SELECT value FROM json_each(?))`, JSON.stringify(list));
  if (filter.kinds !== undefined) among('kind', filter.kinds);
  if (filter.states !== undefined) among('state', filter.states);
  if (filter.subject !== undefined) add('subject = ?', filter.subject);
  if (filter.text !== undefined && filter.text !== '') add('instr(folded, ?) > 0', filter.text.toLowerCase());
  if (filter.after !== undefined) add('started >= ?', Date.parse(filter.after));
  if (filter.before !== undefined) add('started < ?', Date.parse(filter.before));
  if (filter.schedule !== undefined) add('schedule = ?', filter.schedule);
  if (filter.warnings !== undefined) add(filter.warnings ? 'warning_count > 0' : 'warning_count = 0');
  if (except.length > 0) among('id', except, 'NOT');
  return { where: parts.join(' AND '), values };
}

function json(value: unknown): string | null {
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return null;
  }
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listOf(text: unknown): unknown[] {
  const list = parsed(text);
  return Array.isArray(list) ? list : [];
}

function instant(milliseconds: unknown): string | undefined {
  const date = new Date(Number(milliseconds));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Nothing for a row that makes no sense: the file may be damaged where SQLite does not see it. */
export function summaryOf(row: Row): RunSummary[] {
  const { data } = runSummarySchema.safeParse({
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    state: row.state,
    startedAt: instant(row.started),
    ...(row.finished === null ? {} : { finishedAt: instant(row.finished) }),
    elapsedSeconds: row.elapsed,
    readBytes: row.read_bytes,
    storedBytes: row.stored_bytes,
    deduplicatedBytes: row.deduplicated_bytes,
    warningCount: row.warning_count,
    ...(row.error_code === null ? {} : { errorCode: row.error_code }),
    ...(row.image_id === null ? {} : { imageId: row.image_id }),
    ...(typeof row.schedule === 'string' ? { schedule: row.schedule } : {}),
    repeatable: row.repeatable === 1,
  });
  return data === undefined ? [] : [data];
}

/** A row of both tables; `undefined` for one that makes no sense. */
export function detailsOf(row: Row): StoredDetails | undefined {
  const [run] = summaryOf(row);
  if (run === undefined) return undefined;
  return {
    run,
    command: String(row.command),
    request: parsed(row.request),
    warnings: listOf(row.warnings).filter((warning) => typeof warning === 'string'),
    log: listOf(row.log).flatMap((line) => logLineSchema.safeParse(line).data ?? []),
    result: taskResultSchema.safeParse(parsed(row.result)).data,
    error: wireErrorSchema.safeParse(parsed(row.error)).data,
  };
}
