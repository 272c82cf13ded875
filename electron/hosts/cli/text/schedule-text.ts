/** What commands about schedules print for people. */
import type { Schedule, ScheduleDefinition } from '#contract';
import { formatInstant } from '../figures.ts';
import { formatPairs, formatTable } from '../text-table.ts';

const NONE = '-';

const ACTIONS: Record<ScheduleDefinition['action'], string> = {
  backup: 'backup',
  check: 'check',
  checkData: 'check -readdata',
  expire: 'expire',
};

function what({ action, volumes }: ScheduleDefinition): string {
  if (action !== 'backup') return 'the repository';
  return volumes.length === 0 ? 'domain.image' : volumes.join(' ');
}

function when({ days, time, randomDelayMinutes }: ScheduleDefinition): string {
  const delay = randomDelayMinutes === 0 ? '' : ` +0–${randomDelayMinutes} min`;
  return `${days.length === 0 ? 'daily' : days.join(',')} ${time}${delay}`;
}

function instant(iso: string | undefined): string {
  return iso === undefined ? NONE : formatInstant(iso);
}

/** In one or two words. */
export function stateText({ enabled, state, startedBy }: Schedule): string {
  if (!enabled) return state === 'missing' ? 'switched off' : 'switched off, but installed';
  if (state === 'installed') return startedBy;
  if (state === 'changed') return `${startedBy}, not as defined`;
  return 'nothing starts it';
}

function lastText({ lastRun, lastState }: Schedule): string {
  return lastRun === undefined ? NONE : `${formatInstant(lastRun)} ${lastState ?? ''}`.trim();
}

/** One line a schedule. */
export function scheduleTable(schedules: readonly Schedule[]): string[] {
  return formatTable<Schedule>(
    [
      { title: 'Schedule', cell: ({ name }) => name },
      { title: 'Action', cell: ({ action }) => ACTIONS[action] },
      { title: 'What', cell: what },
      { title: 'When', cell: when },
      { title: 'Next run', cell: ({ nextRun }) => instant(nextRun) },
      { title: 'Last run', cell: lastText },
      { title: 'Started by', cell: stateText },
    ],
    schedules,
  );
}

/** A paragraph a schedule. */
export function scheduleDetailLines(schedule: Schedule): string[] {
  return [
    `Schedule ${schedule.name}`,
    ...formatPairs(
      [
        ['Action', ACTIONS[schedule.action]],
        ['What', what(schedule)],
        ['When', when(schedule)],
        ['Missed runs', schedule.catchUp && schedule.startedBy === 'systemd' ? 'are made up for' : 'are left out'],
        ['Next run', instant(schedule.nextRun)],
        ['Last run', lastText(schedule)],
        ['Started by', stateText(schedule)],
        ['Repository', schedule.repository ?? ''],
        ['Password file', schedule.passwordFile ?? ''],
        ['Command', schedule.command],
      ],
      '  ',
    ),
    '',
  ];
}
