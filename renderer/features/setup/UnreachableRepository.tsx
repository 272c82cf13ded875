/** The repository's place cannot be read. */
import { Button } from '@mantine/core';
import { IconDatabaseX } from '@tabler/icons-react';
import type { RepositoryStatus } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { SetupPage } from './SetupPage.tsx';

interface UnreachableRepositoryProps {
  status: RepositoryStatus;
  onAnother(): void;
}

export function UnreachableRepository({ status, onAnother }: UnreachableRepositoryProps) {
  const { repository } = useStores();
  const loading = useValue('repository', (state) => state.status.phase === 'loading');
  return (
    <SetupPage icon={IconDatabaseX} title={t('setup:unreachable.title')} lead={status.location}>
      <ErrorCard
        error={{
          code: 'REPOSITORY_UNREACHABLE',
          message: status.reason ?? t('setup:unreachable.message'),
          details: { repository: status.location, ...(status.reason ? { reason: status.reason } : {}) },
        }}
      />
      <div className="sf-button-row">
        <Button variant="subtle" className="sf-text-button" onClick={onAnother}>
          {t('setup:open.another')}
        </Button>
        <span className="sf-grow" />
        <Button loading={loading} onClick={() => void repository.getState().refresh()}>
          {t('common:tryAgain')}
        </Button>
      </div>
    </SetupPage>
  );
}
