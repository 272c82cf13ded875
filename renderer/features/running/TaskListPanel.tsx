/** Window → Task List: every task of this session beside whatever view is shown. */
import { Button, CloseButton } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { t } from '../../i18n/t.ts';
import { isFinished } from '../../stores/tasks-store.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import type { HostWindow } from '../../transport/host-window.ts';
import { RunOverview } from './RunOverview.tsx';
import { TaskRow } from './TaskRow.tsx';
import { inListOrder } from './task-order.ts';

/** The focus goes into the panel, and back to where it was when the panel closes. */
function useFocusWithin(): React.RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const inside = panel.current;
    inside?.focus();
    return () => {
      // Who has moved on by then stays there.
      const focused = document.activeElement;
      const isLost = focused === null || focused === document.body || inside?.contains(focused);
      if (!isLost) return;
      const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
      (isThere ? before : document.getElementById('content'))?.focus();
    };
  }, []);
  return panel;
}

export function TaskListPanel({ onLeave }: Pick<HostWindow, 'onLeave'>) {
  const { tasks } = useStores();
  const all = useValue('tasks', (state) => state.tasks);
  const dismissed = useValue('tasks', (state) => state.dismissed);
  const now = useNow();
  const panel = useFocusWithin();
  const shown = all.filter((task) => !dismissed.includes(task.id));
  const ended = shown.filter(isFinished);
  const close = (): void => tasks.getState().showList(false);
  return (
    <aside
      ref={panel}
      className="sf-task-panel"
      aria-label={t('running:list.title')}
      tabIndex={-1}
      data-pane
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
    >
      <header className="sf-task-panel-head">
        <h2 className="sf-grow">{t('running:list.title')}</h2>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          disabled={ended.length === 0}
          onClick={() => {
            for (const task of ended) tasks.getState().dismiss(task.id);
            panel.current?.focus();
          }}
        >
          {t('running:list.clear')}
        </Button>
        <CloseButton size={22} aria-label={t('running:list.close')} onClick={close} />
      </header>
      <div className="sf-task-panel-body">
        <RunOverview />
        {shown.length === 0 ? (
          <EmptyState icon={IconListDetails} text={t('running:list.empty')} />
        ) : (
          <ul className="sf-task-rows" aria-label={t('running:list.tasks')}>
            {inListOrder(shown).map((task) => (
              <TaskRow key={task.id} task={task} now={now} />
            ))}
          </ul>
        )}
      </div>
      {ended.length < shown.length ? (
        <p className="sf-task-panel-foot sf-small sf-dim">
          {onLeave === 'asks' ? t('running:list.leaveAsks') : t('running:list.leaveWarns')}
        </p>
      ) : null}
    </aside>
  );
}
