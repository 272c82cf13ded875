/** The order in which tasks are listed: what runs, what waits in the order of the queue, what has ended (newest first). */
import type { TaskSnapshot } from '#contract';
import { isFinished } from '../../stores/tasks-store.ts';

const rank = (task: TaskSnapshot): number => (isFinished(task) ? 2 : task.state === 'queued' ? 1 : 0);

/** `tasks` (newest first) in the order of a list. */
export function inListOrder(tasks: readonly TaskSnapshot[]): TaskSnapshot[] {
  // Sorting is stable: from the oldest on, those that wait keep the order in which they were asked for.
  const oldestFirst = [...tasks].reverse();
  return oldestFirst.sort((a, b) => {
    if (rank(a) !== rank(b)) return rank(a) - rank(b);
    return isFinished(a) ? Date.parse(b.finishedAt ?? '') - Date.parse(a.finishedAt ?? '') : 0;
  });
}
