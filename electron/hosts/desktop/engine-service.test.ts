import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, describe, expect, it } from 'vitest';
import type { contract } from '#contract';
import type { Engine } from '#engine/engine.ts';
import { createMemoryEngine, type MemoryEngine } from '#engine/testing/memory-engine.ts';
import { silentLogger } from '../node-ports.ts';
import type { ToEngine, ToMain } from './engine-messages.ts';
import { RemotePicker, serveEngine } from './engine-service.ts';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

/** Main's end of the conversation. */
class Main extends EventEmitter {
  readonly heard: ToMain[] = [];
  postMessage(message: ToMain): void {
    this.heard.push(message);
  }
  say(data: ToEngine, ...ports: unknown[]): void {
    this.emit('message', { data, ports });
  }
  /** A page's client, connected as main connects pages. */
  connect(): ContractRouterClient<typeof contract> {
    const { port1, port2 } = new MessageChannel();
    cleanup.push(() => port1.close());
    // Node's port answers to the same calls as Electron's `MessagePortMain`.
    this.say({ type: 'connect' }, port1);
    return createORPCClient(new RPCLink({ port: port2 }));
  }
}

function start(makeEngine: (picker: RemotePicker) => Promise<Engine>) {
  const main = new Main();
  const picker = new RemotePicker(main);
  const stopped = Promise.withResolvers<void>();
  const engine = makeEngine(picker);
  const service = serveEngine({ main, picker, engine, logger: silentLogger, onStopped: stopped.resolve });
  return { main, service, stopped: stopped.promise };
}

async function started(): Promise<ReturnType<typeof start> & { engine: MemoryEngine }> {
  const engine = createMemoryEngine();
  cleanup.push(() => engine[Symbol.asyncDispose]());
  return { ...start(async () => engine), engine };
}

describe('serveEngine', () => {
  it('answers every page over its own port, also one that came before the engine was ready', async () => {
    const built = Promise.withResolvers<Engine>();
    const { main } = start(() => built.promise);
    const early = main.connect().system.describe({});
    const engine = createMemoryEngine();
    cleanup.push(() => engine[Symbol.asyncDispose]());
    built.resolve(engine);
    expect(await early).toMatchObject({ nodeName: 'test' });
    expect(await main.connect().tasks.list({})).toEqual({ tasks: [] });
  });

  it('asks main for a picker and hands the answer to the page that asked', async () => {
    const { main } = start(async (picker) => {
      const engine = createMemoryEngine({ pick: (kind) => picker.pick(kind) });
      cleanup.push(() => engine[Symbol.asyncDispose]());
      return engine;
    });
    const client = main.connect();
    const answers = Promise.all([client.system.pick({ kind: 'folder' }), client.system.pick({ kind: 'file' })]);
    while (main.heard.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(main.heard).toEqual([
      { type: 'pick', request: 1, kind: 'folder' },
      { type: 'pick', request: 2, kind: 'file' },
    ]);
    main.say({ type: 'picked', request: 2 });
    main.say({ type: 'picked', request: 1, path: '/srv' });
    expect(await answers).toEqual([{ path: '/srv' }, {}]);
  });

  it('tells main how many tasks are unfinished', async () => {
    const { main, engine } = await started();
    const work = Promise.withResolvers<never>();
    const id = engine.tasks.start('check', 'r', () => work.promise);
    await new Promise((resolve) => setTimeout(resolve, 20));
    work.reject(new Error('broken'));
    await engine.tasks.finished(id);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(main.heard).toEqual([
      { type: 'unfinished', count: 1 },
      { type: 'unfinished', count: 0 },
    ]);
  });

  it('stops by cancelling and releasing first', async () => {
    const { main, engine, stopped, service } = await started();
    let released = false;
    engine.tasks.start('check', 'r', async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      released = true;
      signal.throwIfAborted();
      throw new Error('not reached');
    });
    main.say({ type: 'stop' });
    await stopped;
    await service.finished;
    expect(released).toBe(true);
    expect(engine.disposed).toBe(true);
  });

  it('reports an engine that cannot be built, and ends the ports of its pages', async () => {
    const { main, service } = start(() => Promise.reject(new Error('no addon')));
    const call = main.connect().system.describe({});
    await expect(service.finished).rejects.toThrow('no addon');
    await expect(call).rejects.toThrow();
  });
});
