/** Bodies of requests, and answers without one. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Of a body that is too long this much is read all the same, as a multiple of what may be sent. */
const READ_ON = 64;

/** The whole body, or `undefined` where it is too long. Rejects where the client went away in the middle of it. */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    // Read on without keeping anything: an answer is only seen by clients that were allowed to finish.
    if (bytes <= mostBytes) chunks.push(chunk);
    if (bytes > mostBytes * READ_ON) break;
  }
  return bytes > mostBytes ? undefined : Buffer.concat(chunks);
}

/** An answer that is only a status. */
export function end(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers);
  response.end();
}
