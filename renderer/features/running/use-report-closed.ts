/** What happens when a report is put away: back to the hub, unless the person prefers the tree (or has more to do here). */
import type { TaskSnapshot } from '#contract';
import { preferenceValues } from '../../stores/preference-values.ts';
import { isFinished } from '../../stores/tasks-store.ts';
import type { View } from '../../stores/ui-store.ts';
import { useStores } from '../../stores/use-stores.ts';
import { rescueFocus } from './use-kept-focus.ts';

export interface ClosedReport {
  task: TaskSnapshot;
  /** Tasks whose cards are still shown. */
  others: readonly TaskSnapshot[];
  view: View;
  /** The person has already chosen volumes for the next run. */
  choosing: boolean;
  preferences: Readonly<Record<string, string>>;
}

/** Whether the hub is shown next. */
export function goesToHub({ task, others, view, choosing, preferences }: ClosedReport): boolean {
  if (task.state !== 'succeeded' || view !== task.kind || choosing) return false;
  return preferences.guitreeviewafterbackup !== 'yes' && !others.some((other) => other.kind === task.kind);
}

export function useReportClosed(): (task: TaskSnapshot) => void {
  const stores = useStores();
  return (task) => {
    const { tasks, ui, backup } = stores;
    tasks.getState().dismiss(task.id);
    const { tasks: all, dismissed } = tasks.getState();
    const others = all.filter((other) => !isFinished(other) || !dismissed.includes(other.id));
    const { view } = ui.getState();
    const choosing = view === 'backup' && backup.getState().selected.length > 0;
    const preferences = preferenceValues(stores);
    if (goesToHub({ task, others, view, choosing, preferences })) ui.getState().show('hub');
    rescueFocus();
  };
}
