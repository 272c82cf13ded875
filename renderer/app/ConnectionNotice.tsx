/** Says that the engine is gone and when the window tries again. Lies over the content, so that nothing moves. */
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Notice } from '../components/Notice.tsx';
import { t } from '../i18n/t.ts';
import { useStores, useValue } from '../stores/use-stores.ts';

/** How long it is said that the engine is back. */
const BACK_MS = 4000;

function useSecondsUntil(instantMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((instantMs - now) / 1000));
}

function Offline({ retryAtMs }: { retryAtMs: number }) {
  const { connection } = useStores();
  const seconds = useSecondsUntil(retryAtMs);
  return (
    <Notice
      tone="warn"
      title={t('shell:offline.title')}
      action={
        <Button variant="default" onClick={() => connection.getState().retryNow()}>
          {t('shell:offline.tryNow')}
        </Button>
      }
    >
      <p>{t('shell:offline.meaning')}</p>
      {/* It counts down: said once a second it would drown everything else. */}
      <p aria-hidden>{seconds > 0 ? t('shell:offline.waiting', { seconds }) : t('shell:offline.trying')}</p>
    </Notice>
  );
}

/** True for a moment after the engine has come back. */
function useIsBack(phase: string): boolean {
  const before = useRef(phase);
  const [back, setBack] = useState(false);
  useEffect(() => {
    const returned = before.current === 'offline' && phase === 'online';
    before.current = phase;
    setBack(returned);
    if (!returned) return undefined;
    const timer = setTimeout(() => setBack(false), BACK_MS);
    return () => clearTimeout(timer);
  }, [phase]);
  return back;
}

export function ConnectionNotice() {
  const state = useValue('connection', (each) => each.connection);
  const back = useIsBack(state.phase);
  const offline = state.phase === 'offline';
  return (
    <div className="sf-connection" aria-live="assertive" data-empty={(!offline && !back) || undefined}>
      {offline ? <Offline retryAtMs={state.retryAtMs} /> : null}
      {back && !offline ? <Notice tone="ok" title={t('shell:offline.back')} /> : null}
    </div>
  );
}
