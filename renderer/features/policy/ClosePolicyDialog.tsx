/** Asked before the policy is closed with changes that are not saved. */
import { Button, Modal } from '@mantine/core';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

interface ClosePolicyDialogProps {
  opened: boolean;
  changes: number;
  onStay(): void;
  /** Nothing is lost any more: saved, or discarded on purpose. */
  onLeave(): void;
}

export function ClosePolicyDialog({ opened, changes, onStay, onLeave }: ClosePolicyDialogProps) {
  const { policy } = useStores();
  const saving = useValue('policy', (state) => state.saving);
  return (
    <Modal
      opened={opened}
      onClose={onStay}
      title={t('policy:leave.title')}
      size={460}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className="sf-stack">
        <p>{t('policy:leave.text', { count: changes })}</p>
        <div className="sf-button-row end">
          <Button variant="default" onClick={onStay} data-autofocus>
            {t('policy:leave.stay')}
          </Button>
          <Button
            variant="default"
            disabled={saving}
            onClick={() => {
              policy.getState().discard();
              onLeave();
            }}
          >
            {t('policy:leave.discard')}
          </Button>
          {/* What the save means is shown before anybody leaves. */}
          <Button loading={saving} onClick={() => void policy.getState().save().then(onStay)}>
            {t('policy:leave.save')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
