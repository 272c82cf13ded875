/** The web host: the window in a browser of the same machine, over loopback only. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { EngineError } from '#engine/base/errors.ts';
import type { Engine } from '#engine/engine.ts';
import type { Clock, Logger, Random } from '#engine/ports.ts';
import { createRouter } from '#engine/serve.ts';
import { systemClock, systemRandom } from '../node-ports.ts';
import { AdapterEndpoint, type RequestAdapter } from './adapter-endpoint.ts';
import { answer } from './http-answers.ts';
import { watchParent } from './parent-watch.ts';
import { isOwnHost, isOwnOrigin, LOOPBACK, ownOrigin, pathOf } from './request-policy.ts';
import { RpcSocket } from './rpc-socket.ts';
import { SessionGate } from './session-gate.ts';
import { readStaticFiles } from './static-files.ts';

export interface WebHostOptions {
  engine: Engine;
  /** The built window, `out/renderer`. */
  rendererDirectory: string;
  /** 0, the default, takes any free port. */
  port?: number;
  logger: Logger;
  /** Default: the system's. */
  clock?: Clock;
  /** Default: the system's. */
  random?: Random;
  /** Answers `POST /adapter`. */
  adapter?: RequestAdapter;
  /** Stop when the process that started this one is gone: its end of standard input closed, or it died. */
  exitWithParent?: boolean;
}

/** Why a host stopped. */
export type StopReason = 'closed' | 'parent-gone';

/** A running host. It does not own the engine: whoever started both disposes the engine after `stopped`. */
export interface WebHost {
  /** Address for the person's browser. The fragment holds the token: never log it. */
  readonly url: string;
  readonly port: number;
  /** Resolves once the host no longer listens. */
  readonly stopped: Promise<StopReason>;
  /** Ends every connection and stops listening; calling it again waits for the same end. */
  close(): Promise<void>;
}

/**
 * Starts serving on 127.0.0.1. Throws `UNSUPPORTED_ON_HOST` where the window was not built, `OPTION_INVALID` (`port`)
 * where the port cannot be had.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { engine, rendererDirectory, port: wantedPort = 0, logger } = options;
  const files = await readStaticFiles(rendererDirectory);
  const server = createServer();
  const port = await listen(server, wantedPort);
  const gate = new SessionGate({ clock: options.clock ?? systemClock, random: options.random ?? systemRandom }, port);
  const rpc = new RpcSocket(createRouter(engine, logger), logger);

  const adapter = options.adapter && new AdapterEndpoint(options.adapter);
  server.on('request', (request, response) => {
    answer({ request, response, port, gate, files, logger, adapter }).catch((error: unknown) => {
      logger.warn('a request ended early', { reason: error instanceof Error ? error.message : String(error) });
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const status = upgradeStatus(request, port, gate, rpc);
    if (status === 101) rpc.accept(request, socket, head);
    else refuseUpgrade(socket, status);
  });

  const { promise: stopped, resolve: settle } = Promise.withResolvers<StopReason>();
  let stopping: Promise<void> | undefined;
  const stop = (reason: StopReason): Promise<void> => {
    stopping ??= shutDown(reason);
    return stopping;
  };
  const shutDown = async (reason: StopReason): Promise<void> => {
    parent?.[Symbol.dispose]();
    rpc.close();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    // Their clients are gone, which cancels them; whoever disposes the engine need not wait for them.
    await adapter?.idle();
    settle(reason);
  };
  const parent = options.exitWithParent === true ? watchParent(() => void stop('parent-gone')) : undefined;

  logger.info('the web host listens', { port });
  return { url: `${ownOrigin(port)}/#token=${gate.token}`, port, stopped, close: () => stop('closed') };
}

async function listen(server: Server, port: number): Promise<number> {
  try {
    server.listen({ host: LOOPBACK, port, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('OPTION_INVALID', { option: 'port', value: port, reason }, { cause: error });
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function upgradeStatus(request: IncomingMessage, port: number, gate: SessionGate, rpc: RpcSocket): number {
  if (!isOwnHost(request.headers, port) || !isOwnOrigin(request.headers, port)) return 403;
  if (pathOf(request.url) !== '/rpc') return 404;
  if (!gate.holdsSession(request.headers.cookie)) return 401;
  return rpc.isFull ? 503 : 101;
}

function refuseUpgrade(socket: Duplex, status: number): void {
  // The other end may be gone already; there is nobody to tell.
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
