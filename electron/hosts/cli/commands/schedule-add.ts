/** `schedule add NAME [VOLUME…]`. */
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { saveSchedule } from '../saved-schedule.ts';
import { newDefinition } from '../schedule-definition.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { engine, cancellation } = context;
  const definition = newDefinition(context);
  const { schedules } = await cancellation.race(engine.schedules.list());
  if (schedules.some(({ name }) => name === definition.name)) {
    throw new EngineError('SCHEDULE_INVALID', {
      schedule: definition.name,
      reason: `There already is a schedule ${definition.name}.`,
      remedy: `“stillframe schedule change ${definition.name}” changes it.`,
    });
  }
  return saveSchedule(context, definition, 'Added');
}
