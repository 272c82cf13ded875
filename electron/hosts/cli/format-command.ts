/** A command as a line that this grammar reads back. */
import { quoteWord } from '#engine/policy/words.ts';
import { commandName } from './command-table.ts';
import type { ParsedCommand } from './grammar.ts';

type Command = Pick<Extract<ParsedCommand, { kind: 'run' }>, 'command' | 'operands' | 'options'>;

/** The words: full names, options before operands, `--` where an operand looks like an option. */
export function commandWords({ command, operands, options }: Command): string[] {
  return [
    ...commandName(command).split(' '),
    ...[...options].map(([name, value]) => `-${name}=${value}`),
    ...(operands.some((operand) => operand.startsWith('-')) ? ['--'] : []),
    ...operands,
  ];
}

/** As a line of a macro or a session: `splitWords` and the grammar give the same command back. */
export function commandLine(command: Command): string {
  return commandWords(command).map(quoteWord).join(' ');
}
