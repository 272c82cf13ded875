/** The application menu in Electron's terms. */
import type { MenuItemConstructorOptions } from 'electron';
import { APPLICATION_MENU, type MenuCommand, type MenuEntry } from '#contract';

/** Who does what was chosen. */
export interface MenuActions {
  quit(): void;
  /** Everything that the page does itself. */
  send(command: MenuCommand): void;
}

/** The template of the whole menu bar. */
export function menuTemplate(
  actions: MenuActions,
  entries: readonly MenuEntry[] = APPLICATION_MENU,
): MenuItemConstructorOptions[] {
  return entries.map((entry) => {
    if (entry.kind === 'separator') return { type: 'separator' };
    if (entry.kind === 'submenu') return { label: entry.label, submenu: menuTemplate(actions, entry.entries) };
    const { command, label, accelerator, performedBy } = entry;
    const click = (): void => (performedBy === 'host' ? actions.quit() : actions.send(command));
    return { id: command, label, click, ...(accelerator === undefined ? {} : { accelerator }) };
  });
}
