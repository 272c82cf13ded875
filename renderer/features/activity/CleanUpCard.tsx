/** What the clean-up on demand found and did. */
import { Button, CloseButton } from '@mantine/core';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { t } from '../../i18n/t.ts';
import type { CleanUp } from '../../stores/system-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

function Sentences({ sentences }: { sentences: readonly string[] }) {
  return (
    <ul>
      {[...new Set(sentences)].map((sentence) => (
        <li key={sentence}>
          <Sentence text={sentence} />
        </li>
      ))}
    </ul>
  );
}

function Found({ removed, left }: CleanUp) {
  if (removed.length === 0 && left.length === 0) return <Notice tone="ok" title={t('activity:cleanUp.nothing')} />;
  return (
    <>
      {removed.length > 0 ? (
        <Notice tone="ok" title={t('activity:cleanUp.done')}>
          <Sentences sentences={removed} />
        </Notice>
      ) : null}
      {left.length > 0 ? (
        <Notice tone="warn" title={t('activity:cleanUp.left')}>
          <Sentences sentences={left} />
        </Notice>
      ) : null}
    </>
  );
}

export function CleanUpCard() {
  const { system } = useStores();
  const { phase, value, error } = useValue('system', (state) => state.cleanUp);
  if (phase === 'idle') return null;
  return (
    <section className="sf-card" aria-label={t('activity:cleanUp.region')} aria-busy={phase === 'loading'}>
      <header className="sf-card-head">
        <h2 className="sf-grow">{t('activity:cleanUp.title')}</h2>
        <CloseButton
          size={22}
          aria-label={t('activity:cleanUp.close')}
          onClick={() => system.getState().putCleanUpAway()}
        />
      </header>
      <div aria-live="polite">
        {phase === 'loading' ? <SkeletonRows rows={1} label={t('activity:cleanUp.looking')} /> : null}
        {value ? (
          <div className="sf-stack tight">
            <Found {...value} />
          </div>
        ) : null}
      </div>
      {error ? (
        <ErrorCard
          error={error}
          action={
            <Button variant="default" onClick={() => void system.getState().sweep()}>
              {t('tryAgain')}
            </Button>
          }
        />
      ) : null}
    </section>
  );
}
