/** The window in Electron: main does it, asked through the preload bridge. */
import type { PreloadBridge } from './desktop-link.ts';
import type { HostWindow } from './host-window.ts';

/** Main refuses longer ones. */
const TITLE_LENGTH = 300;
const BODY_LENGTH = 1000;

export function createDesktopWindow(bridge: PreloadBridge): HostWindow {
  let shown: number | null = null;
  /** What is cosmetic must never fail anything. */
  const quietly = (asked: Promise<boolean>): Promise<boolean> => asked.catch(() => false);
  return {
    onLeave: 'asks',
    showProgress(fraction) {
      // A taskbar has hardly more than a hundred steps.
      const next = fraction === null ? null : Math.min(1, Math.max(0, Math.round(fraction * 200) / 200));
      if (next === shown) return;
      shown = next;
      void quietly(bridge.showProgress(next));
    },
    // Main counts the engine's tasks itself: a page that hangs must neither keep the computer awake nor let it sleep.
    keepAwake: () => undefined,
    notify: ({ title, body }) => quietly(bridge.notify(title.slice(0, TITLE_LENGTH), body.slice(0, BODY_LENGTH))),
    notifications: () => 'allowed',
    allowNotifications: async () => true,
    setLanguage: (language) => {
      if (language === 'en' || language === 'de') void quietly(bridge.setLanguage(language));
    },
    // Main asks by itself when the window is closed.
    guardLeave: () => undefined,
  };
}
