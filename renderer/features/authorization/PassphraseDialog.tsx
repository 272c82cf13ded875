/** Utilities → Change passphrase. */
import { Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { ChangePassphrase } from './ChangePassphrase.tsx';

export function PassphraseDialog() {
  const { ui, keys } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'passphrase');
  function close(): void {
    keys.getState().clearFailure();
    ui.getState().closeDialog();
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('authorization:changeTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={560}
    >
      <ChangePassphrase
        onCancel={close}
        onDone={() => {
          notifications.show({
            message: t('authorization:changed'),
            closeButtonProps: { 'aria-label': t('common:close') },
          });
          close();
        }}
      />
    </Modal>
  );
}
