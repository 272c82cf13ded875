/** Which runs are shown: a choice of the person, what it lets through, and how the engine is asked for the same. */
import type { RunFilter, RunSummary, TaskKind } from '#contract';

export const OUTCOMES = ['running', 'succeeded', 'warnings', 'failed', 'cancelled'] as const;
/** `running` also waits or stops; `warnings` completed with warnings, `succeeded` without. */
export type Outcome = (typeof OUTCOMES)[number];

export const PERIODS = ['day', 'week', 'month', 'year'] as const;
export type Period = (typeof PERIODS)[number];

const DAY_MS = 86_400_000;
const PERIOD_DAYS = { day: 1, week: 7, month: 30, year: 365 } as const satisfies Record<Period, number>;

/** `null` and empty: everything. */
export interface RunChoice {
  kind: TaskKind | null;
  outcome: Outcome | null;
  subject: string | null;
  /** Part of the subject. */
  text: string;
  period: Period | null;
}

export const EVERYTHING: RunChoice = { kind: null, outcome: null, subject: null, text: '', period: null };

export function choosesAll({ kind, outcome, subject, text, period }: RunChoice): boolean {
  return kind === null && outcome === null && subject === null && text === '' && period === null;
}

export function outcomeOf({ state, warningCount }: Pick<RunSummary, 'state' | 'warningCount'>): Outcome {
  switch (state) {
    case 'queued':
    case 'running':
    case 'cancelling':
      return 'running';
    case 'succeeded':
      return warningCount > 0 ? 'warnings' : 'succeeded';
    default:
      return state;
  }
}

/** How each part of a choice judges a run. */
function judges(choice: RunChoice, nowMs: number): Record<keyof RunChoice, (run: RunSummary) => boolean> {
  const text = choice.text.trim().toLowerCase();
  const after = choice.period === null ? Number.NEGATIVE_INFINITY : nowMs - PERIOD_DAYS[choice.period] * DAY_MS;
  return {
    kind: (run) => choice.kind === null || run.kind === choice.kind,
    outcome: (run) => choice.outcome === null || outcomeOf(run) === choice.outcome,
    subject: (run) => choice.subject === null || run.subject === choice.subject,
    text: (run) => text === '' || run.subject.toLowerCase().includes(text),
    period: (run) => Date.parse(run.startedAt) >= after,
  };
}

export function chosenRuns(runs: readonly RunSummary[], choice: RunChoice, nowMs: number): RunSummary[] {
  const all = Object.values(judges(choice, nowMs));
  return runs.filter((run) => all.every((judge) => judge(run)));
}

/** How many runs each value of a part would show, the other parts being as they are; `''`: all values. */
export function countsOf(
  runs: readonly RunSummary[],
  choice: RunChoice,
  part: 'kind' | 'outcome' | 'subject',
  nowMs: number,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const run of chosenRuns(runs, { ...choice, [part]: null }, nowMs)) {
    const value = part === 'outcome' ? outcomeOf(run) : run[part];
    counts.set(value, (counts.get(value) ?? 0) + 1);
    counts.set('', (counts.get('') ?? 0) + 1);
  }
  return counts;
}

/** The same choice for the engine. */
export function engineFilter({ kind, outcome, subject, text, period }: RunChoice, nowMs: number): RunFilter {
  const filter: RunFilter = {};
  if (kind !== null) filter.kinds = [kind];
  if (subject !== null) filter.subject = subject;
  if (text.trim() !== '') filter.text = text.trim().slice(0, 200);
  if (period !== null) filter.after = new Date(nowMs - PERIOD_DAYS[period] * DAY_MS).toISOString();
  if (outcome === 'running') filter.states = ['queued', 'running', 'cancelling'];
  else if (outcome === 'failed' || outcome === 'cancelled') filter.states = [outcome];
  else if (outcome !== null) Object.assign(filter, { states: ['succeeded'], warnings: outcome === 'warnings' });
  return filter;
}
