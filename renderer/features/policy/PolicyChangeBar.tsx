/** Appears when something changed: what it is, what saving means, and what becomes of it. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { t } from '../../i18n/t.ts';
import { policyChanges } from '../../stores/policy-draft.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { changeWords } from './change-words.ts';

export function PolicyChangeBar({ bound }: { bound(name: string): readonly string[] }) {
  const { policy } = useStores();
  const { draft, saving, failure, conflict } = useValue('policy', (state) => state);
  const inForce = useValue('policy', (state) => state.policy.value);
  const [showing, setShowing] = useState(true);
  if (!draft || !inForce || conflict) return null;
  const changes = policyChanges(inForce.set, draft);
  return (
    <section className="sf-policy-bar" aria-label={t('policy:change.bar')}>
      {failure ? <ErrorCard error={failure} /> : null}
      {showing ? (
        <ul id="policy-changes" className="sf-policy-changes" aria-label={t('policy:change.list')}>
          {changes.map((change) => {
            const words = changeWords(change, (name) => bound(name).length);
            return <li key={words}>{words}</li>;
          })}
        </ul>
      ) : null}
      <p className="sf-small sf-dim">{t('policy:change.follows')}</p>
      <div className="sf-button-row">
        <strong role="status">{t('policy:change.count', { count: changes.length })}</strong>
        <span className="sf-grow" />
        <Button
          variant="default"
          aria-expanded={showing}
          aria-controls="policy-changes"
          onClick={() => setShowing((before) => !before)}
        >
          {t(showing ? 'policy:change.hide' : 'policy:change.show')}
        </Button>
        <Button variant="default" disabled={saving} onClick={() => policy.getState().discard()}>
          {t('policy:change.discard')}
        </Button>
        <Button loading={saving} onClick={() => void policy.getState().save()}>
          {t('policy:change.save')}
        </Button>
      </div>
    </section>
  );
}
