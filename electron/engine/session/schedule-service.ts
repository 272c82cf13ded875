/** What runs by itself: schedules and what starts them. */
import type { Schedule, ScheduleSupport } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { EngineSchedules } from '../engine.ts';

export class ScheduleService implements EngineSchedules {
  list(): Promise<{ schedules: Schedule[]; support: ScheduleSupport }> {
    return Promise.resolve({ schedules: [], support: { systemd: 'none', reason: '' } });
  }
  save(): Promise<Schedule> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  remove(): Promise<void> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  preview(): Promise<{ files: { path: string; text: string }[]; cron: string }> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
}
