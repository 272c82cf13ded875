/**
 * The application menu as data: one description for the native menu of the desktop host and for the menu bar that the
 * renderer draws everywhere else. Command ids are stable for ever.
 */
import { z } from 'zod';

export const menuCommandSchema = z.enum([
  'file.openRepository',
  'file.quit',
  'actions.backup',
  'actions.restore',
  'view.fileDetails',
  'view.refresh',
  'view.activity',
  'view.theme.system',
  'view.theme.light',
  'view.theme.dark',
  'help.about',
]);
/** What choosing an entry means; the same whether it came from a native menu, the drawn one or a key. */
export type MenuCommand = z.infer<typeof menuCommandSchema>;

/** An entry that does something. */
export interface MenuCommandEntry {
  kind: 'command';
  command: MenuCommand;
  label: string;
  /** In Electron's notation (`CmdOrCtrl+O`, `Alt+Enter`, `F5`). */
  accelerator?: string;
  /** `host`: done by whoever owns the window (quit); a browser leaves these out. `window`: done by the renderer. */
  performedBy: 'host' | 'window';
}

/** An entry that opens further entries. */
export interface SubmenuEntry {
  kind: 'submenu';
  label: string;
  entries: readonly MenuEntry[];
}

export interface MenuSeparator {
  kind: 'separator';
}

export type MenuEntry = MenuCommandEntry | SubmenuEntry | MenuSeparator;

const separator: MenuSeparator = { kind: 'separator' };

function command(id: MenuCommand, label: string, accelerator?: string): MenuCommandEntry {
  return {
    kind: 'command',
    command: id,
    label,
    performedBy: id === 'file.quit' ? 'host' : 'window',
    ...(accelerator === undefined ? {} : { accelerator }),
  };
}

/** The menu bar, left to right. */
export const APPLICATION_MENU: readonly SubmenuEntry[] = [
  {
    kind: 'submenu',
    label: 'File',
    entries: [
      command('file.openRepository', 'Open repository…', 'CmdOrCtrl+O'),
      separator,
      command('file.quit', 'Quit', 'CmdOrCtrl+Q'),
    ],
  },
  {
    kind: 'submenu',
    label: 'Actions',
    entries: [
      command('actions.backup', 'Backup', 'CmdOrCtrl+B'),
      command('actions.restore', 'Restore', 'CmdOrCtrl+Shift+R'),
    ],
  },
  {
    kind: 'submenu',
    label: 'View',
    entries: [
      command('view.fileDetails', 'File Details', 'Alt+Enter'),
      command('view.refresh', 'Refresh', 'F5'),
      command('view.activity', 'Activity'),
      separator,
      {
        kind: 'submenu',
        label: 'Theme',
        entries: [
          command('view.theme.system', 'Same as system'),
          command('view.theme.light', 'Light'),
          command('view.theme.dark', 'Dark'),
        ],
      },
    ],
  },
  { kind: 'submenu', label: 'Help', entries: [command('help.about', 'About Stillframe')] },
];

/** Every command entry below `entries`, in reading order. */
export function menuCommands(entries: readonly MenuEntry[] = APPLICATION_MENU): MenuCommandEntry[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'command') return [entry];
    return entry.kind === 'submenu' ? menuCommands(entry.entries) : [];
  });
}
