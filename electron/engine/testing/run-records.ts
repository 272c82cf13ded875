/** Records of runs that never were, for tests of the run log. */
import type { RunSummary } from '#contract';
import type { RunRecord } from '../activity/run-record.ts';

/** A backup that ended well, unless the facts say otherwise. */
export function runRecord(facts: Partial<RunSummary> & { id: string }, rest: Partial<RunRecord> = {}): RunRecord {
  const { repeatable: _, ...given } = facts;
  const startedAt = given.startedAt ?? '2026-11-20T10:00:00.000Z';
  return {
    summary: {
      kind: 'backup',
      subject: '/dev/vg0/home',
      state: 'succeeded',
      startedAt,
      finishedAt: new Date(Date.parse(startedAt) + 60_000).toISOString(),
      elapsedSeconds: 60,
      readBytes: 4096,
      storedBytes: 1024,
      deduplicatedBytes: 512,
      warningCount: 0,
      ...given,
    },
    owner: '',
    command: 'stillframe backup image /dev/vg0/home',
    request: { volume: '/dev/vg0/home' },
    warnings: [],
    log: [{ time: startedAt, level: 'info', text: 'Started.' }],
    ...rest,
  };
}
