/** The two units of a schedule, as text: a service that runs our command once, and the timer that starts it. */
import type { ScheduleDefinition, Weekday } from '#contract';
import type { Scheduling } from '../ports.ts';
import { scheduledArguments } from './launch.ts';
import { environmentWord, execWords } from './words.ts';

/** Of services: those of the computer, run by root, or those of one person. */
export type UnitScope = 'system' | 'user';

export interface UnitTexts {
  service: string;
  timer: string;
}

const DAY_NAMES: Record<Weekday, string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};

const TITLES: Record<ScheduleDefinition['action'], string> = {
  backup: 'image backup',
  check: 'repository check',
  checkData: 'repository check with every stored block',
  expire: 'expiration',
};

/** Name of the units without their kind. */
export function unitName(schedule: string): string {
  return `stillframe-${schedule}`;
}

/** The first line of what we write; a unit of our name without it is somebody else's. */
export function markerLine(schedule: string): string {
  return `# stillframe-schedule: ${schedule}`;
}

/** Value of `OnCalendar=` (systemd.time(7)), local time. */
export function onCalendar({ days, time }: Pick<ScheduleDefinition, 'days' | 'time'>): string {
  const names = Object.entries(DAY_NAMES).filter(([day]) => days.some((chosen) => chosen === day));
  const weekdays = names.length === 0 ? '' : `${names.map(([, name]) => name).join(',')} `;
  return `${weekdays}*-*-* ${time}:00`;
}

function head(name: string): string[] {
  return [
    markerLine(name),
    '# Written by Stillframe, and written anew whenever the schedule is saved.',
    `# “stillframe schedule remove ${name}” removes it.`,
  ];
}

/**
 * Nothing that closes devices or gives the service a view of its own of the file system: it opens raw devices, loads
 * kernel modules through LVM, freezes what is mounted, and runs the commands that people put before a snapshot, which
 * may use sudo. In units of a person each of these settings would imply NoNewPrivileges.
 */
const HARDENING: Record<UnitScope, readonly string[]> = {
  system: ['LockPersonality=yes', 'RestrictRealtime=yes', 'KeyringMode=private'],
  user: [],
};

const ORDER: Record<UnitScope, readonly string[]> = {
  // The repository may be on another computer, and a run that is made up for starts with the computer.
  system: ['Wants=network-online.target', 'After=network-online.target remote-fs.target'],
  user: [],
};

function serviceText(definition: ScheduleDefinition, { program, environment }: Scheduling, scope: UnitScope): string {
  const { name, action } = definition;
  const variables = Object.entries(environment).map(([variable, value]) => environmentWord(variable, value));
  return [
    ...head(name),
    '[Unit]',
    `Description=Stillframe: ${TITLES[action]} (schedule ${name})`,
    ...ORDER[scope],
    '',
    '[Service]',
    'Type=oneshot',
    `ExecStart=${execWords([...program, ...scheduledArguments(definition)])}`,
    ...variables.map((variable) => `Environment=${variable}`),
    '# 4: something was skipped; 8: done with warnings. Activity shows both.',
    'SuccessExitStatus=4 8',
    '# An image takes as long as it takes.',
    'TimeoutStartSec=infinity',
    '# Asked to stop, it releases snapshots and locks itself; programs that it runs for that are not ended beside it.',
    'KillMode=mixed',
    'TimeoutStopSec=5min',
    '# Behind everything else, but never starved: a snapshot fills up while it waits.',
    'Nice=10',
    'IOSchedulingClass=best-effort',
    'IOSchedulingPriority=7',
    'UMask=0077',
    ...HARDENING[scope],
    '',
  ].join('\n');
}

function timerText(definition: ScheduleDefinition): string {
  const { name, randomDelayMinutes, catchUp } = definition;
  return [
    ...head(name),
    '[Unit]',
    `Description=Stillframe: starts the schedule ${name}`,
    '',
    '[Timer]',
    `OnCalendar=${onCalendar(definition)}`,
    `RandomizedDelaySec=${randomDelayMinutes}min`,
    `Persistent=${catchUp ? 'true' : 'false'}`,
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n');
}

/** Throws `SCHEDULE_INVALID` for names that a unit cannot hold. */
export function unitTexts(definition: ScheduleDefinition, scheduling: Scheduling, scope: UnitScope): UnitTexts {
  return { service: serviceText(definition, scheduling, scope), timer: timerText(definition) };
}
