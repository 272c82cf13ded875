/** The small dialogs of the File and Help menus. */
import { Modal } from '@mantine/core';
import { MENU_LABELS, menuCommands } from '#contract';
import { FactList } from '../components/FactList.tsx';
import { currentLanguage } from '../i18n/language.ts';
import { formatBytes } from '../i18n/quantities.ts';
import { useStores, useValue } from '../stores/use-stores.ts';

function ConnectionFacts() {
  const status = useValue('repository', (state) => state.status.value);
  const system = useValue('system', (state) => state.description.value);
  return (
    <div className="sf-stack">
      <FactList
        title="Repository"
        facts={[
          { label: 'Location', value: status?.location ?? 'not known', copy: status?.location, mono: true },
          { label: 'Id', value: status?.id ?? 'none', copy: status?.id, mono: true },
          { label: 'State', value: status?.state ?? 'not known' },
          { label: 'Images', value: status?.imageCount ?? 0 },
          { label: 'Free space', value: status?.freeBytes === undefined ? 'not known' : formatBytes(status.freeBytes) },
        ]}
      />
      <FactList
        title="Engine"
        facts={[
          { label: 'Node name', value: system?.nodeName ?? 'not known' },
          { label: 'Platform', value: system?.platform ?? 'not known' },
          { label: 'Version', value: system?.version ?? 'not known' },
          {
            label: 'Rights',
            value: system?.privileged
              ? 'Administrator: raw devices can be read'
              : 'Your user: devices may need more rights',
          },
        ]}
      />
    </div>
  );
}

function Shortcuts() {
  const keys = menuCommands().flatMap(({ command, accelerator }) =>
    accelerator === undefined || command === 'file.quit'
      ? []
      : [{ label: MENU_LABELS[currentLanguage()][command], key: accelerator }],
  );
  const rows = [
    ...keys,
    { label: 'Next pane, previous pane', key: 'F6, Shift+F6' },
    { label: 'Move in trees and tables', key: 'Arrow keys, Home, End' },
    { label: 'Select a volume', key: 'Space' },
    { label: 'Open and close a disk', key: 'Right, Left' },
  ];
  return (
    <dl className="sf-keys">
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd className="sf-key">{row.key}</dd>
        </div>
      ))}
    </dl>
  );
}

function About() {
  const version = useValue('system', (state) => state.description.value?.version ?? '');
  return (
    <div className="sf-stack">
      <p>
        <strong>Stillframe {version}</strong>
      </p>
      <p>Image backup for desktop volumes, into an open restic repository.</p>
      <p className="sf-dim sf-small">
        Every image can be restored without Stillframe: File Details shows the restic command for it. Apache-2.0.
      </p>
    </div>
  );
}

const DIALOGS = {
  connection: { title: 'Connection information', content: ConnectionFacts },
  shortcuts: { title: 'Keyboard shortcuts', content: Shortcuts },
  about: { title: 'About Stillframe', content: About },
} as const;

export function InformationDialogs() {
  const { ui } = useStores();
  const open = useValue('ui', (state) => state.dialog);
  const shown = open !== null && open in DIALOGS ? DIALOGS[open as keyof typeof DIALOGS] : null;
  const Content = shown?.content;
  return (
    <Modal
      opened={shown !== null}
      onClose={() => ui.getState().closeDialog()}
      title={shown?.title}
      closeButtonProps={{ 'aria-label': 'Close' }}
      size={460}
    >
      {Content ? <Content /> : null}
    </Modal>
  );
}
