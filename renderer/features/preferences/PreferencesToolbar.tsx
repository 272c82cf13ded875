/** The head of the view: search, the file that is edited, import. */
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconCircleCheck, IconFileImport, IconSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Preferences } from '#contract';
import { t } from '../../i18n/t.ts';
import { ImportDialog } from './import/ImportDialog.tsx';

export const SEARCH_ID = 'preferences-search';

interface PreferencesToolbarProps {
  query: string;
  onQuery(query: string): void;
  file: Preferences | null;
  justSaved: boolean;
}

export function PreferencesToolbar({ query, onQuery, file, justSaved }: PreferencesToolbarProps) {
  const [importing, setImporting] = useState(false);
  const clear = (
    <ActionIcon
      size={22}
      aria-label={t('preferences:search.clear')}
      onClick={() => {
        onQuery('');
        document.getElementById(SEARCH_ID)?.focus();
      }}
    >
      <IconX size={14} aria-hidden />
    </ActionIcon>
  );
  return (
    <div className="sf-toolbar" data-pane>
      <h1>{t('preferences:title')}</h1>
      <TextInput
        id={SEARCH_ID}
        type="search"
        w={250}
        aria-label={t('preferences:search.label')}
        placeholder={t('preferences:search.placeholder')}
        title="Ctrl+F"
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && query !== '') onQuery('');
        }}
        leftSection={<IconSearch size={15} aria-hidden />}
        rightSection={query === '' ? null : clear}
        spellCheck={false}
      />
      <span className="sf-grow" />
      <span role="status" className="sf-pref-saved">
        {justSaved ? (
          <>
            <IconCircleCheck size={16} aria-hidden />
            {t('preferences:saved')}
          </>
        ) : null}
      </span>
      {file && !justSaved ? (
        <span className="sf-pref-path-name sf-mono sf-dim" title={file.path}>
          {file.exists ? <bdi>{file.path}</bdi> : t('preferences:noFile')}
        </span>
      ) : null}
      <Button
        variant="default"
        className="sf-pref-import"
        disabled={file === null}
        leftSection={<IconFileImport size={16} aria-hidden />}
        onClick={() => setImporting(true)}
      >
        {t('preferences:import.open')}
      </Button>
      <ImportDialog opened={importing} onClose={() => setImporting(false)} />
    </div>
  );
}
