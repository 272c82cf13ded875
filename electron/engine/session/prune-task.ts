/** Pruning as a task, and its preview. */
import type { Phase, PrunePlan, PruneRequest, PruneResult } from '#contract';
import type { TaskContext, TaskRegistry } from '../activity/task-registry.ts';
import { EngineError } from '../base/errors.ts';
import type { Ports } from '../ports.ts';
import type { PrunePlanOptions, Repository } from '../repository/types.ts';
import { pruneCommand } from './prune-command.ts';
import type { RepositorySession } from './repository-session.ts';

/** What prune tasks are made of. */
export interface PruneDependencies {
  ports: Ports;
  session: RepositorySession;
  tasks: TaskRegistry;
}

/** Starts a prune; it waits for whatever else uses the repository. `TASK_CONFLICT` while one is under way. */
export async function startPrune(
  { ports, session, tasks }: PruneDependencies,
  request: PruneRequest,
): Promise<{ taskId: string }> {
  const repository = await session.require();
  const taskId = tasks.start(
    'prune',
    session.location,
    async (context) => {
      context.phase('lock');
      await using _lock = await repository.lock(true, context.signal);
      return await pruneLocked(repository, request, context, ports);
    },
    { queue: 'repository', request, command: pruneCommand(request) },
  );
  return { taskId };
}

/**
 * Prunes within a task that holds the exclusive lock: phases, progress and warnings are told to `context`. Throws what
 * `Repository.prune` throws.
 */
export async function pruneLocked(
  repository: Repository,
  request: PruneRequest,
  context: TaskContext,
  { clock }: Pick<Ports, 'clock'>,
): Promise<PruneResult> {
  const started = clock.monotonic();
  let phase: Phase = 'plan';
  context.phase(phase);
  let storedBytes = 0;
  const report = await repository.prune({
    ...request,
    signal: context.signal,
    onProgress: (next, bytesDone, bytesTotal) => {
      if (next !== phase) context.phase(next);
      phase = next;
      if (next === 'repack') storedBytes = bytesDone;
      context.progress({ bytesDone, bytesTotal, storedBytes });
    },
  });
  for (const warning of report.warnings) context.warn(warning);
  return { kind: 'prune', ...report, elapsedSeconds: (clock.monotonic() - started) / 1000 };
}

/** What a prune would do. Locks the repository against one meanwhile, unless it cannot be written to. */
export async function previewPrune(
  session: RepositorySession,
  request: PruneRequest & Pick<PrunePlanOptions, 'without'>,
): Promise<PrunePlan> {
  const repository = await session.require();
  await using _lock = await lockIfPossible(repository);
  return await repository.planPrune(request);
}

async function lockIfPossible(repository: Repository) {
  try {
    return await repository.lock(false);
  } catch (error) {
    const isReadOnly =
      error instanceof EngineError && ['REPOSITORY_FULL', 'REPOSITORY_PERMISSION'].includes(error.code);
    if (isReadOnly) return undefined;
    throw error;
  }
}
