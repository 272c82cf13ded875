/** Electron's main process: one window, one engine process, and the rules between them. */
import { join, resolve } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, powerSaveBlocker, protocol, session } from 'electron';
import type { MenuLanguage } from '#contract';
import { answerAppRequest } from './app-protocol.ts';
import { Awake } from './awake.ts';
import { COMMAND_CHANNEL, CONNECT_CHANNEL, WINDOW_CHANNEL } from './channels.ts';
import { Departure } from './departure.ts';
import { EngineSupervisor } from './engine-supervisor.ts';
import { leaveAnswer, leaveQuestion } from './leave-question.ts';
import { menuTemplate } from './native-menu.ts';
import { Presence } from './presence.ts';
import {
  APP_SCHEME,
  APP_SCHEME_REGISTRATION,
  APP_URL,
  isOwnFrame,
  mayNavigate,
  mayUse,
  windowOptions,
} from './security-policy.ts';
import { SystemNotifications } from './system-notifications.ts';
import { TrayIcon } from './tray-icon.ts';
import { windowMessageSchema } from './window-messages.ts';

/** Where the build puts this file: `out/desktop`, beside `out/renderer`. */
const here = import.meta.dirname;
const rendererDirectory = resolve(here, '../renderer');
const iconPath = resolve(here, '../../assets/icon.png');

let window: BrowserWindow | undefined;
const engine = new EngineSupervisor(join(here, 'engine-process.js'), showPicker, (count) =>
  presence.setUnfinished(count),
);
const tray = new TrayIcon(iconPath, { open: show, quit: () => app.quit() });
const notifications = new SystemNotifications(iconPath, show);
const awake = new Awake(powerSaveBlocker);

const presence = new Presence({
  // Electron's word for no bar is a negative number.
  showProgress: (fraction) => window?.setProgressBar(fraction ?? -1),
  showTray: (content) => tray.show(content),
  keepAwake: (on) => awake.set(on),
  speak: setMenus,
  notify: (notification) => notifications.show(notification),
});

const departure = new Departure({
  unfinished: () => engine.unfinished,
  ask: async (leaving) => {
    const question = leaveQuestion(leaving, engine.unfinished, presence.language);
    const { response } = await (window?.isVisible()
      ? dialog.showMessageBox(window, question)
      : dialog.showMessageBox(question));
    return leaveAnswer(response);
  },
  toTray: () => {
    window?.hide();
    presence.setWindowAway(true);
  },
  hide: () => window?.hide(),
  stopEngine: () => engine.stop(),
  end: () => {
    tray.show(null);
    window?.destroy();
    app.quit();
  },
});

async function showPicker(kind: 'folder' | 'file'): Promise<string | undefined> {
  const properties: ('openDirectory' | 'createDirectory' | 'openFile')[] =
    kind === 'folder' ? ['openDirectory', 'createDirectory'] : ['openFile'];
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, { properties })
    : dialog.showOpenDialog({ properties }));
  return filePaths[0];
}

function createWindow(): BrowserWindow {
  const created = new BrowserWindow(windowOptions(join(here, 'preload.cjs'), iconPath));
  created.once('ready-to-show', () => created.show());
  created.on('close', (event) => {
    if (departure.decided) return;
    event.preventDefault();
    void departure.leave('window');
  });
  created.on('closed', () => {
    window = undefined;
  });
  void created.loadURL(APP_URL);
  return created;
}

function show(): void {
  if (departure.leaving) return;
  if (window === undefined) window = createWindow();
  else window.show();
  presence.setWindowAway(false);
  if (window.isMinimized()) window.restore();
  window.focus();
}

function setMenus(language: MenuLanguage): void {
  const actions = {
    quit: () => app.quit(),
    send: (command: string) => window?.webContents.send(COMMAND_CHANNEL, command),
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, language)));
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
ipcMain.handle(WINDOW_CHANNEL, (event, message: unknown) => {
  if (!isOwnFrame(event.senderFrame)) throw new Error('refused: not the window’s own page');
  return presence.take(windowMessageSchema.parse(message));
});

if (app.requestSingleInstanceLock()) {
  protocol.registerSchemesAsPrivileged([APP_SCHEME_REGISTRATION]);
  app.enableSandbox();
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (departure.decided) return;
    event.preventDefault();
    void departure.leave('program');
  });
  // Nobody is there to be asked when the session ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void departure.leaveNow());
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
  setMenus(presence.language);
  show();
}
