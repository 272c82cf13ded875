/** Points in time as people read them. */

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

const STEPS: readonly [limitSeconds: number, divisor: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [86_400 * 14, 86_400, 'day'],
  [86_400 * 60, 86_400 * 7, 'week'],
  [86_400 * 730, 86_400 * 30.44, 'month'],
  [Number.POSITIVE_INFINITY, 86_400 * 365.25, 'year'],
];

/** `just now`, `5 minutes ago`, `yesterday`, `3 weeks ago`. */
export function relativeTime(instant: string, nowMs: number): string {
  const seconds = (nowMs - Date.parse(instant)) / 1000;
  if (Math.abs(seconds) < 45) return 'just now';
  for (const [limit, divisor, unit] of STEPS) {
    if (Math.abs(seconds) < limit)
      return relative.format(-Math.max(1, Math.round(Math.abs(seconds) / divisor)) * Math.sign(seconds), unit);
  }
  return exactTime(instant);
}

/** `21 Nov 2026, 02:14:07` in the person's time zone. */
export function exactTime(instant: string): string {
  return exact.format(new Date(instant));
}
