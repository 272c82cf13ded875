import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, describe, expect, it } from 'vitest';
import { contract, type TaskSnapshot, type WireError, wireErrorOf } from '#contract';
import { EngineError } from './base/errors.ts';
import type { Engine } from './engine.ts';
import { createRouter } from './serve.ts';
import { createMemoryEngine, type MemoryEngine } from './testing/memory-engine.ts';

type Client = ContractRouterClient<typeof contract>;

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

/** A client that is connected to an engine over a real message port. */
function connect(overrides: Partial<Engine> = {}): {
  client: Client;
  engine: MemoryEngine;
  log: string[];
  cut(): void;
} {
  const engine = createMemoryEngine(overrides);
  const log: string[] = [];
  const write = (message: string, fields?: Record<string, unknown>): void => {
    log.push(`${message} ${JSON.stringify(fields)}`);
  };
  const { port1, port2 } = new MessageChannel();
  new RPCHandler(createRouter(engine, { debug: write, info: write, warn: write, error: write })).upgrade(port1);
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  cleanup.push(
    () => engine[Symbol.asyncDispose](),
    () => port1.close(),
    () => port2.close(),
  );
  return { client, engine, log, cut: () => port1.close() };
}

async function failure(call: Promise<unknown>): Promise<{ wire: WireError; error: unknown }> {
  try {
    await call;
  } catch (error) {
    return { wire: wireErrorOf(error), error };
  }
  throw new Error('the call succeeded');
}

describe('createRouter', () => {
  it('answers every procedure of the contract', async () => {
    const { client } = connect();
    expect(await client.system.describe({})).toMatchObject({ nodeName: 'test' });
    expect(await client.repository.status({})).toEqual({ state: 'absent', location: '/nowhere' });
    expect(await client.volumes.list({})).toEqual({ volumes: [] });
    expect(await client.tasks.list({})).toEqual({ tasks: [] });
    const router = createRouter(createMemoryEngine());
    for (const [group, procedures] of Object.entries(contract)) {
      for (const name of Object.keys(procedures)) {
        const implemented: unknown = Reflect.get(Reflect.get(router, group), name);
        expect(implemented, `${group}.${name}`).toHaveProperty('~orpc');
      }
    }
  });

  it('carries an engine error across with code, message and details', async () => {
    const details = { volume: '/dev/sdz', holders: [{ kind: 'mount', name: '/home' }] };
    const { client, log } = connect({
      startBackup: async () => {
        throw new EngineError('VOLUME_BUSY', details);
      },
    });
    const { wire, error } = await failure(client.backup.start({ volume: '/dev/sdz' }));
    expect(wire).toMatchObject({ code: 'VOLUME_BUSY', details });
    expect(error).toMatchObject({ code: 'VOLUME_BUSY', status: 422 });
    expect(log).toEqual([]);
  });

  it('hides a bug’s stack from the client and logs it', async () => {
    const { client, log } = connect({
      listImages: async () => {
        throw new TypeError('images is undefined');
      },
    });
    const { wire, error } = await failure(client.images.list({}));
    expect(wire.code).toBe('INTERNAL');
    expect(JSON.stringify(error)).not.toContain('serve.test.ts');
    expect(log.join()).toContain('images.list');
    expect(log.join()).toContain('serve.test.ts');
  });

  it('refuses input that does not fit the contract, naming the field', async () => {
    const { client } = connect();
    const { wire } = await failure(client.backup.start({ volume: '' }));
    expect(wire.code).toBe('COMMAND_INVALID');
    expect(wire.details).toMatchObject({ option: 'backup.start', reason: expect.stringContaining('volume') });
  });

  it('calls an answer that does not fit the contract a bug of ours', async () => {
    const { client, log } = connect({
      browse: async () => ({ path: '/', entries: [{ name: 'x', path: '/x', kind: 'file', sizeBytes: -1 }] }),
    });
    const { wire } = await failure(client.system.browse({}));
    expect(wire.code).toBe('INTERNAL');
    expect(log.join()).toContain('sizeBytes');
  });

  it('says COMMAND_INVALID for a procedure that does not exist', async () => {
    const { client } = connect();
    const unknown = Reflect.get(Reflect.get(client, 'volumes'), 'format') as (input: object) => Promise<unknown>;
    expect((await failure(unknown({}))).wire.code).toBe('COMMAND_INVALID');
  });

  it('streams tasks until the reader stops', async () => {
    const { client, engine } = connect();
    const done = Promise.withResolvers<void>();
    const id = engine.tasks.start('check', '/repo', async ({ signal, progress }) => {
      progress({ bytesDone: 1, bytesTotal: 2 });
      await Promise.race([done.promise, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
      signal.throwIfAborted();
      throw new EngineError('REPOSITORY_DAMAGED', { file: 'data/00' });
    });
    const seen: TaskSnapshot[] = [];
    for await (const snapshot of await client.tasks.watch({})) {
      seen.push(snapshot);
      if (seen.length === 1) done.resolve();
      if (snapshot.state === 'failed') break;
    }
    expect(seen[0]).toMatchObject({ id, state: 'running', progress: { bytesDone: 1 } });
    expect(seen.at(-1)).toMatchObject({ state: 'failed', error: { code: 'REPOSITORY_DAMAGED' } });
  });

  it('ends the engine’s side of a stream when the reader leaves', async () => {
    const ended = Promise.withResolvers<void>();
    const { client, engine } = connect();
    const watch = engine.tasks.watch.bind(engine.tasks);
    engine.tasks.watch = (signal) => {
      signal?.addEventListener('abort', () => ended.resolve());
      return watch(signal);
    };
    engine.tasks.start(
      'check',
      'r',
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', reject)),
    );
    const iterator = await client.tasks.watch({});
    await iterator.next();
    await iterator.return?.();
    await ended.promise;
  });

  it('cancels a task and reports an unknown one', async () => {
    const { client, engine } = connect();
    const id = engine.tasks.start('check', 'r', async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new EngineError('CANCELLED');
    });
    await client.tasks.cancel({ taskId: id });
    expect((await engine.tasks.finished(id)).state).toBe('cancelled');
    expect((await failure(client.tasks.cancel({ taskId: 'no' }))).wire.code).toBe('TASK_NOT_FOUND');
  });

  it('lets a client tell a lost engine from its own cancel', async () => {
    const hang = () => new Promise<never>(() => {});
    const lost = connect({ listVolumes: hang });
    const call = failure(lost.client.volumes.list({}));
    await new Promise((resolve) => setTimeout(resolve, 20));
    lost.cut();
    expect((await call).wire.code).toBe('ENGINE_GONE');

    const stop = new AbortController();
    const cancelled = connect({ listVolumes: hang }).client.volumes.list({}, { signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    const error = await cancelled.catch((reason: unknown) => reason);
    expect(wireErrorOf(error, stop.signal).code).toBe('CANCELLED');
  });
});
