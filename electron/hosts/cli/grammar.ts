/**
 * The command line in dsmc's grammar: words and options may be shortened to a unique abbreviation, case does not
 * matter, options are `-name=value` or `-flag` and may stand anywhere; `--name=value` works too; `--` ends them.
 */
import type { OptionName } from '#engine/policy/options.ts';
import type { CommandRow } from './command-row.ts';
import { COMMANDS, commandName } from './command-table.ts';
import { commandsNamed, findCommand } from './command-words.ts';
import { foreignCommand } from './foreign-commands.ts';
import { type HelpSubject, helpSubject } from './help-subject.ts';
import { matchOptions, tokenize } from './option-words.ts';
import { invalid, type ProgramName } from './phrases.ts';

export type ParsedCommand =
  | {
      readonly kind: 'run';
      readonly command: CommandRow;
      readonly operands: readonly string[];
      readonly options: ReadonlyMap<OptionName, string>;
      /** What was left out because it changes nothing, one sentence each. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'help'; readonly subject: HelpSubject }
  | { readonly kind: 'version' };

const HELP = new Set(['h', 'help', '?']);
const VERSION = new Set(['v', 'version']);
/** What is meant where no command is named. */
export const DEFAULT_COMMAND = 'loop';

/** Throws `COMMAND_INVALID` or `OPTION_INVALID` with a `reason` and, where there is one, a `remedy`. */
export function parseCommandLine(words: readonly string[], program: ProgramName = 'stillframe'): ParsedCommand {
  const { operands, options } = tokenize(words);
  const names = options.map((option) => option.name.toLowerCase());
  const [first = ''] = operands;
  const asksHelp = names.some((name) => HELP.has(name));
  if (isHelpWord(first)) {
    const about = options.filter((_, index) => !HELP.has(names[index] ?? ''));
    const asked = operands.slice(1);
    return { kind: 'help', subject: helpSubject(asked.every(isHelpWord) ? [] : asked, about) };
  }
  if (names.some((name) => VERSION.has(name))) return { kind: 'version' };
  if (asksHelp && operands.length === 0) return { kind: 'help', subject: { kind: 'overview' } };
  if (asksHelp) return { kind: 'help', subject: { kind: 'commands', commands: commandsNamed(operands.slice(0, 2)) } };

  const foreign = foreignCommand(operands, COMMANDS);
  if (foreign) throw foreign;
  const { command, wordCount } = operands.length === 0 ? defaultCommand() : findCommand(operands);
  const rest = operands.slice(wordCount);
  checkOperands(command, rest, program);
  return { kind: 'run', command, operands: rest, ...matchOptions(options, command, program) };
}

function defaultCommand(): { command: CommandRow; wordCount: number } {
  const command = COMMANDS.find((row) => commandName(row) === DEFAULT_COMMAND);
  if (command === undefined) throw invalid('There is no command.', 'Put one before the options, e.g. “query image”.');
  return { command, wordCount: 0 };
}

/** `help` and its abbreviations. */
export function isHelpWord(word: string): boolean {
  return word !== '' && ('help'.startsWith(word.toLowerCase()) || word === '?');
}

function checkOperands(command: CommandRow, operands: readonly string[], program: ProgramName): void {
  const { minimum, maximum } = command.operandCount;
  const usage = `Usage: ${program} ${commandName(command)} ${command.operands}`.trim();
  if (operands.length < minimum) throw invalid(`“${commandName(command)}” needs ${command.operands}.`, usage);
  if (operands.length > maximum) throw invalid(`“${operands[maximum]}” is one argument too many.`, usage);
  if (operands.includes('')) throw invalid('An argument is empty.', usage);
}
