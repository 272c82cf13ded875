/** What `query activity` prints for people. */
import type { RunDetails, RunSummary } from '#contract';
import { formatBytes, formatBytesExactly, formatElapsed } from '../figures.ts';
import { formatPairs, formatTable } from '../text-table.ts';

type When = (instant: string) => string;

/** Characters of a run's id that are shown, and enough to name it. */
export const SHORT_ID = 8;

/** One line a run. */
export function runTable(runs: readonly RunSummary[], when: When): string[] {
  return formatTable<RunSummary>(
    [
      { title: 'Run', cell: ({ id }) => id.slice(0, SHORT_ID) },
      { title: 'Started', cell: ({ startedAt }) => when(startedAt) },
      { title: 'Kind', cell: ({ kind }) => kind },
      { title: 'State', cell: stateText },
      { title: 'Elapsed', align: 'right', cell: ({ elapsedSeconds }) => formatElapsed(elapsedSeconds) },
      { title: 'Read', align: 'right', cell: ({ readBytes }) => formatBytes(readBytes) },
      { title: 'Stored', align: 'right', cell: ({ storedBytes }) => formatBytes(storedBytes) },
      { title: 'Subject', cell: ({ subject }) => subject },
    ],
    runs,
  );
}

/** Everything that is known of one run. `log`: its lines too. */
export function runLines(details: RunDetails, { when, log }: { when: When; log: boolean }): string[] {
  const { run, warnings, error, command } = details;
  return [
    `Run ${run.id}`,
    ...formatPairs(
      [
        ['Kind', run.kind],
        ['Subject', run.subject],
        ['State', stateText(run)],
        ['Started', when(run.startedAt)],
        ['Finished', run.finishedAt === undefined ? '' : when(run.finishedAt)],
        ['Elapsed', formatElapsed(run.elapsedSeconds)],
        ['Read', formatBytesExactly(run.readBytes)],
        [run.kind === 'restore' ? 'Written' : 'Stored', formatBytesExactly(run.storedBytes)],
        ['Deduplicated', formatBytesExactly(run.deduplicatedBytes)],
        ['Image', run.imageId ?? ''],
        [
          'Error',
          error ? [error.code, error.details.reason].filter((part) => typeof part === 'string').join(': ') : '',
        ],
        ...warnings.map((warning) => ['Warning', warning] as const),
        ['Command', command],
      ],
      '  ',
    ),
    ...(log ? logLines(details, when) : []),
  ];
}

function logLines({ log }: RunDetails, when: When): string[] {
  if (log.length === 0) return [];
  return ['', ...log.map(({ time, level, text }) => `  ${when(time)}  ${level.padEnd(5)}  ${text}`)];
}

function stateText({ state, warningCount, errorCode }: RunSummary): string {
  if (state === 'succeeded' && warningCount > 0) return 'succeeded with warnings';
  return state === 'failed' && errorCode !== undefined ? `failed (${errorCode})` : state;
}
