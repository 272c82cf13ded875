/** The command palette: type a few letters, choose with the arrow keys, Enter does it. */
import './palette.css';
import { Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { keyText } from '../../i18n/keys.ts';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import type { Commands } from '../use-commands.ts';
import { type FoundEntry, findEntries } from './find-entries.ts';
import { usePaletteEntries } from './use-entries.ts';

/** The label with the letters that fitted. */
function Marked({ label, marks }: { label: string; marks: readonly number[] }) {
  const runs: { from: number; text: string; fits: boolean }[] = [];
  [...label].forEach((letter, at) => {
    const fits = marks.includes(at);
    const last = runs.at(-1);
    if (last?.fits === fits) last.text += letter;
    else runs.push({ from: at, text: letter, fits });
  });
  return runs.map(({ from, text, fits }) => (fits ? <mark key={from}>{text}</mark> : <span key={from}>{text}</span>));
}

interface RowProps {
  id: string;
  row: FoundEntry;
  active: boolean;
  onChoose(): void;
  onPoint(): void;
}

function Row({ id, row: { entry, marks }, active, onChoose, onPoint }: RowProps) {
  const { label, detail, icon: Glyph, key } = entry;
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      className="sf-palette-row"
      // The search keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={onPoint}
      onClick={onChoose}
      onKeyDown={() => undefined}
    >
      <Glyph size={15} stroke={1.7} aria-hidden />
      <span className="sf-clip" title={detail ? `${label} · ${detail}` : label}>
        <Marked label={label} marks={marks} />
      </span>
      <span className="sf-palette-detail sf-clip">{detail}</span>
      {key ? <kbd>{key}</kbd> : <span />}
    </div>
  );
}

function PaletteContent({ commands, close }: { commands: Commands; close(): void }) {
  const [query, setQuery] = useState('');
  const [wanted, setWanted] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const groups = findEntries(query, usePaletteEntries(commands));
  const rows = groups.flatMap(({ found }) => found);
  const active = Math.min(wanted, rows.length - 1);
  const idOf = (index: number): string => `${listId}-${index}`;

  // At once: what somebody types right after the key must not get lost.
  useLayoutEffect(() => search.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: active === 0 ? 'end' : 'nearest' });
  }, [active]);

  function choose(row: FoundEntry | undefined): void {
    if (!row) return;
    close();
    row.entry.run();
  }

  function press(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const last = rows.length - 1;
    const next = {
      ArrowDown: active >= last ? 0 : active + 1,
      ArrowUp: active <= 0 ? last : active - 1,
      PageDown: Math.min(last, active + 8),
      PageUp: Math.max(0, active - 8),
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setWanted(next);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(rows[active]);
    }
  }

  let index = -1;
  return (
    <>
      <div className="sf-palette-search">
        <IconSearch size={17} aria-hidden />
        <input
          ref={search}
          data-autofocus
          type="text"
          role="combobox"
          aria-expanded={rows.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={rows.length > 0 ? idOf(active) : undefined}
          aria-label={t('shell:palette.search')}
          placeholder={t('shell:palette.search')}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setWanted(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={t('shell:palette.results')} className="sf-palette-list">
        {groups.map(({ group, found }) => (
          <fieldset key={group} aria-label={t(`shell:palette.${group}`)}>
            <div className="sf-palette-group" aria-hidden>
              {t(`shell:palette.${group}`)}
            </div>
            {found.map((row) => {
              index += 1;
              const own = index;
              return (
                <Row
                  key={row.entry.id}
                  id={idOf(own)}
                  row={row}
                  active={own === active}
                  onChoose={() => choose(row)}
                  onPoint={() => setWanted(own)}
                />
              );
            })}
          </fieldset>
        ))}
      </div>
      {rows.length === 0 ? (
        <div className="sf-palette-nothing">
          <p>{t('shell:palette.nothing', { query })}</p>
          <p className="sf-dim sf-small">{t('shell:palette.hint')}</p>
        </div>
      ) : null}
      <p className="sf-unseen" role="status">
        {query === '' ? '' : t('shell:palette.found', { count: rows.length })}
      </p>
      <div className="sf-palette-foot" aria-hidden>
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t('shell:palette.move')}
        </span>
        <span>
          <kbd>{keyText('Enter')}</kbd> {t('shell:palette.choose')}
        </span>
        <span>
          <kbd>{keyText('Escape')}</kbd> {t('shell:palette.leave')}
        </span>
      </div>
    </>
  );
}

export function Palette({ commands }: { commands: Commands }) {
  const { ui } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'palette');
  const close = () => ui.getState().closeDialog();
  return (
    <Modal.Root
      opened={opened}
      onClose={close}
      // Locking the page's scroll would inject a style sheet at run time.
      lockScroll={false}
      padding={0}
      size={640}
      yOffset="10vh"
      transitionProps={{ duration: 80, transition: 'fade' }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('shell:palette.title')}>
        <PaletteContent commands={commands} close={close} />
      </Modal.Content>
    </Modal.Root>
  );
}
