/** The application menu in Electron's terms. */
import type { MenuItemConstructorOptions } from 'electron';
import { APPLICATION_MENU, MENU_LABELS, type Menu, type MenuCommand, type MenuLanguage } from '#contract';

/** Who does what was chosen. */
export interface MenuActions {
  quit(): void;
  /** Everything that the page does itself. */
  send(command: MenuCommand): void;
}

/** The template of the whole menu bar. */
export function menuTemplate(
  actions: MenuActions,
  language: MenuLanguage = 'en',
  menus: readonly Menu[] = APPLICATION_MENU,
): MenuItemConstructorOptions[] {
  const labels = MENU_LABELS[language];
  return menus.map(({ name, entries }) => ({
    label: labels[name],
    submenu: entries.map((entry): MenuItemConstructorOptions => {
      if (entry.kind === 'separator') return { type: 'separator' };
      const { command, accelerator, performedBy } = entry;
      const click = (): void => (performedBy === 'host' ? actions.quit() : actions.send(command));
      return { id: command, label: labels[command], click, ...(accelerator === undefined ? {} : { accelerator }) };
    }),
  }));
}
