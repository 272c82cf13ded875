/** One task: queued, its phases and progress while it runs, its report afterwards. */
import { CloseButton } from '@mantine/core';
import type { TaskSnapshot } from '#contract';
import { PhaseChips } from '../../components/PhaseChips.tsx';
import { t } from '../../i18n/t.ts';
import { TASK_KIND_WORDS } from '../../i18n/words.ts';
import { isFinished } from '../../stores/tasks-store.ts';
import { BlocksFold } from './BlocksFold.tsx';
import { CancelButton } from './CancelButton.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import { phaseChips } from './phases.ts';
import { QueuePlace } from './QueuePlace.tsx';
import { RateCharts } from './RateCharts.tsx';
import { TaskReport, Warnings } from './TaskReport.tsx';
import { TaskStateBadge } from './TaskStateBadge.tsx';
import { taskName, taskWarnings } from './task-words.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { useReportClosed } from './use-report-closed.ts';

function Running({ task }: { task: TaskSnapshot }) {
  return (
    <>
      <ProgressLine task={task} />
      <div className="sf-run-body" data-blocks={task.hasBlocks || undefined}>
        {task.hasBlocks ? <BlocksFold task={task} /> : null}
        <RateCharts task={task} />
      </div>
      <Warnings warnings={taskWarnings(task)} />
    </>
  );
}

export function TaskCard({ task }: { task: TaskSnapshot }) {
  const closeReport = useReportClosed();
  const kept = useKeptFocus<HTMLElement>(task.state);
  const finished = isFinished(task);
  const queued = task.state === 'queued';
  return (
    <section
      {...kept}
      className="sf-card sf-task"
      aria-label={taskName(task)}
      tabIndex={-1}
      data-testid="task"
      data-state={task.state}
    >
      <header className="sf-card-head">
        <h2 className="sf-clip" title={task.subject}>
          {task.subject}
        </h2>
        <span className="sf-dim sf-nowrap">{TASK_KIND_WORDS[task.kind]}</span>
        <TaskStateBadge task={task} />
        <span className="sf-grow">
          {queued ? <QueuePlace task={task} /> : null}
          {finished || queued ? null : <PhaseChips phases={phaseChips(task)} />}
        </span>
        {finished ? (
          <CloseButton
            size={22}
            aria-label={t('running:putAway', { subject: task.subject })}
            onClick={() => closeReport(task)}
          />
        ) : (
          <CancelButton task={task} />
        )}
      </header>
      {finished ? <TaskReport task={task} /> : null}
      {finished || queued ? null : <Running task={task} />}
    </section>
  );
}
