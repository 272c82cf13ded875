/** The small dialogs of the File and Help menus. */
import { Modal } from '@mantine/core';
import { t } from '../i18n/t.ts';
import { useStores, useValue } from '../stores/use-stores.ts';
import { ConnectionFacts } from './ConnectionFacts.tsx';
import { Shortcuts } from './Shortcuts.tsx';

function About() {
  const version = useValue('system', (state) => state.description.value?.version ?? '');
  return (
    <div className="sf-stack">
      <p>
        <strong>Stillframe {version}</strong>
      </p>
      <p>{t('shell:about.what')}</p>
      <p className="sf-dim sf-small">{t('shell:about.free')}</p>
    </div>
  );
}

const CONTENT = { connection: ConnectionFacts, shortcuts: Shortcuts, about: About } as const;
type Information = keyof typeof CONTENT;

function isInformation(dialog: string | null): dialog is Information {
  return dialog !== null && Object.hasOwn(CONTENT, dialog);
}

export function InformationDialogs() {
  const { ui } = useStores();
  const open = useValue('ui', (state) => state.dialog);
  const shown = isInformation(open) ? open : null;
  const Content = shown ? CONTENT[shown] : null;
  return (
    <Modal
      opened={shown !== null}
      onClose={() => ui.getState().closeDialog()}
      title={shown ? t(`shell:${shown}.title`) : null}
      closeButtonProps={{ 'aria-label': t('close') }}
      size={shown === 'shortcuts' ? 720 : 460}
    >
      {Content ? <Content /> : null}
    </Modal>
  );
}
