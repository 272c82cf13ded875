/** Says that the engine is gone and when the window tries again. Lies over the content, so that nothing moves. */
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Notice } from '../components/Notice.tsx';
import { useStores, useValue } from '../stores/use-stores.ts';

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
    <div className="sf-connection">
      <Notice
        tone="warn"
        title="The engine does not answer"
        action={
          <Button variant="default" onClick={() => connection.getState().retryNow()}>
            Try now
          </Button>
        }
      >
        <p>Stored images are safe. {seconds > 0 ? `Reconnecting in ${seconds} s.` : 'Reconnecting…'}</p>
      </Notice>
    </div>
  );
}

export function ConnectionNotice() {
  const state = useValue('connection', (each) => each.connection);
  return <div aria-live="assertive">{state.phase === 'offline' ? <Offline retryAtMs={state.retryAtMs} /> : null}</div>;
}
