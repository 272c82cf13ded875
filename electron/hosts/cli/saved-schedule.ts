/** Saves a schedule, and tells what came of it. */
import type { ScheduleDefinition } from '#contract';
import type { CommandContext } from './command-context.ts';
import type { ReturnCode } from './exit-codes.ts';
import { scheduleDetailLines } from './text/schedule-text.ts';

/** Where nothing starts it, that is a warning, with the line for cron. `done`: `Added`, `Changed`. */
export async function saveSchedule(
  { engine, output }: CommandContext,
  definition: ScheduleDefinition,
  done: string,
): Promise<ReturnCode> {
  // Not raced against an interrupt: half a timer would be worse than one more second.
  const schedule = await engine.schedules.save(definition);
  const { support } = await engine.schedules.list();
  const isIdle = schedule.enabled && schedule.state !== 'installed';
  const { cron } = await engine.schedules.preview(schedule);
  output.json({ schedule, support, ...(isIdle ? { cron } : {}) });
  output.info(`${done} the schedule ${schedule.name}.`, ...scheduleDetailLines(schedule));
  if (support.note !== undefined && schedule.enabled) output.message(`Note: ${support.note}`);
  if (!isIdle) return output.worst;
  output.warning(support.reason || 'nothing starts the schedule.');
  output.message('Put this into your crontab (“crontab -e”):');
  output.result(...cron.trimEnd().split('\n'));
  return output.worst;
}
