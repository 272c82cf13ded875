/** Schedules: what runs by itself, when, and by whom it is started (systemd timers, or lines for cron). */
import { z } from 'zod';
import { instantSchema } from './quantities.ts';
import { taskStateSchema } from './tasks.ts';

export const weekdaySchema = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type Weekday = z.infer<typeof weekdaySchema>;

export const scheduleActionSchema = z.enum(['backup', 'check', 'checkData', 'expire']);
export type ScheduleAction = z.infer<typeof scheduleActionSchema>;

export const scheduleDefinitionSchema = z.object({
  /** Letters, digits, hyphens; part of the unit's name. */
  name: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/),
  action: scheduleActionSchema,
  /** Of backups; empty: `domain.image`. */
  volumes: z.array(z.string().min(1)).max(1000),
  /** Empty: every day. */
  days: z.array(weekdaySchema),
  /** Local time, `HH:MM`. */
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** Up to so many minutes later, by chance, so that many computers do not start at once. */
  randomDelayMinutes: z.number().int().min(0).max(1440),
  /** A run that was missed (switched off, asleep) is made up for at the next start. */
  catchUp: z.boolean(),
  enabled: z.boolean(),
  /** Where the run works; absent: where the options file says. */
  repository: z.string().min(1).optional(),
  /** File with the passphrase, absolute; absent: the key store and the options file are asked. */
  passwordFile: z.string().min(1).optional(),
});
export type ScheduleDefinition = z.infer<typeof scheduleDefinitionSchema>;

export const scheduleSchema = scheduleDefinitionSchema.extend({
  /** What starts it. */
  startedBy: z.enum(['systemd', 'cron']),
  /** Whether what is installed is what is defined; `missing`: nothing starts it. */
  state: z.enum(['installed', 'changed', 'missing']),
  /** The command line that it runs. */
  command: z.string(),
  /** Before the random delay; absent where nothing starts it. */
  nextRun: instantSchema.optional(),
  lastRun: instantSchema.optional(),
  /** How the last run ended, or `running`. */
  lastState: taskStateSchema.optional(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

export const scheduleSupportSchema = z.object({
  /** `user`: timers of this person; `system`: of this computer, as root; `none`: there is no systemd, cron lines are shown. */
  systemd: z.enum(['user', 'system', 'none']),
  /** Why there are no timers, and what that means; empty where there are. One English sentence. */
  reason: z.string(),
  /** What people must know although there are timers. One English sentence. */
  note: z.string().optional(),
});
export type ScheduleSupport = z.infer<typeof scheduleSupportSchema>;
