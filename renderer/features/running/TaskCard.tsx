/** One task: its phases and progress while it runs, its result or its error afterwards. */
import { Button, CloseButton } from '@mantine/core';
import type { TaskSnapshot, WireError } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { PhaseChips } from '../../components/PhaseChips.tsx';
import { TASK_KIND_WORDS } from '../../i18n/words.ts';
import { isFinished } from '../../stores/tasks-store.ts';
import { useStores } from '../../stores/use-stores.ts';
import { ImageWholeButton, isAboutTheMap } from './ImageWholeButton.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import { phaseChips } from './phases.ts';
import { isWorthRetrying, RetryButton } from './RetryButton.tsx';
import { TaskResultCard } from './TaskResultCard.tsx';
import { TaskStateBadge } from './TaskStateBadge.tsx';

function Warnings({ warnings }: { warnings: readonly string[] }) {
  return [...new Set(warnings)].map((warning) => (
    <Notice key={warning} tone="warn">
      <p>{warning}</p>
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

export function TaskCard({ task }: { task: TaskSnapshot }) {
  const { tasks } = useStores();
  const finished = isFinished(task);
  // What was said before the work began is not among those of its result.
  const warnings = [...task.warnings, ...(task.result && task.result.kind !== 'check' ? task.result.warnings : [])];
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
          action={task.kind === 'backup' ? <WayOn task={task} error={task.error} /> : undefined}
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
