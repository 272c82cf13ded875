/** Electron's main process: one window, one engine process, and the rules between them. */
import { join, resolve } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session } from 'electron';
import { answerAppRequest } from './app-protocol.ts';
import { COMMAND_CHANNEL, CONNECT_CHANNEL } from './channels.ts';
import { EngineSupervisor } from './engine-supervisor.ts';
import { menuTemplate } from './native-menu.ts';
import {
  APP_SCHEME,
  APP_SCHEME_REGISTRATION,
  APP_URL,
  isOwnFrame,
  mayNavigate,
  mayUse,
  windowOptions,
} from './security-policy.ts';

/** Where the build puts this file: `out/desktop`, beside `out/renderer`. */
const here = import.meta.dirname;
const rendererDirectory = resolve(here, '../renderer');

let window: BrowserWindow | undefined;
const engine = new EngineSupervisor(join(here, 'engine-process.js'), showPicker);

async function showPicker(kind: 'folder' | 'file'): Promise<string | undefined> {
  const properties: ('openDirectory' | 'createDirectory' | 'openFile')[] =
    kind === 'folder' ? ['openDirectory', 'createDirectory'] : ['openFile'];
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, { properties })
    : dialog.showOpenDialog({ properties }));
  return filePaths[0];
}

/** True where nothing runs, or the person wants it stopped. */
async function mayClose(parent: BrowserWindow): Promise<boolean> {
  if (engine.unfinished === 0) return true;
  const { response } = await dialog.showMessageBox(parent, {
    type: 'warning',
    message: engine.unfinished === 1 ? 'A task is still running.' : `${engine.unfinished} tasks are still running.`,
    detail:
      'Closing the window stops it. A stopped backup leaves no image; a stopped restore leaves a target that cannot be used.',
    buttons: ['Keep running', 'Stop and close'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}

function createWindow(): BrowserWindow {
  const created = new BrowserWindow(windowOptions(join(here, 'preload.cjs')));
  created.once('ready-to-show', () => created.show());
  let asking = false;
  created.on('close', (event) => {
    event.preventDefault();
    if (asking) return;
    asking = true;
    void closeGently(created).finally(() => {
      asking = false;
    });
  });
  created.on('closed', () => {
    window = undefined;
  });
  void created.loadURL(APP_URL);
  return created;
}

async function closeGently(closing: BrowserWindow): Promise<void> {
  if (!(await mayClose(closing))) return;
  closing.hide();
  await engine.stop();
  closing.destroy();
}

function show(): void {
  window ??= createWindow();
  if (window.isMinimized()) window.restore();
  window.focus();
}

// Whatever page there will ever be: it stays where it is, opens nothing and embeds nothing.
app.on('web-contents-created', (_event, contents) => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
});

ipcMain.handle(CONNECT_CHANNEL, (event) => {
  if (!isOwnFrame(event.senderFrame)) throw new Error('refused: not the window’s own page');
  engine.connect(event.sender);
});

if (app.requestSingleInstanceLock()) {
  protocol.registerSchemesAsPrivileged([APP_SCHEME_REGISTRATION]);
  app.enableSandbox();
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => app.quit());
  // Not awaited at the top level: Electron becomes ready only after this module has been evaluated.
  void app.whenReady().then(open);
} else {
  app.quit();
}

function open(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) => decide(mayUse(permission)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => mayUse(permission));
  session.defaultSession.setDevicePermissionHandler(() => false);
  protocol.handle(APP_SCHEME, (request) => answerAppRequest(request, rendererDirectory));
  const actions = {
    quit: () => app.quit(),
    send: (command: string) => window?.webContents.send(COMMAND_CHANNEL, command),
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions)));
  show();
}
