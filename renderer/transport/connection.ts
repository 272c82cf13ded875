/** What the window knows about its engine, whichever host stands between them. */

import type { ClientContext, ClientLink } from '@orpc/client';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '#contract';
import { RemoteError, toWireError } from './remote-error.ts';

/** The typed client of the contract. */
export type EngineClient = ContractRouterClient<typeof contract>;

/**
 * `connecting`: no answer yet; `online`; `offline`: the engine is gone, the next attempt starts at `retryAtMs`;
 * `expired`: this window may not talk to the engine any more, trying again does not help.
 */
export type ConnectionState =
  | { phase: 'connecting' }
  | { phase: 'online' }
  | { phase: 'offline'; attempt: number; retryAtMs: number }
  | { phase: 'expired' };

/** One live link; `closed` resolves when it broke. */
export interface OpenLink {
  link: ClientLink<ClientContext>;
  closed: Promise<void>;
}

/** Opens a link; `expired` when the host refuses this window for good. Rejects when the host cannot be reached. */
export type OpenAttempt = () => Promise<OpenLink | 'expired'>;

export interface Connection {
  readonly client: EngineClient;
  state(): ConnectionState;
  /** Returns the function that unsubscribes. */
  onState(listener: (state: ConnectionState) => void): () => void;
  /** Keeps the connection alive until the window closes. */
  start(): void;
  /** Skips the waiting time of the present backoff. */
  retryNow(): void;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

/** Reconnects for ever with growing delays; requests made while offline fail at once with `ENGINE_GONE`. */
export function createConnection(open: OpenAttempt): Connection {
  let current: ConnectionState = { phase: 'connecting' };
  let live: ClientLink<ClientContext> | undefined;
  let wake: (() => void) | undefined;
  const listeners = new Set<(state: ConnectionState) => void>();

  function become(next: ConnectionState): void {
    current = next;
    for (const listener of listeners) listener(next);
  }

  /** Sleeps until the delay is over or `retryNow` was called. */
  function pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    let attempt = 0;
    for (;;) {
      const opened = await open().catch(() => undefined);
      if (opened === 'expired') {
        become({ phase: 'expired' });
        return;
      }
      if (opened) {
        attempt = 0;
        live = opened.link;
        become({ phase: 'online' });
        await opened.closed;
        live = undefined;
      }
      attempt += 1;
      const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
      become({ phase: 'offline', attempt, retryAtMs: Date.now() + delayMs });
      await pause(delayMs);
    }
  }

  const link: ClientLink<ClientContext> = {
    async call(path, input, options) {
      if (!live) throw new RemoteError({ code: 'ENGINE_GONE', message: 'The engine is not connected.', details: {} });
      try {
        return await live.call(path, input, options);
      } catch (thrown) {
        throw new RemoteError(toWireError(thrown, options.signal), { cause: thrown });
      }
    },
  };

  return {
    client: createORPCClient(link),
    state: () => current,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => void run(),
    retryNow: () => wake?.(),
  };
}
