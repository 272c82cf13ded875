/** Typed errors of the engine. Core code throws these or returns; only hosts print or exit. */
import { type Disposition, dispositionOf, type ErrorCode, type ErrorDetails, type WireError } from '#contract';

/** An error with a code of the closed set and plain-data details. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  /** `details` follow the conventional keys of `errorDetailsSchema`. The message is for logs, not for people. */
  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(details)}`, options);
    this.code = code;
    this.details = details;
  }

  get disposition(): Disposition {
    return dispositionOf(this.code);
  }
}

/** True for a cancelled operation, whether it was ours or the platform's `AbortError`. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof EngineError) return error.code === 'CANCELLED';
  return error instanceof Error && (error.name === 'AbortError' || errnoOf(error) === 'CANCELLED');
}

/** Throws `CANCELLED` if the signal was aborted, or the engine's own reason for aborting (a lock that was lost). */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal);
}

/** What an aborted signal means: the engine's own reason, else `CANCELLED`. */
export function abortError(signal: AbortSignal): EngineError {
  return signal.reason instanceof EngineError
    ? signal.reason
    : new EngineError('CANCELLED', {}, { cause: signal.reason });
}

/** The errno name or native code of a system error, else undefined. */
export function errnoOf(error: unknown): string | undefined {
  if (error instanceof EngineError || !(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const DEVICE_GONE: ReadonlySet<string> = new Set(['ENODEV', 'ENXIO', 'ENOMEDIUM']);

/** True for the errno names by which the kernel says that a device is no longer there. */
export function isDeviceGone(errno: string | undefined): boolean {
  return errno !== undefined && DEVICE_GONE.has(errno);
}

/** Any thrown value as an `EngineError`; the unexpected becomes `INTERNAL`. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  // Something could not be put back while another error was on its way: what was left behind matters more.
  if (error instanceof SuppressedError) return withSuppressed(toEngineError(error.error), error.suppressed);
  if (isCancelled(error)) return new EngineError('CANCELLED', {}, { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new EngineError('INTERNAL', { reason }, { cause: error });
}

/** Plain data for another process. */
export function toWireError(error: unknown): WireError {
  const { code, message, details } = toEngineError(error);
  return { code, message, details };
}

function withSuppressed(error: EngineError, suppressed: unknown): EngineError {
  const first = toEngineError(suppressed);
  return new EngineError(error.code, { ...error.details, before: first.code }, { cause: suppressed });
}
