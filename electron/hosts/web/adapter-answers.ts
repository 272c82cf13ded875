/** `POST /adapter`: for programs of this machine that have the token; pages of other origins never get in. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdapterEndpoint } from './adapter-endpoint.ts';
import { end, readBody } from './body.ts';
import type { Exchange } from './http-answers.ts';
import { isOwnOrigin } from './request-policy.ts';

const XML_TYPE = 'application/xml; charset=utf-8';
/** A charset is only taken where the adapter finds the same by itself. */
const REQUEST_TYPE = /^(?:application|text)\/xml(?:\s*;\s*charset\s*=\s*"?(?:utf-8|utf-16)"?)?\s*$/i;
const BEARER = /^Bearer +([\w-]+) *$/i;

/**
 * Answers with a `tsm-response`: 200 where commands were run, however they ended, 400 where the request makes no sense.
 * The token is asked for in a header that no browser sends by itself, so the session's cookie does not open this door.
 */
export async function answerAdapter(exchange: Exchange, endpoint: AdapterEndpoint): Promise<void> {
  const { request, response, port, gate, logger } = exchange;
  if (request.method !== 'POST') return end(response, 405, { Allow: 'POST' });
  if (request.headers.origin !== undefined && !isOwnOrigin(request.headers, port)) return end(response, 403);
  const admission = gate.admit(BEARER.exec(request.headers.authorization ?? '')?.[1]);
  if (admission === 'too-many') return end(response, 429, { 'Retry-After': '60' });
  if (admission === 'refused') {
    logger.warn('a request in XML was refused: wrong token');
    return end(response, 401, { 'WWW-Authenticate': 'Bearer' });
  }
  if (!REQUEST_TYPE.test(request.headers['content-type'] ?? '')) {
    return endXml(response, 415, endpoint.refusal('The content type must be application/xml or text/xml, in UTF-8.'));
  }
  const { mostBytes } = endpoint.adapter;
  const body = await readBody(request, mostBytes);
  if (body === undefined) {
    const refusal = endpoint.refusal(`The request is larger than ${mostBytes} bytes.`);
    return endXml(response, 413, refusal, { Connection: 'close' });
  }
  if (endpoint.isFull) {
    return endXml(response, 503, endpoint.refusal('Too many requests are waiting.'), { 'Retry-After': '10' });
  }
  const answer = await endpoint.answer(body, goneSignal(request, response));
  if (answer) endXml(response, answer.understood ? 200 : 400, answer.xml);
}

/** Aborts when the client goes away before it has its answer. */
function goneSignal(request: IncomingMessage, response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const gone = () => {
    if (!response.writableEnded) controller.abort();
  };
  if (request.socket.destroyed) gone();
  response.once('close', gone);
  return controller.signal;
}

function endXml(response: ServerResponse, status: number, xml: string, headers: Record<string, string> = {}): void {
  const body = Buffer.from(xml, 'utf8');
  response.writeHead(status, { 'Content-Type': XML_TYPE, 'Content-Length': body.length, ...headers });
  response.end(body);
}
