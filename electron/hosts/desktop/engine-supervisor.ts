/** Main's side of the engine's process: started when first needed, started again after it ended, stopped gently. */
import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron';
import { PORT_CHANNEL } from './channels.ts';
import { type ToEngine, toMainSchema } from './engine-messages.ts';

/** Released mounts and locks matter more than a quick exit; a hung engine is ended after this long. */
const STOP_TIMEOUT_MS = 30_000;

/** Shows a native picker; `undefined` where the person chose nothing. */
export type ShowPicker = (kind: 'folder' | 'file') => Promise<string | undefined>;

export class EngineSupervisor {
  readonly #modulePath: string;
  readonly #showPicker: ShowPicker;
  readonly #onUnfinished: (count: number) => void;
  #child: UtilityProcess | undefined;
  #unfinished = 0;

  constructor(modulePath: string, showPicker: ShowPicker, onUnfinished: (count: number) => void) {
    this.#modulePath = modulePath;
    this.#showPicker = showPicker;
    this.#onUnfinished = onUnfinished;
  }

  /** Tasks that have not ended. */
  get unfinished(): number {
    return this.#unfinished;
  }

  /** Gives `page` a port of its own to the engine. */
  connect(page: WebContents): void {
    const child = this.#running();
    const { port1, port2 } = new MessageChannelMain();
    send(child, { type: 'connect' }, port1);
    page.postMessage(PORT_CHANNEL, null, [port2]);
  }

  /** Asks the engine to cancel, release and end; resolves when its process is gone. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const timer = setTimeout(() => child.kill(), STOP_TIMEOUT_MS);
    send(child, { type: 'stop' });
    await gone;
    clearTimeout(timer);
  }

  #running(): UtilityProcess {
    this.#child ??= this.#start();
    return this.#child;
  }

  #start(): UtilityProcess {
    const child = utilityProcess.fork(this.#modulePath, [], { serviceName: 'Stillframe engine' });
    child.on('message', (data) => void this.#take(child, data));
    child.on('exit', () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#count(0);
    });
    return child;
  }

  async #take(child: UtilityProcess, data: unknown): Promise<void> {
    const message = toMainSchema.parse(data);
    if (message.type === 'unfinished') {
      this.#count(message.count);
      return;
    }
    const path = await this.#showPicker(message.kind);
    send(child, { type: 'picked', request: message.request, path });
  }

  #count(unfinished: number): void {
    this.#unfinished = unfinished;
    this.#onUnfinished(unfinished);
  }
}

function send(child: UtilityProcess, message: ToEngine, ...ports: Electron.MessagePortMain[]): void {
  child.postMessage(message, ports);
}
