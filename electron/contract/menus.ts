/**
 * The application menu as data: one description for the native menu of the desktop host and for the menu bar that the
 * renderer draws everywhere else. Command ids are stable for ever; the words are in `menu-labels.ts`.
 */
import { z } from 'zod';

export const menuCommandSchema = z.enum([
  'file.addImageFile',
  'file.connection',
  'file.quit',
  'edit.preferences',
  'actions.backUp',
  'actions.estimate',
  'actions.backUpDomain',
  'actions.restore',
  'actions.pin',
  'actions.deleteBackup',
  'actions.undelete',
  'actions.deactivate',
  'actions.expire',
  'actions.prune',
  'actions.check',
  'actions.checkData',
  'utilities.setupWizard',
  'utilities.policy',
  'utilities.passphrase',
  'utilities.schedules',
  'utilities.errorLog',
  'utilities.sweep',
  'view.hub',
  'view.backup',
  'view.restore',
  'view.activity',
  'view.activeOnly',
  'view.activeAndInactive',
  'view.fileDetails',
  'view.compare',
  'view.refresh',
  'view.light',
  'view.dark',
  'view.system',
  'window.taskList',
  'window.palette',
  'help.shortcuts',
  'help.about',
]);
/** What choosing an entry means; the same whether it came from a native menu, the drawn one, the palette or a key. */
export type MenuCommand = z.infer<typeof menuCommandSchema>;

export const MENU_NAMES = ['file', 'edit', 'actions', 'utilities', 'view', 'window', 'help'] as const;
export type MenuName = (typeof MENU_NAMES)[number];

/** An entry that does something. */
export interface MenuCommandEntry {
  kind: 'command';
  command: MenuCommand;
  /** In Electron's notation (`CmdOrCtrl+O`, `Alt+Enter`, `F5`). */
  accelerator?: string;
  /** `host`: done by whoever owns the window (quit); a browser leaves these out. `window`: done by the renderer. */
  performedBy: 'host' | 'window';
}

export interface MenuSeparator {
  kind: 'separator';
}

export type MenuEntry = MenuCommandEntry | MenuSeparator;

/** One menu of the bar. */
export interface Menu {
  name: MenuName;
  entries: readonly MenuEntry[];
}

const separator: MenuSeparator = { kind: 'separator' };

function command(id: MenuCommand, accelerator?: string): MenuCommandEntry {
  return {
    kind: 'command',
    command: id,
    performedBy: id === 'file.quit' ? 'host' : 'window',
    ...(accelerator === undefined ? {} : { accelerator }),
  };
}

/** The menu bar, left to right. */
export const APPLICATION_MENU: readonly Menu[] = [
  {
    name: 'file',
    entries: [command('file.addImageFile'), command('file.connection'), separator, command('file.quit', 'CmdOrCtrl+Q')],
  },
  { name: 'edit', entries: [command('edit.preferences', 'CmdOrCtrl+,')] },
  {
    name: 'actions',
    entries: [
      command('actions.backUp'),
      command('actions.estimate'),
      command('actions.backUpDomain'),
      separator,
      command('actions.restore'),
      separator,
      command('actions.pin'),
      command('actions.deleteBackup'),
      command('actions.undelete'),
      command('actions.deactivate'),
      separator,
      command('actions.expire'),
      command('actions.prune'),
      separator,
      command('actions.check'),
      command('actions.checkData'),
    ],
  },
  {
    name: 'utilities',
    entries: [
      command('utilities.policy', 'Alt+P'),
      separator,
      command('utilities.setupWizard'),
      command('utilities.passphrase'),
      command('utilities.schedules'),
      separator,
      command('utilities.errorLog'),
      command('utilities.sweep'),
    ],
  },
  {
    name: 'view',
    entries: [
      command('view.hub', 'Alt+1'),
      command('view.backup', 'Alt+2'),
      command('view.restore', 'Alt+3'),
      command('view.activity', 'Alt+4'),
      separator,
      command('view.activeOnly'),
      command('view.activeAndInactive'),
      separator,
      command('view.fileDetails', 'Alt+Enter'),
      command('view.compare'),
      command('view.refresh', 'F5'),
      separator,
      command('view.light'),
      command('view.dark'),
      command('view.system'),
    ],
  },
  { name: 'window', entries: [command('window.taskList', 'CmdOrCtrl+J'), command('window.palette', 'CmdOrCtrl+K')] },
  { name: 'help', entries: [command('help.shortcuts', 'F1'), command('help.about')] },
];

/** Every command entry of the menus, in reading order. */
export function menuCommands(menus: readonly Menu[] = APPLICATION_MENU): MenuCommandEntry[] {
  return menus.flatMap(({ entries }) => entries.filter((entry) => entry.kind === 'command'));
}
