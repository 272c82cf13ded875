/** The repository's place cannot be read. */
import { Button } from '@mantine/core';
import { IconDatabaseX } from '@tabler/icons-react';
import type { RepositoryStatus } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { SetupPage } from './SetupPage.tsx';

export function UnreachableRepository({ status }: { status: RepositoryStatus }) {
  const { repository } = useStores();
  const loading = useValue('repository', (state) => state.status.phase === 'loading');
  return (
    <SetupPage icon={IconDatabaseX} title="The repository is not there" lead={status.location}>
      <ErrorCard
        error={{
          code: 'REPOSITORY_UNREACHABLE',
          message: status.reason ?? 'The location cannot be read.',
          details: { repository: status.location, ...(status.reason ? { reason: status.reason } : {}) },
        }}
      />
      <div className="sf-button-row end">
        <Button loading={loading} onClick={() => void repository.getState().refresh()}>
          Try again
        </Button>
      </div>
    </SetupPage>
  );
}
