/** `loop`, or no command at all: a session of commands, typed at a terminal or read from standard input. */
import { EngineError } from '#engine/base/errors.ts';
import type { PlainContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { helpText } from '../help-text.ts';
import { typeCommands } from '../interactive/type-commands.ts';
import { boundedLines } from '../macro/bounded-lines.ts';
import { highestOf, type RunLine, runLines } from '../macro/run-lines.ts';

export async function run(context: PlainContext): Promise<ReturnCode> {
  const { terminal, typed, options, output, session, cancellation } = context;
  if (session.depth > 0) {
    throw new EngineError('COMMAND_INVALID', {
      reason: 'A session or a macro is running already.',
      remedy: 'Type the next command, or “quit”.',
    });
  }
  const { json, quiet } = options.values;
  const read = (): Promise<RunLine[]> =>
    terminal.interactive
      ? typeCommands(context)
      : runLines(context, boundedLines(terminal.input, cancellation.signal), () => undefined);
  const done = await session.within(typed, read);
  output.restart({ json, quiet });
  if (cancellation.signal.aborted && !terminal.interactive) throw new EngineError('CANCELLED');
  const nothing = done.length === 0 && !session.ended && !terminal.interactive && typed.size === 0;
  // Started without anything: whoever did that wants to know what there is.
  if (nothing) output.result(...helpText({ kind: 'overview' }, session.program));
  return highestOf(done);
}
