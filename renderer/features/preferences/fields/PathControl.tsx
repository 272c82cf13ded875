/** A path on the engine's machine: typed, or chosen. */
import { ActionIcon, Modal, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { optionEmpty } from '../../../i18n/option-texts.ts';
import { t } from '../../../i18n/t.ts';
import { useStores, useValue } from '../../../stores/use-stores.ts';
import { PathChooser } from '../../browse/PathChooser.tsx';
import { type ControlProps, inputProps } from './control-props.ts';

/** Options say `file` in their name when they name one. */
function kindOf(name: string): 'folder' | 'file' {
  return /file|log|name$/.test(name) ? 'file' : 'folder';
}

export function PathControl(props: ControlProps) {
  const { option, text, onText, label, disabled } = props;
  const { client } = useStores();
  const [browsing, setBrowsing] = useState(false);
  const kind = kindOf(option.name);
  const native = useValue('system', (state) => {
    const capabilities = state.description.value?.capabilities;
    return kind === 'folder' ? capabilities?.canPickFolder === true : capabilities?.canPickFile === true;
  });
  const title = t('preferences:field.browseFor', { label });

  async function browse(): Promise<void> {
    if (!native) {
      setBrowsing(true);
      return;
    }
    const { path } = await client.system.pick({ kind }).catch(() => ({ path: undefined }));
    if (path !== undefined) onText(path);
  }

  return (
    <div className="sf-pref-path">
      <TextInput
        {...inputProps(props)}
        aria-label={label}
        value={text}
        title={text}
        onChange={(event) => onText(event.currentTarget.value)}
        placeholder={option.default === '' ? optionEmpty(option) : option.default}
        spellCheck={false}
      />
      <ActionIcon variant="default" disabled={disabled} onClick={() => void browse()} aria-label={title} title={title}>
        <IconFolderOpen size={16} aria-hidden />
      </ActionIcon>
      <Modal
        opened={browsing}
        onClose={() => setBrowsing(false)}
        title={label}
        size={560}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <PathChooser
          kind={kind}
          initialPath={text}
          submitLabel={t('preferences:field.choose')}
          onCancel={() => setBrowsing(false)}
          onSubmit={(path) => {
            setBrowsing(false);
            onText(path);
          }}
        />
      </Modal>
    </div>
  );
}
