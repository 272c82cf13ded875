import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type contract, type TaskSnapshot, wireErrorOf } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import { createMemoryEngine, type MemoryEngine } from '#engine/testing/memory-engine.ts';
import { CONTENT_SECURITY_POLICY } from './request-policy.ts';
import { startWebHost, type WebHost } from './start-web-host.ts';

const log: string[] = [];
const write = (message: string, fields?: Record<string, unknown>): void => {
  log.push(`${message} ${JSON.stringify(fields)}`);
};
const logger = { debug: write, info: write, warn: write, error: write };

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

describe('startWebHost', () => {
  let directory: string;
  let engine: MemoryEngine;
  let host: WebHost;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stillframe-web-host-'));
    await mkdir(join(directory, 'renderer/assets'), { recursive: true });
    await writeFile(join(directory, 'secret.html'), 'not for the web');
    await writeFile(join(directory, 'renderer/index.html'), '<!doctype html><title>Stillframe</title>');
    await writeFile(join(directory, 'renderer/assets/main.js'), 'export {};');
    await writeFile(join(directory, 'renderer/assets/main.js.map'), '{}');
    await symlink(join(directory, 'secret.html'), join(directory, 'renderer/link.html'));
    engine = createMemoryEngine();
    host = await startWebHost({ engine, rendererDirectory: join(directory, 'renderer'), logger });
  });
  afterAll(async () => {
    await host.close();
    await engine[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  const authority = (): string => `127.0.0.1:${host.port}`;
  const origin = (): string => `http://${authority()}`;
  const token = (): string => new URLSearchParams(new URL(host.url).hash.slice(1)).get('token') ?? '';

  /** A request exactly as given: nothing is normalised on the way, as fetch would. */
  function send(path: string, options: RequestOptions = {}, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        { host: '127.0.0.1', port: host.port, path, agent: false, ...options },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          );
        },
      );
      request.on('error', reject).end(body);
    });
  }

  function login(given: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const all = { origin: origin(), 'content-type': 'application/json', ...headers };
    return send('/session', { method: 'POST', headers: all }, JSON.stringify({ token: given }));
  }

  async function cookie(): Promise<string> {
    const answer = await login(token());
    return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  /** The status that the handshake ended with; 101 where it was completed. */
  function handshake(headers: Record<string, string>, path = '/rpc'): Promise<number> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://${authority()}${path}`, { headers });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('open', () => {
        socket.terminate();
        resolve(101);
      });
      socket.on('error', reject);
    });
  }

  async function openClient(): Promise<{ client: ContractRouterClient<typeof contract>; socket: WebSocket }> {
    const socket = new WebSocket(`ws://${authority()}/rpc`, { headers: { origin: origin(), cookie: await cookie() } });
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
    return { client: createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })), socket };
  }

  it('puts an unguessable token into the fragment and keeps it out of the log', () => {
    const url = new URL(host.url);
    expect(url.origin).toBe(origin());
    expect(url.search).toBe('');
    expect(Buffer.from(token(), 'base64url')).toHaveLength(32);
    expect(log.join()).not.toContain(token());
  });

  it('listens on 127.0.0.1 only', async () => {
    const refused = await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: host.port });
      socket.on('connect', () => resolve(false)).on('error', () => resolve(true));
    });
    expect(refused).toBe(true);
  });

  it('serves the window with its security headers', async () => {
    const index = await send('/');
    expect(index.status).toBe(200);
    expect(index.body).toContain('Stillframe');
    expect(index.headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await send('/assets/main.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
    for (const answer of [index, await send('/nothing'), await send('/', { headers: { host: 'evil.example' } })]) {
      expect(answer.headers).toMatchObject({
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    }
  });

  it('answers HEAD without a body and refuses other methods', async () => {
    expect(await send('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect((await send('/', { method: 'POST' })).status).toBe(405);
    expect((await send('/session', { method: 'DELETE' })).status).toBe(405);
  });

  it.each([
    '/../secret.html',
    '/assets/../../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets\\..\\..\\secret.html',
    '//etc/passwd',
    '/link.html',
    '/assets/main.js.map',
    '/index.html/',
    '/index.html%00',
  ])('finds nothing at %s', async (path) => {
    expect(await send(path)).toMatchObject({ status: 404, body: '' });
  });

  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]', 'null'])(
    'refuses every request with the Host %j (DNS rebinding)',
    async (name) => {
      expect((await send('/', { headers: { host: name } })).status).toBe(403);
      expect((await login(token(), { host: name })).status).toBe(403);
      expect(await handshake({ host: name, origin: origin(), cookie: await cookie() })).toBe(403);
    },
  );

  it('gives a session for the token, as often as it is asked', async () => {
    const answer = await login(token());
    expect(answer.status).toBe(204);
    const set = answer.headers['set-cookie']?.[0] ?? '';
    expect(set).toMatch(new RegExp(`^stillframe_session_${host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`));
    expect(set).not.toContain(token());
    expect((await login(token())).status).toBe(204);
  });

  it('tells a window whether it has a session', async () => {
    expect((await send('/session')).status).toBe(401);
    expect((await send('/session', { headers: { cookie: `a=b; ${await cookie()}` } })).status).toBe(204);
  });

  it('refuses a session to other origins, other kinds of body and endless ones', async () => {
    expect((await login(token(), { origin: 'http://evil.example' })).status).toBe(403);
    expect((await login(token(), { origin: 'null' })).status).toBe(403);
    const without = { method: 'POST', headers: { 'content-type': 'application/json' } };
    expect((await send('/session', without, JSON.stringify({ token: token() }))).status).toBe(403);
    expect((await login(token(), { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await login('x'.repeat(5000))).status).toBe(413);
    expect(
      (
        await send(
          '/session',
          { method: 'POST', headers: { origin: origin(), 'content-type': 'application/json' } },
          '{',
        )
      ).status,
    ).toBe(401);
  });

  it('slows down guessing without locking the owner out', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 15; i++) statuses.push((await login(`guess ${i}`)).status);
    expect(statuses).toContain(401);
    expect(statuses.at(-1)).toBe(429);
    expect((await login(undefined)).status).toBe(429);
    expect((await login(token())).status).toBe(204);
  });

  it('lets no connection in without cookie, from another origin or at another path', async () => {
    const session = await cookie();
    expect(await handshake({ origin: origin() })).toBe(401);
    expect(await handshake({ origin: origin(), cookie: `stillframe_session_${host.port}=${token()}` })).toBe(401);
    expect(await handshake({ origin: origin(), cookie: session.replace(String(host.port), '1') })).toBe(401);
    expect(await handshake({ origin: 'http://evil.example', cookie: session })).toBe(403);
    expect(await handshake({ origin: `https://${authority()}`, cookie: session })).toBe(403);
    expect(await handshake({ cookie: session })).toBe(403);
    expect(await handshake({ origin: origin(), cookie: session }, '/other')).toBe(404);
    expect(await handshake({ origin: origin(), cookie: session })).toBe(101);
    expect((await send('/rpc', { headers: { cookie: session } })).status).toBe(426);
  });

  it('carries calls, errors and streams over a real socket', async () => {
    const { client, socket } = await openClient();
    expect(await client.system.describe({})).toMatchObject({ nodeName: 'test' });
    const error = await client.images.list({}).catch((reason: unknown) => reason);
    expect(wireErrorOf(error)).toMatchObject({ code: 'REPOSITORY_NOT_OPEN' });

    const id = engine.tasks.start('check', '/repo', async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new EngineError('CANCELLED');
    });
    const seen: TaskSnapshot['state'][] = [];
    for await (const snapshot of await client.tasks.watch({})) {
      seen.push(snapshot.state);
      if (snapshot.state === 'running') await client.tasks.cancel({ taskId: id });
      if (snapshot.state === 'cancelled') break;
    }
    expect(seen[0]).toBe('running');
    expect(seen.at(-1)).toBe('cancelled');
    socket.close();
  });

  it('ends a connection that sends too much, and no other', async () => {
    const good = await openClient();
    const bad = await openClient();
    const code = new Promise((resolve) => bad.socket.on('close', resolve));
    bad.socket.send('x'.repeat(2 * 1024 * 1024));
    expect(await code).toBe(1009);
    expect(await good.client.tasks.list({})).toHaveProperty('tasks');
    good.socket.close();
  });

  it('says that the port is taken', async () => {
    const options = { engine, rendererDirectory: join(directory, 'renderer'), logger, port: host.port };
    await expect(startWebHost(options)).rejects.toMatchObject({ code: 'OPTION_INVALID', details: { option: 'port' } });
  });

  it('says that the window was not built', async () => {
    const options = { engine, rendererDirectory: join(directory, 'absent'), logger };
    await expect(startWebHost(options)).rejects.toMatchObject({ code: 'UNSUPPORTED_ON_HOST' });
  });

  it('drops connections when it closes, and every start has its own secrets', async () => {
    const second = await startWebHost({ engine, rendererDirectory: join(directory, 'renderer'), logger });
    expect(new URL(second.url).hash).not.toBe(new URL(host.url).hash);
    const idle = connect({ host: '127.0.0.1', port: second.port });
    const dropped = new Promise((resolve) => idle.on('close', resolve).on('error', () => undefined));
    await new Promise((resolve) => idle.on('connect', resolve));
    await Promise.all([second.close(), second.close()]);
    await dropped;
    await second.close();
    expect(await second.stopped).toBe('closed');
  });
});
