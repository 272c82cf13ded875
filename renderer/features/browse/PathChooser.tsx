/** Chooses a folder or file on the engine's machine: typed, by the host's own picker, or from a listing. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { FolderListing } from './FolderListing.tsx';

interface PathChooserProps {
  kind: 'folder' | 'file';
  submitLabel: string;
  initialPath?: string;
  /** A name that is added when a folder is chosen, for files that do not exist yet. */
  newFileName?: string;
  onCancel(): void;
  onSubmit(path: string): void;
}

export function PathChooser({
  kind,
  submitLabel,
  initialPath = '',
  newFileName,
  onCancel,
  onSubmit,
}: PathChooserProps) {
  const { client } = useStores();
  const [path, setPath] = useState(initialPath);
  const native = useValue('system', (state) => {
    const capabilities = state.description.value?.capabilities;
    return kind === 'folder' ? capabilities?.canPickFolder === true : capabilities?.canPickFile === true;
  });

  async function pick(): Promise<void> {
    const picked = await client.system.pick({ kind }).catch(() => ({ path: undefined }));
    if (picked.path !== undefined) setPath(picked.path);
  }

  return (
    <form
      className="sf-stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (path !== '') onSubmit(path);
      }}
    >
      <div className="sf-field-row">
        <TextInput
          className="sf-grow"
          label={t(kind === 'folder' ? 'backup:browse.folder' : 'backup:browse.file')}
          placeholder={t(kind === 'folder' ? 'backup:browse.folderExample' : 'backup:browse.fileExample')}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          data-autofocus
          autoFocus
          spellCheck={false}
        />
        {native ? (
          <Button variant="default" onClick={() => void pick()}>
            {t('backup:browse.browse')}
          </Button>
        ) : null}
      </div>
      {native ? null : (
        <FolderListing
          kind={newFileName === undefined ? kind : 'folder'}
          onStart={(folder) => {
            if (newFileName !== undefined) setPath((now) => now || `${folder.replace(/\/$/, '')}/${newFileName}`);
          }}
          onFolder={(folder) => {
            if (newFileName !== undefined) setPath(`${folder.replace(/\/$/, '')}/${newFileName}`);
            else if (kind === 'folder') setPath(folder);
          }}
          onFile={setPath}
        />
      )}
      <div className="sf-button-row end">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={path === ''}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
