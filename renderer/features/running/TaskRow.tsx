/** One task in the Task List: a line while it waits, three while it runs, two with its end. */
import { Button } from '@mantine/core';
import type { TaskSnapshot } from '#contract';
import { Ago } from '../../components/Ago.tsx';
import { PhaseChips } from '../../components/PhaseChips.tsx';
import { t } from '../../i18n/t.ts';
import { TASK_KIND_WORDS } from '../../i18n/words.ts';
import { isFinished } from '../../stores/tasks-store.ts';
import { useStores } from '../../stores/use-stores.ts';
import { CancelButton } from './CancelButton.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import { phaseChips } from './phases.ts';
import { QueuePlace } from './QueuePlace.tsx';
import { TaskStateBadge } from './TaskStateBadge.tsx';
import { endSentence, taskName } from './task-words.ts';
import { useKeptFocus } from './use-kept-focus.ts';

/** Kind, state, and what there is to say about it in a word or two. */
function About({ task, now }: { task: TaskSnapshot; now: number }) {
  return (
    <div className="sf-task-row-about sf-small">
      <span className="sf-dim sf-nowrap">{TASK_KIND_WORDS[task.kind]}</span>
      <TaskStateBadge task={task} />
      {task.state === 'queued' ? <QueuePlace task={task} /> : null}
      {task.finishedAt ? (
        <span className="sf-dim sf-nowrap sf-task-row-time">
          <Ago instant={task.finishedAt} now={now} />
        </span>
      ) : null}
    </div>
  );
}

export function TaskRow({ task, now }: { task: TaskSnapshot; now: number }) {
  const { tasks } = useStores();
  const kept = useKeptFocus<HTMLLIElement>(task.state);
  const finished = isFinished(task);
  const running = !finished && task.state !== 'queued';
  return (
    <li {...kept} className="sf-task-row" data-state={task.state} aria-label={taskName(task)} tabIndex={-1}>
      <div className="sf-task-row-head">
        <strong className="sf-clip" title={task.subject}>
          {task.subject}
        </strong>
        {finished ? (
          <Button
            variant="default"
            aria-label={t('running:report.openNamed', { subject: task.subject })}
            onClick={() => tasks.getState().openReport(task.id)}
          >
            {t('running:report.open')}
          </Button>
        ) : (
          <CancelButton task={task} />
        )}
      </div>
      <About task={task} now={now} />
      {running ? (
        <>
          <ProgressLine task={task} gauge={false} />
          <PhaseChips phases={phaseChips(task)} />
        </>
      ) : null}
      {task.state === 'failed' ? (
        <p className="sf-bad sf-small sf-clip" title={endSentence(task)}>
          {endSentence(task)}
        </p>
      ) : null}
    </li>
  );
}
