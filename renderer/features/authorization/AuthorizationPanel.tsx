/** Keys of the repository: who may open it, passphrase, recovery keys. Shown in Preferences → Authorization. */
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { t } from '../../i18n/t.ts';
import { isFirstLoad } from '../../stores/loadable.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { KeyKeeping } from '../setup/KeyKeeping.tsx';
import { KeyTable } from './KeyTable.tsx';

export function AuthorizationPanel() {
  const { keys, ui } = useStores();
  const list = useValue('keys', (state) => state.keys);
  const failure = useValue('keys', (state) => state.failure);
  const recoveryKey = useValue('keys', (state) => state.recoveryKey);
  const busy = useValue('keys', (state) => state.busy);
  const dialog = useValue('ui', (state) => state.dialog);
  useEffect(() => {
    void keys.getState().refresh();
  }, [keys]);
  // The button that asked for it was switched off; Done goes away with what it puts away.
  const shown = useRef<HTMLElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (recoveryKey) shown.current?.focus();
  }, [recoveryKey]);
  return (
    <section className="sf-stack" aria-label={t('authorization:title')}>
      <h2 className="sf-section-title">{t('authorization:title')}</h2>
      <p className="sf-dim sf-small">{t('authorization:lead')}</p>
      {isFirstLoad(list, list.value.length === 0) ? <SkeletonRows label={t('authorization:loading')} /> : null}
      {list.error ? <ErrorCard error={list.error} /> : null}
      {/* The dialog shows its own. */}
      {failure && dialog !== 'passphrase' ? <ErrorCard error={failure} /> : null}
      {list.value.length > 0 ? <KeyTable keys={list.value} /> : null}
      <div className="sf-button-row">
        <Button variant="default" onClick={() => ui.getState().openDialog('passphrase')}>
          {t('authorization:change')}
        </Button>
        <Button ref={ask} variant="default" loading={busy} onClick={() => void keys.getState().addRecoveryKey()}>
          {t('authorization:newRecoveryKey')}
        </Button>
      </div>
      {recoveryKey ? (
        <section ref={shown} tabIndex={-1} className="sf-card sf-stack" aria-label={t('authorization:keyShown')}>
          <h3>{t('authorization:keyShown')}</h3>
          <KeyKeeping recoveryKey={recoveryKey} />
          <div className="sf-button-row end">
            <Button
              onClick={() => {
                keys.getState().putRecoveryKeyAway();
                ask.current?.focus();
              }}
            >
              {t('authorization:done')}
            </Button>
          </div>
        </section>
      ) : null}
    </section>
  );
}
