/** `schedule remove NAME`. */
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { engine, output, operands, cancellation } = context;
  const [name = ''] = operands;
  const { schedules, support } = await cancellation.race(engine.schedules.list());
  const known = schedules.find((schedule) => schedule.name === name);
  // One that is not defined may still have units; the engine says whether there is anything.
  if (known !== undefined) await confirm(context, name);
  await engine.schedules.remove(name);
  output.json({ removed: name });
  output.result(`Removed the schedule ${name}.`);
  if (known?.startedBy === 'cron' && known.state !== 'missing') {
    output.warning(`${support.reason} Its line is still in your crontab: take it out with “crontab -e”.`);
  }
  return output.worst;
}

/** Throws `DELETION_NOT_CONFIRMED`. */
async function confirm({ terminal, cancellation, options }: CommandContext, name: string): Promise<void> {
  if (options.values.noprompt) return;
  const reason = terminal.interactive ? undefined : 'There is nobody at a terminal to be asked.';
  if (reason === undefined) {
    const answer = await terminal.ask(`Remove the schedule ${name}? (yes/no) `, cancellation.signal);
    if (/^y(es)?$/i.test(answer.trim())) return;
  }
  throw new EngineError('DELETION_NOT_CONFIRMED', { schedule: name, ...(reason === undefined ? {} : { reason }) });
}
