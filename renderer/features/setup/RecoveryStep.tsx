/** The wizard's second page where a repository is open already: another recovery key, if wanted. */
import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { KeyKeeping } from './KeyKeeping.tsx';
import { SetupPage } from './SetupPage.tsx';
import { WizardButtons } from './WizardButtons.tsx';

export function RecoveryStep() {
  const { keys, setup } = useStores();
  const made = useValue('keys', (state) => state.recoveryKey);
  const busy = useValue('keys', (state) => state.busy);
  const failure = useValue('keys', (state) => state.failure);
  function leave(step: 'repository' | 'support'): void {
    keys.getState().putRecoveryKeyAway();
    setup.getState().go(step);
  }
  return (
    <SetupPage step="recovery" icon={IconKey} title={t('setup:recovery.haveTitle')} lead={t('setup:recovery.haveLead')}>
      {failure ? <ErrorCard error={failure} /> : null}
      {made ? (
        <KeyKeeping recoveryKey={made} />
      ) : (
        <div className="sf-button-row">
          <Button variant="default" loading={busy} onClick={() => void keys.getState().addRecoveryKey()}>
            {t('setup:recovery.makeNew')}
          </Button>
        </div>
      )}
      <WizardButtons onBack={() => leave('repository')} onNext={() => leave('support')} />
    </SetupPage>
  );
}
