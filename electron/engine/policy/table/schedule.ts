/** Options of schedules. */
import { scheduleActionSchema, scheduleDefinitionSchema, type Weekday, weekdaySchema } from '#contract';
import { COMMAND_ONLY, type OptionDefinition, type Row, ValueRejected } from '../option-definition.ts';
import { choice, flag, integer } from '../option-kinds.ts';

const WORKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const WEEKEND: readonly Weekday[] = ['sat', 'sun'];
const LONG_NAMES: readonly string[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const SHORTEST_DAY = 2;

const base = { places: COMMAND_ONLY, unit: '', values: [] };

function daysNamed(word: string): readonly Weekday[] {
  if (word === 'daily' || word === 'everyday') return weekdaySchema.options;
  if (word === 'workdays') return WORKDAYS;
  if (word === 'weekend') return WEEKEND;
  const index = word.length < SHORTEST_DAY ? -1 : LONG_NAMES.findIndex((name) => name.startsWith(word));
  const day = weekdaySchema.options[index];
  if (day === undefined) throw new ValueRejected(`“${word}” is no day of the week.`);
  return [day];
}

/** Days in the order of the week; every day is none. */
function weekdays(row: Row<readonly Weekday[]>): OptionDefinition<readonly Weekday[]> {
  return {
    ...base,
    ...row,
    kind: 'list',
    fallback: [],
    allowed: 'mon,tue,wed,thu,fri,sat,sun; or daily, workdays, weekend',
    parse(text) {
      const words = text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean);
      if (words.length === 0) throw new ValueRejected('No day is named.');
      const named = new Set(words.flatMap(daysNamed));
      const days = weekdaySchema.options.filter((day) => named.has(day));
      return days.length === weekdaySchema.options.length ? [] : days;
    },
    format: (value) => (value.length === 0 ? 'daily' : value.join(',')),
  };
}

function timeOfDay(row: Row<string>, fallback: string): OptionDefinition<string> {
  return {
    ...base,
    ...row,
    kind: 'text',
    fallback,
    allowed: 'HH:MM, local time',
    parse(text) {
      const [, hours = '', minutes = ''] = /^(\d{1,2}):(\d\d)$/.exec(text) ?? [];
      const time = `${hours.padStart(2, '0')}:${minutes}`;
      if (!scheduleDefinitionSchema.shape.time.safeParse(time).success) {
        throw new ValueRejected('The value must be a time from 00:00 to 23:59.');
      }
      return time;
    },
    format: (value) => value,
  };
}

function scheduleName(row: Row<string | undefined>): OptionDefinition<string | undefined> {
  return {
    ...base,
    ...row,
    kind: 'text',
    fallback: undefined,
    allowed: '1 to 32 small letters, digits and hyphens',
    parse(text) {
      if (!scheduleDefinitionSchema.shape.name.safeParse(text).success) {
        throw new ValueRejected('A schedule is named by 1 to 32 small letters, digits and hyphens.');
      }
      return text;
    },
    format: (value) => value ?? '',
  };
}

export const SCHEDULE_OPTIONS = {
  action: choice(
    {
      display: 'ACTion',
      places: COMMAND_ONLY,
      help: 'What a schedule runs: backup, check, checkData (every stored block), expire.',
    },
    scheduleActionSchema.options,
    'backup',
  ),
  // Between one and three o’clock some days have a time twice or not at all.
  time: timeOfDay({ display: 'TIME', help: 'When a schedule starts.' }, '03:30'),
  days: weekdays({ display: 'DAYs', help: 'On which days a schedule starts.' }),
  randomdelay: integer(
    {
      display: 'RANDOMdelay',
      places: COMMAND_ONLY,
      unit: 'minutes',
      help: 'Up to so many minutes later, by chance, so that many computers do not start at once.',
    },
    { minimum: 0, maximum: 1440 },
    0,
  ),
  catchup: flag(
    {
      display: 'CATCHup',
      places: COMMAND_ONLY,
      help: 'Make up for a run that was missed, once the computer is there again.',
    },
    true,
  ),
  enabled: flag({ display: 'ENabled', places: COMMAND_ONLY, help: 'Whether the schedule starts by itself.' }, true),
  scheduled: scheduleName({
    display: 'SCHEDuled',
    help: 'Name of the schedule that starts the command; Activity shows it. What runs already is skipped.',
  }),
} as const;
