/** Shows the views once a repository is open, Preferences always; until then the screen that gets there, and the Setup Wizard over them. */
import { Button } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { OpenRepository } from './OpenRepository.tsx';
import { UnreachableRepository } from './UnreachableRepository.tsx';

// Seldom needed: fetched when it is.
const SetupWizard = lazy(async () => ({ default: (await import('./SetupWizard.tsx')).SetupWizard }));
const RepositoryStep = lazy(async () => ({ default: (await import('./SetupWizard.tsx')).RepositoryStep }));
const RecoveryKey = lazy(async () => ({ default: (await import('./RecoveryKey.tsx')).RecoveryKey }));

/** Who goes to another view leaves the wizard. */
function useLeaving(): void {
  const { setup } = useStores();
  const view = useValue('ui', (state) => state.view);
  const before = useRef(view);
  useEffect(() => {
    if (before.current !== view) setup.getState().finish();
    before.current = view;
  }, [view, setup]);
}

function StatusUnknown() {
  const { repository } = useStores();
  const error = useValue('repository', (state) => state.status.error);
  if (!error) return <SkeletonRows label={t('setup:connecting')} />;
  // The connection has its own notice: it is not the repository's fault.
  if (error.code === 'ENGINE_GONE') return <SkeletonRows label={t('setup:waiting')} />;
  return (
    <div className="sf-pad">
      <ErrorCard
        error={error}
        action={
          <Button variant="default" onClick={() => void repository.getState().refresh()}>
            {t('common:tryAgain')}
          </Button>
        }
      />
    </div>
  );
}

function Gate({ children }: { children: ReactNode }) {
  const { repository } = useStores();
  const status = useValue('repository', (state) => state.status.value);
  const recoveryKey = useValue('repository', (state) => state.recoveryKey);
  const step = useValue('setup', (state) => state.step);
  const view = useValue('ui', (state) => state.view);
  const [another, setAnother] = useState(false);
  useLeaving();
  if (recoveryKey !== null) return <RecoveryKey recoveryKey={recoveryKey} />;
  // They need no repository, and may be what is wrong with it.
  if (view === 'preferences' && step === null) return children;
  if (!status) return <StatusUnknown />;
  if (status.state === 'open') return step === null ? children : <SetupWizard />;
  if (status.state === 'absent') return <RepositoryStep initially="create" />;
  if (another) return <RepositoryStep initially="open" />;
  const turnToAnother = (): void => {
    repository.getState().clearFailure();
    setAnother(true);
  };
  return status.state === 'closed' ? (
    <OpenRepository status={status} onAnother={turnToAnother} />
  ) : (
    <UnreachableRepository status={status} onAnother={turnToAnother} />
  );
}

export function RepositoryGate({ children }: { children: ReactNode }) {
  return (
    <Suspense fallback={<SkeletonRows label={t('common:loading')} />}>
      <Gate>{children}</Gate>
    </Suspense>
  );
}
