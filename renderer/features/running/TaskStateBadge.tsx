/** The state of a task. */
import type { TaskSnapshot } from '#contract';
import { StateBadge } from '../../components/StateBadge.tsx';
import { t } from '../../i18n/t.ts';
import { hasWarnings } from './task-words.ts';

export function TaskStateBadge({ task }: { task: TaskSnapshot }) {
  const warned = task.state === 'succeeded' && hasWarnings(task) ? t('running:state.warned') : undefined;
  return <StateBadge state={task.state} warned={warned} />;
}
