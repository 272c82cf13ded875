/** Names of the messages between main, preload and page. */

/** Page → main: give me a port to the engine. */
export const CONNECT_CHANNEL = 'stillframe:connect';
/** Main → page: the port that was asked for. */
export const PORT_CHANNEL = 'stillframe:port';
/** Main → page: a command was chosen in the native menu. */
export const COMMAND_CHANNEL = 'stillframe:command';
/** Page → main: what the window asks of the desktop around it (`window-messages.ts`). */
export const WINDOW_CHANNEL = 'stillframe:window';
