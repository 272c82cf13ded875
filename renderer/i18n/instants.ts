/** Points in time as people read them. */
import { dateFormat, relativeFormat } from './formats.ts';
import { t } from './t.ts';

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
  if (Math.abs(seconds) < 45) return t('words:time.justNow');
  for (const [limit, divisor, unit] of STEPS) {
    if (Math.abs(seconds) < limit) {
      const amount = Math.max(1, Math.round(Math.abs(seconds) / divisor)) * Math.sign(seconds);
      return relativeFormat({ numeric: 'auto' }).format(-amount, unit);
    }
  }
  return exactTime(instant);
}

/** `21 Nov 2026, 02:14:07` in the person's time zone. */
export function exactTime(instant: string): string {
  return dateFormat({ dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(instant));
}
