/** One task in the Task List: a line while it waits, three while it runs, two with its end. */
import { Button } from '@mantine/core';
import type { TaskSnapshot } from '#contract';
import { Ago } from '../../components/Ago.tsx';
import { PhaseChips } from '../../components/PhaseChips.tsx';
import { t } from '../../i18n/t.ts';
import { isFinished } from '../../stores/tasks-store.ts';
import { useStores } from '../../stores/use-stores.ts';
import { CancelButton } from './CancelButton.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import { phaseChips } from './phases.ts';
import { QueuePlace } from './QueuePlace.tsx';
import { TaskStateBadge } from './TaskStateBadge.tsx';
import { endSentence, taskName } from './task-words.ts';

function End({ task, now }: { task: TaskSnapshot; now: number }) {
  return (
    <span className="sf-row-end sf-small">
      <span className={task.state === 'failed' ? 'sf-bad sf-clip' : 'sf-dim sf-clip'} title={endSentence(task)}>
        {task.state === 'failed' ? endSentence(task) : null}
      </span>
      {task.finishedAt ? (
        <span className="sf-dim sf-nowrap">
          <Ago instant={task.finishedAt} now={now} />
        </span>
      ) : null}
    </span>
  );
}

export function TaskRow({ task, now }: { task: TaskSnapshot; now: number }) {
  const { tasks } = useStores();
  const finished = isFinished(task);
  const running = !finished && task.state !== 'queued';
  const name = taskName(task);
  return (
    <li className="sf-task-row" data-state={task.state}>
      <div className="sf-task-row-head">
        <span className="sf-clip" title={name}>
          {name}
        </span>
        <TaskStateBadge task={task} />
        {finished ? (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={t('running:report.openNamed', { subject: task.subject })}
            onClick={() => tasks.getState().openReport(task.id)}
          >
            {t('running:report.open')}
          </Button>
        ) : (
          <CancelButton task={task} />
        )}
      </div>
      {task.state === 'queued' ? <QueuePlace task={task} /> : null}
      {running ? (
        <>
          <ProgressLine task={task} gauge={false} />
          <PhaseChips phases={phaseChips(task)} />
        </>
      ) : null}
      {finished ? <End task={task} now={now} /> : null}
    </li>
  );
}
