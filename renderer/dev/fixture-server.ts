/**
 * Development only, never part of the bundle: serves `out/renderer` with canned data through the real contract.
 * `node renderer/dev/fixture-server.ts [open|absent|closed|unreachable] [--empty] [--one|--many] [--cron] [--policy=standard|changed|lost] [--unplug=6] [--seconds=8] [--port=0]`
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { RepositoryStatus } from '#contract';
import { createFixtureRouter } from './fixture-router.ts';

const STATES = ['open', 'absent', 'closed', 'unreachable'] as const satisfies readonly RepositoryStatus['state'][];
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
/** Stricter than any host's: no inline style element either. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws:";

const directory = fileURLToPath(new URL('../../out/renderer', import.meta.url));
const words = process.argv.slice(2);
const option = (name: string, fallback: number) =>
  Number(words.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? fallback);

const router = createFixtureRouter({
  repository: STATES.find((state) => words.includes(state)) ?? 'open',
  empty: words.includes('--empty'),
  ...(words.includes('--one') ? { images: 'one' as const } : {}),
  ...(words.includes('--many') ? { images: 'many' as const } : {}),
  many: words.includes('--many'),
  systemd: !words.includes('--cron'),
  policy: (['standard', 'changed', 'lost'] as const).find((name) => words.includes(`--policy=${name}`)) ?? 'saved',
  unplugSeconds: words.some((word) => word.startsWith('--unplug=')) ? option('unplug', 0) : undefined,
  seconds: option('seconds', 8),
});

const server = createServer(async (request, response) => {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path === '/session') {
    response.writeHead(words.includes('--expired') ? 401 : 204).end();
    return;
  }
  const file = join(directory, path === '/' ? 'index.html' : path.replaceAll('..', ''));
  try {
    const body = await readFile(file);
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
const handler = new RPCHandler(router);
const sockets = new WebSocketServer({ noServer: true });
server.on('upgrade', (request, socket, head) => {
  if (words.includes('--expired')) {
    socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    return;
  }
  sockets.handleUpgrade(request, socket, head, (connection) => void handler.upgrade(connection));
});
server.listen(option('port', 0), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}/` })}\n`);
});
