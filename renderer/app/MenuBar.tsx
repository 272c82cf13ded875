/** The menu bar in the window, for hosts without a native one. */
import { Menu, Menubar } from '@mantine/core';
import { APPLICATION_MENU, MENU_LABELS, type MenuEntry } from '#contract';
import { ariaKeys, keyText } from '../i18n/keys.ts';
import { currentLanguage } from '../i18n/language.ts';
import { t } from '../i18n/t.ts';
import type { Commands } from './use-commands.ts';

function Entry({ entry, commands }: { entry: MenuEntry; commands: Commands }) {
  if (entry.kind === 'separator') return <Menu.Divider />;
  // Entries of the host (quit) mean nothing in a browser.
  if (entry.command === 'file.quit') return null;
  const label = MENU_LABELS[currentLanguage()][entry.command];
  const { run, enabled, checked, reason } = commands[entry.command];
  const { accelerator } = entry;
  const shared = {
    disabled: !enabled,
    title: reason,
    rightSection: accelerator ? <span className="sf-key">{keyText(accelerator)}</span> : null,
    'aria-keyshortcuts': accelerator ? ariaKeys(accelerator) : undefined,
  };
  if (checked !== undefined) {
    return (
      <Menu.RadioItem value={entry.command} checked={checked} onChange={run} closeMenuOnClick {...shared}>
        {label}
      </Menu.RadioItem>
    );
  }
  return (
    <Menu.Item onClick={run} leftSection={<span className="sf-menu-gap" />} {...shared}>
      {label}
    </Menu.Item>
  );
}

/** What this host shows: the host's own entries go, and with them separators at the end. */
function shownEntries(entries: readonly MenuEntry[]): MenuEntry[] {
  const shown = entries.filter((entry) => entry.kind !== 'command' || entry.performedBy === 'window');
  return shown.at(-1)?.kind === 'separator' ? shown.slice(0, -1) : shown;
}

/** Stable keys: a separator is known by the command after which it stands. */
function keyOf(entries: readonly MenuEntry[], index: number): string {
  const entry = entries[index];
  if (entry?.kind === 'command') return entry.command;
  const before = entries[index - 1];
  return `after ${before?.kind === 'command' ? before.command : 'nothing'}`;
}

export function MenuBar({ commands }: { commands: Commands }) {
  return (
    <Menubar className="sf-menubar" aria-label={t('shell:frame.menus')}>
      {APPLICATION_MENU.map((menu) => (
        <Menubar.Menu
          key={menu.name}
          width={300}
          withInitialFocusPlaceholder={false}
          // Inside of the landmark that the bar is in.
          withinPortal={false}
        >
          <Menubar.Target className="sf-menubar-target">{MENU_LABELS[currentLanguage()][menu.name]}</Menubar.Target>
          <Menubar.Dropdown>
            {shownEntries(menu.entries).map((entry, index, all) => (
              <Entry key={keyOf(all, index)} entry={entry} commands={commands} />
            ))}
          </Menubar.Dropdown>
        </Menubar.Menu>
      ))}
    </Menubar>
  );
}
