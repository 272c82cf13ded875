/** The engine in a process of its own, so that a busy engine never freezes the window. */
import { RPCHandler } from '@orpc/server/message-port';
import type { MessagePortMain, ParentPort } from 'electron';
import { createEngine } from '#engine/create-engine.ts';
import type { Engine } from '#engine/engine.ts';
import type { Picker } from '#engine/ports.ts';
import { createRouter } from '#engine/serve.ts';
import { createNodePorts, jsonLogger } from '../node-ports.ts';
import { type ToMain, toEngineSchema } from './engine-messages.ts';

/** Asks main for a picker and waits for the answer. */
class RemotePicker implements Picker {
  readonly #waiting = new Map<number, (path: string | undefined) => void>();
  readonly #send: (message: ToMain) => void;
  #last = 0;

  constructor(send: (message: ToMain) => void) {
    this.#send = send;
  }

  pick(kind: 'folder' | 'file'): Promise<string | undefined> {
    const request = ++this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(request, resolve);
      this.#send({ type: 'pick', request, kind });
    });
  }

  settle(request: number, path: string | undefined): void {
    this.#waiting.get(request)?.(path);
    this.#waiting.delete(request);
  }
}

async function reportTasks(engine: Engine, send: (message: ToMain) => void): Promise<void> {
  const unfinished = new Set<string>();
  for await (const { id, finishedAt } of engine.tasks.watch()) {
    const before = unfinished.size;
    if (finishedAt === undefined) unfinished.add(id);
    else unfinished.delete(id);
    if (unfinished.size !== before) send({ type: 'unfinished', count: unfinished.size });
  }
}

async function serve(parent: ParentPort): Promise<void> {
  const send = (message: ToMain): void => parent.postMessage(message);
  const picker = new RemotePicker(send);
  const ports = createNodePorts({
    capabilities: { canPickFolder: true, canPickFile: true, canNotify: false, canElevate: false },
    logger: jsonLogger((line) => process.stderr.write(line)),
    picker,
  });
  // Ports may arrive while the engine is being built; they wait for it.
  const started = createEngine(ports, { repositoryLocation: process.env.STILLFRAME_REPOSITORY });
  const handler = started.then((engine) => new RPCHandler(createRouter(engine, ports.logger)));
  const connect = async (port: MessagePortMain | undefined): Promise<void> => {
    if (port === undefined) return;
    (await handler).upgrade(port);
    port.start();
  };
  const stop = async (): Promise<void> => {
    await (await started)[Symbol.asyncDispose]();
    process.exit(0);
  };

  parent.on('message', ({ data, ports: received }) => {
    const message = toEngineSchema.parse(data);
    if (message.type === 'connect') connect(received[0]).catch(() => received[0]?.close());
    else if (message.type === 'picked') picker.settle(message.request, message.path);
    else void stop();
  });
  process.once('SIGTERM', () => void stop());
  await reportTasks(await started, send);
}

serve(process.parentPort).catch((error: unknown) => {
  // Main sees the exit, the window says that the engine is gone, and its next attempt starts a new one.
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
