import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scheduleDefinitionSchema, weekdaySchema } from '#contract';
import { nextRun } from './next-run.ts';
import { onCalendar } from './unit-text.ts';

const command = promisify(execFile);
const MINUTE = 60_000;
/** Hours of half an hour, at midnight, none at all, and the usual ones. */
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Kolkata', 'UTC'];
/** Days around which one of the zones puts its clocks on or back. */
const CHANGES = ['2026-03-28', '2026-10-24', '2026-03-07', '2026-10-31', '2026-04-04', '2026-10-03', '2026-09-05'];

const anyTime = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 23 })), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const anyDays = fc.subarray([...weekdaySchema.options]);
const anyInstant = fc
  .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -12 * 3600, max: 48 * 3600 }))
  .map(([day, seconds]) => Date.parse(`${day}T12:00:00Z`) + seconds * 1000);

/** Minute after minute, as somebody who looks at the clock would do. */
function naive(days: readonly string[], time: string, afterMs: number, zone: string): number | undefined {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const shown = (instant: number) =>
    Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  /** Days on which the time was seen already, before `afterMs` too: the second time of a day does not count. */
  const seen = new Set<string>();
  const start = Math.floor(afterMs / MINUTE) * MINUTE - 3 * 3600_000;
  for (let instant = start; instant < start + 9 * 86_400_000; instant += MINUTE) {
    const { weekday = '', day = '', hour, minute } = shown(instant);
    if (`${hour}:${minute}` !== time || seen.has(day)) continue;
    seen.add(day);
    if (instant > afterMs && (days.length === 0 || days.includes(weekday.toLowerCase()))) return instant;
  }
  return undefined;
}

describe('the next run', () => {
  test('is what a naive look at the clock finds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), anyDays, anyTime, anyInstant, (zone, days, time, after) => {
        const expected = naive(days, time, after, zone);
        // The oracle looks nine days ahead; a weekly time may be left out once.
        if (expected !== undefined) expect(nextRun({ days, time }, after, zone)).toBe(expected);
        else expect(nextRun({ days, time }, after, zone)).toBeGreaterThan(after + 8 * 86_400_000);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['leaves out a time that does not exist', '2026-03-28T12:00:00Z', '02:30', '2026-03-30T00:30:00Z'],
    ['takes the first of two', '2026-10-24T12:00:00Z', '02:30', '2026-10-25T00:30:00Z'],
    ['does not take the second', '2026-10-25T00:30:00Z', '02:30', '2026-10-26T01:30:00Z'],
    ['is later than now, not now', '2026-06-01T01:30:00Z', '03:30', '2026-06-02T01:30:00Z'],
  ])('%s', (_, after, time, expected) => {
    const found = nextRun({ days: [], time }, Date.parse(after), 'Europe/Berlin');
    expect(new Date(found ?? 0).toISOString()).toBe(new Date(expected).toISOString());
  });

  test.runIf(existsSync('/usr/bin/systemd-analyze'))('is what systemd says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ZONES), anyDays, anyTime, anyInstant, async (zone, days, time, after) => {
        const definition = scheduleDefinitionSchema.parse({
          name: 'x',
          action: 'check',
          volumes: [],
          days,
          time,
          randomDelayMinutes: 0,
          catchUp: true,
          enabled: true,
        });
        const seconds = Math.floor(after / 1000);
        const { stdout } = await command(
          'systemd-analyze',
          ['calendar', `--base-time=@${seconds}`, onCalendar(definition)],
          { env: { PATH: process.env.PATH, TZ: zone, LC_ALL: 'C' } },
        );
        const said = /(?:in UTC\)|Next elapse): \w{3} (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC/.exec(stdout);
        const expected = Date.parse(`${said?.[1]}T${said?.[2]}Z`);
        expect(nextRun(definition, seconds * 1000, zone)).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });
});
