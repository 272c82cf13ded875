/** The repository: its light and why, its space and how long that lasts, its last check. */
import type { RepositoryHealth } from '#contract';
import { TrafficLight } from '../../components/TrafficLight.tsx';
import { UsageBar } from '../../components/UsageBar.tsx';
import { exactTime, relativeTime } from '../../i18n/instants.ts';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { useValue } from '../../stores/use-stores.ts';
import { baseName } from '../backup/volume-tree.ts';
import { CardFact } from './CardFact.tsx';
import { HelpButton } from './HelpButton.tsx';
import { helpFor } from './health-order.ts';
import { forecastText } from './health-words.ts';
import { Reasons } from './Reasons.tsx';

function Space() {
  const status = useValue('repository', (state) => state.status.value);
  const { freeBytes, totalBytes } = status ?? {};
  if (freeBytes === undefined) return null;
  const free = t('shell:status.free', { bytes: formatBytes(freeBytes) });
  return (
    <div className="sf-repository-space">
      <span className="sf-dim sf-small">{t('health:space')}</span>
      {totalBytes === undefined ? (
        <span className="sf-small">{free}</span>
      ) : (
        <UsageBar sizeBytes={totalBytes} usedBytes={totalBytes - freeBytes} />
      )}
      <span className="sf-small sf-nowrap">{totalBytes === undefined ? null : free}</span>
    </div>
  );
}

export function RepositoryCard({ health, now }: { health: RepositoryHealth; now: number }) {
  const location = useValue('repository', (state) => state.status.value?.location ?? '');
  const { light, reasons, lastCheck, forecast } = health;
  const name = baseName(location);
  const help = helpFor(reasons) ?? 'check';
  const ago = lastCheck ? relativeTime(lastCheck.time, now) : t('health:neverCheckedShort');
  return (
    <section className="sf-health-card" data-light={light} aria-label={t('hub:repository')}>
      <header>
        <div className="sf-health-name">
          <h3 className="sf-clip" title={name}>
            {name}
          </h3>
          <p className="sf-mono sf-dim sf-clip" title={location}>
            {location}
          </p>
        </div>
        <TrafficLight light={light} word={t(`health:repositoryLight.${light}`)} />
      </header>
      <Reasons reasons={reasons} />
      <Space />
      <p
        className="sf-small"
        title={forecast ? t('health:forecast.growth', { bytes: formatBytes(forecast.bytesPerDay) }) : undefined}
      >
        {forecastText(forecast)}
      </p>
      <dl>
        <CardFact
          label={t('health:lastCheck')}
          value={lastCheck?.readData ? t('health:withData', { ago }) : ago}
          title={lastCheck ? exactTime(lastCheck.time) : undefined}
        />
      </dl>
      <footer>
        <span />
        <HelpButton help={help} subject={t('hub:repository')} light={light} />
      </footer>
    </section>
  );
}
