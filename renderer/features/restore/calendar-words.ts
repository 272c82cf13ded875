/** Names of days and months in the language of the window. */
import { currentLanguage } from '../../i18n/language.ts';
import { dateOfDay } from './calendar-month.ts';

/** English as elsewhere in the window: weeks from Monday on, days before months. */
const LOCALES = { en: 'en-GB', de: 'de-DE' } as const;

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALES[currentLanguage()], options);
}

/** `November 2026`. */
export function monthName(day: string): string {
  return format({ month: 'long', year: 'numeric' }).format(dateOfDay(day));
}

/** `Saturday, 21 November 2026`. */
export function dayName(day: string): string {
  return format({ dateStyle: 'full' }).format(dateOfDay(day));
}

/** `Mon` to `Sun`, with what they stand for. */
export function weekdayNames(): { short: string; long: string }[] {
  const short = format({ weekday: 'short' });
  const long = format({ weekday: 'long' });
  // The first of June 2026 is a Monday.
  return Array.from({ length: 7 }, (_, at) => {
    const date = new Date(2026, 5, 1 + at);
    return { short: short.format(date), long: long.format(date) };
  });
}
