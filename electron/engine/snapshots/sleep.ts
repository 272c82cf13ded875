import { setTimeout as wait } from 'node:timers/promises';
import { abortError, throwIfCancelled } from '../base/errors.ts';

/** Waits so many milliseconds. Throws `CANCELLED`, or the engine's own reason for aborting. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  throwIfCancelled(signal);
  try {
    await wait(ms, undefined, signal ? { signal } : {});
  } catch (error) {
    throw signal ? abortError(signal) : error;
  }
}
