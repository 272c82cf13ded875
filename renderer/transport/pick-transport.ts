/** The one place that knows which host stands behind the window. */
import { type Connection, createConnection } from './connection.ts';
import { createDesktopLink, onNativeCommand } from './desktop-link.ts';
import { createHostWindow, type HostWindow } from './host-window.ts';
import { createWebLink, takeToken } from './web-link.ts';

export interface Transport {
  connection: Connection;
  /** What the window can do besides. */
  hostWindow: HostWindow;
  /** The host draws the menu bar itself. */
  nativeMenu: boolean;
  /** Commands chosen in the host's own menu. Returns the function that unsubscribes. */
  onCommand(listener: (command: string) => void): () => void;
}

/** A preload bridge means Electron; anything else is the web host that served this page. */
export function pickTransport(): Transport {
  const bridge = window.stillframe;
  const hostWindow = createHostWindow(bridge);
  if (bridge) {
    const connection = createConnection(createDesktopLink(bridge));
    return { connection, hostWindow, nativeMenu: true, onCommand: onNativeCommand };
  }
  const token = takeToken(window.location, window.history);
  const connection = createConnection(createWebLink(token));
  return { connection, hostWindow, nativeMenu: false, onCommand: () => () => undefined };
}
