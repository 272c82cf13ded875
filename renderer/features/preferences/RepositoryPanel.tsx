/** The repository that is open, and the way to another one. */
import { Button } from '@mantine/core';
import { Bytes } from '../../components/Bytes.tsx';
import { FactList } from '../../components/FactList.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

export function RepositoryPanel() {
  const { setup } = useStores();
  const status = useValue('repository', (state) => state.status.value);
  const unknown = t('preferences:repository.unknown');
  const { freeBytes, totalBytes, imageCount } = status ?? {};
  return (
    <div className="sf-pref-extra">
      <FactList
        title={t('preferences:repository.now')}
        facts={[
          {
            label: t('preferences:repository.location'),
            value: status?.location ?? unknown,
            copy: status?.location,
            mono: true,
          },
          { label: t('preferences:repository.id'), value: status?.id ?? unknown, copy: status?.id, mono: true },
          { label: t('preferences:repository.images'), value: imageCount ?? unknown },
          {
            label: t('preferences:repository.size'),
            value: totalBytes === undefined ? unknown : <Bytes value={totalBytes} />,
          },
          {
            label: t('preferences:repository.free'),
            value: freeBytes === undefined ? unknown : <Bytes value={freeBytes} />,
          },
        ]}
      />
      <div className="sf-button-row">
        <Button variant="default" onClick={() => setup.getState().begin()}>
          {t('preferences:repository.another')}
        </Button>
      </div>
    </div>
  );
}
