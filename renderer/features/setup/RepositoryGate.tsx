/** Shows the views once a repository is open; until then the screen that gets there. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { CreateRepository } from './CreateRepository.tsx';
import { OpenRepository } from './OpenRepository.tsx';
import { RecoveryKey } from './RecoveryKey.tsx';
import { UnreachableRepository } from './UnreachableRepository.tsx';

export function RepositoryGate({ children }: { children: ReactNode }) {
  const { repository } = useStores();
  const status = useValue('repository', (state) => state.status);
  const recoveryKey = useValue('repository', (state) => state.recoveryKey);
  if (recoveryKey !== null) return <RecoveryKey recoveryKey={recoveryKey} />;
  if (!status.value) {
    if (!status.error) return <SkeletonRows label="Connecting to the engine" />;
    // The connection has its own notice: it is not the repository's fault.
    if (status.error.code === 'ENGINE_GONE') return <SkeletonRows label="Waiting for the engine" />;
    return (
      <div className="sf-pad">
        <ErrorCard
          error={status.error}
          action={
            <Button variant="default" onClick={() => void repository.getState().refresh()}>
              Try again
            </Button>
          }
        />
      </div>
    );
  }
  switch (status.value.state) {
    case 'absent':
      return <CreateRepository location={status.value.location} />;
    case 'closed':
      return <OpenRepository status={status.value} />;
    case 'unreachable':
      return <UnreachableRepository status={status.value} />;
    case 'open':
      return children;
  }
}
