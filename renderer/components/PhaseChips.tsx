/** The phases of a task: done, now, to come. */
import { IconCheck, IconPlayerPlayFilled, IconX } from '@tabler/icons-react';
import { t } from '../i18n/t.ts';

export interface PhaseChip {
  name: string;
  state: 'done' | 'now' | 'failed' | 'ahead';
}

export function PhaseChips({ phases }: { phases: readonly PhaseChip[] }) {
  return (
    <ol className="sf-phases" aria-label={t('phases.label')}>
      {phases.map((phase) => (
        <li
          key={phase.name}
          className="sf-phase"
          data-state={phase.state}
          aria-label={`${phase.name}: ${t(`phases.${phase.state}`)}`}
        >
          <span className="sf-phase-mark">
            {phase.state === 'done' ? <IconCheck size={12} aria-hidden /> : null}
            {phase.state === 'now' ? <IconPlayerPlayFilled size={9} aria-hidden /> : null}
            {phase.state === 'failed' ? <IconX size={12} aria-hidden /> : null}
          </span>
          {phase.name}
        </li>
      ))}
    </ol>
  );
}
