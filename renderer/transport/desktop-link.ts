/** The link to Electron's main process: a MessagePort that the preload script posts to the page. */
import { RPCLink } from '@orpc/client/message-port';
import type { OpenAttempt } from './connection.ts';

/** What the preload script exposes as `window.stillframe`. */
export interface PreloadBridge {
  /** Asks main for a port, which arrives as a `stillframe:port` message. */
  connect(): Promise<void>;
  /** 0 to 1 in the taskbar; `null` removes it. */
  showProgress(fraction: number | null): Promise<boolean>;
  /** Resolves to whether the system showed it. */
  notify(title: string, body: string): Promise<boolean>;
  /** Language of the native menus. */
  setLanguage(language: 'en' | 'de'): Promise<boolean>;
}

declare global {
  interface Window {
    readonly stillframe?: PreloadBridge;
  }
}

const PORT_TIMEOUT_MS = 10_000;

function isNamed(data: unknown, type: string): data is { type: string } {
  return data !== null && typeof data === 'object' && 'type' in data && data.type === type;
}

function nextPort(): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      window.removeEventListener('message', receive);
      reject(new Error('No port arrived from the main process.'));
    }, PORT_TIMEOUT_MS);
    function receive(event: MessageEvent): void {
      // Only our own preload script runs in this window and may post ports to it.
      if (event.source !== window || !isNamed(event.data, 'stillframe:port')) return;
      const [port] = event.ports;
      if (!port) return;
      clearTimeout(timer);
      window.removeEventListener('message', receive);
      resolve(port);
    }
    window.addEventListener('message', receive);
  });
}

export function createDesktopLink(bridge: PreloadBridge): OpenAttempt {
  return async () => {
    const arriving = nextPort();
    await bridge.connect();
    const port = await arriving;
    const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve(), { once: true }));
    const link = new RPCLink({ port });
    port.start();
    return { link, closed };
  };
}

/** Commands of the native menu, by the ids of `app/menus.ts`. Returns the function that unsubscribes. */
export function onNativeCommand(listener: (command: string) => void): () => void {
  function receive(event: MessageEvent): void {
    if (event.source !== window || !isNamed(event.data, 'stillframe:command')) return;
    const { command } = event.data as { command?: unknown };
    if (typeof command === 'string') listener(command);
  }
  window.addEventListener('message', receive);
  return () => window.removeEventListener('message', receive);
}
