/** The repository exists but is closed. */
import { Button, PasswordInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { RepositoryStatus } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { SetupPage } from './SetupPage.tsx';

interface OpenRepositoryProps {
  status: RepositoryStatus;
  onAnother(): void;
}

export function OpenRepository({ status, onAnother }: OpenRepositoryProps) {
  const { repository } = useStores();
  const busy = useValue('repository', (state) => state.busy);
  const failure = useValue('repository', (state) => state.failure);
  const [passphrase, setPassphrase] = useState('');
  return (
    <SetupPage icon={IconLock} title={t('setup:open.title')} lead={t('setup:open.lead')}>
      <p className="sf-mono sf-selectable sf-break">{status.location}</p>
      {failure ? <ErrorCard error={failure} /> : null}
      {!failure && status.reason ? (
        <Notice tone="info">
          <p>
            <Sentence text={status.reason} />
          </p>
        </Notice>
      ) : null}
      <form
        className="sf-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void repository.getState().open(status.location, passphrase);
        }}
      >
        <PasswordInput
          label={t('setup:open.secret')}
          value={passphrase}
          autoComplete="current-password"
          autoFocus
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <div className="sf-button-row">
          <Button variant="subtle" className="sf-text-button" onClick={onAnother}>
            {t('setup:open.another')}
          </Button>
          <span className="sf-grow" />
          <Button type="submit" loading={busy} disabled={passphrase === ''}>
            {t('setup:open.submit')}
          </Button>
        </div>
      </form>
    </SetupPage>
  );
}
