/** Errors as they arrive over the wire, rebuilt as one class with the contract's code. */
import { ORPCError } from '@orpc/client';
import { type ErrorDetails, errorCodeSchema, errorDetailsSchema, type WireError, wireErrorSchema } from '#contract';

/** A failed request: `code` says which text to show, `details` are plain data. */
export class RemoteError extends Error {
  readonly code: WireError['code'];
  readonly details: ErrorDetails;

  constructor(wire: WireError, options?: ErrorOptions) {
    super(wire.message, options);
    this.name = 'RemoteError';
    this.code = wire.code;
    this.details = wire.details;
  }
}

function detailsOf(data: unknown): ErrorDetails {
  const nested = data !== null && typeof data === 'object' && 'details' in data ? data.details : data;
  return errorDetailsSchema.safeParse(nested).data ?? {};
}

/** Turns whatever a request threw into plain data. What is not from the engine means that the engine is gone. */
export function toWireError(thrown: unknown): WireError {
  if (thrown instanceof RemoteError) return { code: thrown.code, message: thrown.message, details: thrown.details };
  if (thrown instanceof ORPCError) {
    const whole = wireErrorSchema.safeParse(thrown.data);
    if (whole.success) return whole.data;
    const code = errorCodeSchema.safeParse(thrown.code);
    if (code.success) return { code: code.data, message: thrown.message, details: detailsOf(thrown.data) };
    const known = thrown.code === 'BAD_REQUEST' ? 'COMMAND_INVALID' : 'INTERNAL';
    return { code: known, message: thrown.message, details: { reason: thrown.message } };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof DOMException && thrown.name === 'AbortError')
    return { code: 'CANCELLED', message, details: {} };
  return { code: 'ENGINE_GONE', message, details: {} };
}
