/** The tasks of one kind that run or have just ended, until they are put away. */
import type { TaskSnapshot } from '#contract';
import { useValue } from '../../stores/use-stores.ts';
import { TaskCard } from './TaskCard.tsx';

export function TaskList({ kind }: { kind: TaskSnapshot['kind'] }) {
  const tasks = useValue('tasks', (state) => state.tasks);
  const dismissed = useValue('tasks', (state) => state.dismissed);
  return tasks
    .filter((task) => task.kind === kind && !dismissed.includes(task.id))
    .map((task) => <TaskCard key={task.id} task={task} />);
}
