/** Chooses a file on the engine's machine that holds a volume. */
import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { WireError } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { PathChooser } from '../browse/PathChooser.tsx';

export function AddImageFileDialog() {
  const { ui, volumes } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'add-image-file');
  const [failure, setFailure] = useState<WireError | null>(null);

  function close(): void {
    setFailure(null);
    ui.getState().closeDialog();
  }

  async function add(path: string): Promise<void> {
    const error = await volumes.getState().addFile(path);
    if (error) setFailure(error);
    else close();
  }

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('backup:addFile.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={560}
    >
      <div className="sf-stack">
        <p className="sf-dim">{t('backup:addFile.about')}</p>
        {failure ? <ErrorCard error={failure} /> : null}
        <PathChooser
          kind="file"
          submitLabel={t('backup:addFile.title')}
          onCancel={close}
          onSubmit={(path) => void add(path)}
        />
      </div>
    </Modal>
  );
}
