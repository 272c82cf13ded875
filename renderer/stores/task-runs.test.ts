import { describe, expect, it } from 'vitest';
import type { TaskSnapshot } from '#contract';
import { overallPart, presentRun, queuePosition, runProgress } from './task-runs.ts';

const time = (minute: number): string => new Date(Date.UTC(2026, 10, 25, 8, minute)).toISOString();

function task(id: string, state: TaskSnapshot['state'], facts: Partial<TaskSnapshot> = {}): TaskSnapshot {
  return {
    id,
    kind: 'backup',
    subject: `/dev/${id}`,
    state,
    queuedAt: time(0),
    phasesDone: [],
    warnings: [],
    command: '',
    hasBlocks: false,
    ...facts,
  };
}

function at(bytesDone: number, bytesTotal: number): Pick<TaskSnapshot, 'progress'> {
  return { progress: { phase: 'store', bytesDone, bytesTotal, readRate: 0, storeRate: 0, storedBytes: 0 } };
}

// Newest first, as the store keeps them.
const RUN = [
  task('d', 'queued', { queuedAt: time(12) }),
  task('c', 'queued', { queuedAt: time(10) }),
  task('b', 'running', { queuedAt: time(10), ...at(50, 100) }),
  task('a', 'failed', { queuedAt: time(10), finishedAt: time(14), ...at(10, 300) }),
  task('old', 'succeeded', { queuedAt: time(1), finishedAt: time(2), ...at(900, 900) }),
];

describe('the present run', () => {
  it('is what runs and waits, and what ended while they already waited', () => {
    expect(presentRun(RUN).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is empty where everything has ended', () => {
    expect(presentRun(RUN.slice(3))).toEqual([]);
    expect(overallPart(RUN.slice(3))).toBeNull();
    expect(overallPart([])).toBeNull();
  });

  it('counts tasks of unknown size like the average of the others', () => {
    // 300 and 100 are known; two unknown ones count 200 each: 350 of 800 are done.
    expect(runProgress(presentRun(RUN))).toEqual({ count: 4, finished: 1, failed: 1, part: 350 / 800 });
  });

  it('begins at nothing', () => {
    expect(overallPart([task('a', 'queued'), task('b', 'queued')])).toBe(0);
    expect(overallPart([task('a', 'running', at(0, 0))])).toBe(0);
  });
});

it('numbers those that wait in their order, also of the same millisecond', () => {
  expect(['c', 'd', 'b', 'old'].map((id) => queuePosition(RUN, id))).toEqual([1, 2, 0, 0]);
});
