/** Everything that is known of the selected run. */
import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { RunDetails, RunSummary } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { type Fact, FactList } from '../../components/FactList.tsx';
import { MessageIdButton } from '../../components/MessageIdButton.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { exactTime } from '../../i18n/instants.ts';
import { formatBytes, formatDuration } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { TASK_KIND_WORDS } from '../../i18n/words.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { withIds } from '../running/task-words.ts';
import { RunActions } from './RunActions.tsx';
import { RunLogLines } from './RunLogLines.tsx';
import { RunResult } from './RunResult.tsx';
import { RunStateBadge } from './RunStateBadge.tsx';
import { secondsOf } from './RunTable.tsx';

/** Rows that the arrow keys only pass are not asked about. */
const REST_MS = 120;

const CANCELLED = {
  backup: 'cancelledBackup',
  restore: 'cancelledRestore',
  check: 'cancelledCheck',
  expire: 'cancelledExpire',
  prune: 'cancelledPrune',
} as const;

function factsOf(run: RunSummary, now: number, details: RunDetails | null): Fact[] {
  const command = details?.command;
  return [
    { label: t('activity:details.started'), value: exactTime(run.startedAt) },
    {
      label: t('activity:details.ended'),
      value: run.finishedAt === undefined ? t('activity:details.notEnded') : exactTime(run.finishedAt),
    },
    { label: t('activity:details.duration'), value: formatDuration(secondsOf(run, now)) },
    ...(details?.result === undefined && run.readBytes + run.storedBytes > 0
      ? [
          { label: t('activity:table.read'), value: formatBytes(run.readBytes) },
          { label: t('activity:table.stored'), value: formatBytes(run.storedBytes) },
        ]
      : []),
    ...(run.schedule === undefined ? [] : [{ label: t('schedules:startedBy'), value: run.schedule }]),
    ...(command ? [{ label: t('activity:details.command'), value: command, copy: command, mono: true }] : []),
    { label: t('activity:details.id'), value: run.id, copy: run.id, mono: true },
  ];
}

function Findings({ details }: { details: RunDetails }) {
  const { run, result, error, warnings } = details;
  // The findings of a check stand in its result.
  const ownWarnings = result?.kind === 'check' ? [] : withIds(warnings, details.warningIds);
  return (
    <>
      {error && run.state === 'failed' ? <ErrorCard error={error} /> : null}
      {run.state === 'cancelled' ? (
        <Notice tone="info" title={t('activity:details.cancelledTitle')}>
          <p>{t(`activity:details.${CANCELLED[run.kind]}`)}</p>
        </Notice>
      ) : null}
      {ownWarnings.length > 0 ? (
        <Notice tone="warn" title={t('activity:details.warnings', { count: ownWarnings.length })}>
          <ul>
            {ownWarnings.map(({ text, id }) => (
              <li key={text}>
                <Sentence text={text} /> {id === undefined ? null : <MessageIdButton id={id} />}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {result ? <RunResult result={result} /> : null}
    </>
  );
}

function Log({ log }: Pick<RunDetails, 'log'>) {
  return (
    <section className="sf-facts sf-run-log">
      <h3>{t('activity:details.log')}</h3>
      {log.length === 0 ? (
        <p className="sf-small sf-dim">{t('activity:details.noLog')}</p>
      ) : (
        <RunLogLines lines={log} label={t('activity:details.log')} short />
      )}
    </section>
  );
}

function Selected({ run, now }: { run: RunSummary; now: number }) {
  const { activity } = useStores();
  const loaded = useValue('activity', (state) => state.details[run.id]);
  const failure = useValue('activity', (state) => state.repeatFailures[run.id]);
  useEffect(() => {
    const timer = setTimeout(() => void activity.getState().loadDetails(run.id), REST_MS);
    return () => clearTimeout(timer);
  }, [activity, run.id]);
  const details = loaded?.value ?? null;
  return (
    <>
      <header className="sf-run-title">
        <h2 className="sf-clip" title={run.subject}>
          {run.subject}
        </h2>
        <div className="sf-run-what">
          <RunStateBadge run={run} />
          <span className="sf-dim">{TASK_KIND_WORDS[run.kind]}</span>
        </div>
        <RunActions run={run} command={details?.command ?? ''} />
      </header>
      <div className="sf-run-findings">
        {failure ? <ErrorCard error={failure} /> : null}
        {loaded?.error ? (
          <ErrorCard
            error={loaded.error}
            action={
              <Button variant="default" onClick={() => void activity.getState().loadDetails(run.id)}>
                {t('tryAgain')}
              </Button>
            }
          />
        ) : null}
        {details ? <Findings details={details} /> : null}
        {details === null && !loaded?.error ? <SkeletonRows label={t('activity:details.loading')} /> : null}
      </div>
      <FactList title={t('activity:details.times')} facts={factsOf(run, now, details)} />
      {details ? <Log log={details.log} /> : null}
    </>
  );
}

export function RunDetailsPanel({ run, now }: { run: RunSummary | null; now: number }) {
  return (
    <aside className="sf-run-details" aria-label={t('activity:details.title')} data-pane>
      {run ? <Selected key={run.id} run={run} now={now} /> : <p className="sf-dim">{t('activity:details.none')}</p>}
    </aside>
  );
}
