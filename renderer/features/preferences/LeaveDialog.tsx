/** Asked before the preferences are left with changes that are not saved. */
import { Button, Modal } from '@mantine/core';
import { useEffect } from 'react';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

/** Says to the window that the view has changes, and to the browser that closing it loses them. */
export function useUnsavedGuard(unsaved: boolean): void {
  const { ui } = useStores();
  useEffect(() => {
    ui.getState().setUnsaved(unsaved);
    if (!unsaved) return;
    const hold = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => {
      window.removeEventListener('beforeunload', hold);
      ui.getState().setUnsaved(false);
    };
  }, [ui, unsaved]);
}

interface LeaveDialogProps {
  changes: number;
  /** Whether everything is saved; where it is not, the view shows why. */
  onSave(): Promise<boolean>;
}

export function LeaveDialog({ changes, onSave }: LeaveDialogProps) {
  const { preferences, ui } = useStores();
  const wanted = useValue('ui', (state) => state.wanted);
  const saving = useValue('preferences', (state) => state.saving);
  const stay = () => ui.getState().stay();

  async function save(): Promise<void> {
    if (await onSave()) ui.getState().leave();
    else stay();
  }

  function discard(): void {
    preferences.getState().discard();
    ui.getState().leave();
  }

  return (
    <Modal
      opened={wanted !== null}
      onClose={stay}
      title={t('preferences:leave.title')}
      size={460}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className="sf-stack">
        <p>{t('preferences:leave.text', { count: changes })}</p>
        <div className="sf-button-row end">
          <Button variant="default" onClick={stay} data-autofocus>
            {t('preferences:leave.stay')}
          </Button>
          <Button variant="default" onClick={discard} disabled={saving}>
            {t('preferences:leave.discard')}
          </Button>
          <Button loading={saving} onClick={() => void save()}>
            {t('preferences:leave.save')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
