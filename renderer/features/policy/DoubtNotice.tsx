/** The policy in force may be the wrong one: what that means, and the way out. */
import { Button } from '@mantine/core';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

/** Nothing where there is no doubt, or changes wait to be saved, which settles it, too. */
export function DoubtNotice() {
  const { policy } = useStores();
  const { draft, saving, failure, conflict } = useValue('policy', (state) => state);
  const doubt = useValue('policy', (state) => state.policy.value?.doubt);
  if (doubt === undefined || draft || conflict) return null;
  return (
    <section className="sf-policy-bar" aria-label={t('policy:doubt.title')}>
      {failure ? <ErrorCard error={failure} /> : null}
      <p role="status">{translateSentence(doubt)}</p>
      <div className="sf-button-row">
        <span className="sf-small sf-dim sf-grow">{t('policy:doubt.follows')}</span>
        <Button loading={saving} onClick={() => void policy.getState().save()}>
          {t('policy:doubt.save')}
        </Button>
      </div>
    </section>
  );
}
