/** When a schedule starts next, by local time as systemd reckons it (systemd.time(7)). */
import type { ScheduleDefinition, Weekday } from '#contract';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** More days than lie between two runs of any schedule, skipped ones included. */
const SEARCHED_DAYS = 40;
/** `Date.getUTCDay()` of each. */
const WEEKDAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** What a clock on the wall of `zone` shows, as if it were UTC, milliseconds since the epoch. */
type WallClock = (instantMs: number) => number;

const clocks = new Map<string, WallClock>();

/** `zone`: IANA name; throws `RangeError` for one that is not known. */
function wallClock(zone: string): WallClock {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const clock: WallClock = (instantMs) => {
    const found: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(instantMs)) found[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
  clocks.set(zone, clock);
  return clock;
}

/** The first instant at which the clock shows `wallMs`; `undefined` where it is put forward over it. */
function firstInstantOf(wallMs: number, clock: WallClock): number | undefined {
  // Clocks are put on and back by what they differ from UTC before and after; a day is more than any of that.
  const offsets = [wallMs - DAY_MS, wallMs + DAY_MS].map((near) => clock(near) - near);
  const instants = offsets.map((offset) => wallMs - offset).filter((instant) => clock(instant) === wallMs);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

/**
 * The next start after `afterMs`, without the random delay, milliseconds since the epoch. A time that a day does not
 * have, because clocks are put forward, leaves that day out; of one that it has twice the first counts.
 */
export function nextRun(
  { days, time }: Pick<ScheduleDefinition, 'days' | 'time'>,
  afterMs: number,
  zone: string,
): number | undefined {
  const clock = wallClock(zone);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const midnight = Math.floor(clock(afterMs) / DAY_MS) * DAY_MS;
  for (let day = 0; day < SEARCHED_DAYS; day++) {
    const wall = midnight + day * DAY_MS + (hours * 60 + minutes) * MINUTE_MS;
    const weekday = WEEKDAYS[new Date(wall).getUTCDay()];
    if (days.length > 0 && (weekday === undefined || !days.includes(weekday))) continue;
    const instant = firstInstantOf(wall, clock);
    if (instant !== undefined && instant > afterMs) return instant;
  }
  return undefined;
}
