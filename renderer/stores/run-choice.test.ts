import { describe, expect, it } from 'vitest';
import type { RunSummary } from '#contract';
import { choosesAll, chosenRuns, countsOf, EVERYTHING, engineFilter, outcomeOf, type RunChoice } from './run-choice.ts';

const NOW = Date.UTC(2026, 10, 25, 12);

function run(id: string, daysAgo: number, facts: Partial<RunSummary> = {}): RunSummary {
  const startedAt = new Date(NOW - daysAgo * 86_400_000).toISOString();
  return {
    id,
    kind: 'backup',
    subject: '/dev/vg0/HOME',
    state: 'succeeded',
    startedAt,
    finishedAt: startedAt,
    elapsedSeconds: 1,
    readBytes: 1,
    storedBytes: 1,
    deduplicatedBytes: 0,
    warningCount: 0,
    repeatable: true,
    ...facts,
  };
}

const RUNS = [
  run('a', 0.5, { state: 'running' }),
  run('b', 2, { warningCount: 2 }),
  run('c', 3, { state: 'failed', subject: '/dev/sdb1' }),
  run('d', 20, { kind: 'check', subject: '/repository' }),
  run('e', 200, { state: 'cancelled', kind: 'restore' }),
  run('f', 400),
];

const chosen = (part: Partial<RunChoice>): string =>
  chosenRuns(RUNS, { ...EVERYTHING, ...part }, NOW)
    .map(({ id }) => id)
    .join('');

describe('a choice of runs', () => {
  it.each([
    [{}, 'abcdef'],
    [{ kind: 'check' }, 'd'],
    [{ outcome: 'running' }, 'a'],
    [{ outcome: 'warnings' }, 'b'],
    [{ outcome: 'succeeded' }, 'df'],
    [{ outcome: 'failed' }, 'c'],
    [{ subject: '/dev/sdb1' }, 'c'],
    [{ text: ' home ' }, 'abef'],
    [{ period: 'day' }, 'a'],
    [{ period: 'week' }, 'abc'],
    [{ period: 'month' }, 'abcd'],
    [{ period: 'year' }, 'abcde'],
    [{ period: 'year', kind: 'backup', text: 'dev', outcome: 'warnings' }, 'b'],
  ] as const satisfies readonly [Partial<RunChoice>, string][])('%j lets through %s', (part, ids) =>
    expect(chosen(part)).toBe(ids),
  );

  it('is everything or not', () => {
    expect(choosesAll(EVERYTHING)).toBe(true);
    expect(choosesAll({ ...EVERYTHING, text: 'x' })).toBe(false);
  });

  it('counts what each value would show beside the others', () => {
    const choice: RunChoice = { ...EVERYTHING, kind: 'backup', outcome: 'failed' };
    expect(Object.fromEntries(countsOf(RUNS, choice, 'outcome', NOW))).toEqual({
      '': 4,
      running: 1,
      warnings: 1,
      failed: 1,
      succeeded: 1,
    });
    expect(Object.fromEntries(countsOf(RUNS, choice, 'kind', NOW))).toEqual({ '': 1, backup: 1 });
    expect(Object.fromEntries(countsOf(RUNS, EVERYTHING, 'subject', NOW))).toEqual({
      '': 6,
      '/dev/vg0/HOME': 4,
      '/dev/sdb1': 1,
      '/repository': 1,
    });
  });

  it('asks the engine for the same', () => {
    expect(engineFilter(EVERYTHING, NOW)).toEqual({});
    expect(
      engineFilter({ kind: 'backup', outcome: 'warnings', subject: '/dev/sdb1', text: ' b ', period: 'week' }, NOW),
    ).toEqual({
      kinds: ['backup'],
      states: ['succeeded'],
      warnings: true,
      subject: '/dev/sdb1',
      text: 'b',
      after: '2026-11-18T12:00:00.000Z',
    });
    expect(engineFilter({ ...EVERYTHING, outcome: 'running' }, NOW).states).toEqual([
      'queued',
      'running',
      'cancelling',
    ]);
    expect(engineFilter({ ...EVERYTHING, outcome: 'cancelled' }, NOW)).toEqual({ states: ['cancelled'] });
    expect(engineFilter({ ...EVERYTHING, outcome: 'succeeded' }, NOW).warnings).toBe(false);
  });

  it('names what became of a run', () => {
    expect(outcomeOf({ state: 'queued', warningCount: 0 })).toBe('running');
    expect(outcomeOf({ state: 'failed', warningCount: 3 })).toBe('failed');
  });
});
