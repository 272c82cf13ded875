/** Takes over what the options file of another client says, after it was looked at. */
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { PreferenceImport, WireError } from '#contract';
import { ErrorCard } from '../../../components/ErrorCard.tsx';
import { t } from '../../../i18n/t.ts';
import { useStores } from '../../../stores/use-stores.ts';
import { toWireError } from '../../../transport/remote-error.ts';
import { PathChooser } from '../../browse/PathChooser.tsx';
import { ImportReview } from './ImportReview.tsx';

interface ImportDialogProps {
  opened: boolean;
  onClose(): void;
}

function ChooseFile({ onRead, onCancel }: { onRead(read: PreferenceImport): void; onCancel(): void }) {
  const { client } = useStores();
  const [failure, setFailure] = useState<WireError | null>(null);

  async function read(path: string): Promise<void> {
    setFailure(null);
    try {
      onRead(await client.preferences.readForeign({ path }));
    } catch (thrown) {
      setFailure(toWireError(thrown));
    }
  }

  return (
    <div className="sf-stack">
      <p className="sf-dim">{t('preferences:import.explain')}</p>
      {failure ? <ErrorCard error={failure} /> : null}
      <PathChooser
        kind="file"
        submitLabel={t('preferences:import.read')}
        onCancel={onCancel}
        onSubmit={(path) => void read(path)}
      />
    </div>
  );
}

export function ImportDialog({ opened, onClose }: ImportDialogProps) {
  const { preferences } = useStores();
  const [read, setRead] = useState<PreferenceImport | null>(null);

  function close(): void {
    onClose();
    setRead(null);
  }

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={read ? t('preferences:import.review') : t('preferences:import.title')}
      size={720}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {read ? (
        <ImportReview
          read={read}
          back={
            <Button variant="default" onClick={() => setRead(null)}>
              {t('preferences:import.back')}
            </Button>
          }
          onTake={(replace) => {
            preferences.getState().take(read.changes, replace);
            close();
          }}
        />
      ) : (
        <ChooseFile onRead={setRead} onCancel={close} />
      )}
    </Modal>
  );
}
