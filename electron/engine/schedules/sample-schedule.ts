/** Schedules and what they start, for tests. */
import type { ScheduleDefinition } from '#contract';
import type { Scheduling } from '../ports.ts';

export const NIGHTLY: ScheduleDefinition = {
  name: 'nightly',
  action: 'backup',
  volumes: ['/home'],
  days: ['mon', 'thu'],
  time: '03:30',
  randomDelayMinutes: 30,
  catchUp: true,
  enabled: true,
};

/** Of a computer whose `/` is `root`. */
export function sampleScheduling(root: string, scope: Scheduling['scope'] = 'system'): Scheduling {
  return {
    program: ['/bin/echo', '/opt/stillframe/stillframe.mjs'],
    environment: { HOME: '/root', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    root,
    scope,
    timeZone: 'Europe/Berlin',
  };
}
