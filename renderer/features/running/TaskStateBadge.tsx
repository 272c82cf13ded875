/** The state of a task as an icon and a word. */
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconPlayerPlay,
} from '@tabler/icons-react';
import type { TaskSnapshot } from '#contract';
import { StatusBadge, type Tone } from '../../components/StatusBadge.tsx';
import { t } from '../../i18n/t.ts';
import { TASK_STATE_WORDS } from '../../i18n/words.ts';
import { hasWarnings } from './task-words.ts';

const LOOKS = {
  queued: { icon: IconClock, tone: 'neutral' },
  running: { icon: IconPlayerPlay, tone: 'info' },
  cancelling: { icon: IconBan, tone: 'warn' },
  succeeded: { icon: IconCircleCheck, tone: 'ok' },
  failed: { icon: IconCircleX, tone: 'bad' },
  cancelled: { icon: IconBan, tone: 'neutral' },
} as const satisfies Record<TaskSnapshot['state'], { icon: typeof IconClock; tone: Tone }>;

export function TaskStateBadge({ task }: { task: TaskSnapshot }) {
  if (task.state === 'succeeded' && hasWarnings(task)) {
    return <StatusBadge icon={IconAlertTriangle} word={t('running:state.warned')} tone="warn" />;
  }
  const { icon, tone } = LOOKS[task.state];
  return <StatusBadge icon={icon} word={TASK_STATE_WORDS[task.state]} tone={tone} />;
}
