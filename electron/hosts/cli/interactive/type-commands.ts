/** Commands that are typed at a terminal. */
import { join } from 'node:path';
import type { PlainContext } from '../command-context.ts';
import { CommandLines } from '../macro/command-lines.ts';
import { type RunLine, runReading } from '../macro/run-lines.ts';
import { holdsSecret } from '../option-words.ts';
import { CONTINUED_PROMPT, PROMPT } from '../text/prompt.ts';
import { VERSION } from '../version.ts';
import { complete } from './complete.ts';
import { History } from './history.ts';
import { Prompt } from './prompt.ts';

/** The history's name in the state directory. */
const HISTORY = 'history';

/** Reads and runs commands until the person ends it. An interrupt ends the command that runs, and nothing else. */
export async function typeCommands(context: PlainContext): Promise<RunLine[]> {
  const { session, terminal, output, cancellation, options, ports } = context;
  const history = await History.read(join(ports.directories.state, HISTORY));
  const prompt = new Prompt(terminal.input, terminal.output);
  const sources = { volumes: () => session.volumeNames(), workingDirectory: process.cwd() };
  const done: RunLine[] = [];
  let reader = new CommandLines();
  output.info(`Stillframe ${VERSION}. “help” lists the commands, “quit” ends.`, '');
  for (let line = 1; !session.ended; line++) {
    const typed = await prompt.next(
      reader.unfinished ? CONTINUED_PROMPT : PROMPT,
      history.lines,
      (text) => complete(text, sources),
      cancellation.ending,
    );
    if (typed.kind === 'end') break;
    if (typed.kind === 'interrupt') {
      // What was begun is thrown away, as in a shell.
      reader = new CommandLines();
      continue;
    }
    const reading = reader.read(typed.text);
    if ((reading.kind === 'command' || reading.kind === 'wrong') && !holdsSecret(reading.text)) {
      await history.add(reading.text);
    }
    cancellation.renew();
    const result = await runReading(context, reading, () => undefined);
    if (result) done.push({ line, ...result });
    output.restart({ json: options.values.json, quiet: options.values.quiet });
  }
  return done;
}
