/** Volumes that were never backed up: many of a computer's never are, so they do not bury the ones that are. */
import type { VolumeHealth } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { TrafficLight } from '../../components/TrafficLight.tsx';
import { t } from '../../i18n/t.ts';
import { useValue } from '../../stores/use-stores.ts';
import { HelpButton } from './HelpButton.tsx';
import { helpFor, nameOf } from './health-order.ts';
import { RunningBackup, useIsBackedUpNow } from './RunningBackup.tsx';

function Row({ health }: { health: VolumeHealth }) {
  const { volume, light, reasons } = health;
  const refusal = useValue('health', (state) => state.refused[volume]);
  const name = nameOf(health);
  const running = useIsBackedUpNow(volume);
  const help = running ? undefined : helpFor(reasons);
  return (
    <li className="sf-never-row" data-testid="volume-health">
      <span className="sf-clip" title={name}>
        {name}
      </span>
      <span className="sf-mono sf-dim sf-clip" title={volume}>
        {volume}
      </span>
      <TrafficLight light={light} word={t(`health:volumeLight.${light}`)} size={14} />
      {help ? <HelpButton help={help} subject={name} volume={volume} light={light} /> : null}
      {running ? <RunningBackup volume={volume} /> : null}
      {refusal ? (
        <div className="sf-never-refusal">
          <ErrorCard error={refusal} />
        </div>
      ) : null}
    </li>
  );
}

export function NeverBackedUp({ volumes }: { volumes: readonly VolumeHealth[] }) {
  if (volumes.length === 0) return null;
  return (
    <details className="sf-never">
      <summary>{t('hub:neverList', { count: volumes.length })}</summary>
      <ul>
        {volumes.map((each) => (
          <Row key={each.volume} health={each} />
        ))}
      </ul>
    </details>
  );
}
