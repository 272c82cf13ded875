/** The tasks of one kind that run or have just ended, until they are put away. */
import type { TaskSnapshot } from '#contract';
import { useValue } from '../../stores/use-stores.ts';
import { RunOverview } from './RunOverview.tsx';
import { TaskCard } from './TaskCard.tsx';
import { inListOrder } from './task-order.ts';

export function TaskList({ kind }: { kind: TaskSnapshot['kind'] }) {
  const tasks = useValue('tasks', (state) => state.tasks);
  const dismissed = useValue('tasks', (state) => state.dismissed);
  const shown = tasks.filter((task) => task.kind === kind && !dismissed.includes(task.id));
  if (shown.length === 0) return null;
  return (
    <>
      <RunOverview />
      {inListOrder(shown).map((task) => (
        <TaskCard key={task.id} task={task} />
      ))}
    </>
  );
}
