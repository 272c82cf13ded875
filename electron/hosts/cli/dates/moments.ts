/** Points in time as options name them, and instants as they are shown: `-pitdate`, `-fromtime`, `-dateformat` … */
import { EngineError } from '#engine/base/errors.ts';
import { formatInstant } from '../figures.ts';
import {
  datePattern,
  localeOf,
  readDate,
  readTime,
  type TimeParts,
  timeFormatOf,
  writeDate,
  writeTime,
} from './formats.ts';

/** What `-dateformat` and `-timeformat` say, and the environment whose locale holds where they say nothing. */
export interface MomentFormats {
  readonly dateformat?: number | undefined;
  readonly timeformat?: number | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A date and a time as they were typed, with the names of their options. */
export interface MomentWords {
  readonly date: { readonly option: string; readonly text: string | undefined };
  readonly time: { readonly option: string; readonly text: string | undefined };
  /** Where no time is given. */
  readonly otherwise: 'begin of the day' | 'end of the day';
}

const BEGIN_OF_DAY: TimeParts = { hour: 0, minute: 0, second: 0 };
const END_OF_DAY: TimeParts = { hour: 23, minute: 59, second: 59 };
const ISO_DATE = 3;
const ISO_TIME = 1;

/**
 * Milliseconds since the epoch at which the second begins that is meant, local time; undefined where no date is given.
 * Without a format the text may be ISO 8601 or the locale's. Throws `OPTION_INVALID`.
 */
export function momentOf({ date, time, otherwise }: MomentWords, formats: MomentFormats): number | undefined {
  if (date.text === undefined) {
    if (time.text === undefined) return undefined;
    const reason = `It is the time of -${date.option}, which is not given.`;
    throw new EngineError('OPTION_INVALID', { option: time.option, value: time.text, reason });
  }
  const locale = localeOf(formats.environment);
  const patterns = alternatives(formats.dateformat, ISO_DATE).map((format) => datePattern(format, locale));
  const day = firstOf(patterns, (pattern) => readDate(date.text ?? '', pattern));
  if (!day) throw rejected(date, 'This is no date that can be read', [...new Set(patterns)]);
  const clock =
    time.text === undefined ? (otherwise === 'end of the day' ? END_OF_DAY : BEGIN_OF_DAY) : readClock(time, formats);
  return new Date(day.year, day.month - 1, day.day, clock.hour, clock.minute, clock.second).getTime();
}

function readClock(time: MomentWords['time'], { timeformat, environment }: MomentFormats): TimeParts {
  const locale = localeOf(environment);
  const numbers = [...new Set(alternatives(timeformat, ISO_TIME).map((format) => timeFormatOf(format, locale)))];
  const clock = firstOf(numbers, (format) => readTime(time.text ?? '', format));
  if (clock) return clock;
  throw rejected(
    time,
    'This is no time that can be read',
    numbers.map((format) => writeTime({ ...BEGIN_OF_DAY, hour: 23 }, format)),
  );
}

/** How an instant is shown: as ever where no format is asked for. */
export function instantFormatter({ dateformat, timeformat, environment }: MomentFormats): (iso: string) => string {
  if (dateformat === undefined && timeformat === undefined) return formatInstant;
  const locale = localeOf(environment);
  const pattern = datePattern(dateformat ?? ISO_DATE, locale);
  const clock = timeFormatOf(timeformat ?? ISO_TIME, locale);
  return (iso) => {
    const at = new Date(iso);
    const day = { year: at.getFullYear(), month: at.getMonth() + 1, day: at.getDate() };
    const time = { hour: at.getHours(), minute: at.getMinutes(), second: at.getSeconds() };
    return `${writeDate(day, pattern)} ${writeTime(time, clock)}`;
  };
}

/** A named format is the only one; without, ISO 8601 is tried first. */
function alternatives(format: number | undefined, iso: number): number[] {
  return format === undefined ? [iso, 0] : [format];
}

function firstOf<F, T>(formats: readonly F[], read: (format: F) => T | undefined): T | undefined {
  for (const format of formats) {
    const value = read(format);
    if (value !== undefined) return value;
  }
  return undefined;
}

function rejected({ option, text = '' }: MomentWords['date'], why: string, allowed: readonly string[]): EngineError {
  return new EngineError('OPTION_INVALID', { option, value: text, reason: `${why}.`, allowed: allowed.join(' or ') });
}
