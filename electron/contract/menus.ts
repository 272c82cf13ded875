/**
 * The application menu as data: one description for the native menu of the desktop host and for the menu bar that the
 * renderer draws everywhere else. Command ids are stable for ever.
 */
import { z } from 'zod';

export const menuCommandSchema = z.enum([
  'file.addImageFile',
  'file.connection',
  'file.quit',
  'actions.backUp',
  'actions.estimate',
  'actions.restore',
  'actions.check',
  'actions.checkData',
  'utilities.sweep',
  'view.backup',
  'view.restore',
  'view.activity',
  'view.fileDetails',
  'view.refresh',
  'view.light',
  'view.dark',
  'view.system',
  'help.shortcuts',
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
      command('file.addImageFile', 'Add image file…'),
      command('file.connection', 'Connection information…'),
      separator,
      command('file.quit', 'Quit', 'CmdOrCtrl+Q'),
    ],
  },
  {
    kind: 'submenu',
    label: 'Actions',
    entries: [
      command('actions.backUp', 'Back up selected volumes'),
      command('actions.estimate', 'Estimate'),
      command('actions.restore', 'Restore selected image…'),
      separator,
      command('actions.check', 'Check repository'),
      command('actions.checkData', 'Check repository and read all data'),
    ],
  },
  {
    kind: 'submenu',
    label: 'Utilities',
    entries: [command('utilities.sweep', 'Clean up leftovers')],
  },
  {
    kind: 'submenu',
    label: 'View',
    entries: [
      command('view.backup', 'Backup', 'Alt+1'),
      command('view.restore', 'Restore', 'Alt+2'),
      command('view.activity', 'Activity', 'Alt+3'),
      separator,
      command('view.fileDetails', 'File Details', 'Alt+Enter'),
      command('view.refresh', 'Refresh', 'F5'),
      separator,
      command('view.light', 'Light'),
      command('view.dark', 'Dark'),
      command('view.system', 'Same as system'),
    ],
  },
  {
    kind: 'submenu',
    label: 'Help',
    entries: [command('help.shortcuts', 'Keyboard shortcuts'), command('help.about', 'About Stillframe')],
  },
];

/** Every command entry below `entries`, in reading order. */
export function menuCommands(entries: readonly MenuEntry[] = APPLICATION_MENU): MenuCommandEntry[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'command') return [entry];
    return entry.kind === 'submenu' ? menuCommands(entry.entries) : [];
  });
}
