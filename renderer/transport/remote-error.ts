/** Errors as they arrive over the wire, rebuilt as one class with the contract's code. */
import { type ErrorDetails, type WireError, wireErrorOf } from '#contract';

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

/** Turns whatever a request threw into plain data. */
export function toWireError(thrown: unknown, signal?: AbortSignal): WireError {
  if (thrown instanceof RemoteError) return { code: thrown.code, message: thrown.message, details: thrown.details };
  return wireErrorOf(thrown, signal);
}
