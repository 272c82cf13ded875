/** The icon in the tray: what it shows is decided by `presence.ts`. */
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { TrayContent } from './presence.ts';

export interface TrayActions {
  open(): void;
  quit(): void;
}

/** Pixels; desktops scale it to their own size. */
const ICON_PIXELS = 32;

/** The menu of the tray. */
export function trayTemplate(content: TrayContent, actions: TrayActions): MenuItemConstructorOptions[] {
  return [
    { label: content.open, click: () => actions.open() },
    { label: content.line, enabled: false },
    { type: 'separator' },
    { label: content.quit, click: () => actions.quit() },
  ];
}

export class TrayIcon {
  readonly #iconPath: string;
  readonly #actions: TrayActions;
  #tray: Tray | undefined;

  constructor(iconPath: string, actions: TrayActions) {
    this.#iconPath = iconPath;
    this.#actions = actions;
  }

  /** Shows or changes the icon; `null` takes it away. */
  show(content: TrayContent | null): void {
    if (content === null) {
      this.#tray?.destroy();
      this.#tray = undefined;
      return;
    }
    this.#tray ??= this.#create();
    this.#tray.setToolTip(content.tooltip);
    // On Linux a menu shows changes only when it is set again.
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(content, this.#actions)));
  }

  #create(): Tray {
    const icon = nativeImage.createFromPath(this.#iconPath).resize({ width: ICON_PIXELS, height: ICON_PIXELS });
    const tray = new Tray(icon);
    tray.on('click', () => this.#actions.open());
    return tray;
  }
}
