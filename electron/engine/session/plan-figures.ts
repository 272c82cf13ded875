/** What a backup is likely to cost, from what earlier runs of the volume cost. */
import type { BackupPlan, ImageSummary, Manifest } from '#contract';

/** A span of bytes or seconds: at least and at most. */
export interface Span {
  low: number;
  high: number;
}

/** What an earlier run of the volume read, and how long it took. */
export interface EarlierRun {
  readBytes: number;
  elapsedSeconds: number;
  /** It read only what change tracking named. */
  onlyChanges: boolean;
}

/** First images compress to between a third and all of what is used. */
const FIRST_IMAGE_SHARE = 0.35;
/** Without an increment to go by, so much of what is used may have changed. */
const UNKNOWN_INCREMENT_SHARE = 0.1;
/** No two runs are alike: a rate holds within this factor at best. */
const RATE_SPREAD = 0.15;

/**
 * Bytes that a run adds to the repository. `earlier`: the volume's images, newest first; the oldest was its first and says
 * nothing about later ones.
 */
export function expectNewBytes(usedBytes: number, earlier: readonly Pick<ImageSummary, 'newSize'>[]): Span {
  const increments = earlier.slice(0, -1).map((image) => image.newSize);
  if (earlier.length === 0) return { low: Math.round(usedBytes * FIRST_IMAGE_SHARE), high: usedBytes };
  if (increments.length === 0) return { low: 0, high: Math.round(usedBytes * UNKNOWN_INCREMENT_SHARE) };
  return { low: Math.min(...increments, usedBytes), high: Math.min(usedBytes, Math.max(...increments) * 2) };
}

/** What is left in the repository after a run that adds `expected`; never below nothing. */
export function freeAfter(freeBytes: number, expected: Span): Span {
  return { low: Math.max(0, freeBytes - expected.high), high: Math.max(0, freeBytes - expected.low) };
}

/** The facts of a run that its manifest keeps; `undefined` where they say nothing about a rate. */
export function earlierRunOf({ counters, reading, startedAt, finishedAt }: Manifest): EarlierRun | undefined {
  const elapsedSeconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  if (!(elapsedSeconds > 0) || counters.readBytes === 0) return undefined;
  return { readBytes: counters.readBytes, elapsedSeconds, onlyChanges: reading?.scope === 'changed' };
}

/**
 * Seconds that a run takes which reads `readBytes`; `undefined` before there was a run like it. Where only changes are
 * read, `readBytes` is the most it can be, and the least is what runs like that took.
 */
export function expectDuration(
  readBytes: number,
  earlier: readonly EarlierRun[],
  onlyChanges: boolean,
): BackupPlan['durationSeconds'] {
  const full = earlier.filter((run) => !run.onlyChanges);
  // Runs that read little spend their time on other things than reading, so they tell no rate for one that reads much.
  const rates = (full.length > 0 ? full : earlier).map((run) => run.readBytes / run.elapsedSeconds);
  const short = onlyChanges ? earlier.filter((run) => run.onlyChanges).map((run) => run.elapsedSeconds) : [];
  if (rates.length === 0) return undefined;
  const low = Math.min(readBytes / Math.max(...rates), ...short);
  const high = Math.max(readBytes / Math.min(...rates), ...short);
  return { low: low * (1 - RATE_SPREAD), high: high * (1 + RATE_SPREAD) };
}
