/** The repository exists but is closed. */
import { Button, PasswordInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { RepositoryStatus } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { SetupPage } from './SetupPage.tsx';

export function OpenRepository({ status }: { status: RepositoryStatus }) {
  const { repository } = useStores();
  const busy = useValue('repository', (state) => state.busy);
  const failure = useValue('repository', (state) => state.failure);
  const [passphrase, setPassphrase] = useState('');
  return (
    <SetupPage icon={IconLock} title="Open the repository" lead="Enter the passphrase or the recovery key.">
      <p className="sf-mono sf-selectable">{status.location}</p>
      {failure ? <ErrorCard error={failure} /> : null}
      {!failure && status.reason ? (
        <Notice tone="info">
          <p>{status.reason}</p>
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
          label="Passphrase or recovery key"
          value={passphrase}
          autoComplete="current-password"
          autoFocus
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <div className="sf-button-row end">
          <Button type="submit" loading={busy} disabled={passphrase === ''}>
            Open repository
          </Button>
        </div>
      </form>
    </SetupPage>
  );
}
