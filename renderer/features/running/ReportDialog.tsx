/** Backup Report: what an ended task did, opened from the Task List or a notification. */
import { Modal } from '@mantine/core';
import { t } from '../../i18n/t.ts';
import { isFinished } from '../../stores/tasks-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { TaskReport } from './TaskReport.tsx';
import { TaskStateBadge } from './TaskStateBadge.tsx';

export function ReportDialog() {
  const { tasks } = useStores();
  const task = useValue('tasks', (state) => state.tasks.find((each) => each.id === state.reportId && isFinished(each)));
  return (
    <Modal
      opened={task !== undefined}
      onClose={() => tasks.getState().closeReport()}
      title={task ? t(`running:report.${task.kind}`, { subject: task.subject }) : undefined}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={760}
    >
      {task ? (
        <div className="sf-stack sf-task">
          <span>
            <TaskStateBadge task={task} />
          </span>
          <TaskReport task={task} />
        </div>
      ) : null}
    </Modal>
  );
}
