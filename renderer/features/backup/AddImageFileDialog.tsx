/** Chooses a file on the engine's machine that holds a volume. */
import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { WireError } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
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
      title="Add image file"
      closeButtonProps={{ 'aria-label': 'Close' }}
      size={560}
    >
      <div className="sf-stack">
        <p className="sf-dim">
          A file that holds a file system or raw data, such as a virtual disk in raw format. It is listed like a volume
          and can be backed up and restored.
        </p>
        {failure ? <ErrorCard error={failure} /> : null}
        <PathChooser kind="file" submitLabel="Add image file" onCancel={close} onSubmit={(path) => void add(path)} />
      </div>
    </Modal>
  );
}
