/** One task: its phases and progress while it runs, its result or its error afterwards. */
import { Button, CloseButton } from '@mantine/core';
import type { TaskSnapshot } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { PhaseChips } from '../../components/PhaseChips.tsx';
import { TASK_KIND_WORDS } from '../../i18n/words.ts';
import { isFinished } from '../../stores/tasks-store.ts';
import { useStores } from '../../stores/use-stores.ts';
import { ImageWholeButton, isAboutTheMap } from './ImageWholeButton.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import { phaseChips } from './phases.ts';
import { TaskResultCard } from './TaskResultCard.tsx';
import { TaskStateBadge } from './TaskStateBadge.tsx';

function Warnings({ warnings }: { warnings: readonly string[] }) {
  return [...new Set(warnings)].map((warning) => (
    <Notice key={warning} tone="warn">
      <p>{warning}</p>
    </Notice>
  ));
}

export function TaskCard({ task }: { task: TaskSnapshot }) {
  const { tasks } = useStores();
  const finished = isFinished(task);
  const warnings = task.result && task.result.kind !== 'check' ? task.result.warnings : task.warnings;
  return (
    <section
      className="sf-card"
      aria-label={`${TASK_KIND_WORDS[task.kind]} of ${task.subject}`}
      data-testid="task"
      data-state={task.state}
    >
      <header className="sf-card-head">
        <h2 className="sf-clip" title={task.subject}>
          {task.subject}
        </h2>
        <span className="sf-dim sf-nowrap">{TASK_KIND_WORDS[task.kind]}</span>
        <TaskStateBadge task={task} />
        <span className="sf-grow">{finished ? null : <PhaseChips phases={phaseChips(task)} />}</span>
        {finished ? (
          <CloseButton
            size={22}
            aria-label={`Put away ${task.subject}`}
            onClick={() => tasks.getState().dismiss(task.id)}
          />
        ) : (
          <Button
            variant="default"
            disabled={task.state === 'cancelling'}
            onClick={() => void tasks.getState().cancel(task.id)}
            aria-label={`Cancel ${TASK_KIND_WORDS[task.kind].toLowerCase()} of ${task.subject}`}
          >
            Cancel
          </Button>
        )}
      </header>
      {finished ? null : <ProgressLine task={task} />}
      {task.state === 'failed' ? <PhaseChips phases={phaseChips(task)} /> : null}
      <Warnings warnings={warnings} />
      {task.error && task.state !== 'cancelled' ? (
        <ErrorCard
          error={task.error}
          action={
            task.kind === 'backup' && isAboutTheMap(task.error) ? (
              <ImageWholeButton volume={task.subject} onStarted={() => tasks.getState().dismiss(task.id)} />
            ) : undefined
          }
        />
      ) : null}
      {task.state === 'cancelled' ? (
        <Notice tone="info" title="You stopped it">
          <p>
            {task.kind === 'restore'
              ? 'If writing had begun, the target holds a partial restore: do not use it. The image is intact.'
              : 'No image was made. Blocks already stored are reused by the next run.'}
          </p>
        </Notice>
      ) : null}
      {task.result ? <TaskResultCard result={task.result} /> : null}
    </section>
  );
}
