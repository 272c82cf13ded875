import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '#engine/base/errors.ts';
import { createMemoryEngine, type MemoryEngine } from '#engine/testing/memory-engine.ts';
import type { RequestAdapter } from './adapter-endpoint.ts';
import { startWebHost, type WebHost } from './start-web-host.ts';

const MOST_BYTES = 1000;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** Runs nothing; each answer waits until it is let go. */
class SampleAdapter implements RequestAdapter {
  readonly mostBytes = MOST_BYTES;
  readonly begun: string[] = [];
  readonly cancelled: string[] = [];
  #waiting: (() => void)[] = [];
  held = false;

  async answer(request: Uint8Array, signal: AbortSignal) {
    const text = Buffer.from(request).toString();
    this.begun.push(text);
    if (this.held) {
      const released = new Promise<void>((done) => this.#waiting.push(done));
      const gone = new Promise<void>((done) => signal.addEventListener('abort', () => done()));
      await Promise.race([released, gone]);
    }
    if (signal.aborted) this.cancelled.push(text);
    return { xml: `<answer to="${text}"/>`, understood: text !== 'nonsense' };
  }

  refuse(error: unknown): string {
    const { reason = '' } = error instanceof EngineError ? error.details : {};
    return `<refused>${reason}</refused>`;
  }

  letGo(): void {
    for (const done of this.#waiting.splice(0)) done();
  }
}

interface Answer {
  status: number;
  type: string | undefined;
  body: string;
}

describe('POST /adapter', () => {
  let directory: string;
  let engine: MemoryEngine;
  let adapter: SampleAdapter;
  let host: WebHost;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stillframe-adapter-'));
    await mkdir(join(directory, 'renderer'));
    await writeFile(join(directory, 'renderer/index.html'), '<!doctype html><title>Stillframe</title>');
    engine = createMemoryEngine();
    adapter = new SampleAdapter();
    host = await startWebHost({ engine, rendererDirectory: join(directory, 'renderer'), logger: quiet, adapter });
  });
  afterEach(async () => {
    await host.close();
    await engine[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  const token = (): string => new URLSearchParams(new URL(host.url).hash.slice(1)).get('token') ?? '';

  /** Begins a request; `leave` ends it from this side. */
  function begin(body: string, more: Record<string, string> = {}, method = 'POST') {
    const headers = { authorization: `Bearer ${token()}`, 'content-type': 'application/xml', ...more };
    const left = new AbortController();
    const answer = new Promise<Answer>((resolve, reject) => {
      const request = httpRequest(
        { host: '127.0.0.1', port: host.port, path: '/adapter', method, headers, agent: false, signal: left.signal },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'], body: text }),
          );
        },
      );
      request.on('error', reject).end(method === 'GET' ? undefined : body);
    });
    answer.catch(() => undefined);
    return { answer, leave: () => left.abort() };
  }

  const post = (body: string, headers?: Record<string, string>) => begin(body, headers).answer;
  const until = (condition: () => boolean) => expect.poll(condition, { timeout: 5000, interval: 5 }).toBe(true);

  it('answers with a document', async () => {
    const { status, type, body } = await post('a');
    expect({ status, type, body }).toEqual({
      status: 200,
      type: 'application/xml; charset=utf-8',
      body: '<answer to="a"/>',
    });
    expect((await post('nonsense')).status).toBe(400);
  });

  it('takes both types of XML, in the encodings that are read', async () => {
    for (const type of ['text/xml', 'application/xml; charset=utf-8', 'Text/XML;charset="UTF-16"']) {
      expect((await post('a', { 'content-type': type })).status).toBe(200);
    }
    for (const type of ['application/json', 'text/xml; charset=iso-8859-1', 'text/xml+x', '']) {
      expect((await post('a', { 'content-type': type })).status).toBe(415);
    }
    expect(adapter.begun).toHaveLength(3);
  });

  it('lets in whoever has the token in the header, and nobody else', async () => {
    const session = await fetch(`http://127.0.0.1:${host.port}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${host.port}` },
      body: JSON.stringify({ token: token() }),
    });
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(cookie).not.toBe('');
    for (const authorization of ['', 'Bearer', 'Bearer x', `Basic ${token()}`, token(), `Bearer ${token()}x`]) {
      expect((await post('a', { authorization, cookie })).status).toBe(401);
    }
    expect(adapter.begun).toEqual([]);
    expect((await post('a', { authorization: `bearer ${token()}` })).status).toBe(200);
  });

  it('answers a guesser with 429 and the owner as ever', async () => {
    const statuses = new Set<number>();
    for (let i = 0; i < 15; i++) statuses.add((await post('a', { authorization: 'Bearer guess' })).status);
    expect([...statuses]).toEqual([401, 429]);
    expect((await post('a')).status).toBe(200);
  });

  it('keeps pages of other origins and other names of the host out', async () => {
    const own = `http://127.0.0.1:${host.port}`;
    for (const origin of ['http://evil.example', 'null', `http://localhost:${host.port}`, `${own}.evil.example`]) {
      expect((await post('a', { origin })).status).toBe(403);
    }
    expect((await post('a', { host: `localhost:${host.port}` })).status).toBe(403);
    expect(adapter.begun).toEqual([]);
    expect((await post('a', { origin: own })).status).toBe(200);
  });

  it('refuses other methods and large bodies', async () => {
    expect((await begin('', {}, 'GET').answer).status).toBe(405);
    expect((await begin('a', {}, 'PUT').answer).status).toBe(405);
    const { status, body } = await post('a'.repeat(MOST_BYTES + 1));
    expect({ status, body }).toEqual({
      status: 413,
      body: '<refused>The request is larger than 1000 bytes.</refused>',
    });
    expect(adapter.begun).toEqual([]);
  });

  it('answers one at a time and lets eight wait', async () => {
    adapter.held = true;
    let turnedAway = 0;
    const all = Array.from({ length: 12 }, async (_, at) => {
      const { status } = await post(String(at));
      if (status === 503) turnedAway++;
      return status;
    });
    await until(() => turnedAway === 3);
    expect(adapter.begun).toHaveLength(1);
    adapter.held = false;
    adapter.letGo();
    const statuses = await Promise.all(all);
    expect(statuses.filter((status) => status === 200)).toHaveLength(9);
    expect(adapter.begun).toHaveLength(9);
  });

  it('cancels the request of a client that goes away, and answers the next', async () => {
    adapter.held = true;
    const first = begin('first');
    await until(() => adapter.begun.length === 1);
    const second = begin('second');
    const third = begin('third');
    second.leave();
    await expect(second.answer).rejects.toThrow();
    first.leave();
    await until(() => adapter.begun.includes('third'));
    adapter.letGo();
    expect((await third.answer).status).toBe(200);
    expect(adapter.cancelled).toEqual(['first']);
    expect(adapter.begun).toEqual(['first', 'third']);
  });

  it('ends only when what it answers has ended', async () => {
    adapter.held = true;
    const { answer } = begin('a');
    await until(() => adapter.begun.length === 1);
    await host.close();
    expect(adapter.cancelled).toEqual(['a']);
    await expect(answer).rejects.toThrow();
  });
});
