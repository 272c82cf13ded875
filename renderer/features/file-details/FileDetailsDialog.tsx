/** View → File Details as a dialog. */
import { Modal } from '@mantine/core';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { SelectedDetails } from './SelectedDetails.tsx';

export function FileDetailsDialog() {
  const { ui } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'file-details');
  return (
    <Modal
      opened={opened}
      onClose={() => ui.getState().closeDialog()}
      title="File Details"
      closeButtonProps={{ 'aria-label': 'Close' }}
      size={560}
    >
      <SelectedDetails />
    </Modal>
  );
}
