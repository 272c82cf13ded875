/** Schedules in words. */
import {
  type Icon,
  IconAlertTriangle,
  IconCalendarOff,
  IconCircleCheck,
  IconClockExclamation,
} from '@tabler/icons-react';
import type { Schedule, ScheduleDefinition, Weekday } from '#contract';
import type { Tone } from '../../components/StatusBadge.tsx';
import { dateFormat } from '../../i18n/formats.ts';
import { t } from '../../i18n/t.ts';

/** A Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;
export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A day of the week in the person's language. */
export function dayWord(day: Weekday, weekday: 'short' | 'long'): string {
  const date = new Date(MONDAY_MS + WEEKDAYS.indexOf(day) * DAY_MS);
  return dateFormat({ weekday, timeZone: 'UTC' }).format(date);
}

/** `Mon, Thu at 03:30`. */
export function whenWords({ days, time, randomDelayMinutes }: ScheduleDefinition): string {
  const named = WEEKDAYS.filter((day) => days.includes(day)).map((day) => dayWord(day, 'short'));
  const at = t('schedules:at', { days: named.length === 0 ? t('schedules:everyDay') : named.join(', '), time });
  return randomDelayMinutes === 0 ? at : `${at}, ${t('schedules:delay', { count: randomDelayMinutes })}`;
}

/** `Back up: /home, /boot`. */
export function whatWords({ action, volumes }: ScheduleDefinition): string {
  const what = t(`schedules:action.${action}`);
  if (action !== 'backup') return what;
  return `${what}: ${volumes.length === 0 ? t('schedules:domain') : volumes.join(', ')}`;
}

/** `Thu, 26 Nov, 03:30`. */
export function shortInstant(instant: string): string {
  return dateFormat({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant));
}

export type ShownState = 'off' | 'systemd' | 'cron' | 'changed' | 'missing';

/** What becomes of a schedule, in the order of what people must know first. */
export function shownState({ enabled, state, startedBy }: Schedule): ShownState {
  if (state === 'changed') return 'changed';
  if (!enabled) return 'off';
  return state === 'installed' ? startedBy : 'missing';
}

export const STATE_LOOKS: Readonly<Record<ShownState, { icon: Icon; tone: Tone }>> = {
  off: { icon: IconCalendarOff, tone: 'neutral' },
  systemd: { icon: IconCircleCheck, tone: 'ok' },
  cron: { icon: IconCircleCheck, tone: 'ok' },
  changed: { icon: IconAlertTriangle, tone: 'warn' },
  missing: { icon: IconClockExclamation, tone: 'warn' },
};
