/** What became of a run, as an icon and a word. */
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconPlayerPlay,
} from '@tabler/icons-react';
import type { RunSummary } from '#contract';
import { StatusBadge, type Tone } from '../../components/StatusBadge.tsx';
import { t } from '../../i18n/t.ts';
import { TASK_STATE_WORDS } from '../../i18n/words.ts';
import { outcomeOf } from '../../stores/run-choice.ts';

const LOOKS = {
  queued: { icon: IconClock, tone: 'neutral' },
  running: { icon: IconPlayerPlay, tone: 'info' },
  cancelling: { icon: IconBan, tone: 'warn' },
  succeeded: { icon: IconCircleCheck, tone: 'ok' },
  failed: { icon: IconCircleX, tone: 'bad' },
  cancelled: { icon: IconBan, tone: 'neutral' },
} as const satisfies Record<RunSummary['state'], { icon: typeof IconClock; tone: Tone }>;

export function RunStateBadge({ run }: { run: Pick<RunSummary, 'state' | 'warningCount'> }) {
  if (outcomeOf(run) === 'warnings') {
    const word = t('activity:state.warnings', { count: run.warningCount });
    return <StatusBadge icon={IconAlertTriangle} word={word} tone="warn" hint={t('activity:state.warningsHelp')} />;
  }
  const { icon, tone } = LOOKS[run.state];
  return <StatusBadge icon={icon} word={TASK_STATE_WORDS[run.state]} tone={tone} />;
}
