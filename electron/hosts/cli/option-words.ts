/** Options of a line: `-name=value`, abbreviated, ours or another client's. */
import { EngineError } from '#engine/base/errors.ts';
import { fullName, matchAbbreviation } from '#engine/policy/abbreviations.ts';
import { FOREIGN_OPTIONS, type ForeignOption, isHarmless, reasonOf } from '#engine/policy/foreign/foreign-names.ts';
import { OPTION_ROWS, type OptionName, type OptionRow } from '#engine/policy/options.ts';
import { splitWords } from '#engine/policy/words.ts';
import type { CommandRow } from './command-row.ts';
import { COMMON_OPTIONS, commandName } from './command-table.ts';
import { foreignOption } from './foreign-commands.ts';
import { list, type ProgramName } from './phrases.ts';

export interface OptionToken {
  /** As typed, for messages. */
  readonly token: string;
  readonly name: string;
  readonly value: string | undefined;
}

/** Splits a line's words into options and the rest; `--` ends the options. */
export function tokenize(words: readonly string[]): { operands: string[]; options: OptionToken[] } {
  const operands: string[] = [];
  const options: OptionToken[] = [];
  for (const [index, token] of words.entries()) {
    if (token === '--') {
      operands.push(...words.slice(index + 1));
      break;
    }
    const option = optionToken(token);
    if (option) options.push(option);
    else operands.push(token);
  }
  return { operands, options };
}

function optionToken(token: string): OptionToken | undefined {
  const [, name, value] = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(token) ?? [];
  return name === undefined ? undefined : { token, name, value };
}

/** The names that options have here, in the order of the table. */
export function optionsOf(command: CommandRow): readonly OptionRow[] {
  return OPTION_ROWS.filter((row) => [...COMMON_OPTIONS, ...command.options].includes(row.name));
}

/**
 * Texts by option, and notes about what was left out because it changes nothing. Throws `OPTION_INVALID` for what
 * does not belong to the command, is ambiguous, is given twice, has no value, or means something that is not here.
 */
export function matchOptions(
  tokens: readonly OptionToken[],
  command: CommandRow,
  program: ProgramName,
): { options: Map<OptionName, string>; notes: string[] } {
  const options = new Map<OptionName, string>();
  const notes: string[] = [];
  for (const token of tokens) {
    if (isSecret(token.name)) throw secretRefused();
    const found = matchOption(token, command, program);
    if ('note' in found) {
      notes.push(found.note);
      continue;
    }
    const { name, kind, allowed } = found;
    if (options.has(name)) {
      throw new EngineError('OPTION_INVALID', { option: name, reason: 'It is given more than once.' });
    }
    if (token.value === undefined && kind !== 'flag') {
      throw new EngineError('OPTION_INVALID', { option: name, reason: `It needs a value: -${name}=…`, allowed });
    }
    options.set(name, token.value ?? 'yes');
  }
  return { options, notes };
}

function matchOption(token: OptionToken, command: CommandRow, program: ProgramName): OptionRow | { note: string } {
  const match = matchAbbreviation(token.name, optionsOf(command));
  if (match.kind === 'found') return match.value;
  const option = token.token.replace(/=.*$/s, '');
  const refuse = (reason: string, remedy: string) => new EngineError('OPTION_INVALID', { option, reason, remedy });
  if (match.kind === 'ambiguous') {
    throw refuse(`It could be ${list(match.values.map((row) => `-${row.name}`))}.`, 'Type more of it.');
  }
  const unlike = foreignOption(token.name, commandName(command));
  if (unlike) throw unlike;
  const hint = `“${program} help ${commandName(command)}” lists its options.`;
  const elsewhere = matchAbbreviation(token.name, OPTION_ROWS);
  const foreign = foreignRow(token.name);
  // Another client's whole name says more than the beginning of one of ours.
  const isNamed = foreign !== undefined && fullName(foreign.display) === token.name.toLowerCase();
  if (elsewhere.kind === 'found' && !isNamed) {
    throw refuse(`“${commandName(command)}” does not take -${elsewhere.value.name}.`, hint);
  }
  if (foreign !== undefined && (isNamed || elsewhere.kind === 'unknown')) {
    const name = fullName(foreign.display);
    const reason = reasonOf(foreign);
    if (isHarmless(foreign, token.value)) return { note: `-${name} was left out: ${reason}` };
    throw new EngineError('OPTION_INVALID', { option: `-${name}`, reason: capitalized(reason), remedy: hint });
  }
  const [suggestion] = match.suggestions;
  throw refuse('There is no such option.', suggestion ? `Did you mean -${suggestion.name}?` : hint);
}

/** An option of another client that we have not. */
export function foreignRow(typed: string): ForeignOption | undefined {
  const match = matchAbbreviation(typed, FOREIGN_WITHOUT_OURS, { suggest: false });
  return match.kind === 'found' ? match.value : undefined;
}

const OWN_NAMES = new Set(OPTION_ROWS.flatMap(({ display, aliases = [] }) => [display, ...aliases].map(fullName)));
/** Statements of rules (`include.…`) stand in files only. */
const FOREIGN_WITHOUT_OURS = FOREIGN_OPTIONS.filter(
  ({ as, display }) => as === undefined && !display.includes('.') && !OWN_NAMES.has(fullName(display)),
);

/** Whether a value of the option would be a passphrase: such a value is shown and kept nowhere. */
function isSecret(name: string): boolean {
  return name.length >= 2 && 'password'.startsWith(name.toLowerCase());
}

/** A passphrase on the command line could be seen by everyone; its value is not repeated in the message. */
function secretRefused(): EngineError {
  return new EngineError('OPTION_INVALID', {
    option: '-password',
    reason: 'A passphrase is never taken from an argument, because every process can read arguments.',
    remedy: 'Use -passwordfile=FILE, STILLFRAME_PASSWORD_FILE or STILLFRAME_PASSWORD.',
  });
}

/** Commands that other clients give passphrases as arguments: `set password OLD NEW`. */
const BEFORE_PASSPHRASES = /^(?:(?:stillframe|dsmc) )?(?:set p\S*|k(?:ey?)? a\S*) \S/i;

/** Whether a line holds a passphrase, its quotes closed or not: such a line is repeated and kept nowhere. */
export function holdsSecret(line: string): boolean {
  const loose = line.replaceAll(/["']/g, ' ').trim().split(/\s+/);
  const operands = loose.filter((word) => !optionToken(word));
  if (BEFORE_PASSPHRASES.test(operands.join(' '))) return true;
  return [...(splitWords(line) ?? []), ...loose].some((word) => {
    const option = optionToken(word);
    return option?.value !== undefined && isSecret(option.name);
  });
}

/** True if the words ask for JSON, however broken the rest is. */
export function wantsJson(words: readonly string[]): boolean {
  return tokenize(words).options.some(({ name, value }) => {
    const match = matchAbbreviation(name, OPTION_ROWS, { suggest: false });
    return match.kind === 'found' && match.value.name === 'json' && !/^n|^f|^off/i.test(value ?? '');
  });
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
