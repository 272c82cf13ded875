/** A list of names: each can be removed, and one more be added. */
import { ActionIcon, Autocomplete } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';

interface ListEditorProps {
  id: string;
  label: string;
  describedBy: string;
  disabled: boolean;
  entries: readonly string[];
  suggestions: readonly string[];
  onEntries(entries: string[]): void;
}

export function ListEditor({ id, label, describedBy, disabled, entries, suggestions, onEntries }: ListEditorProps) {
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const canAdd = name !== '' && !entries.includes(name);

  function add(entry: string): void {
    if (entry === '' || entries.includes(entry)) return;
    onEntries([...entries, entry]);
    setTyped('');
  }

  return (
    <div className="sf-list-editor">
      {entries.length > 0 ? (
        <ul className="sf-lines" aria-label={label}>
          {entries.map((entry) => (
            <li key={entry}>
              <span className="sf-mono sf-clip" title={entry}>
                {entry}
              </span>
              <ActionIcon
                size={22}
                disabled={disabled}
                aria-label={t('preferences:list.remove', { entry })}
                title={t('preferences:list.remove', { entry })}
                onClick={() => {
                  onEntries(entries.filter((each) => each !== entry));
                  document.getElementById(id)?.focus();
                }}
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="sf-pref-path">
        <Autocomplete
          id={id}
          size="xs"
          aria-label={label}
          aria-describedby={describedBy}
          placeholder={t('preferences:list.placeholder')}
          disabled={disabled}
          data={suggestions.filter((each) => !entries.includes(each))}
          value={typed}
          onChange={setTyped}
          onOptionSubmit={(entry) => {
            add(entry);
            // The chosen name is put into the field after this.
            setTimeout(() => setTyped(''));
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.defaultPrevented) add(name);
          }}
          limit={8}
          spellCheck={false}
        />
        <ActionIcon
          variant="default"
          disabled={disabled || !canAdd}
          onClick={() => add(name)}
          aria-label={t('preferences:list.add', { label })}
          title={t('preferences:list.add', { label })}
        >
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
      </div>
    </div>
  );
}
