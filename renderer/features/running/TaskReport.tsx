/** The report of an ended task: warnings first, then what went wrong, what it did, and what was left behind. */
import type { TaskSnapshot, WireError } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { MessageIdButton } from '../../components/MessageIdButton.tsx';
import { Notice } from '../../components/Notice.tsx';
import { PhaseChips } from '../../components/PhaseChips.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { t } from '../../i18n/t.ts';
import { useStores } from '../../stores/use-stores.ts';
import { BackupReport } from './BackupReport.tsx';
import { CheckReport } from './CheckReport.tsx';
import { ExpireReport } from './ExpireReport.tsx';
import { ImageWholeButton, isAboutTheMap } from './ImageWholeButton.tsx';
import { LeftBehind } from './LeftBehind.tsx';
import { PruneReport } from './PruneReport.tsx';
import { phaseChips } from './phases.ts';
import { ReportActions } from './ReportActions.tsx';
import { ReportFacts } from './ReportFacts.tsx';
import { RestoreReport } from './RestoreReport.tsx';
import { isWorthRetrying, RetryButton } from './RetryButton.tsx';
import { objectFacts } from './report-facts.ts';
import { leftBehind, taskWarnings, type Warning } from './task-words.ts';

export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  return warnings.map(({ text, id }) => (
    <Notice key={text} tone="warn">
      <p>
        <Sentence text={text} />
      </p>
      {id === undefined ? null : <MessageIdButton id={id} />}
    </Notice>
  ));
}

/** The button that gets around what stopped a backup; none where there is none. */
function WayOn({ task, error }: { task: TaskSnapshot; error: WireError }) {
  const { tasks } = useStores();
  if (isAboutTheMap(error)) {
    return <ImageWholeButton volume={task.subject} onStarted={() => tasks.getState().dismiss(task.id)} />;
  }
  return isWorthRetrying(error) ? <RetryButton task={task} /> : null;
}

function Result({ task }: { task: TaskSnapshot }) {
  const { result } = task;
  switch (result?.kind) {
    case 'backup':
      return <BackupReport task={task} result={result} />;
    case 'restore':
      return <RestoreReport result={result} />;
    case 'check':
      return <CheckReport result={result} />;
    case 'expire':
      return <ExpireReport result={result} />;
    case 'prune':
      return <PruneReport result={result} />;
    default:
      return task.kind === 'backup' && task.state === 'failed' ? <ReportFacts facts={objectFacts(task)} /> : null;
  }
}

function Stopped({ task }: { task: TaskSnapshot }) {
  const neverBegan = task.startedAt === undefined;
  return (
    <Notice tone="info" title={t('running:stopped.title')}>
      <p>{neverBegan ? t('running:stopped.removed') : t(`running:stopped.${task.kind}`)}</p>
    </Notice>
  );
}

/** A restore that did not end well leaves its target, and an error lists itself what could not be undone. */
function saysWhatIsLeft({ kind, state }: TaskSnapshot, left: readonly string[]): boolean {
  if (state === 'succeeded') return kind === 'backup' || kind === 'restore';
  if (kind !== 'backup') return false;
  return state === 'failed' ? left.length === 0 : left.length > 0;
}

export function TaskReport({ task }: { task: TaskSnapshot }) {
  const { error, state, kind } = task;
  const left = leftBehind(task);
  return (
    <>
      <Warnings warnings={taskWarnings(task)} />
      {state === 'failed' ? <PhaseChips phases={phaseChips(task)} /> : null}
      {error && state !== 'cancelled' ? (
        <ErrorCard error={error} action={kind === 'backup' ? <WayOn task={task} error={error} /> : undefined} />
      ) : null}
      {state === 'cancelled' ? <Stopped task={task} /> : null}
      <Result task={task} />
      {saysWhatIsLeft(task, left) ? <LeftBehind left={left} /> : null}
      <ReportActions task={task} />
    </>
  );
}
