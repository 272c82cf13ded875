/** Keeps the system from sleeping while it is told to. */

/** The part of Electron's `powerSaveBlocker` that is used. */
export interface PowerSaveBlocker {
  start(type: 'prevent-app-suspension'): number;
  stop(id: number): unknown;
}

export class Awake {
  readonly #blocker: PowerSaveBlocker;
  #id: number | undefined;

  constructor(blocker: PowerSaveBlocker) {
    this.#blocker = blocker;
  }

  /** The screen may go dark; the system stays awake. */
  set(on: boolean): void {
    if (on) {
      this.#id ??= this.#blocker.start('prevent-app-suspension');
    } else if (this.#id !== undefined) {
      this.#blocker.stop(this.#id);
      this.#id = undefined;
    }
  }
}
