/** Backup Report: what an ended task did, opened from the Task List or a notification. */
import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { TaskReport } from './TaskReport.tsx';
import { TaskStateBadge } from './TaskStateBadge.tsx';

export function ReportDialog({ taskId }: { taskId: string }) {
  const { tasks } = useStores();
  const task = useValue('tasks', (state) => state.tasks.find((each) => each.id === taskId));
  const opened = useValue('tasks', (state) => state.reportOpen);
  // A dialog gives the focus back only if it saw itself open; this one may be fetched with the first report.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  if (!task) return null;
  return (
    <Modal
      opened={opened && mounted}
      onClose={() => tasks.getState().closeReport()}
      title={t(`running:report.${task.kind}`, { subject: task.subject })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={760}
    >
      <div className="sf-stack sf-task">
        <span>
          <TaskStateBadge task={task} />
        </span>
        <TaskReport task={task} />
      </div>
    </Modal>
  );
}
