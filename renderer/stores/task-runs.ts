/** Tasks that were asked for together: how far all of them are, and who waits for whom. */
import type { TaskSnapshot } from '#contract';

/** The task has ended, one way or another. */
export function isFinished(task: Pick<TaskSnapshot, 'state'>): boolean {
  return task.state === 'succeeded' || task.state === 'failed' || task.state === 'cancelled';
}

/** How much of a task is done, 0 to 1; what has ended is done whatever its end. */
export function partDone(task: TaskSnapshot): number {
  if (isFinished(task)) return 1;
  const { bytesDone = 0, bytesTotal = 0 } = task.progress ?? {};
  return bytesTotal > 0 ? Math.min(1, bytesDone / bytesTotal) : 0;
}

function queuedFirst(a: TaskSnapshot, b: TaskSnapshot): number {
  return Date.parse(a.queuedAt) - Date.parse(b.queuedAt);
}

/**
 * The tasks of the run that is going on, in their order: those that have not ended, and those before them that ended
 * while the others already waited. Empty where nothing runs.
 */
export function presentRun(tasks: readonly TaskSnapshot[]): TaskSnapshot[] {
  // Newest first: the engine lists tasks of the same millisecond in the order they were asked for.
  const ordered = [...tasks].reverse().sort(queuedFirst);
  let run: TaskSnapshot[] = [];
  for (const task of ordered) {
    const askedAt = Date.parse(task.queuedAt);
    const allOver = run.every((other) => isFinished(other) && Date.parse(other.finishedAt ?? '') < askedAt);
    run = allOver ? [task] : [...run, task];
  }
  return run.some((task) => !isFinished(task)) ? run : [];
}

export interface RunProgress {
  /** Tasks of the run. */
  count: number;
  finished: number;
  failed: number;
  /** 0 to 1. */
  part: number;
}

/** How far a run is as a whole; tasks whose size is not known yet count like the average of the others. */
export function runProgress(run: readonly TaskSnapshot[]): RunProgress {
  const sizes = run.map((task) => task.progress?.bytesTotal ?? 0);
  const known = sizes.filter((size) => size > 0);
  const average = known.length > 0 ? known.reduce((sum, size) => sum + size, 0) / known.length : 1;
  let done = 0;
  let total = 0;
  for (const [index, task] of run.entries()) {
    const weight = sizes[index] || average;
    done += partDone(task) * weight;
    total += weight;
  }
  return {
    count: run.length,
    finished: run.filter(isFinished).length,
    failed: run.filter((task) => task.state === 'failed').length,
    part: total > 0 ? done / total : 0,
  };
}

/** Place of a waiting task among those that wait, from 1; 0 for every other task. */
export function queuePosition(tasks: readonly TaskSnapshot[], taskId: string): number {
  const waiting = [...tasks]
    .reverse()
    .sort(queuedFirst)
    .filter((task) => task.state === 'queued');
  return waiting.findIndex((task) => task.id === taskId) + 1;
}

/** How far everything that runs or waits is, 0 to 1; `null` where nothing does. */
export function overallPart(tasks: readonly TaskSnapshot[]): number | null {
  const run = presentRun(tasks);
  return run.length > 0 ? runProgress(run).part : null;
}
