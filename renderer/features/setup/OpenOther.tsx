/** Opens a repository that exists somewhere else. */
import { Button, PasswordInput } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { LocationField } from './LocationField.tsx';
import { SetupPage } from './SetupPage.tsx';

interface OpenOtherProps {
  onCreateInstead(): void;
  onKeepPresent?: (() => void) | undefined;
  onOpened(): void;
}

export function OpenOther({ onCreateInstead, onKeepPresent, onOpened }: OpenOtherProps) {
  const { repository } = useStores();
  const busy = useValue('repository', (state) => state.busy);
  const failure = useValue('repository', (state) => state.failure);
  const [location, setLocation] = useState('');
  const [secret, setSecret] = useState('');

  async function open(): Promise<void> {
    await repository.getState().open(location, secret === '' ? undefined : secret);
    if (repository.getState().failure === null) onOpened();
  }

  return (
    <SetupPage
      step="repository"
      icon={IconDatabase}
      title={t('setup:open.otherTitle')}
      lead={t('setup:open.otherLead')}
    >
      {failure ? <ErrorCard error={failure} /> : null}
      <form
        className="sf-stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (location !== '') void open();
        }}
      >
        <LocationField value={location} onChange={setLocation} />
        <PasswordInput
          label={t('setup:open.secret')}
          value={secret}
          autoComplete="current-password"
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
        <div className="sf-button-row">
          <Button variant="subtle" className="sf-text-button" onClick={onCreateInstead}>
            {t('setup:open.createInstead')}
          </Button>
          <span className="sf-grow" />
          {onKeepPresent ? (
            <Button variant="default" onClick={onKeepPresent}>
              {t('setup:create.keepPresent')}
            </Button>
          ) : null}
          <Button type="submit" loading={busy} disabled={location === ''}>
            {t('setup:open.submit')}
          </Button>
        </div>
      </form>
    </SetupPage>
  );
}
