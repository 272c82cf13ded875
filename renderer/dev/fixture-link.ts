/** The fixture's router behind a real message channel, for tests of stores and of the connection. */
import { RPCLink } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import type { OpenLink } from '../transport/connection.ts';
import type { createFixtureRouter } from './fixture-router.ts';

export interface FixtureLink extends OpenLink {
  /** Breaks the connection, as a dying engine does. */
  cut(): void;
}

export function openFixtureLink(router: ReturnType<typeof createFixtureRouter>): FixtureLink {
  const { port1, port2 } = new MessageChannel();
  new RPCHandler(router).upgrade(port2);
  const link = new RPCLink({ port: port1 });
  const closed = new Promise<void>((resolve) => port1.addEventListener('close', () => resolve(), { once: true }));
  port1.start();
  port2.start();
  return { link, closed, cut: () => port2.close() };
}
