/**
 * What a window can do besides talking to its engine: taskbar, sleep, notifications, the language of native menus, and
 * what happens when it is left while tasks run. One interface, so that nobody has to ask which host stands behind it.
 */

import type { PreloadBridge } from './desktop-link.ts';
import { createDesktopWindow } from './desktop-window.ts';
import { createWebWindow } from './web-window.ts';

/** Plain text. */
export interface WindowNotification {
  title: string;
  body: string;
}

export interface HostWindow {
  /**
   * Who decides what happens to running tasks when the window is closed. `asks`: the host does, and can keep them
   * running. `warns`: the page can only warn; whether they go on depends on what serves it.
   */
  readonly onLeave: 'asks' | 'warns';
  /** How far everything that runs is, 0 to 1; `null`: nothing runs. */
  showProgress(fraction: number | null): void;
  /** The computer must not sleep. */
  keepAwake(on: boolean): void;
  /** Resolves to whether the person was shown a notification of the system; never rejects. */
  notify(notification: WindowNotification): Promise<boolean>;
  /** Whether notifications of the system may be shown; `ask`: the person has not been asked yet. */
  notifications(): 'allowed' | 'ask' | 'refused';
  /** Asks the person where that is needed. Call it from a click or a key only: browsers refuse it otherwise. */
  allowNotifications(): Promise<boolean>;
  /** Language of what the host draws itself. */
  setLanguage(language: string): void;
  /** The window is not left unnoticed while this is on. */
  guardLeave(on: boolean): void;
}

/** The window of this host: Electron's with a preload bridge, a browser's without one. */
export function createHostWindow(bridge: PreloadBridge | undefined): HostWindow {
  return bridge ? createDesktopWindow(bridge) : createWebWindow();
}
