/** What is there of running tasks in every view: Task List, reports, notifications, and the desktop around the window. */
import { lazy, Suspense } from 'react';
import { useValue } from '../../stores/use-stores.ts';
import type { HostWindow } from '../../transport/host-window.ts';
import { TaskNotifications } from './TaskNotifications.tsx';
import { useHostWindow } from './use-host-window.ts';

// Fetched when they are opened for the first time.
const TaskListPanel = lazy(async () => ({ default: (await import('./TaskListPanel.tsx')).TaskListPanel }));
const ReportDialog = lazy(async () => ({ default: (await import('./ReportDialog.tsx')).ReportDialog }));

export function TaskPresence({ hostWindow }: { hostWindow: HostWindow }) {
  useHostWindow(hostWindow);
  const listOpen = useValue('tasks', (state) => state.listOpen);
  const reportId = useValue('tasks', (state) => state.reportId);
  return (
    <>
      <Suspense>{listOpen ? <TaskListPanel onLeave={hostWindow.onLeave} /> : null}</Suspense>
      {/* On its own: while it is fetched, the Task List must not be hidden and lose the focus. */}
      <Suspense>{reportId === null ? null : <ReportDialog taskId={reportId} />}</Suspense>
      <TaskNotifications hostWindow={hostWindow} />
    </>
  );
}
