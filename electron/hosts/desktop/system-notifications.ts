/** Notifications of the desktop; choosing one brings the window back. */
import { Notification } from 'electron';

export class SystemNotifications {
  readonly #iconPath: string;
  readonly #onChosen: () => void;
  /** Electron forgets what nobody holds, and with it the click. */
  readonly #shown = new Set<Notification>();

  constructor(iconPath: string, onChosen: () => void) {
    this.#iconPath = iconPath;
    this.#onChosen = onChosen;
  }

  /** False where this desktop shows none. */
  show({ title, body }: { title: string; body: string }): boolean {
    if (!Notification.isSupported()) return false;
    const notification = new Notification({ title, body, icon: this.#iconPath });
    this.#shown.add(notification);
    const forget = (): boolean => this.#shown.delete(notification);
    notification.on('click', () => {
      forget();
      this.#onChosen();
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    notification.show();
    return true;
  }
}
