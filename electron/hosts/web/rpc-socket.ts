/** The engine's contract over WebSocket. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '#engine/ports.ts';
import type { EngineRouter } from '#engine/serve.ts';

/** Largest message a client may send; requests are small. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
/** Windows of one person, with room to spare. */
const MAX_CONNECTIONS = 32;
/** WebSocket close code 1001: the server goes away. */
const GOING_AWAY = 1001;

/** Answers connections that the host has already let in. */
export class RpcSocket {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  readonly #handler: RPCHandler<Record<never, never>>;
  readonly #logger: Logger;

  constructor(router: EngineRouter, logger: Logger) {
    this.#handler = new RPCHandler(router);
    this.#logger = logger;
  }

  get isFull(): boolean {
    return this.#server.clients.size >= MAX_CONNECTIONS;
  }

  /** Completes the handshake and answers calls until the connection ends. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#serve(connection));
  }

  /** Ends every connection. */
  close(): void {
    for (const connection of this.#server.clients) {
      connection.close(GOING_AWAY);
      // Whoever does not answer the close frame is not waited for.
      connection.terminate();
    }
    this.#server.close();
  }

  #serve(connection: WebSocket): void {
    connection.on('error', (error) => this.#logger.warn('a connection broke the protocol', { reason: error.message }));
    void this.#handler.upgrade({
      addEventListener: connection.addEventListener.bind(connection),
      // A promise per message gives streams backpressure: a slow window gets fewer, newer states instead of a queue.
      send: (data: Parameters<WebSocket['send']>[0]) =>
        new Promise<void>((sent) => connection.send(data, () => sent())),
    });
  }
}
