/** The window in a browser: what the web platform has for it. */
import type { HostWindow } from './host-window.ts';

/** The parts of the browser that are used; another one in tests. */
export interface WebSurroundings {
  document: Pick<Document, 'title' | 'visibilityState' | 'addEventListener'>;
  window: Pick<Window, 'addEventListener' | 'removeEventListener' | 'focus'>;
  wakeLock: Pick<WakeLock, 'request'> | undefined;
  notification: typeof Notification | undefined;
}

function thisBrowser(): WebSurroundings {
  return {
    document,
    window,
    // Both exist in secure contexts of newer browsers only.
    wakeLock: 'wakeLock' in navigator ? navigator.wakeLock : undefined,
    notification: 'Notification' in window ? window.Notification : undefined,
  };
}

/** Keeps the screen's wake lock while it is wanted: browsers take it away whenever the page is hidden. */
function keepWakeLock({ document, wakeLock }: WebSurroundings): (on: boolean) => void {
  let wanted = false;
  let held: WakeLockSentinel | undefined;
  let asking = false;

  async function acquire(): Promise<void> {
    if (!wakeLock || asking || held || !wanted || document.visibilityState !== 'visible') return;
    asking = true;
    try {
      const lock = await wakeLock.request('screen');
      if (!wanted) return void (await lock.release());
      held = lock;
      lock.addEventListener('release', () => {
        if (held === lock) held = undefined;
      });
    } catch {
      // Refused (saving power, policy): the task runs on, only the computer may sleep.
    } finally {
      asking = false;
    }
  }

  document.addEventListener('visibilitychange', () => void acquire());
  return (on) => {
    wanted = on;
    if (on) void acquire();
    else {
      const lock = held;
      held = undefined;
      lock?.release().catch(() => undefined);
    }
  };
}

export function createWebWindow(surroundings: WebSurroundings = thisBrowser()): HostWindow {
  const { document, window, notification } = surroundings;
  let shownBefore = '';
  let guarded = false;

  function warn(event: Event): void {
    // The browser asks in its own words; a page may only say that it should.
    event.preventDefault();
  }

  const state = (): ReturnType<HostWindow['notifications']> => {
    if (notification?.permission === 'granted') return 'allowed';
    return notification?.permission === 'default' ? 'ask' : 'refused';
  };

  return {
    onLeave: 'warns',
    showProgress(fraction) {
      // The title itself changes with the view.
      const title = document.title.startsWith(shownBefore) ? document.title.slice(shownBefore.length) : document.title;
      shownBefore = fraction === null ? '' : `${Math.min(99, Math.floor(fraction * 100))} % · `;
      const next = `${shownBefore}${title}`;
      if (document.title !== next) document.title = next;
    },
    keepAwake: keepWakeLock(surroundings),
    async notify(shown) {
      if (!notification || state() !== 'allowed') return false;
      try {
        const made = new notification(shown.title, { body: shown.body });
        made.onclick = () => window.focus();
        return true;
      } catch {
        // Mobile browsers have the class and refuse to make one.
        return false;
      }
    },
    notifications: state,
    async allowNotifications() {
      if (!notification || state() !== 'ask') return state() === 'allowed';
      return (await notification.requestPermission().catch(() => 'denied')) === 'granted';
    },
    setLanguage: () => undefined,
    guardLeave(on) {
      if (on === guarded) return;
      guarded = on;
      if (on) window.addEventListener('beforeunload', warn);
      else window.removeEventListener('beforeunload', warn);
    },
  };
}
