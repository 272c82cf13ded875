/** Data that is fetched: its last value stays visible while it is fetched again or after a failure. */
import type { WireError } from '#contract';
import { toWireError } from '../transport/remote-error.ts';

export interface Loadable<T> {
  phase: 'idle' | 'loading' | 'ready' | 'failed';
  value: T;
  error: WireError | null;
}

export function idle<T>(value: T): Loadable<T> {
  return { phase: 'idle', value, error: null };
}

/** Runs `fetch` and reports `loading`, then `ready` or `failed`; never rejects. */
export async function load<T>(
  before: Loadable<T>,
  report: (next: Loadable<T>) => void,
  fetch: () => Promise<T>,
): Promise<void> {
  report({ phase: 'loading', value: before.value, error: null });
  try {
    report({ phase: 'ready', value: await fetch(), error: null });
  } catch (thrown) {
    report({ phase: 'failed', value: before.value, error: toWireError(thrown) });
  }
}

/** Nothing to show yet: the moment for skeletons. */
export function isFirstLoad(loadable: Loadable<unknown>, isEmpty: boolean): boolean {
  return isEmpty && (loadable.phase === 'idle' || loadable.phase === 'loading');
}
