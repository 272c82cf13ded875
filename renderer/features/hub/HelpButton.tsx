/** The one button that helps against what a traffic light is about. */
import { Button } from '@mantine/core';
import type { TrafficLight } from '#contract';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import type { Help } from './health-order.ts';

/** The worse it is, the more it is urged. */
const VARIANTS = { bad: 'filled', attention: 'default', none: 'default', good: 'subtle' } as const;

interface HelpButtonProps {
  help: Help;
  /** What it is about, for screen readers: there is one such button in every card. */
  subject: string;
  /** Absent for the repository. */
  volume?: string;
  lastImageId?: string | undefined;
  lastRunId?: string | undefined;
  light: TrafficLight;
}

export function HelpButton({ help, subject, volume, lastImageId, lastRunId, light }: HelpButtonProps) {
  const { activity, health, images, repository, ui } = useStores();
  const online = useValue('connection', (state) => state.connection.phase === 'online');
  const starting = useValue('health', (state) => volume !== undefined && state.starting.includes(volume));
  const word = t(`health:help.${help}`);

  function press(): void {
    switch (help) {
      case 'backUp':
        if (volume !== undefined) void health.getState().backUp(volume);
        break;
      case 'check':
      case 'checkData':
        ui.getState().show('activity');
        void repository.getState().check(help === 'checkData');
        break;
      case 'showError':
        if (lastRunId !== undefined) {
          activity.getState().chooseAll();
          activity.getState().select(lastRunId);
        }
        ui.getState().show('activity');
        break;
      case 'showImage':
      case 'restore':
        if (lastImageId !== undefined) images.getState().select(lastImageId);
        ui.getState().show('restore');
        break;
    }
  }

  return (
    <Button
      variant={VARIANTS[light]}
      aria-label={t('health:helpFor', { action: word, volume: subject })}
      disabled={!online}
      loading={starting}
      onClick={press}
    >
      {word}
    </Button>
  );
}
