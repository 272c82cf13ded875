/** View → File Details as a dialog. */
import { Modal } from '@mantine/core';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { SelectedDetails } from './SelectedDetails.tsx';

export function FileDetailsDialog() {
  const { ui } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'file-details');
  return (
    <Modal
      opened={opened}
      onClose={() => ui.getState().closeDialog()}
      title={t('details:title')}
      closeButtonProps={{ 'aria-label': t('close') }}
      size={600}
    >
      <SelectedDetails />
    </Modal>
  );
}
