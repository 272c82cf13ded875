/**
 * The only bridge between the page and main: it can ask for a port to the engine and for what a window can do on a
 * desktop, and hears of menu commands. Plain data goes through it, nothing else.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { COMMAND_CHANNEL, CONNECT_CHANNEL, PORT_CHANNEL, WINDOW_CHANNEL } from './channels.ts';
import { APP_ORIGIN } from './security-policy.ts';
import { type WindowMessage, windowMessageSchema } from './window-messages.ts';

/** The part of the page's global object that is used; this side's compiler settings know no DOM. */
declare const window: {
  postMessage(message: unknown, targetOrigin: string, transfer?: readonly unknown[]): void;
};

/** Refused here already where it is not one of the messages. */
async function ask(message: WindowMessage): Promise<boolean> {
  const answer: unknown = await ipcRenderer.invoke(WINDOW_CHANNEL, windowMessageSchema.parse(message));
  return answer === true;
}

contextBridge.exposeInMainWorld('stillframe', {
  connect: async (): Promise<void> => {
    await ipcRenderer.invoke(CONNECT_CHANNEL);
  },
  showProgress: (fraction: number | null): Promise<boolean> => ask({ type: 'progress', fraction }),
  notify: (title: string, body: string): Promise<boolean> => ask({ type: 'notify', title, body }),
  setLanguage: (language: 'en' | 'de'): Promise<boolean> => ask({ type: 'language', language }),
});

// Only the page's own origin may receive the port: whoever holds it commands the engine.
ipcRenderer.on(PORT_CHANNEL, (event) => window.postMessage({ type: PORT_CHANNEL }, APP_ORIGIN, event.ports));
ipcRenderer.on(COMMAND_CHANNEL, (_event, command: unknown) => {
  window.postMessage({ type: COMMAND_CHANNEL, command }, APP_ORIGIN);
});
