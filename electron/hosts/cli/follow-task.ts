/** Follows a task to its end, showing its progress. */
import type { TaskResult, TaskSnapshot } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from './command-context.ts';
import { progressLine } from './progress-line.ts';

/**
 * Waits until the task has released everything it held. An interrupt cancels it. Progress goes to the terminal's one
 * line, or to JSON lines that carry `subject`. Returns the result of a task that succeeded and throws its error
 * otherwise, `CANCELLED` included.
 */
export async function followTask<K extends TaskResult['kind']>(
  { engine, output, cancellation }: CommandContext,
  taskId: string,
  kind: K,
  subject: Readonly<Record<string, string>> = {},
): Promise<Extract<TaskResult, { kind: K }>> {
  const cancel = () => engine.tasks.cancel(taskId);
  const watching = new AbortController();
  const shown = showProgress(engine.tasks.watch(watching.signal), taskId, (progress) => {
    output.status(progressLine(progress, output.columns));
    output.json({ type: 'progress', taskId, ...subject, ...progress });
  });
  cancellation.signal.addEventListener('abort', cancel, { once: true });
  if (cancellation.signal.aborted) cancel();
  let last: TaskSnapshot;
  try {
    last = await engine.tasks.finished(taskId);
  } finally {
    cancellation.signal.removeEventListener('abort', cancel);
    watching.abort();
    await shown;
    output.status('');
  }
  if (last.error) throw new EngineError(last.error.code, last.error.details);
  if (last.state === 'cancelled') throw new EngineError('CANCELLED');
  const { result } = last;
  if (!isKind(result, kind))
    throw new EngineError('INTERNAL', { reason: `The task ended as ${last.state} without a result.` });
  return result;
}

function isKind<K extends TaskResult['kind']>(
  result: TaskResult | undefined,
  kind: K,
): result is Extract<TaskResult, { kind: K }> {
  return result?.kind === kind;
}

async function showProgress(
  snapshots: AsyncIterable<TaskSnapshot>,
  taskId: string,
  show: (progress: NonNullable<TaskSnapshot['progress']>) => void,
): Promise<void> {
  for await (const { id, state, progress } of snapshots) {
    if (id === taskId && state === 'running' && progress) show(progress);
  }
}
