/** `macro FILE`: runs the commands of a file. */
import { open } from 'node:fs/promises';
import { OUTCOME_MESSAGE_IDS } from '#contract';
import { EngineError, errnoOf } from '#engine/base/errors.ts';
import type { PlainContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { highestOf, type RunLine, runLines } from '../macro/run-lines.ts';
import { PROMPT } from '../text/prompt.ts';

/** Largest file, in bytes. */
const LARGEST = 1024 ** 2;

export async function run(context: PlainContext): Promise<ReturnCode> {
  const { operands, typed, options, output, session, cancellation, name } = context;
  const [path = ''] = operands;
  const { json, quiet } = options.values;
  const lines = (await textOf(path)).replace(/^\uFEFF/, '').split(/\r\n|[\n\r]/);
  const echo = (text: string) => {
    // The command before may have had a style of its own.
    output.restart({ json, quiet });
    output.info(`${PROMPT}${text}`);
  };
  const done = await session.within(typed, () => runLines(context, lines, echo));
  output.restart({ json, quiet });
  const returnCode = highestOf(done);
  output.json({ type: 'result', command: name, returnCode, file: path, commands: documentOf(done) });
  if (cancellation.signal.aborted) throw new EngineError('CANCELLED', { reason: `The rest of ${path} was not run.` });
  output.info('', `${OUTCOME_MESSAGE_IDS.macroReturnCode} The highest return code of macro ${path} was ${returnCode}.`);
  return returnCode;
}

function documentOf(lines: readonly RunLine[]) {
  return lines.map(({ line, command, returnCode }) => ({ line, command, returnCode }));
}

/** The text of a file or of a pipe. Throws `COMMAND_INVALID` where it cannot be read or is too large. */
async function textOf(path: string): Promise<string> {
  const refuse = (reason: string, cause?: unknown) =>
    new EngineError('COMMAND_INVALID', { path, reason, remedy: 'Name a file that holds commands.' }, { cause });
  try {
    await using file = await open(path, 'r');
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      if (length > LARGEST) throw refuse(`The macro is larger than ${LARGEST} bytes.`);
      chunks.push(bytes);
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw refuse(errno === 'ENOENT' ? 'There is no such macro.' : `The macro cannot be read (${errno}).`, error);
  }
}
