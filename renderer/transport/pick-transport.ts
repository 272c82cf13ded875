/** The one place that knows which host stands behind the window. */
import { type Connection, createConnection } from './connection.ts';
import { createDesktopLink, onNativeCommand } from './desktop-link.ts';
import { createWebLink, takeToken } from './web-link.ts';

export interface Transport {
  connection: Connection;
  /** The host draws the menu bar itself. */
  nativeMenu: boolean;
  /** Commands chosen in the host's own menu. Returns the function that unsubscribes. */
  onCommand(listener: (command: string) => void): () => void;
}

/** A preload bridge means Electron; anything else is the web host that served this page. */
export function pickTransport(): Transport {
  const bridge = window.stillframe;
  if (bridge) {
    return { connection: createConnection(createDesktopLink(bridge)), nativeMenu: true, onCommand: onNativeCommand };
  }
  const token = takeToken(window.location, window.history);
  return { connection: createConnection(createWebLink(token)), nativeMenu: false, onCommand: () => () => undefined };
}
