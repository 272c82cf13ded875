/**
 * What the desktop shows of Stillframe outside of its window: taskbar, tray, notifications, sleep. What must be true
 * (sleep, the tray while tasks run) follows the engine's own count; the page only adds how far it is, and words.
 */
import type { MenuLanguage } from '#contract';
import { DESKTOP_TEXTS } from './desktop-texts.ts';
import type { WindowMessage } from './window-messages.ts';

/** Texts of the tray, ready to be shown. */
export interface TrayContent {
  tooltip: string;
  open: string;
  /** One line about what runs; it cannot be chosen. */
  line: string;
  quit: string;
}

export interface PresencePorts {
  /** 0 to 1; `null` removes the bar. */
  showProgress(fraction: number | null): void;
  /** `null`: no tray icon. */
  showTray(content: TrayContent | null): void;
  /** The system must not sleep. */
  keepAwake(on: boolean): void;
  /** The menus are drawn anew. */
  speak(language: MenuLanguage): void;
  /** False where the system shows no notifications. */
  notify(notification: { title: string; body: string }): boolean;
}

export interface TrayFacts {
  language: MenuLanguage;
  unfinished: number;
  fraction: number | null;
}

/** What the tray says. */
export function trayContent({ language, unfinished, fraction }: TrayFacts): TrayContent {
  const texts = DESKTOP_TEXTS[language];
  // 100 % is said by the end itself.
  const percent = fraction === null ? undefined : Math.min(99, Math.floor(fraction * 100));
  const line = unfinished === 0 ? texts.nothingRuns : texts.running(unfinished, percent);
  return { tooltip: `Stillframe · ${line}`, open: texts.open, line, quit: texts.quit };
}

/** Keeps what is shown in step with what is so; ports are told of changes only. */
export class Presence {
  readonly #ports: PresencePorts;
  #language: MenuLanguage = 'en';
  #unfinished = 0;
  #fraction: number | null = null;
  #windowAway = false;
  #shownTray = '';

  constructor(ports: PresencePorts) {
    this.#ports = ports;
  }

  get language(): MenuLanguage {
    return this.#language;
  }

  /** A message of the page. Returns whether what it asked for could be done. */
  take(message: WindowMessage): boolean {
    switch (message.type) {
      case 'progress':
        this.#showProgress(message.fraction);
        return true;
      case 'notify':
        return this.#ports.notify({ title: message.title, body: message.body });
      case 'language':
        if (message.language !== this.#language) {
          this.#language = message.language;
          this.#ports.speak(message.language);
          this.#updateTray();
        }
        return true;
    }
  }

  /** How many tasks have not ended, as the engine says; 0 when its process is gone. */
  setUnfinished(count: number): void {
    if (count > 0 !== this.#unfinished > 0) this.#ports.keepAwake(count > 0);
    this.#unfinished = count;
    // A page that hangs or is gone must not leave a bar behind.
    if (count === 0) this.#showProgress(null);
    else this.#updateTray();
  }

  /** The window was put into the tray, or brought back. */
  setWindowAway(away: boolean): void {
    this.#windowAway = away;
    this.#updateTray();
  }

  #showProgress(fraction: number | null): void {
    const changed = fraction !== this.#fraction;
    this.#fraction = fraction;
    if (changed) this.#ports.showProgress(fraction);
    this.#updateTray();
  }

  #updateTray(): void {
    const isShown = this.#windowAway || this.#unfinished > 0;
    const content = isShown
      ? trayContent({ language: this.#language, unfinished: this.#unfinished, fraction: this.#fraction })
      : null;
    // Desktops rebuild the whole menu for every change of it.
    const key = JSON.stringify(content);
    if (key === this.#shownTray) return;
    this.#shownTray = key;
    this.#ports.showTray(content);
  }
}
