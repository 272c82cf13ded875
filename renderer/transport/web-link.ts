/** The link to the loopback web host: one session request with the token of the address, then a WebSocket. */
import { RPCLink } from '@orpc/client/websocket';
import type { OpenAttempt, OpenLink } from './connection.ts';

/** Takes the token out of the address, so that it stays neither in the address bar nor in the history. */
export function takeToken(location: Location, history: History): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  return token;
}

/** Trades the token for the session cookie. False when the host does not accept it. */
async function startSession(token: string): Promise<boolean> {
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    credentials: 'same-origin',
  });
  return response.ok;
}

/** True when the host answers and says that this window has no session. Rejects when it does not answer. */
async function isRefused(): Promise<boolean> {
  const response = await fetch('/session', { credentials: 'same-origin', cache: 'no-store' });
  return response.status === 401 || response.status === 403;
}

function openSocket(): Promise<OpenLink> {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const websocket = new WebSocket(`${scheme}//${location.host}/rpc`);
  const link = new RPCLink({ websocket });
  const closed = new Promise<void>((resolve) => websocket.addEventListener('close', () => resolve(), { once: true }));
  return new Promise((resolve, reject) => {
    websocket.addEventListener('open', () => resolve({ link, closed }), { once: true });
    void closed.then(() => reject(new Error('The WebSocket was closed before it opened.')));
  });
}

/** Opens the socket; a failure is told apart by asking the host whether the session is still valid. */
export function createWebLink(token: string | undefined): OpenAttempt {
  let unused = token;
  return async () => {
    if (unused !== undefined) {
      const accepted = await startSession(unused);
      unused = undefined;
      if (!accepted) return 'expired';
    }
    try {
      return await openSocket();
    } catch (failure) {
      if (await isRefused()) return 'expired';
      throw failure;
    }
  };
}
