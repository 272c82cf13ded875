/** Formats of dates and times by the numbers of the field's clients (`dateformat`, `timeformat`), read and written. */

/** Parts of a local date. */
export interface DayParts {
  year: number;
  month: number;
  day: number;
}

/** Parts of a local time. */
export interface TimeParts {
  hour: number;
  minute: number;
  second: number;
}

/** By number; 0 is the locale's. */
const DATE_PATTERNS: readonly string[] = [
  '',
  'MM/DD/YYYY',
  'DD-MM-YYYY',
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'YYYY.MM.DD',
  'YYYY/MM/DD',
  'DD/MM/YYYY',
];
const ISO_DATE = 3;

/** Of the 24-hour formats; 4 and 5 have twelve hours. */
const TIME_SEPARATORS: readonly string[] = ['', ':', ',', '.'];
const ISO_TIME = 1;
const HALF_DAY_AFTER = 4;
const HALF_DAY_BEFORE = 5;

/**
 * The locale of dates and times that an environment names, as a BCP 47 tag. Undefined for the locale C, one that is not
 * known here, and where none is named: dates are ISO 8601 then.
 */
export function localeOf(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = environment.LC_ALL || environment.LC_TIME || environment.LANG || '';
  const tag = named.replace(/[.@].*$/s, '').replaceAll('_', '-');
  if (tag === '' || tag === 'C' || tag === 'POSIX') return undefined;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0];
  } catch {
    return undefined;
  }
}

/** The pattern of a date, e.g. `DD.MM.YYYY`. `format`: number of it; absent or 0: the locale's. */
export function datePattern(format: number | undefined, locale: string | undefined): string {
  return DATE_PATTERNS[format ?? 0] || localeDatePattern(locale) || (DATE_PATTERNS[ISO_DATE] ?? '');
}

/** The number of a time's format, 1 to 5. `format` absent or 0: the locale's. */
export function timeFormatOf(format: number | undefined, locale: string | undefined): number {
  return format || localeTimeFormat(locale);
}

/** A date by its pattern; undefined where it is not one, or no day of the calendar. */
export function readDate(text: string, pattern: string): DayParts | undefined {
  const names: string[] = [];
  const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/YYYY|MM|DD/g, (part) => {
    names.push(part);
    return part === 'YYYY' ? '(\\d{4})' : '(\\d{1,2})';
  });
  const found = new RegExp(`^${source}$`).exec(text.trim());
  if (!found) return undefined;
  const value = (part: string): number => Number(found[names.indexOf(part) + 1]);
  const [year, month, day] = [value('YYYY'), value('MM'), value('DD')];
  // At noon, which every day has in every zone.
  const date = new Date(year, month - 1, day, 12);
  const exists = date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day;
  return exists ? { year, month, day } : undefined;
}

/** A time by the number of its format; seconds may be left out. Undefined where it is not one. */
export function readTime(text: string, format: number): TimeParts | undefined {
  const trimmed = text.trim();
  if (format < HALF_DAY_AFTER) {
    const separator = TIME_SEPARATORS[format] ?? ':';
    return timeParts(trimmed, separator, 0, 23);
  }
  const pattern =
    format === HALF_DAY_AFTER
      ? /^(?<clock>.*?)\s*(?<half>[ap])\.?(m\.?)?$/i
      : /^(?<half>[ap])\.?(m\.?)?\s*(?<clock>.*)$/i;
  const { clock, half } = pattern.exec(trimmed)?.groups ?? {};
  const parts = clock === undefined ? undefined : timeParts(clock, ':', 1, 12);
  if (!parts) return undefined;
  return { ...parts, hour: (parts.hour % 12) + (half?.toLowerCase() === 'p' ? 12 : 0) };
}

/** A date in a pattern. */
export function writeDate({ year, month, day }: DayParts, pattern: string): string {
  const values: Record<string, string> = { YYYY: padded(year, 4), MM: padded(month), DD: padded(day) };
  return pattern.replace(/YYYY|MM|DD/g, (part) => values[part] ?? '');
}

/** A time in the format of that number. */
export function writeTime({ hour, minute, second }: TimeParts, format: number): string {
  if (format < HALF_DAY_AFTER)
    return [hour, minute, second].map((part) => padded(part)).join(TIME_SEPARATORS[format] ?? ':');
  const clock = [hour % 12 === 0 ? 12 : hour % 12, minute, second].map((part) => padded(part)).join(':');
  const half = hour < 12 ? 'A' : 'P';
  return format === HALF_DAY_BEFORE ? `${half} ${clock}` : `${clock} ${half}`;
}

function timeParts(text: string, separator: string, first: number, last: number): TimeParts | undefined {
  const parts = text.split(separator);
  if (parts.length < 2 || parts.length > 3 || !parts.every((part) => /^\d{1,2}$/.test(part))) return undefined;
  const [hour = 0, minute = 0, second = 0] = parts.map(Number);
  if (hour < first || hour > last || minute > 59 || second > 59) return undefined;
  return { hour, minute, second };
}

function padded(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

/** Undefined for a locale whose short dates are not day, month and year in digits. */
function localeDatePattern(locale: string | undefined): string | undefined {
  if (locale === undefined) return undefined;
  const names: Record<string, string> = { year: 'YYYY', month: 'MM', day: 'DD' };
  const format = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    calendar: 'gregory',
    numberingSystem: 'latn',
  });
  const parts = format.formatToParts(new Date(2001, 1, 3, 12));
  if (parts.some(({ type, value }) => type in names && !/^\d+$/.test(value))) return undefined;
  const pattern = parts.map(({ type, value }) => names[type] ?? value).join('');
  return ['YYYY', 'MM', 'DD'].every((part) => pattern.includes(part)) ? pattern : undefined;
}

function localeTimeFormat(locale: string | undefined): number {
  if (locale === undefined) return ISO_TIME;
  const parts = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).formatToParts(new Date(2001, 1, 3, 13));
  const half = parts.findIndex(({ type }) => type === 'dayPeriod');
  if (half >= 0) return half < parts.findIndex(({ type }) => type === 'hour') ? HALF_DAY_BEFORE : HALF_DAY_AFTER;
  const separator = parts.find(({ type }) => type === 'literal')?.value ?? ':';
  return Math.max(ISO_TIME, TIME_SEPARATORS.indexOf(separator));
}
