/** The life of a task, as a table: every change of state goes through it. */
import type { TaskState } from '#contract';

/** From each state, the states that may follow. `cancelling` may still end any way: the work decides. */
export const TASK_TRANSITIONS: Readonly<Record<TaskState, readonly TaskState[]>> = {
  queued: ['running', 'cancelled'],
  running: ['cancelling', 'succeeded', 'failed', 'cancelled'],
  cancelling: ['cancelled', 'failed', 'succeeded'],
  succeeded: [],
  failed: [],
  cancelled: [],
};

/** True where nothing can follow any more. */
export function isEnded(state: TaskState): boolean {
  return TASK_TRANSITIONS[state].length === 0;
}

/** `to`, if the table allows it after `from`. Throws `RangeError` otherwise: a bug of the caller. */
export function transition(from: TaskState, to: TaskState): TaskState {
  if (!TASK_TRANSITIONS[from].includes(to)) throw new RangeError(`a ${from} task cannot become ${to}`);
  return to;
}
