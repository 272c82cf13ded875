/** Follows a task to its end, showing its progress. */
import { type MessageId, messageIdOfWarning, type TaskResult, type TaskSnapshot } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from './command-context.ts';
import { progressLine } from './progress-line.ts';

/**
 * Waits until the task has released everything it held. An interrupt cancels it. Progress goes to the terminal's one
 * line, or to JSON lines that carry `subject`. Returns the result of a task that succeeded and throws its error
 * otherwise, `CANCELLED` included. The ids of its warnings are those that the task raised them with.
 */
export async function followTask<K extends TaskResult['kind']>(
  { engine, output, cancellation }: CommandContext,
  taskId: string,
  kind: K,
  subject: Readonly<Record<string, string>> = {},
): Promise<Extract<TaskResult, { kind: K }> & { warningIds?: MessageId[] }> {
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
  if (last.error) throw logged(new EngineError(last.error.code, last.error.details));
  if (last.state === 'cancelled') throw logged(new EngineError('CANCELLED'));
  const { result } = last;
  if (!isKind(result, kind))
    throw new EngineError('INTERNAL', { reason: `The task ended as ${last.state} without a result.` });
  const warnings = 'warnings' in result ? result.warnings : [];
  const known = new Map(last.warnings.map((text, index) => [text, last.warningIds?.[index]]));
  const warningIds = warnings.map((text) => known.get(text) ?? messageIdOfWarning());
  return { ...result, ...(warningIds.length > 0 ? { warningIds } : {}) };
}

const loggedErrors = new WeakSet<Error>();

function logged(error: EngineError): EngineError {
  loggedErrors.add(error);
  return error;
}

/** The error of a task: whoever runs tasks has put it into the error log. */
export function isLogged(error: unknown): boolean {
  return error instanceof Error && loggedErrors.has(error);
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
