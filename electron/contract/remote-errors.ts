/**
 * Errors on the client's side of the contract. The engine's side sends every error with its `WireError` as the data of
 * the transport's error; everything else that a call can throw (a broken connection, an unknown procedure) is given a
 * code here, so that callers handle one shape only.
 */
import { type ErrorCode, type WireError, wireErrorSchema } from './errors.ts';

/** Codes of the transport's own errors that are about the request rather than about us. */
const TRANSPORT_CODES: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'COMMAND_INVALID',
  NOT_FOUND: 'COMMAND_INVALID',
  METHOD_NOT_SUPPORTED: 'COMMAND_INVALID',
  PAYLOAD_TOO_LARGE: 'COMMAND_INVALID',
  UNPROCESSABLE_CONTENT: 'COMMAND_INVALID',
  UNAUTHORIZED: 'UNAUTHORIZED',
  FORBIDDEN: 'UNAUTHORIZED',
  SERVICE_UNAVAILABLE: 'ENGINE_GONE',
};

/**
 * What a failed call means.
 *
 * `signal` is the one the call was made with: a call that ends as aborted although nobody asked for it lost its
 * connection (`ENGINE_GONE`), while an aborted `signal` makes it `CANCELLED`. Values that are no error of the
 * transport at all become `INTERNAL`.
 */
export function wireErrorOf(error: unknown, signal?: AbortSignal): WireError {
  const data = field(error, 'data');
  const sent = wireErrorSchema.safeParse(data);
  if (sent.success) return sent.data;

  const message = error instanceof Error ? error.message : String(error);
  if (signal?.aborted === true) return { code: 'CANCELLED', message, details: {} };
  return { code: codeOf(error, message), message, details: { reason: message } };
}

function codeOf(error: unknown, message: string): ErrorCode {
  if (field(error, 'name') === 'AbortError') return 'ENGINE_GONE';
  // The WebSocket link throws a plain error when the socket is closed before a request is sent.
  if (/websocket is not open/i.test(message)) return 'ENGINE_GONE';
  const code = field(error, 'code');
  const known = typeof code === 'string' && Object.hasOwn(TRANSPORT_CODES, code) ? TRANSPORT_CODES[code] : undefined;
  return known ?? 'INTERNAL';
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
