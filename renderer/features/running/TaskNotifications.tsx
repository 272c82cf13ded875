/** Says when a task has ended, wherever the person is looking. */
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { TaskSnapshot } from '#contract';
import { ERROR_TEXTS } from '../../i18n/errors.ts';
import { TASK_KIND_WORDS } from '../../i18n/words.ts';
import { isFinished } from '../../stores/tasks-store.ts';
import { useStores } from '../../stores/use-stores.ts';
import { hasWarnings } from './TaskStateBadge.tsx';

function announce(task: TaskSnapshot): void {
  const subject = `${TASK_KIND_WORDS[task.kind]} of ${task.subject}`;
  if (task.state === 'succeeded') {
    const warned = hasWarnings(task);
    notifications.show({
      title: subject,
      message: warned ? 'Completed with warnings.' : 'Completed.',
      icon: warned ? <IconAlertTriangle size={16} aria-hidden /> : <IconCheck size={16} aria-hidden />,
      color: warned ? 'orange' : 'teal',
      closeButtonProps: { 'aria-label': 'Close' },
    });
  }
  if (task.state === 'failed') {
    notifications.show({
      title: subject,
      message: task.error ? ERROR_TEXTS[task.error.code].title : 'Failed.',
      icon: <IconX size={16} aria-hidden />,
      color: 'red',
      closeButtonProps: { 'aria-label': 'Close' },
    });
  }
}

export function TaskNotifications() {
  const { tasks, ui } = useStores();
  useEffect(
    () =>
      tasks.subscribe((state, previous) => {
        for (const task of state.tasks) {
          const before = previous.tasks.find((each) => each.id === task.id);
          // Where the task's card is on the screen it says the same.
          const { view } = ui.getState();
          const onScreen = view === 'activity' || view === task.kind;
          if (before && !isFinished(before) && isFinished(task) && !onScreen) announce(task);
        }
      }),
    [tasks, ui],
  );
  return null;
}
