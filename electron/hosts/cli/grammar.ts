/**
 * The command line in dsmc's grammar: words and options may be shortened to a unique abbreviation, case does not
 * matter, options are `-name=value` or `-flag` and may stand anywhere; `--name=value` works too; `--` ends them.
 */
import { EngineError } from '#engine/base/errors.ts';
import { type Abbreviable, fullName, matchAbbreviation } from '#engine/policy/abbreviations.ts';
import { OPTION_ROWS, type OptionName, type OptionRow } from '#engine/policy/options.ts';
import type { CommandRow } from './command-row.ts';
import { COMMANDS, COMMON_OPTIONS, commandName } from './command-table.ts';
import { looksLikeMessageId, messageHelp } from './message-help.ts';

export type ParsedCommand =
  | {
      readonly kind: 'run';
      readonly command: CommandRow;
      readonly operands: readonly string[];
      readonly options: ReadonlyMap<OptionName, string>;
    }
  /** Help about some commands; about all where the list is empty. */
  | { readonly kind: 'help'; readonly commands: readonly CommandRow[] }
  /** What a message means. */
  | { readonly kind: 'message'; readonly lines: readonly string[] }
  | { readonly kind: 'version' };

interface OptionToken {
  /** As typed, for messages. */
  readonly token: string;
  readonly name: string;
  readonly value: string | undefined;
}

const HELP = new Set(['h', 'help', '?']);
const VERSION = new Set(['v', 'version']);

/** Throws `COMMAND_INVALID` or `OPTION_INVALID` with a `reason` and, where there is one, a `remedy`. */
export function parseCommandLine(argv: readonly string[]): ParsedCommand {
  const { operands, options } = tokenize(argv);
  const names = options.map((option) => option.name.toLowerCase());
  if (names.some((name) => VERSION.has(name))) return { kind: 'version' };
  const asksHelp = names.some((name) => HELP.has(name));
  const [first = ''] = operands;
  if (operands.length === 0 && (asksHelp || options.length === 0)) return { kind: 'help', commands: [] };
  if (operands.length === 0) throw invalid('There is no command.', 'Put one before the options, e.g. “query image”.');
  if (isHelpWord(first) && operands.length === 2 && looksLikeMessageId(operands[1] ?? '')) {
    return messageNamed(operands[1] ?? '');
  }
  if (isHelpWord(first)) return { kind: 'help', commands: commandsNamed(operands.slice(1)) };
  if (asksHelp) return { kind: 'help', commands: commandsNamed(operands.slice(0, 2)) };

  const { command, wordCount } = findCommand(operands);
  const rest = operands.slice(wordCount);
  checkOperands(command, rest);
  return { kind: 'run', command, operands: rest, options: matchOptions(options, command) };
}

/** True if the arguments ask for JSON, however broken the rest is. */
export function wantsJson(argv: readonly string[]): boolean {
  return tokenize(argv).options.some(({ name, value }) => {
    const match = matchAbbreviation(name, OPTION_ROWS);
    return match.kind === 'found' && match.value.name === 'json' && !/^n|^f|^off/i.test(value ?? '');
  });
}

function tokenize(argv: readonly string[]): { operands: string[]; options: OptionToken[] } {
  const operands: string[] = [];
  const options: OptionToken[] = [];
  for (const [index, token] of argv.entries()) {
    if (token === '--') {
      operands.push(...argv.slice(index + 1));
      break;
    }
    const option = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(token);
    if (option?.[1]) options.push({ token, name: option[1], value: option[2] });
    else operands.push(token);
  }
  return { operands, options };
}

function isHelpWord(word: string): boolean {
  return word !== '' && ('help'.startsWith(word.toLowerCase()) || word === '?');
}

/** First words without repetition, in the order of the table. */
function wordsAt(position: number, rows: readonly CommandRow[]): Abbreviable[] {
  const words = new Set(rows.flatMap((row) => row.words[position] ?? []));
  return [...words].map((display) => ({ display }));
}

function rowsWith(position: number, word: Abbreviable, rows: readonly CommandRow[]): CommandRow[] {
  return rows.filter((row) => row.words[position] === word.display);
}

function findCommand(operands: readonly string[]): { command: CommandRow; wordCount: number } {
  let rows: readonly CommandRow[] = COMMANDS;
  for (let position = 0; ; position++) {
    const [row] = rows;
    if (row && rows.length === 1 && row.words.length === position) return { command: row, wordCount: position };
    rows = rowsWith(position, matchWord(operands, position, rows), rows);
  }
}

function matchWord(operands: readonly string[], position: number, rows: readonly CommandRow[]): Abbreviable {
  const candidates = wordsAt(position, rows);
  const typed = operands[position];
  const before = (rows[0]?.words ?? []).slice(0, position).map(fullName).join(' ');
  const choices = list(candidates.map(({ display }) => fullName(display)));
  if (typed === undefined) throw invalid(`The command “${before}” is not complete.`, `Follow it by ${choices}.`);
  const match = matchAbbreviation(typed, candidates);
  if (match.kind === 'found') return match.value;
  if (match.kind === 'ambiguous') {
    throw invalid(
      `“${typed}” could be ${list(match.values.map(({ display }) => fullName(display)))}.`,
      'Type more of it.',
    );
  }
  const [suggestion] = match.suggestions;
  if (suggestion) {
    throw invalid(
      `“${typed}” is not a command.`,
      `Did you mean “${`${before} ${fullName(suggestion.display)}`.trim()}”?`,
    );
  }
  if (before !== '') throw invalid(`“${before}” cannot be followed by “${typed}”.`, `Follow it by ${choices}.`);
  throw invalid(`“${typed}” is not a command.`, `Commands are ${list(COMMANDS.map(commandName), 'and')}.`);
}

function messageNamed(id: string): ParsedCommand {
  const lines = messageHelp(id);
  if (lines === undefined) throw invalid(`There is no message “${id}”.`, 'docs/messages.md lists all of them.');
  return { kind: 'message', lines };
}

/** Commands that begin with the words, for help; throws for words that no command begins with. */
function commandsNamed(words: readonly string[]): CommandRow[] {
  let rows: readonly CommandRow[] = COMMANDS;
  for (const [position] of words.entries()) {
    if (rows.every((row) => row.words.length <= position)) break;
    rows = rowsWith(position, matchWord(words, position, rows), rows);
  }
  return words.length === 0 ? [] : [...rows];
}

function checkOperands(command: CommandRow, operands: readonly string[]): void {
  const { minimum, maximum } = command.operandCount;
  const usage = `Usage: stillframe ${commandName(command)} ${command.operands}`.trim();
  if (operands.length < minimum) throw invalid(`“${commandName(command)}” needs ${command.operands}.`, usage);
  if (operands.length > maximum) throw invalid(`“${operands[maximum]}” is one argument too many.`, usage);
  if (operands.includes('')) throw invalid('An argument is empty.', usage);
}

function matchOptions(tokens: readonly OptionToken[], command: CommandRow): Map<OptionName, string> {
  const matched = new Map<OptionName, string>();
  for (const token of tokens) {
    refuseSecret(token);
    const { name, kind, allowed } = matchOption(token, command);
    if (matched.has(name)) {
      throw new EngineError('OPTION_INVALID', { option: name, reason: 'It is given more than once.' });
    }
    if (token.value === undefined && kind !== 'flag') {
      throw new EngineError('OPTION_INVALID', { option: name, reason: `It needs a value: -${name}=…`, allowed });
    }
    matched.set(name, token.value ?? 'yes');
  }
  return matched;
}

function matchOption({ token, name }: OptionToken, command: CommandRow): OptionRow {
  const usable = OPTION_ROWS.filter((row) => [...COMMON_OPTIONS, ...command.options].includes(row.name));
  const match = matchAbbreviation(name, usable);
  if (match.kind === 'found') return match.value;
  const option = token.replace(/=.*$/s, '');
  if (match.kind === 'ambiguous') {
    const reason = `It could be ${list(match.values.map((row) => `-${row.name}`))}.`;
    throw new EngineError('OPTION_INVALID', { option, reason, remedy: 'Type more of it.' });
  }
  const elsewhere = matchAbbreviation(name, OPTION_ROWS);
  if (elsewhere.kind === 'found') {
    const reason = `“${commandName(command)}” does not take -${elsewhere.value.name}.`;
    throw new EngineError('OPTION_INVALID', { option, reason, remedy: helpHint(command) });
  }
  const [suggestion] = match.suggestions;
  const remedy = suggestion ? `Did you mean -${suggestion.name}?` : helpHint(command);
  throw new EngineError('OPTION_INVALID', { option, reason: 'There is no such option.', remedy });
}

/** A passphrase on the command line could be seen by everyone; its value is not repeated in the message. */
function refuseSecret({ name }: OptionToken): void {
  if (name.length < 2 || !'password'.startsWith(name.toLowerCase())) return;
  throw new EngineError('OPTION_INVALID', {
    option: '-password',
    reason: 'A passphrase is never taken from an argument, because every process can read arguments.',
    remedy: 'Use -passwordfile=FILE, STILLFRAME_PASSWORD_FILE or STILLFRAME_PASSWORD.',
  });
}

function helpHint(command: CommandRow): string {
  return `“stillframe help ${commandName(command)}” lists its options.`;
}

function invalid(reason: string, remedy: string): EngineError {
  return new EngineError('COMMAND_INVALID', { reason, remedy });
}

function list(items: readonly string[], conjunction = 'or'): string {
  const quoted = items.map((item) => (item.startsWith('-') ? item : `“${item}”`));
  if (quoted.length < 2) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} ${conjunction} ${quoted.at(-1)}`;
}
