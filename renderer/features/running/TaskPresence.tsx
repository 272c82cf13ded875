/** What is there of running tasks in every view: Task List, reports, notifications, and the desktop around the window. */
import type { HostWindow } from '../../transport/host-window.ts';
import { ReportDialog } from './ReportDialog.tsx';
import { TaskListPanel } from './TaskListPanel.tsx';
import { TaskNotifications } from './TaskNotifications.tsx';
import { useHostWindow } from './use-host-window.ts';

export function TaskPresence({ hostWindow }: { hostWindow: HostWindow }) {
  useHostWindow(hostWindow);
  return (
    <>
      <TaskListPanel onLeave={hostWindow.onLeave} />
      <ReportDialog />
      <TaskNotifications hostWindow={hostWindow} />
    </>
  );
}
