/** `schedule change NAME [VOLUME…]`. */
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { saveSchedule } from '../saved-schedule.ts';
import { changedDefinition, definitionOf, scheduleNamed } from '../schedule-definition.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { engine, cancellation, operands } = context;
  const [name = ''] = operands;
  const { schedules } = await cancellation.race(engine.schedules.list());
  const before = definitionOf(scheduleNamed(schedules, name));
  return saveSchedule(context, changedDefinition(before, context), 'Changed');
}
