/** Every saved version: who, when, and what changed. */
import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useEffect } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { exactTime, relativeTime } from '../../i18n/instants.ts';
import { t } from '../../i18n/t.ts';
import { isFirstLoad } from '../../stores/loadable.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';

export function PolicyHistory() {
  const { policy } = useStores();
  const history = useValue('policy', (state) => state.history);
  const present = useValue('policy', (state) => state.policy.value?.version);
  const now = useNow();
  const { value: versions, error } = history;
  useEffect(() => {
    void policy.getState().loadHistory();
  }, [policy]);
  if (isFirstLoad(history, versions.length === 0)) return <SkeletonRows label={t('policy:history.loading')} />;
  if (error) {
    const again = (
      <Button variant="default" onClick={() => void policy.getState().loadHistory()}>
        {t('common:tryAgain')}
      </Button>
    );
    return <ErrorCard error={error} action={again} />;
  }
  if (versions.length === 0) return <EmptyState icon={IconHistory} text={t('policy:history.empty')} />;
  return (
    <ol className="sf-policy-history" aria-label={t('policy:history.label')}>
      {versions.map(({ id, version, savedAt, savedBy, changes }) => (
        <li key={id}>
          <p>
            <strong>{t('policy:history.version', { version })}</strong>
            {version === present ? <span className="sf-dim"> · {t('policy:history.present')}</span> : null}
          </p>
          <p className="sf-small sf-dim">
            <time dateTime={savedAt} title={exactTime(savedAt)}>
              {relativeTime(savedAt, now)}
            </time>{' '}
            · {savedBy}
          </p>
          <ul>
            {changes.map((change) => (
              <li key={change}>
                <Sentence text={change} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
