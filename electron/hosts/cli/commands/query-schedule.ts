/** `query schedule [NAME] [-detail]`. */
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { scheduleNamed } from '../schedule-definition.ts';
import { scheduleDetailLines, scheduleTable } from '../text/schedule-text.ts';

export async function run({ operands, options, output, engine, cancellation }: CommandContext): Promise<ReturnCode> {
  const [name] = operands;
  const { schedules, support } = await cancellation.race(engine.schedules.list());
  const shown = name === undefined ? schedules : [scheduleNamed(schedules, name)];
  output.json({ schedules: shown, support });
  if (shown.length === 0) output.result('There is no schedule. “stillframe schedule add” makes one.');
  else output.result(...(options.values.detail ? shown.flatMap(scheduleDetailLines) : scheduleTable(shown)));
  const told = support.reason || (support.note ?? '');
  if (told !== '' && shown.length > 0) output.message(`Note: ${told}`);
  return output.worst;
}
