/**
 * Main's wiring with a stand-in for Electron: there may be no Electron binary on the machine that runs this, so this
 * shows that what main decides reaches Electron's functions, not that Electron does what they promise.
 */
import type { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, type Mock, vi } from 'vitest';

const fake = vi.hoisted(() => ({
  app: undefined as unknown as EventEmitter & { quit: Mock<() => void> },
  handlers: new Map<string, (event: unknown, message?: unknown) => unknown>(),
  windows: [] as FakeWindow[],
  child: undefined as unknown as EventEmitter & { postMessage: ReturnType<typeof vi.fn> },
  answer: 2,
  asked: [] as { message: string }[],
  menus: [] as { label?: string }[][],
  trays: [] as { destroyed: boolean; tip: string }[],
  blocked: [] as string[],
  notified: [] as { title: string }[],
}));

interface FakeWindow extends EventEmitter {
  bars: number[];
  visible: boolean;
  webContents: { send: ReturnType<typeof vi.fn>; postMessage: ReturnType<typeof vi.fn> };
}

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class BrowserWindow extends Emitter {
    bars: number[] = [];
    visible = false;
    webContents = { send: vi.fn(), postMessage: vi.fn() };
    constructor() {
      super();
      fake.windows.push(this);
    }
    setProgressBar(value: number): void {
      this.bars.push(value);
    }
    show(): void {
      this.visible = true;
    }
    hide(): void {
      this.visible = false;
    }
    isVisible(): boolean {
      return this.visible;
    }
    isMinimized(): boolean {
      return false;
    }
    focus(): void {}
    async loadURL(): Promise<void> {
      this.emit('ready-to-show');
    }
    destroy(): void {
      this.emit('closed');
    }
  }
  class Tray extends Emitter {
    record = { destroyed: false, tip: '' };
    constructor() {
      super();
      fake.trays.push(this.record);
    }
    setToolTip(tip: string): void {
      this.record.tip = tip;
    }
    setContextMenu(): void {}
    destroy(): void {
      this.record.destroyed = true;
    }
  }
  class Notification extends Emitter {
    static isSupported = (): boolean => true;
    readonly options: { title: string };
    constructor(options: { title: string }) {
      super();
      this.options = options;
    }
    show(): void {
      fake.notified.push(this.options);
    }
  }
  fake.child = Object.assign(new Emitter(), {
    postMessage: vi.fn((message: { type: string }) => {
      if (message.type === 'stop') queueMicrotask(() => fake.child.emit('exit', 0));
    }),
  });
  fake.app = Object.assign(new Emitter(), {
    quit: vi.fn(() => {
      const event = { preventDefault: vi.fn() };
      fake.app.emit('before-quit', event);
    }),
    requestSingleInstanceLock: () => true,
    enableSandbox: () => undefined,
    whenReady: async () => undefined,
  });
  const handlers = { setPermissionRequestHandler: vi.fn(), setPermissionCheckHandler: vi.fn() };
  return {
    app: fake.app,
    BrowserWindow,
    Tray,
    Notification,
    dialog: {
      showMessageBox: async (...args: { message: string }[]) => {
        fake.asked.push(args.at(-1) ?? { message: '' });
        return { response: fake.answer };
      },
      showOpenDialog: async () => ({ filePaths: [] }),
    },
    ipcMain: {
      handle: (name: string, handler: (event: unknown, message?: unknown) => unknown) =>
        fake.handlers.set(name, handler),
    },
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: (menu: never) => fake.menus.push(menu),
    },
    nativeImage: { createFromPath: () => ({ resize: () => ({}) }) },
    powerSaveBlocker: {
      start: (type: string) => {
        fake.blocked.push(type);
        return 3;
      },
      stop: () => fake.blocked.push('stop'),
    },
    protocol: { registerSchemesAsPrivileged: vi.fn(), handle: vi.fn() },
    session: { defaultSession: { ...handlers, setDevicePermissionHandler: vi.fn() } },
    MessageChannelMain: class {
      port1 = {};
      port2 = {};
    },
    utilityProcess: { fork: () => fake.child },
  };
});

const OWN = {
  senderFrame: { url: 'app://stillframe/index.html', parent: null },
  sender: { postMessage: () => undefined },
};
const ask = (message: unknown, event: unknown = OWN) => fake.handlers.get('stillframe:window')?.(event, message);
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const window = () => fake.windows[0] as FakeWindow;
const close = async () => {
  const event = { preventDefault: vi.fn() };
  window().emit('close', event);
  await settle();
  return event.preventDefault.mock.calls.length > 0;
};

// One story: main keeps its state for the life of its process.
describe('main', () => {
  beforeEach(() => {
    fake.asked.length = 0;
  });

  it('opens its window, and starts the engine when the page asks for it', async () => {
    await import('./main.ts');
    await settle();
    expect(window().visible).toBe(true);
    await fake.handlers.get('stillframe:connect')?.(OWN);
    expect(fake.child.postMessage).toHaveBeenCalledWith({ type: 'connect' }, [{}]);
  });

  it('takes messages of its own page only, and only those it knows', () => {
    const foreign = { senderFrame: { url: 'https://example.org/', parent: null } };
    expect(() => ask({ type: 'progress', fraction: 1 }, foreign)).toThrow(/refused/);
    expect(() => ask({ type: 'progress', fraction: 1 }, { senderFrame: null })).toThrow(/refused/);
    expect(() => ask({ type: 'openExternal', url: 'x' })).toThrow();
    expect(window().bars).toEqual([]);
  });

  it('blocks sleep, shows the bar, the tray and a notification, and speaks German', () => {
    fake.child.emit('message', { type: 'unfinished', count: 1 });
    expect(fake.blocked).toEqual(['prevent-app-suspension']);
    expect(ask({ type: 'progress', fraction: 0.43 })).toBe(true);
    expect(window().bars).toEqual([0.43]);
    expect(fake.trays.at(-1)?.tip).toBe('Stillframe · 1 task running · 43 %');
    expect(ask({ type: 'notify', title: 'Backup of /dev/sdb1', body: 'Completed.' })).toBe(true);
    expect(fake.notified[0]?.title).toBe('Backup of /dev/sdb1');
    expect(ask({ type: 'language', language: 'de' })).toBe(true);
    expect(fake.menus.at(-1)?.[0]?.label).toBe('Datei');
    expect(fake.trays).toHaveLength(1);
  });

  it('asks before it closes, and stays when told to go back', async () => {
    fake.answer = 2;
    expect(await close()).toBe(true);
    expect(fake.asked[0]?.message).toBe('Eine Task läuft noch.');
    expect(window().visible).toBe(true);
  });

  it('keeps running in the tray, and comes back when it is started again', async () => {
    fake.answer = 0;
    await close();
    expect(window().visible).toBe(false);
    expect(fake.child.postMessage).not.toHaveBeenCalledWith({ type: 'stop' }, []);
    fake.app.emit('second-instance');
    expect(window().visible).toBe(true);
  });

  it('lets the system sleep again at the end', () => {
    fake.child.emit('message', { type: 'unfinished', count: 0 });
    expect(fake.blocked.at(-1)).toBe('stop');
    expect(window().bars.at(-1)).toBe(-1);
    expect(fake.trays.at(-1)?.destroyed).toBe(true);
  });

  it('quits without a question once nothing runs, after the engine has ended', async () => {
    fake.app.quit();
    await settle();
    expect(fake.asked).toEqual([]);
    expect(fake.child.postMessage).toHaveBeenCalledWith({ type: 'stop' }, []);
    expect(fake.app.quit).toHaveBeenCalledTimes(2);
  });
});
