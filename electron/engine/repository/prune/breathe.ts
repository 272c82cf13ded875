/** Long loops in JavaScript must let timers, requests and a cancel through. */
import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../../base/errors.ts';

/** Steps of a cheap loop after which `breathe` is called: some milliseconds. */
export const BREATH = 1 << 15;

/** Lets everything that waits run, then throws if `signal` was aborted. */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  throwIfCancelled(signal);
}
