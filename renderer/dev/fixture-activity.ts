/** Activity answered from canned data. */
import { implement } from '@orpc/server';
import { type ActivityWeek, contract, type LogLine, type RunFilter, type RunSummary } from '#contract';
import { fail } from './fixture-backup.ts';
import { detailsOfTask, fixtureDetails, fixtureRuns, runOfTask } from './fixture-runs.ts';
import type { FixtureTasks } from './fixture-tasks.ts';

const os = implement(contract);
const ROWS = 2000;
const DAY_MS = 86_400_000;

const ERRORS: readonly [LogLine['level'], string][] = [
  ['warn', 'A lock could not be removed (lock: 5fd1c2b3a4958677, error: EIO: i/o error, unlink)'],
  ['warn', 'presnapshotcmd failed (volume: /dev/mapper/vg0-mail, reason: it ended with code 3)'],
  ['error', 'a request failed with a bug (request: images.details, error: TypeError: content is not iterable)'],
  ['warn', 'the snapshot is not kept: nothing can be written down (volume: /dev/mapper/vg0-home)'],
];

function passes(run: RunSummary, filter: RunFilter): boolean {
  const startMs = Date.parse(run.startedAt);
  return (
    (filter.kinds?.includes(run.kind) ?? true) &&
    (filter.states?.includes(run.state) ?? true) &&
    (filter.subject === undefined || run.subject === filter.subject) &&
    run.subject.toLowerCase().includes((filter.text ?? '').toLowerCase()) &&
    (filter.after === undefined || startMs >= Date.parse(filter.after)) &&
    (filter.before === undefined || startMs < Date.parse(filter.before)) &&
    (filter.warnings === undefined || run.warningCount > 0 === filter.warnings)
  );
}

function weeksOf(runs: readonly RunSummary[], count: number): ActivityWeek[] {
  const now = new Date();
  const monday = (before: number): Date =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7) - 7 * before, 12);
  return Array.from({ length: count }, (_, index) => {
    const start = monday(count - 1 - index);
    const startMs = start.getTime() - DAY_MS / 2;
    const own = runs.filter(
      ({ startedAt }) => Date.parse(startedAt) >= startMs && Date.parse(startedAt) < startMs + 7 * DAY_MS,
    );
    const backups = own.filter(({ kind }) => kind === 'backup');
    const sum = (of: 'storedBytes' | 'deduplicatedBytes' | 'readBytes'): number =>
      backups.reduce((total, run) => total + run[of], 0);
    return {
      week: start.toISOString().slice(0, 10),
      storedBytes: sum('storedBytes'),
      deduplicatedBytes: sum('deduplicatedBytes'),
      readBytes: sum('readBytes'),
      backups: backups.filter(({ state }) => state === 'succeeded').length,
      failed: own.filter(({ state }) => state === 'failed').length,
    };
  });
}

export function activityAnswers({ tasks, empty }: { tasks: FixtureTasks; empty: boolean }) {
  const earlier = empty ? [] : fixtureRuns(ROWS, Date.now());
  const all = (): RunSummary[] => [...tasks.list().map(runOfTask).reverse(), ...earlier];
  const found = (id: string): RunSummary => all().find((run) => run.id === id) ?? fail('TASK_NOT_FOUND', { value: id });
  return {
    list: os.activity.list.handler(({ input }) => {
      const runs = all().filter((run) => passes(run, input.filter));
      const from = input.beforeId === undefined ? 0 : runs.findIndex(({ id }) => id === input.beforeId) + 1;
      return { runs: runs.slice(from, from + input.limit), total: runs.length };
    }),
    details: os.activity.details.handler(({ input }) => {
      const run = found(input.id);
      const task = tasks.list().find(({ id }) => id === input.id);
      return task ? detailsOfTask(run, task) : fixtureDetails(run);
    }),
    repeat: os.activity.repeat.handler(({ input }) => {
      const { kind, subject, errorCode } = found(input.id);
      if (errorCode === 'VOLUME_BUSY')
        fail('VOLUME_BUSY', { holders: [{ kind: 'process', name: 'postgres', pid: 2211 }] });
      const error = { code: 'CANCELLED', message: 'cancelled', details: {} } as const;
      return tasks.start({
        kind,
        subject,
        phases: ['lock', 'store', 'index'],
        totalBytes: 9e10,
        seconds: 8,
        outcome: { error },
      });
    }),
    weeks: os.activity.weeks.handler(({ input }) => ({ weeks: weeksOf(all(), input.count) })),
    errorLog: os.activity.errorLog.handler(({ input }) => ({
      path: '/root/.local/state/stillframe/error.log',
      lines: empty
        ? []
        : Array.from({ length: Math.min(input.limit, 300) }, (_, index) => {
            const [level, text] = ERRORS[(index * 7 + (index % 3)) % ERRORS.length] ?? ['warn', ''];
            const time = new Date(Date.now() - (300 - index) * DAY_MS * 0.11).toISOString();
            // Lines of earlier versions have no id.
            return index < 20
              ? { time, level, text }
              : { time, level, text, messageId: level === 'warn' ? 'SFR9200W' : 'SFR1028S' };
          }),
    })),
    export: os.activity.export.handler(({ input }) => {
      const runs = all().filter((run) => passes(run, input.filter));
      const csv = [
        'id,kind,subject,state',
        ...runs.map(({ id, kind, subject, state }) => [id, kind, subject, state].join(',')),
      ];
      return {
        fileName: `stillframe-activity-2026-11-25.${input.format}`,
        mediaType: input.format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/json',
        text: input.format === 'csv' ? csv.map((line) => `${line}\r\n`).join('') : JSON.stringify({ runs }),
      };
    }),
  };
}
