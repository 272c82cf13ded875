/** When the end of a task is said, and where: on the desktop, in the window, or not at all. */
import type { TaskSnapshot } from '#contract';
import { isFinished } from '../../stores/tasks-store.ts';
import type { View } from '../../stores/ui-store.ts';

/** Seconds that a task must have taken to be worth a notification of the system, where no option says otherwise. */
const NOTIFY_AFTER_SECONDS = 10;

export interface EndOfTask {
  task: TaskSnapshot;
  view: View;
  /** The Task List is open and shows it. */
  listOpen: boolean;
  /** The window is hidden, or another one has the focus. */
  away: boolean;
  preferences: Readonly<Record<string, string>>;
}

function secondsTaken({ startedAt, finishedAt }: TaskSnapshot): number {
  return startedAt && finishedAt ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : 0;
}

/** Tasks that ended between two states of the store. */
export function endedBetween(before: readonly TaskSnapshot[], after: readonly TaskSnapshot[]): TaskSnapshot[] {
  if (before === after) return [];
  const unfinished = new Set(before.filter((task) => !isFinished(task)).map((task) => task.id));
  return after.filter((task) => isFinished(task) && unfinished.has(task.id));
}

/**
 * `desktop`: a notification of the system, in the window where there is none. `window`: in the window. `nowhere`: the
 * person sees it anyway, or did it.
 */
export function placeOfNotice({
  task,
  view,
  listOpen,
  away,
  preferences,
}: EndOfTask): 'desktop' | 'window' | 'nowhere' {
  if (task.state === 'cancelled') return 'nowhere';
  if (away && preferences.notifications !== 'no') {
    const after = Number(preferences.notifyafter ?? NOTIFY_AFTER_SECONDS);
    const worth = task.state === 'failed' || !(secondsTaken(task) < after);
    if (worth) return 'desktop';
  }
  // Where the task's card is on the screen it says the same.
  const onScreen = listOpen || view === 'activity' || view === task.kind;
  return onScreen && !away ? 'nowhere' : 'window';
}
