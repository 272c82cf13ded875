import { readFileSync } from 'node:fs';
import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  APP_SCHEME_REGISTRATION,
  APP_URL,
  CONTENT_SECURITY_POLICY,
  isOwnFrame,
  mayNavigate,
  mayUse,
  WEB_PREFERENCES,
  windowOptions,
} from './security-policy.ts';

const source = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

describe('the window’s preferences', () => {
  it('are Electron’s own options', () => {
    expectTypeOf(WEB_PREFERENCES).toExtend<WebPreferences>();
    expectTypeOf(windowOptions('/p')).toEqualTypeOf<BrowserWindowConstructorOptions>();
  });

  const required: WebPreferences = {
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
    spellcheck: false,
  };
  for (const [name, value] of Object.entries(required)) {
    it(`set ${name} to ${JSON.stringify(value)}`, () => {
      expect(windowOptions('/preload.cjs').webPreferences).toHaveProperty(name, value);
    });
  }

  it('hold nothing that the policy does not know, but the preload script', () => {
    expect({ ...windowOptions('/preload.cjs').webPreferences }).toEqual({
      ...WEB_PREFERENCES,
      preload: '/preload.cjs',
    });
  });
});

describe('the scheme', () => {
  it('has an origin of its own and no further rights', () => {
    expect(APP_SCHEME_REGISTRATION.privileges).toEqual({
      standard: true,
      secure: true,
      supportFetchAPI: false,
      corsEnabled: false,
      bypassCSP: false,
      allowServiceWorkers: false,
    });
  });

  it('comes with a policy that allows our own files only', () => {
    const directives = new Map(CONTENT_SECURITY_POLICY.split('; ').map((text) => [text.split(' ')[0], text]));
    expect(directives.get('default-src')).toBe("default-src 'none'");
    expect(directives.get('script-src')).toBe("script-src 'self'");
    expect(directives.get('connect-src')).toBe("connect-src 'none'");
    for (const name of ['frame-ancestors', 'base-uri', 'form-action'])
      expect(directives.get(name)).toBe(`${name} 'none'`);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-eval|http:|https:|\*/);
  });
});

describe('navigation and senders', () => {
  it.each([APP_URL, 'app://stillframe/', 'app://stillframe/index.html#x'])('allows %s', (url) => {
    expect(mayNavigate(url)).toBe(true);
    expect(isOwnFrame({ url, parent: null })).toBe(true);
  });

  it.each([
    'https://example.org/',
    'file:///etc/passwd',
    'app://stillframe.evil/',
    'app://evil/index.html',
    'app://user@stillframe/',
    'http://stillframe/',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
    '',
  ])('refuses %s', (url) => {
    expect(mayNavigate(url)).toBe(false);
    expect(isOwnFrame({ url, parent: null })).toBe(false);
  });

  it('takes no message of an embedded or a vanished frame', () => {
    expect(isOwnFrame({ url: APP_URL, parent: {} })).toBe(false);
    expect(isOwnFrame(null)).toBe(false);
  });

  it('grants writing to the clipboard, for the copy buttons, and nothing else', () => {
    expect(mayUse('clipboard-sanitized-write')).toBe(true);
    for (const name of ['media', 'notifications', 'clipboard-read', 'usb', 'fullscreen', 'openExternal', ''])
      expect(mayUse(name)).toBe(false);
  });
});

describe('main uses the policy', () => {
  const main = source('./main.ts');
  it.each([
    ['the window’s options', 'new BrowserWindow(windowOptions('],
    ['the scheme', 'protocol.registerSchemesAsPrivileged([APP_SCHEME_REGISTRATION])'],
    ['file serving', 'protocol.handle(APP_SCHEME, (request) => answerAppRequest(request'],
    [
      'permission requests',
      'setPermissionRequestHandler((_contents, permission, decide) => decide(mayUse(permission)))',
    ],
    ['permission checks', 'setPermissionCheckHandler((_contents, permission) => mayUse(permission))'],
    ['devices', 'setDevicePermissionHandler(() => false)'],
    ['new windows', "setWindowOpenHandler(() => ({ action: 'deny' }))"],
    ['navigation', "contents.on('will-navigate'"],
    ['redirects', "contents.on('will-redirect'"],
    ['webviews', "contents.on('will-attach-webview', (event) => event.preventDefault())"],
    ['the sandbox of every process', 'app.enableSandbox()'],
    ['one instance', 'app.requestSingleInstanceLock()'],
  ])('for %s', (_what, text) => {
    expect(main).toContain(text);
  });

  it('creates one kind of window, loads one address, and opens nothing outside', () => {
    expect(main.match(/new BrowserWindow/g)).toHaveLength(1);
    expect(main.match(/\.load(URL|File)\(/g)).toHaveLength(1);
    expect(main).toContain('.loadURL(APP_URL)');
    expect(main).not.toMatch(/\bshell\b|openExternal|executeJavaScript|@electron\/remote/);
  });

  it('checks the sender in every handler of a message', () => {
    const handlers = main.match(/ipcMain\.(on|once|handle|handleOnce)\(/g) ?? [];
    const checks = main.match(/ipcMain\.handle\([^)]*\) => \{\s*if \(!isOwnFrame\(event\.senderFrame\)\) throw/g) ?? [];
    expect(handlers.length).toBeGreaterThan(0);
    expect(checks).toHaveLength(handlers.length);
  });

  it('registers the scheme before Electron is ready, and never waits for that at the top level', () => {
    expect(main.indexOf('registerSchemesAsPrivileged')).toBeLessThan(main.indexOf('whenReady'));
    expect(main).not.toContain('await app.whenReady');
  });
});

describe('preload', () => {
  const preload = source('./preload.ts');
  it('exposes one object and never ipcRenderer itself', () => {
    expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1);
    expect(preload.replace(/^import .*$/gm, '')).not.toMatch(/ipcRenderer(?!\.(invoke|on)\()/);
    expect(preload).not.toMatch(/require\(|node:/);
  });

  it('posts to the page’s own origin only', () => {
    const posts = preload.match(/window\.postMessage\(.*/g) ?? [];
    expect(posts.length).toBeGreaterThan(0);
    for (const post of posts) expect(post).toContain('APP_ORIGIN');
    expect(preload).not.toContain("'*'");
  });
});
