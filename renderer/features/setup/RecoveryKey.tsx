/** Shows the recovery key, once. */
import { Button, Checkbox } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../i18n/t.ts';
import { useStores } from '../../stores/use-stores.ts';
import { KeyKeeping } from './KeyKeeping.tsx';
import { SetupPage } from './SetupPage.tsx';

export function RecoveryKey({ recoveryKey }: { recoveryKey: string }) {
  const { repository, setup } = useStores();
  const [stored, setStored] = useState(false);
  return (
    <SetupPage step="recovery" icon={IconKey} title={t('setup:recovery.title')} lead={t('setup:recovery.lead')}>
      <KeyKeeping recoveryKey={recoveryKey} />
      <Checkbox
        label={t('setup:recovery.stored')}
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
      />
      <div className="sf-button-row end">
        <Button
          disabled={!stored}
          onClick={() => {
            setup.getState().go('support');
            repository.getState().forgetRecoveryKey();
          }}
        >
          {t('setup:recovery.continue')}
        </Button>
      </div>
    </SetupPage>
  );
}
