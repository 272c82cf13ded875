/** The only bridge between the page and main: it can ask for a port to the engine, and hears of menu commands. */
import { contextBridge, ipcRenderer } from 'electron';
import { COMMAND_CHANNEL, CONNECT_CHANNEL, PORT_CHANNEL } from './channels.ts';
import { APP_ORIGIN } from './security-policy.ts';

/** The part of the page's global object that is used; this side's compiler settings know no DOM. */
declare const window: {
  postMessage(message: unknown, targetOrigin: string, transfer?: readonly unknown[]): void;
};

contextBridge.exposeInMainWorld('stillframe', {
  connect: async (): Promise<void> => {
    await ipcRenderer.invoke(CONNECT_CHANNEL);
  },
});

// Only the page's own origin may receive the port: whoever holds it commands the engine.
ipcRenderer.on(PORT_CHANNEL, (event) => window.postMessage({ type: PORT_CHANNEL }, APP_ORIGIN, event.ports));
ipcRenderer.on(COMMAND_CHANNEL, (_event, command: unknown) => {
  window.postMessage({ type: COMMAND_CHANNEL, command }, APP_ORIGIN);
});
