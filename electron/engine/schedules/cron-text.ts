/** The line of a crontab that does what a schedule's timer would. */
import type { ScheduleDefinition, Weekday } from '#contract';
import type { Scheduling } from '../ports.ts';
import { scheduledArguments } from './launch.ts';
import { cronWord } from './words.ts';

/** As every cron reads them; Sunday is 0. */
const NUMBERS: Record<Weekday, number> = { sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6 };
/** Characters of a command that Vixie cron takes (MAX_COMMAND). */
const LONGEST_COMMAND = 998;
const SECONDS = 60;

/**
 * The line alone. cron has no random delay, so the shell waits; the variables are those that the command needs to find
 * what it finds now, for cron gives it nearly none. Throws `SCHEDULE_INVALID` for names that a crontab cannot hold.
 */
export function cronLine(definition: ScheduleDefinition, { program, environment }: Scheduling): string {
  const { days, time, randomDelayMinutes } = definition;
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const weekdays = days.length === 0 ? '*' : [...new Set(days.map((day) => NUMBERS[day]))].sort().join(',');
  const wait = randomDelayMinutes === 0 ? [] : [`sleep "$(shuf -i 0-${randomDelayMinutes * SECONDS} -n 1)";`];
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${cronWord(value)}`);
  const words = [...program, ...scheduledArguments(definition)].map(cronWord);
  return [`${minutes} ${hours} * * ${weekdays}`, ...wait, ...variables, ...words].join(' ');
}

/** The line with what cron does not do for it, as comments of the crontab. */
export function cronText(definition: ScheduleDefinition, scheduling: Scheduling): string {
  const line = cronLine(definition, scheduling);
  const command = line.split(' ').slice(5).join(' ');
  const notes = [
    `# Stillframe, schedule ${definition.name}`,
    ...(definition.catchUp ? ['# cron does not make up for runs that were missed; a systemd timer does.'] : []),
    ...(command.length > LONGEST_COMMAND
      ? [`# This line is longer than some crons take (${LONGEST_COMMAND} characters): put it into a script.`]
      : []),
  ];
  return `${[...notes, ...(definition.enabled ? [line] : ['# Switched off:', `# ${line}`])].join('\n')}\n`;
}
