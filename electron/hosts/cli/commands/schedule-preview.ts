/** `schedule preview [NAME [VOLUME…]]`: the units and the line for cron. */
import type { ScheduleDefinition } from '#contract';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { changedDefinition, definitionOf, newDefinition } from '../schedule-definition.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { engine, output, cancellation } = context;
  const definitions = await definitionsOf(context);
  const previews = await Promise.all(
    definitions.map(async (definition) => ({
      name: definition.name,
      ...(await cancellation.race(engine.schedules.preview(definition))),
    })),
  );
  output.json({ previews });
  if (previews.length === 0) output.result('There is no schedule.');
  for (const { files, cron } of previews) {
    for (const { path, text } of files) output.result(`==> ${path}`, ...text.split('\n'));
    output.result('==> crontab', ...cron.split('\n'));
  }
  return output.worst;
}

/** Of a schedule that exists with what was said; else of one that could be added. */
async function definitionsOf(context: CommandContext): Promise<ScheduleDefinition[]> {
  const { engine, operands, cancellation } = context;
  const [name] = operands;
  const { schedules } = await cancellation.race(engine.schedules.list());
  if (name === undefined) return schedules.map(definitionOf);
  const known = schedules.find((schedule) => schedule.name === name);
  return [known === undefined ? newDefinition(context) : changedDefinition(definitionOf(known), context)];
}
