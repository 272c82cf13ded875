/** Place of a waiting task in the queue. */
import type { TaskSnapshot } from '#contract';
import { t } from '../../i18n/t.ts';
import { queuePosition } from '../../stores/task-runs.ts';
import { useValue } from '../../stores/use-stores.ts';

export function QueuePlace({ task }: { task: TaskSnapshot }) {
  const position = useValue('tasks', (state) => queuePosition(state.tasks, task.id));
  return (
    <span className="sf-dim sf-small">
      {position > 1 ? t('running:queue.position', { position }) : t('running:queue.next')}
    </span>
  );
}
