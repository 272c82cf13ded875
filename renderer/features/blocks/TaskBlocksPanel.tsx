/** The live block map of a backup, and its last state when it ended. */
import { useEffect } from 'react';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { BlocksPlace } from './BlocksPlace.tsx';

export function TaskBlocksPanel({ taskId }: { taskId: string }) {
  const { blocks } = useStores();
  const map = useValue('blocks', (state) => state.tasks[taskId]);
  const subject = useValue('tasks', (state) => state.tasks.find(({ id }) => id === taskId)?.subject ?? '');
  useEffect(() => blocks.getState().watchTask(taskId), [blocks, taskId]);
  if (map?.error?.code === 'TASK_NOT_FOUND') return <p className="sf-dim sf-small">{t('blocks:task.ended')}</p>;
  return (
    <BlocksPlace map={map} label={t('blocks:task.label', { volume: subject })} loading={t('blocks:task.loading')} />
  );
}
