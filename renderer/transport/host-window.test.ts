import { describe, expect, it, vi } from 'vitest';
import type { PreloadBridge } from './desktop-link.ts';
import { createDesktopWindow } from './desktop-window.ts';
import { createWebWindow, type WebSurroundings } from './web-window.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

function fakeBridge(): PreloadBridge {
  return {
    connect: vi.fn(async () => undefined),
    showProgress: vi.fn(async () => true),
    notify: vi.fn(async () => true),
    setLanguage: vi.fn(async () => true),
  };
}

describe('the window in Electron', () => {
  it('tells main of progress only where a taskbar would show it', () => {
    const bridge = fakeBridge();
    const window = createDesktopWindow(bridge);
    for (const fraction of [0.4301, 0.4302, 0.44, null, null]) window.showProgress(fraction);
    expect(vi.mocked(bridge.showProgress).mock.calls).toEqual([[0.43], [0.44], [null]]);
  });

  it('sends texts as long as main takes them, and survives a main that refuses', async () => {
    const bridge = fakeBridge();
    const window = createDesktopWindow(bridge);
    expect(await window.notify({ title: 'x'.repeat(999), body: 'y'.repeat(9999) })).toBe(true);
    expect(vi.mocked(bridge.notify).mock.calls[0]?.map((text) => text.length)).toEqual([300, 1000]);
    vi.mocked(bridge.notify).mockRejectedValueOnce(new Error('refused'));
    expect(await window.notify({ title: 'x', body: '' })).toBe(false);
  });

  it('speaks the languages that the menus have', () => {
    const bridge = fakeBridge();
    const window = createDesktopWindow(bridge);
    for (const language of ['de', 'fr', 'en']) window.setLanguage(language);
    expect(vi.mocked(bridge.setLanguage).mock.calls).toEqual([['de'], ['en']]);
  });
});

interface FakeBrowser extends WebSurroundings {
  page: EventTarget;
  document: EventTarget & { title: string; visibilityState: DocumentVisibilityState };
  locks: (EventTarget & { release: () => Promise<void> })[];
  made: { title: string; body: string | undefined }[];
}

function fakeBrowser(permission: NotificationPermission = 'granted'): FakeBrowser {
  const page = new EventTarget();
  const locks: FakeBrowser['locks'] = [];
  const made: FakeBrowser['made'] = [];
  class FakeNotification {
    static permission = permission;
    static requestPermission = vi.fn(async () => {
      FakeNotification.permission = 'granted';
      return FakeNotification.permission;
    });
    constructor(title: string, options?: NotificationOptions) {
      made.push({ title, body: options?.body });
    }
  }
  const document = Object.assign(new EventTarget(), { title: 'Stillframe', visibilityState: 'visible' as const });
  return {
    page,
    locks,
    made,
    document,
    window: Object.assign(page, { focus: () => undefined }) as unknown as WebSurroundings['window'],
    wakeLock: {
      request: async () => {
        const lock = Object.assign(new EventTarget(), {
          release: async () => void lock.dispatchEvent(new Event('release')),
        });
        locks.push(lock);
        return lock as unknown as WakeLockSentinel;
      },
    },
    notification: FakeNotification as unknown as typeof Notification,
  };
}

describe('the window in a browser', () => {
  it('shows progress in its title, never 100 % before the end', () => {
    const browser = fakeBrowser();
    const window = createWebWindow(browser);
    window.showProgress(0.439);
    expect(browser.document.title).toBe('43 % · Stillframe');
    window.showProgress(1);
    expect(browser.document.title).toBe('99 % · Stillframe');
    browser.document.title = 'Backup – Stillframe';
    window.showProgress(0.5);
    window.showProgress(0.51);
    expect(browser.document.title).toBe('51 % · Backup – Stillframe');
    browser.document.title = 'Stillframe';
    window.showProgress(null);
    expect(browser.document.title).toBe('Stillframe');
  });

  it('stays awake, and takes the lock again that the browser took away', async () => {
    const browser = fakeBrowser();
    const window = createWebWindow(browser);
    window.keepAwake(true);
    window.keepAwake(true);
    await settle();
    expect(browser.locks).toHaveLength(1);
    await browser.locks[0]?.release();
    browser.document.visibilityState = 'hidden';
    browser.document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(browser.locks).toHaveLength(1);
    browser.document.visibilityState = 'visible';
    browser.document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(browser.locks).toHaveLength(2);
    const released = vi.spyOn(browser.locks[1] as (typeof browser.locks)[number], 'release');
    window.keepAwake(false);
    expect(released).toHaveBeenCalledOnce();
  });

  it('lets go of a lock that arrives too late', async () => {
    const browser = fakeBrowser();
    const window = createWebWindow(browser);
    window.keepAwake(true);
    window.keepAwake(false);
    await settle();
    const released = vi.spyOn(browser.locks[0] as (typeof browser.locks)[number], 'release');
    window.keepAwake(true);
    await settle();
    expect(browser.locks).toHaveLength(2);
    expect(released).not.toHaveBeenCalled();
  });

  it('notifies only when allowed, and asks only once', async () => {
    const browser = fakeBrowser('default');
    const window = createWebWindow(browser);
    expect(await window.notify({ title: 'Backup of /dev/sdb1', body: 'Completed.' })).toBe(false);
    expect(window.notifications()).toBe('ask');
    expect(await window.allowNotifications()).toBe(true);
    expect(await window.allowNotifications()).toBe(true);
    expect(browser.notification?.requestPermission).toHaveBeenCalledOnce();
    expect(await window.notify({ title: 'Backup of /dev/sdb1', body: 'Completed.' })).toBe(true);
    expect(browser.made).toEqual([{ title: 'Backup of /dev/sdb1', body: 'Completed.' }]);
  });

  it('does without what a browser does not have', async () => {
    const window = createWebWindow({ ...fakeBrowser(), wakeLock: undefined, notification: undefined });
    window.keepAwake(true);
    expect(window.notifications()).toBe('refused');
    expect(await window.allowNotifications()).toBe(false);
    expect(await window.notify({ title: 'x', body: '' })).toBe(false);
  });

  it('makes the browser ask before the page is left, exactly while that is on', () => {
    const browser = fakeBrowser();
    const window = createWebWindow(browser);
    const leave = () => browser.page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(leave()).toBe(true);
    window.guardLeave(true);
    window.guardLeave(true);
    expect(leave()).toBe(false);
    window.guardLeave(false);
    expect(leave()).toBe(true);
  });
});
