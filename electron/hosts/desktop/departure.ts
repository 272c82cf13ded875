/** How the program ends: never under running tasks without asking, and never before the engine released everything. */
import type { LeaveAnswer, Leaving } from './leave-question.ts';

export interface DeparturePorts {
  /** Tasks that have not ended. */
  unfinished(): number;
  ask(leaving: Leaving): Promise<LeaveAnswer>;
  /** Puts the window away; what runs goes on. */
  toTray(): void;
  /** The window vanishes while the engine ends. */
  hide(): void;
  /** Cancels, releases, ends; resolves when the engine's process is gone. */
  stopEngine(): Promise<void>;
  /** Ends the program; `decided` is true by then. */
  end(): void;
}

/** One departure at a time: a second click on close while the question stands asks nothing again. */
export class Departure {
  readonly #ports: DeparturePorts;
  #state: 'staying' | 'asking' | 'stopping' | 'decided' = 'staying';

  constructor(ports: DeparturePorts) {
    this.#ports = ports;
  }

  /** Windows may close and the program may quit without further questions. */
  get decided(): boolean {
    return this.#state === 'decided';
  }

  /** The engine is ending: the window must not come back. */
  get leaving(): boolean {
    return this.#state === 'stopping' || this.#state === 'decided';
  }

  /** The window was closed, or the program is to quit. */
  async leave(leaving: Leaving): Promise<void> {
    if (this.#state !== 'staying') return;
    this.#state = 'asking';
    const answer = await this.#answer(leaving);
    // Somebody ended the program from outside while the question stood.
    if (this.#state !== 'asking') return;
    if (answer === 'stop') return this.#stop();
    this.#state = 'staying';
    if (answer === 'tray') this.#ports.toTray();
  }

  /** The system ends the program (logout, SIGTERM): nobody is there to be asked. */
  async leaveNow(): Promise<void> {
    if (this.leaving) return;
    await this.#stop();
  }

  async #answer(leaving: Leaving): Promise<LeaveAnswer> {
    if (this.#ports.unfinished() === 0) return 'stop';
    try {
      return await this.#ports.ask(leaving);
    } catch {
      // No question could be shown: what runs is worth more than what was clicked.
      return 'back';
    }
  }

  async #stop(): Promise<void> {
    this.#state = 'stopping';
    this.#ports.hide();
    try {
      await this.#ports.stopEngine();
    } finally {
      this.#state = 'decided';
      this.#ports.end();
    }
  }
}
