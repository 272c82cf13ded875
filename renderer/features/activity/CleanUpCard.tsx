/** What the clean-up on demand found and did. */
import { Button, CloseButton } from '@mantine/core';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
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
  if (removed.length === 0 && left.length === 0) return <Notice tone="ok" title="Nothing was left behind." />;
  return (
    <>
      {removed.length > 0 ? (
        <Notice tone="ok" title="Cleaned up">
          <Sentences sentences={removed} />
        </Notice>
      ) : null}
      {left.length > 0 ? (
        <Notice tone="warn" title="Still to be done by hand">
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
    <section className="sf-card" aria-label="Clean-up" aria-busy={phase === 'loading'}>
      <header className="sf-card-head">
        <h2 className="sf-grow">What stopped runs left behind</h2>
        <CloseButton size={22} aria-label="Close clean-up" onClick={() => system.getState().putCleanUpAway()} />
      </header>
      <div aria-live="polite">
        {phase === 'loading' ? <SkeletonRows rows={1} label="Looking for leftovers" /> : null}
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
              Try again
            </Button>
          }
        />
      ) : null}
    </section>
  );
}
