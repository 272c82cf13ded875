/** What the grammar makes of words, for tests. */
import { EngineError } from '#engine/base/errors.ts';
import { commandName } from './command-table.ts';
import { type ParsedCommand, parseCommandLine } from './grammar.ts';

export type Run = Extract<ParsedCommand, { kind: 'run' }>;

/** The command of the words, which is to be run. */
export function run(words: readonly string[]): Run {
  const parsed = parseCommandLine(words);
  if (parsed.kind !== 'run') throw new Error(`not a command but ${parsed.kind}`);
  return parsed;
}

/** Which command it is, or why it is none. */
export function outcome(words: readonly string[]): string {
  try {
    const parsed = parseCommandLine(words);
    return parsed.kind === 'run' ? commandName(parsed.command) : parsed.kind;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return String(error.details.reason);
  }
}
