import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '#engine/base/errors.ts';
import { datePattern, localeOf, readDate, readTime, writeDate, writeTime } from './formats.ts';
import { instantFormatter, type MomentFormats, momentOf } from './moments.ts';

const C = { environment: {} };

function pit(date: string | undefined, time: string | undefined, formats: MomentFormats = C) {
  const words = { date: { option: 'pitdate', text: date }, time: { option: 'pittime', text: time } };
  return momentOf({ ...words, otherwise: 'end of the day' }, formats);
}

function refusal(...args: Parameters<typeof pit>) {
  try {
    pit(...args);
  } catch (error) {
    if (error instanceof EngineError) return { code: error.code, ...error.details };
    throw error;
  }
  throw new Error('nothing was thrown');
}

const at = (...parts: [number, number, number, number?, number?, number?]) => new Date(...parts).getTime();
const lang = (LANG: string) => ({ environment: { LANG } });

describe('a point in time', () => {
  test.each([
    [1, '03/25/2005'],
    [2, '25-03-2005'],
    [3, '2005-03-25'],
    [4, '25.03.2005'],
    [5, '2005.03.25'],
    [6, '2005/03/25'],
    [7, '25/03/2005'],
  ])('is read in date format %i', (dateformat, text) => {
    expect(pit(text, undefined, { ...C, dateformat })).toBe(at(2005, 2, 25, 23, 59, 59));
  });

  test.each([
    [1, '17:48:05'],
    [2, '17,48,05'],
    [3, '17.48.05'],
    [4, '05:48:05 P'],
    [4, '5:48:05PM'],
    [5, 'P 05:48:05'],
  ])('is read in time format %i', (timeformat, text) => {
    expect(pit('2005-03-25', text, { ...C, timeformat })).toBe(at(2005, 2, 25, 17, 48, 5));
  });

  test('noon and midnight of twelve-hour clocks', () => {
    expect(pit('2005-03-25', '12:00:00 A', { ...C, timeformat: 4 })).toBe(at(2005, 2, 25, 0, 0, 0));
    expect(pit('2005-03-25', '12:00:00 P', { ...C, timeformat: 4 })).toBe(at(2005, 2, 25, 12, 0, 0));
  });

  test('without a format it may be ISO 8601 or the locale’s', () => {
    expect(pit('2005-03-25', '17:48', lang('de_DE.UTF-8'))).toBe(at(2005, 2, 25, 17, 48, 0));
    expect(pit('25.03.2005', undefined, lang('de_DE.UTF-8'))).toBe(at(2005, 2, 25, 23, 59, 59));
    expect(pit('3/25/2005', '5:48:05 PM', lang('en_US.UTF-8'))).toBe(at(2005, 2, 25, 17, 48, 5));
    expect(pit('25/03/2005', '17:48:05', lang('en_GB.UTF-8'))).toBe(at(2005, 2, 25, 17, 48, 5));
    expect(pit('2005-03-25', undefined, lang('en_US.UTF-8'))).toBe(at(2005, 2, 25, 23, 59, 59));
    expect(pit(undefined, undefined)).toBeUndefined();
  });

  test.each([
    ['2005-02-30', undefined, C, { option: 'pitdate', allowed: 'YYYY-MM-DD' }],
    ['03/25/2005', undefined, C, { option: 'pitdate', allowed: 'YYYY-MM-DD' }],
    ['2005-03-25', undefined, { ...C, dateformat: 4 }, { option: 'pitdate', allowed: 'DD.MM.YYYY' }],
    ['25/03/2005', undefined, lang('en_US.UTF-8'), { option: 'pitdate', allowed: 'YYYY-MM-DD or MM/DD/YYYY' }],
    ['2005-03-25', '24:00:00', C, { option: 'pittime', allowed: '23:00:00' }],
    ['2005-03-25', '13:00:00 P', { ...C, timeformat: 4 }, { option: 'pittime', allowed: '11:00:00 P' }],
    [undefined, '12:00:00', C, { option: 'pittime', reason: 'It is the time of -pitdate, which is not given.' }],
  ])('%s %s is refused', (date, time, formats, details) => {
    expect(refusal(date, time, formats)).toMatchObject({ code: 'OPTION_INVALID', ...details });
  });
});

test('what is written in a format is read in it again', () => {
  const locales = ['de_DE', 'en_US', 'en_GB', 'fr_FR', 'cs_CZ', 'ja_JP', 'sv_SE', 'ar_EG', 'fa_IR'].map((LANG) =>
    localeOf({ LANG }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(undefined, ...locales),
      fc.integer({ min: 0, max: 7 }),
      fc.integer({ min: 1, max: 5 }),
      fc.date({ min: new Date(1980, 0, 1), max: new Date(2999, 0, 1), noInvalidDate: true }),
      (locale, dateformat, timeformat, date) => {
        const day = { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
        const time = { hour: date.getHours(), minute: date.getMinutes(), second: date.getSeconds() };
        const pattern = datePattern(dateformat, locale);
        expect(readDate(writeDate(day, pattern), pattern)).toEqual(day);
        expect(readTime(writeTime(time, timeformat), timeformat)).toEqual(time);
      },
    ),
  );
});

test('any text is read or refused as a typed error', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(7), fc.nat(5), (date, time, dateformat, timeformat) => {
      try {
        pit(date, time, { ...C, dateformat, timeformat });
      } catch (error) {
        expect(error).toBeInstanceOf(EngineError);
      }
    }),
  );
});

test('an instant is shown as ever, or as the formats say', () => {
  const iso = new Date(2005, 2, 25, 17, 48, 5).toISOString();
  expect(instantFormatter(C)(iso)).toBe('2005-03-25 17:48:05');
  expect(instantFormatter({ ...C, dateformat: 1, timeformat: 4 })(iso)).toBe('03/25/2005 05:48:05 P');
  expect(instantFormatter({ ...lang('de_DE'), dateformat: 0 })(iso)).toBe('25.03.2005 17:48:05');
});

test.each([
  ['de_DE.UTF-8@euro', 'de-DE'],
  ['C.UTF-8', undefined],
  ['POSIX', undefined],
  ['', undefined],
  ['%%nonsense', undefined],
])('the locale of LANG=%s', (LANG, expected) => {
  expect(localeOf({ LANG })).toBe(expected);
});
