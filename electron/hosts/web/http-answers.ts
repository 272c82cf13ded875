/** Answers to plain HTTP requests: the window's files, the session, requests in XML. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '#engine/ports.ts';
import { answerAdapter } from './adapter-answers.ts';
import type { AdapterEndpoint } from './adapter-endpoint.ts';
import { end, readBody } from './body.ts';
import { isOwnHost, isOwnOrigin, pathOf, SECURITY_HEADERS } from './request-policy.ts';
import type { SessionGate } from './session-gate.ts';
import type { StaticFile } from './static-files.ts';

/** A session request holds a token and nothing else. */
const MAX_SESSION_BODY_BYTES = 1024;

/** One request with what is needed to answer it. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  port: number;
  gate: SessionGate;
  files: ReadonlyMap<string, StaticFile>;
  logger: Logger;
  /** Absent: requests in XML are not answered. */
  adapter?: AdapterEndpoint | undefined;
}

/** Answers `request`. Rejects where the client went away before its body was complete. */
export async function answer(exchange: Exchange): Promise<void> {
  const { request, response, port, files, adapter } = exchange;
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  if (!isOwnHost(request.headers, port)) return end(response, 403);
  const path = pathOf(request.url);
  if (path === '/session') return answerSession(exchange);
  if (path === '/adapter' && adapter) return answerAdapter(exchange, adapter);
  if (path === '/rpc') return end(response, 426);

  const file = files.get(path);
  if (file === undefined) return end(response, 404);
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, { Allow: 'GET, HEAD' });
  response.writeHead(200, { 'Content-Type': file.contentType, 'Content-Length': file.body.length });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

/** GET: is there a session? POST: open one with the token. */
async function answerSession({ request, response, port, gate, logger }: Exchange): Promise<void> {
  if (request.method === 'GET') return end(response, gate.holdsSession(request.headers.cookie) ? 204 : 401);
  if (request.method !== 'POST') return end(response, 405, { Allow: 'GET, POST' });
  if (!isOwnOrigin(request.headers, port)) return end(response, 403);
  if (request.headers['content-type'] !== 'application/json') return end(response, 415);

  const body = await readBody(request, MAX_SESSION_BODY_BYTES);
  if (body === undefined) return end(response, 413, { Connection: 'close' });
  const admission = gate.admit(tokenOf(body.toString('utf8')));
  if (admission === 'admitted') return end(response, 204, { 'Set-Cookie': gate.setCookie() });
  if (admission === 'too-many') return end(response, 429, { 'Retry-After': '60' });
  logger.warn('a session was refused: wrong token');
  return end(response, 401);
}

function tokenOf(body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'token') : undefined;
  } catch {
    return undefined;
  }
}
