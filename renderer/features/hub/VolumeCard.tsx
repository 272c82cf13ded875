/** How well one volume is protected: the light and why, its images, and the button that helps. */
import { CloseButton } from '@mantine/core';
import type { RepositoryHealth, VolumeHealth } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { TrafficLight } from '../../components/TrafficLight.tsx';
import { formatCount } from '../../i18n/formats.ts';
import { exactTime, relativeTime } from '../../i18n/instants.ts';
import { exactBytes, formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { CardFact } from './CardFact.tsx';
import { HelpButton } from './HelpButton.tsx';
import { helpFor, nameOf } from './health-order.ts';
import { Reasons } from './Reasons.tsx';
import { RunningBackup, useIsBackedUpNow } from './RunningBackup.tsx';

function Refusal({ volume }: { volume: string }) {
  const { health } = useStores();
  const refusal = useValue('health', (state) => state.refused[volume]);
  if (!refusal) return null;
  return (
    <ErrorCard
      error={refusal}
      action={
        <CloseButton size={22} aria-label={t('close')} onClick={() => health.getState().putRefusalAway(volume)} />
      }
    />
  );
}

interface VolumeCardProps {
  health: VolumeHealth;
  lastCheck: RepositoryHealth['lastCheck'];
  now: number;
}

export function VolumeCard({ health, lastCheck, now }: VolumeCardProps) {
  const { volume, light, reasons, lastImage, lastRun, nextRun, imageCount } = health;
  const name = nameOf(health);
  const running = useIsBackedUpNow(volume);
  const help = helpFor(reasons);
  return (
    <li className="sf-health-card" data-light={light} data-testid="volume-health">
      <header>
        <div className="sf-health-name">
          <h3 className="sf-clip" title={name}>
            {name}
          </h3>
          <p className="sf-mono sf-dim sf-clip" title={volume}>
            {volume}
          </p>
        </div>
        <TrafficLight light={light} word={t(`health:volumeLight.${light}`)} />
      </header>
      <Reasons reasons={reasons} />
      <dl>
        <CardFact
          label={t('health:lastImage')}
          value={
            lastImage
              ? t('health:imageWithSize', {
                  ago: relativeTime(lastImage.time, now),
                  bytes: formatBytes(lastImage.storedSize),
                })
              : t('health:noImage')
          }
          title={
            lastImage
              ? `${exactTime(lastImage.time)}\n${t('health:stored', { bytes: exactBytes(lastImage.storedSize) })}`
              : undefined
          }
        />
        <CardFact
          label={t('health:nextRun')}
          value={nextRun ? relativeTime(nextRun, now) : t('health:noneNext')}
          title={nextRun ? exactTime(nextRun) : undefined}
        />
        <CardFact
          label={t('health:lastCheck')}
          value={lastCheck ? relativeTime(lastCheck.time, now) : t('health:neverCheckedShort')}
          title={lastCheck ? exactTime(lastCheck.time) : undefined}
        />
      </dl>
      <Refusal volume={volume} />
      <footer>
        <span className="sf-dim sf-small">
          {t('health:images')}: {formatCount(imageCount)}
        </span>
        {running ? <RunningBackup volume={volume} /> : null}
        {!running && help ? (
          <HelpButton
            help={help}
            subject={name}
            volume={volume}
            lastImageId={lastImage?.id}
            lastRunId={lastRun?.id}
            light={light}
          />
        ) : null}
      </footer>
    </li>
  );
}
