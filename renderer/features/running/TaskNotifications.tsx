/** Says when a task has ended, wherever the person is looking. */
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { TaskSnapshot } from '#contract';
import { t } from '../../i18n/t.ts';
import type { Stores } from '../../stores/create-stores.ts';
import { preferenceValues } from '../../stores/preference-values.ts';
import { useStores } from '../../stores/use-stores.ts';
import type { HostWindow } from '../../transport/host-window.ts';
import { endedBetween, placeOfNotice } from './notices.ts';
import { endSentence, hasWarnings, taskName } from './task-words.ts';

function lookOf(task: TaskSnapshot) {
  if (task.state === 'failed') return { icon: <IconX size={16} aria-hidden />, color: 'red' };
  if (hasWarnings(task)) return { icon: <IconAlertTriangle size={16} aria-hidden />, color: 'orange' };
  return { icon: <IconCheck size={16} aria-hidden />, color: 'teal' };
}

/** In the window; `stays`: until it is closed, because nobody may be looking now. */
function announce(task: TaskSnapshot, { tasks }: Pick<Stores, 'tasks'>, stays: boolean): void {
  const id = `ended-${task.id}`;
  notifications.show({
    id,
    title: taskName(task),
    message: (
      <span className="sf-notification">
        <span>{endSentence(task)}</span>
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => {
            notifications.hide(id);
            tasks.getState().openReport(task.id);
          }}
        >
          {t('running:end.show')}
        </Button>
      </span>
    ),
    ...lookOf(task),
    ...(stays || task.state === 'failed' ? { autoClose: false } : {}),
    closeButtonProps: { 'aria-label': t('common:close') },
  });
}

function isAway(): boolean {
  return document.visibilityState === 'hidden' || !document.hasFocus();
}

export function TaskNotifications({ hostWindow }: { hostWindow: HostWindow }) {
  const stores = useStores();
  useEffect(() => {
    const { tasks, ui } = stores;

    async function tell(task: TaskSnapshot): Promise<void> {
      const away = isAway();
      const place = placeOfNotice({
        task,
        view: ui.getState().view,
        listOpen: tasks.getState().listOpen,
        away,
        preferences: preferenceValues(stores),
      });
      if (place === 'nowhere') return;
      const notice = { title: taskName(task), body: endSentence(task) };
      if (place === 'desktop' && (await hostWindow.notify(notice))) return;
      announce(task, stores, away);
    }

    return tasks.subscribe((state, previous) => {
      for (const task of endedBetween(previous.tasks, state.tasks)) void tell(task);
    });
  }, [stores, hostWindow]);
  return null;
}
