/**
 * What the web host lets in and what it tells browsers, as data and pure functions.
 *
 * A loopback port can be reached by every page that the same machine's browsers show. Three things keep them out: the
 * Host header must name our address exactly (a page of a rebound DNS name cannot send it), state-changing requests and
 * the WebSocket must come from our own origin, and the WebSocket needs the session cookie. `localhost` is not accepted:
 * it may resolve to ::1, where somebody else may listen on the same port.
 */
import type { IncomingHttpHeaders } from 'node:http';

/** The only address the host listens on and answers for. */
export const LOOPBACK = '127.0.0.1';

/** Scripts and connections to ourselves only (a WebSocket to the page's own origin is 'self'); Mantine sets styles inline. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** On every answer, whatever its status. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
  // Other programs get the same port another day: nothing of ours may answer for them out of a cache.
  'Cache-Control': 'no-store',
};

/** The origin of the page that the host itself serves. */
export function ownOrigin(port: number): string {
  return `http://${LOOPBACK}:${port}`;
}

/** True if the request names our address exactly. */
export function isOwnHost(headers: IncomingHttpHeaders, port: number): boolean {
  return headers.host === `${LOOPBACK}:${port}`;
}

/** True if the request was made by our own page. Requests without Origin (other programs) are not. */
export function isOwnOrigin(headers: IncomingHttpHeaders, port: number): boolean {
  return headers.origin === ownOrigin(port);
}

/** Path of a request target in origin form, exactly as sent: nothing is decoded or resolved. */
export function pathOf(target: string | undefined): string {
  return (target ?? '').split('?', 1)[0] ?? '';
}
