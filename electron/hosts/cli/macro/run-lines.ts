/** Runs commands that stand in lines, one after the other; one that fails does not keep the others from being run. */
import { EngineError } from '#engine/base/errors.ts';
import type { PlainContext } from '../command-context.ts';
import { highest, type ReturnCode } from '../exit-codes.ts';
import { holdsSecret } from '../option-words.ts';
import { CommandLines, type Reading } from './command-lines.ts';

/** One command that was run. */
export interface RunLine {
  /** Where it ends, from 1. */
  readonly line: number;
  readonly command: string;
  readonly returnCode: ReturnCode;
}

type Readable = Pick<PlainContext, 'session' | 'output' | 'cancellation'>;

/**
 * Runs the commands of `lines` until they end, the session is ended, or an interrupt comes. `echo` is told the text of
 * each before it runs.
 */
export async function runLines(
  context: Readable,
  lines: Iterable<string> | AsyncIterable<string>,
  echo: (text: string) => void,
): Promise<RunLine[]> {
  const { session, cancellation } = context;
  const reader = new CommandLines();
  const done: RunLine[] = [];
  let line = 0;
  const over = () => session.ended || cancellation.signal.aborted;
  for await (const text of lines) {
    if (over()) break;
    line++;
    const returnCode = await runReading(context, reader.read(text), echo);
    if (returnCode) done.push({ line, ...returnCode });
    // Not once more around: the next line may be long in coming.
    if (over()) break;
  }
  if (!over()) {
    const last = await runReading(context, reader.end(), echo);
    if (last) done.push({ line, ...last });
  }
  return done;
}

/** Runs what a line completes; undefined where that is nothing. */
export async function runReading(
  { session, output }: Readable,
  reading: Reading,
  echo: (text: string) => void,
): Promise<Omit<RunLine, 'line'> | undefined> {
  if (reading.kind === 'none' || reading.kind === 'more') return undefined;
  const [first = ''] = reading.text.split(/[\s"'=]/);
  const command = holdsSecret(reading.text) ? `${first} …` : reading.text;
  echo(command);
  if (reading.kind === 'wrong') {
    const error = new EngineError('COMMAND_INVALID', { reason: reading.reason });
    output.restart({ ...output.style });
    return { command, returnCode: session.report(error) };
  }
  return { command, returnCode: await session.run(reading.words) };
}

/** The return code of all of them. */
export function highestOf(lines: readonly RunLine[]): ReturnCode {
  return highest(...lines.map(({ returnCode }) => returnCode));
}
