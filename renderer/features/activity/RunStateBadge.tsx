/** What became of a run. */
import type { RunSummary } from '#contract';
import { StateBadge } from '../../components/StateBadge.tsx';
import { t } from '../../i18n/t.ts';
import { outcomeOf } from '../../stores/run-choice.ts';

export function RunStateBadge({ run }: { run: Pick<RunSummary, 'state' | 'warningCount'> }) {
  if (outcomeOf(run) !== 'warnings') return <StateBadge state={run.state} />;
  const warned = t('activity:state.warnings', { count: run.warningCount });
  return <StateBadge state={run.state} warned={warned} hint={t('activity:state.warningsHelp')} />;
}
