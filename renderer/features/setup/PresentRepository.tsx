/** The wizard's first page where a repository is open already. */
import { Button } from '@mantine/core';
import { IconWand } from '@tabler/icons-react';
import { FactList } from '../../components/FactList.tsx';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { SetupPage } from './SetupPage.tsx';
import { WizardButtons } from './WizardButtons.tsx';

interface PresentRepositoryProps {
  onOpenOther(): void;
  onCreateOther(): void;
}

export function PresentRepository({ onOpenOther, onCreateOther }: PresentRepositoryProps) {
  const { setup } = useStores();
  const status = useValue('repository', (state) => state.status.value);
  const free = status?.freeBytes;
  return (
    <SetupPage step="repository" icon={IconWand} title={t('setup:present.title')} lead={t('setup:present.lead')}>
      <FactList
        level={2}
        title={t('setup:present.facts')}
        facts={[
          { label: t('setup:present.location'), value: status?.location ?? '', copy: status?.location, mono: true },
          { label: t('setup:present.images'), value: status?.imageCount ?? 0 },
          {
            label: t('setup:present.free'),
            value: free === undefined ? t('setup:present.unknown') : formatBytes(free),
          },
        ]}
      />
      <div className="sf-button-row">
        <Button variant="default" onClick={onOpenOther}>
          {t('setup:present.openOther')}
        </Button>
        <Button variant="default" onClick={onCreateOther}>
          {t('setup:present.createOther')}
        </Button>
      </div>
      <WizardButtons onNext={() => setup.getState().go('recovery')} />
    </SetupPage>
  );
}
