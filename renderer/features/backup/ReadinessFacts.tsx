/** What each snapshot provider says about one volume, below each other. */
import { Skeleton } from '@mantine/core';
import { IconCircleCheck, IconCircleMinus } from '@tabler/icons-react';
import type { ProviderReadiness, SnapshotReadiness } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { SpaceNeed } from '../../components/SpaceNeed.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { t } from '../../i18n/t.ts';
import { PROVIDER_WORDS } from '../../i18n/words.ts';
import type { Loadable } from '../../stores/loadable.ts';
import { ProviderBadges } from './ProviderTable.tsx';

function Provider({ one, taken }: { one: ProviderReadiness; taken: boolean }) {
  return (
    <li>
      <div className="sf-provider-head">
        <strong>{PROVIDER_WORDS[one.provider]}</strong>
        {one.ready ? (
          <StatusBadge
            icon={IconCircleCheck}
            tone="ok"
            word={t(taken ? 'backup:providers.taken' : 'backup:providers.ready')}
          />
        ) : (
          <StatusBadge icon={IconCircleMinus} word={t('backup:providers.notPossible')} />
        )}
        <ProviderBadges provider={one} />
      </div>
      <p className="sf-small sf-dim">
        <Sentence text={one.ready ? one.method : one.reason} />
      </p>
      {one.ready || one.remedy === '' ? null : (
        <p className="sf-small">
          <strong>{t('backup:readiness.whatToDo')} </strong>
          <Sentence text={one.remedy} />
        </p>
      )}
      {one.space ? <SpaceNeed {...one.space} /> : null}
    </li>
  );
}

interface ReadinessFactsProps {
  volume: string;
  answer: Loadable<SnapshotReadiness | null> | undefined;
}

export function ReadinessFacts({ volume, answer }: ReadinessFactsProps) {
  const readiness = answer?.value;
  return (
    <section className="sf-facts" aria-busy={!readiness && !answer?.error}>
      <h3>{t('backup:inspector.snapshot')}</h3>
      {answer?.error ? <ErrorCard error={answer.error} subject={volume} /> : null}
      {readiness || answer?.error ? null : (
        <div className="sf-stack tight">
          <Skeleton height={20} radius={3} />
          <Skeleton height={14} width="80%" radius={3} />
        </div>
      )}
      {readiness?.providers.length === 0 ? <p className="sf-dim sf-small">{t('backup:readiness.none')}</p> : null}
      {readiness ? (
        <ul className="sf-provider-list">
          {readiness.providers.map((one) => (
            <Provider key={one.provider} one={one} taken={one.provider === readiness.provider} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
