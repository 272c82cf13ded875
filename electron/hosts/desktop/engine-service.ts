/** The engine's side of the conversation with main: ports for pages, pickers, and how much is unfinished. */
import { RPCHandler } from '@orpc/server/message-port';
import type { MessagePortMain } from 'electron';
import type { Engine } from '#engine/engine.ts';
import type { Logger, Picker } from '#engine/ports.ts';
import { createRouter } from '#engine/serve.ts';
import { type ToMain, toEngineSchema } from './engine-messages.ts';

/** The part of Electron's `ParentPort` that is used. */
export interface MainPort {
  on(event: 'message', listener: (message: { data: unknown; ports: MessagePortMain[] }) => void): unknown;
  postMessage(message: ToMain): void;
}

/** Asks main for a picker and waits for the answer. */
export class RemotePicker implements Picker {
  readonly #waiting = new Map<number, (path: string | undefined) => void>();
  readonly #main: MainPort;
  #last = 0;

  constructor(main: MainPort) {
    this.#main = main;
  }

  pick(kind: 'folder' | 'file'): Promise<string | undefined> {
    const request = ++this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(request, resolve);
      this.#main.postMessage({ type: 'pick', request, kind });
    });
  }

  settle(request: number, path: string | undefined): void {
    this.#waiting.get(request)?.(path);
    this.#waiting.delete(request);
  }
}

export interface EngineServiceOptions {
  main: MainPort;
  picker: RemotePicker;
  /** The engine, possibly still being built: ports that arrive before wait for it. */
  engine: Promise<Engine>;
  logger: Logger;
  /** Called once the engine has ended, well or not. */
  onStopped(): void;
}

/** What the entry may still ask for. */
export interface EngineService {
  /** Cancels, releases, disposes; never rejects. */
  stop(): Promise<void>;
  /** Ends with the engine; rejects where the engine could not be built. */
  finished: Promise<void>;
}

/** Serves `engine` to every port that main hands over. */
export function serveEngine({ main, picker, engine, logger, onStopped }: EngineServiceOptions): EngineService {
  const handler = engine.then((built) => new RPCHandler(createRouter(built, logger)));
  // Reported through `finished`; a page that asks is told by its port's end.
  handler.catch(() => undefined);
  const connect = async (port: MessagePortMain): Promise<void> => {
    (await handler).upgrade(port);
    port.start();
  };
  const stop = async (): Promise<void> => {
    try {
      await (await engine)[Symbol.asyncDispose]();
    } catch (error) {
      logger.error('the engine did not end well', { reason: error instanceof Error ? error.message : String(error) });
    } finally {
      onStopped();
    }
  };
  main.on('message', ({ data, ports: [port] }) => {
    const message = toEngineSchema.parse(data);
    if (message.type === 'picked') picker.settle(message.request, message.path);
    else if (message.type === 'stop') void stop();
    else if (port !== undefined) connect(port).catch(() => port.close());
  });
  return { stop, finished: engine.then((built) => reportTasks(built, main)) };
}

async function reportTasks(engine: Engine, main: MainPort): Promise<void> {
  const unfinished = new Set<string>();
  for await (const { id, finishedAt } of engine.tasks.watch()) {
    const before = unfinished.size;
    if (finishedAt === undefined) unfinished.add(id);
    else unfinished.delete(id);
    if (unfinished.size !== before) main.postMessage({ type: 'unfinished', count: unfinished.size });
  }
}
