/** How fast a task has been in the last minute: one sample a second, for its charts. */
import type { Progress } from '#contract';

/** Rates in bytes a second, as the engine averaged them. */
export interface RateSample {
  atMs: number;
  readRate: number;
  storeRate: number;
}

/** What a chart shows. */
export const RATE_WINDOW_MS = 60_000;
const SPACING_MS = 1000;

/** `samples` (oldest first) and one more; at most one a second is kept, and nothing older than the window. */
export function withRate(
  samples: readonly RateSample[],
  { readRate, storeRate }: Pick<Progress, 'readRate' | 'storeRate'>,
  atMs: number,
): readonly RateSample[] {
  const last = samples.at(-1);
  // Progress comes ten times a second: a chart that changes as often would only flicker.
  if (last !== undefined && atMs - last.atMs < SPACING_MS && atMs >= last.atMs) return samples;
  const kept = samples.filter((sample) => sample.atMs <= atMs && atMs - sample.atMs <= RATE_WINDOW_MS);
  return [...kept, { atMs, readRate, storeRate }];
}
