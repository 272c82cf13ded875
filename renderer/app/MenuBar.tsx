/** The menu bar in the window, for hosts without a native one. */
import { Menu, Menubar } from '@mantine/core';
import { APPLICATION_MENU, MENU_LABELS, type MenuEntry } from '#contract';
import { currentLanguage } from '../i18n/language.ts';
import type { Commands } from './use-commands.ts';

function Entry({ entry, commands }: { entry: MenuEntry; commands: Commands }) {
  if (entry.kind === 'separator') return <Menu.Divider />;
  // Entries of the host (quit) mean nothing in a browser.
  if (entry.command === 'file.quit') return null;
  const label = MENU_LABELS[currentLanguage()][entry.command];
  const command = commands[entry.command];
  const key = entry.accelerator ? <span className="sf-key">{entry.accelerator}</span> : null;
  if (command.checked !== undefined) {
    return (
      <Menu.RadioItem
        value={entry.command}
        checked={command.checked}
        onChange={command.run}
        disabled={!command.enabled}
        closeMenuOnClick
        rightSection={key}
      >
        {label}
      </Menu.RadioItem>
    );
  }
  return (
    <Menu.Item
      onClick={command.run}
      disabled={!command.enabled}
      leftSection={<span className="sf-menu-gap" />}
      rightSection={key}
    >
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
    <Menubar className="sf-menubar" aria-label="Menus">
      {APPLICATION_MENU.map((menu) => (
        <Menubar.Menu key={menu.name} width={260} withInitialFocusPlaceholder={false}>
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
