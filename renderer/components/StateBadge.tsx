/** The state of a task or a run as an icon and a word. */
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconPlayerPlay,
} from '@tabler/icons-react';
import type { TaskState } from '#contract';
import { TASK_STATE_WORDS } from '../i18n/words.ts';
import { StatusBadge, type Tone } from './StatusBadge.tsx';

const LOOKS = {
  queued: { icon: IconClock, tone: 'neutral' },
  running: { icon: IconPlayerPlay, tone: 'info' },
  cancelling: { icon: IconBan, tone: 'warn' },
  succeeded: { icon: IconCircleCheck, tone: 'ok' },
  failed: { icon: IconCircleX, tone: 'bad' },
  cancelled: { icon: IconBan, tone: 'neutral' },
} as const satisfies Record<TaskState, { icon: typeof IconClock; tone: Tone }>;

interface StateBadgeProps {
  state: TaskState;
  /** It succeeded with warnings: the word for that. */
  warned?: string | undefined;
  hint?: string | undefined;
}

export function StateBadge({ state, warned, hint }: StateBadgeProps) {
  if (warned !== undefined) return <StatusBadge icon={IconAlertTriangle} word={warned} tone="warn" hint={hint} />;
  const { icon, tone } = LOOKS[state];
  return <StatusBadge icon={icon} word={TASK_STATE_WORDS[state]} tone={tone} hint={hint} />;
}
