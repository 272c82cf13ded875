/**
 * What the window may do: Electron's security checklist as data and pure functions, so that tests can read it and main
 * has nothing to decide. (electronjs.org/docs/latest/tutorial/security)
 */
import type { BrowserWindowConstructorOptions, CustomScheme, WebPreferences } from 'electron';

export const APP_SCHEME = 'app';
/** Origin of the window's page. */
export const APP_ORIGIN = `${APP_SCHEME}://stillframe`;
export const APP_URL = `${APP_ORIGIN}/index.html`;

/** Standard and secure, so that the page has a real origin; nothing beyond that, fetch included. */
export const APP_SCHEME_REGISTRATION = {
  scheme: APP_SCHEME,
  privileges: {
    standard: true,
    secure: true,
    supportFetchAPI: false,
    corsEnabled: false,
    bypassCSP: false,
    allowServiceWorkers: false,
  },
} as const satisfies CustomScheme;

/** The page talks to the engine over a message port only: it needs no connection at all. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Every switch of the checklist by name, also where it is Electron's default: a default may change. */
export const WEB_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  enableBlinkFeatures: '',
  webviewTag: false,
  plugins: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  // A spelling checker may fetch dictionaries.
  spellcheck: false,
} as const satisfies WebPreferences;

/** The window; shown when its page is ready, so that nothing flashes. */
export function windowOptions(preload: string, icon?: string): BrowserWindowConstructorOptions {
  return {
    width: 1360,
    height: 860,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Stillframe',
    ...(icon === undefined ? {} : { icon }),
    webPreferences: { ...WEB_PREFERENCES, preload },
  };
}

/** Our own page may be reloaded; nothing else is ever navigated to. */
export function mayNavigate(url: string): boolean {
  return originOf(url) === APP_ORIGIN;
}

/** The part of Electron's `WebFrameMain` that tells who sent a message. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** Messages are taken from the top frame of our own page only. */
export function isOwnFrame(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && originOf(frame.url) === APP_ORIGIN;
}

/**
 * Copy buttons write text to the clipboard. Everything else (camera, notifications, clipboard reading, devices, …) is
 * refused; notifications are main's to show.
 */
export function mayUse(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}

function originOf(url: string): string | undefined {
  // WHATWG URL knows no origin of schemes that it does not know itself, so it is put together here.
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, username, password } = new URL(url);
  return username === '' && password === '' ? `${protocol}//${host}` : undefined;
}
