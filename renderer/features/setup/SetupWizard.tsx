/** Utilities → Setup Wizard, and the way through the first run. */
import { useState } from 'react';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { CreateRepository } from './CreateRepository.tsx';
import { FirstBackupStep } from './FirstBackupStep.tsx';
import { OpenOther } from './OpenOther.tsx';
import { PresentRepository } from './PresentRepository.tsx';
import { RecoveryStep } from './RecoveryStep.tsx';
import { SupportStep } from './SupportStep.tsx';

/** The first page: the present repository, a new one, or one that exists elsewhere. */
export function RepositoryStep({ initially }: { initially: 'present' | 'create' | 'open' }) {
  const { repository, setup } = useStores();
  const location = useValue('repository', (state) => state.status.value?.location ?? '');
  const isOpen = useValue('repository', (state) => state.status.value?.state === 'open');
  const [page, setPage] = useState(initially);
  function turnTo(next: 'present' | 'create' | 'open'): void {
    repository.getState().clearFailure();
    setPage(next);
  }
  const keepPresent = isOpen ? () => turnTo('present') : undefined;
  switch (page) {
    case 'present':
      return <PresentRepository onOpenOther={() => turnTo('open')} onCreateOther={() => turnTo('create')} />;
    case 'create':
      return (
        <CreateRepository
          // A second one at the same place cannot be.
          location={isOpen ? '' : location}
          onOpenExisting={() => turnTo('open')}
          onKeepPresent={keepPresent}
        />
      );
    case 'open':
      return (
        <OpenOther
          onCreateInstead={() => turnTo('create')}
          onKeepPresent={keepPresent}
          onOpened={() => setup.getState().finish()}
        />
      );
  }
}

export function SetupWizard() {
  const step = useValue('setup', (state) => state.step);
  switch (step) {
    case 'repository':
      return <RepositoryStep initially="present" />;
    case 'recovery':
      return <RecoveryStep />;
    case 'support':
      return <SupportStep />;
    case 'firstBackup':
      return <FirstBackupStep />;
    case null:
      return null;
  }
}
