/** The hub: the four ways in, and how well every volume is protected. */
import './hub.css';
import { Button, Skeleton } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import type { Health } from '#contract';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { TrafficLight } from '../../components/TrafficLight.tsx';
import { t } from '../../i18n/t.ts';
import { isFirstLoad } from '../../stores/loadable.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { parted, summaryOf } from './health-order.ts';
import { NeverBackedUp } from './NeverBackedUp.tsx';
import { RepositoryCard } from './RepositoryCard.tsx';
import { VolumeCard } from './VolumeCard.tsx';
import { WaysIn } from './WaysIn.tsx';

const PLACES = ['first', 'second', 'third', 'fourth'];

function LoadingCards() {
  return (
    <div className="sf-health-cards" role="status" aria-label={t('hub:loading')}>
      {PLACES.map((place) => (
        <div key={place} className="sf-health-card">
          <Skeleton height={16} width="55%" radius={3} />
          <Skeleton height={12} width="80%" radius={3} />
          <Skeleton height={64} radius={3} />
          <Skeleton height={26} width="40%" radius={3} />
        </div>
      ))}
    </div>
  );
}

function NoImage() {
  const { ui } = useStores();
  return (
    <section className="sf-health-empty" aria-label={t('hub:empty.title')}>
      <EmptyState
        icon={IconStack2}
        text={t('hub:empty.text')}
        action={<Button onClick={() => ui.getState().show('backup')}>{t('hub:empty.action')}</Button>}
      />
    </section>
  );
}

function Cards({ health }: { health: Health }) {
  const now = useNow();
  const { repository, volumes } = health;
  const { cards, folded } = parted(volumes);
  if (volumes.every(({ imageCount }) => imageCount === 0)) return <NoImage />;
  return (
    <div className="sf-health">
      <section aria-label={t('hub:volumes')}>
        <h2>{t('hub:volumes')}</h2>
        <ul className="sf-health-cards">
          {cards.map((each) => (
            <VolumeCard key={each.volume} health={each} lastCheck={repository.lastCheck} now={now} />
          ))}
        </ul>
        <NeverBackedUp volumes={folded} />
      </section>
      <div className="sf-health-repository" data-light={repository.light}>
        <h2>{t('hub:repository')}</h2>
        <RepositoryCard health={repository} now={now} />
      </div>
    </div>
  );
}

function Content() {
  const { health } = useStores();
  const state = useValue('health', (each) => each.health);
  if (isFirstLoad(state, state.value === null)) return <LoadingCards />;
  return (
    <>
      {state.error ? (
        <ErrorCard
          error={state.error}
          action={
            <Button variant="default" onClick={() => void health.getState().refresh()}>
              {t('tryAgain')}
            </Button>
          }
        />
      ) : null}
      {state.value ? <Cards health={state.value} /> : null}
    </>
  );
}

export function HubView() {
  const health = useValue('health', (state) => state.health.value);
  const summary = health ? summaryOf(health) : null;
  return (
    <div className="sf-view">
      <div className="sf-toolbar">
        <h1>{t('hub:title')}</h1>
        <div className="sf-hub-summary" aria-live="polite" title={summary?.text}>
          {summary ? <TrafficLight light={summary.light} word={summary.text} /> : null}
        </div>
      </div>
      <div className="sf-view-content sf-hub">
        <WaysIn />
        <div className="sf-hub-health" data-pane>
          <Content />
        </div>
      </div>
    </div>
  );
}
