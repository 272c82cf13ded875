/** Which command the first words of a line name. */
import { type Abbreviable, fullName, matchAbbreviation } from '#engine/policy/abbreviations.ts';
import type { CommandRow } from './command-row.ts';
import { COMMANDS, commandName } from './command-table.ts';
import { invalid, list } from './phrases.ts';

/** The command that `words` begin with, and how many of them are its name. Throws `COMMAND_INVALID`. */
export function findCommand(words: readonly string[]): { command: CommandRow; wordCount: number } {
  let rows: readonly CommandRow[] = COMMANDS;
  for (let position = 0; ; position++) {
    const complete = completeAt(position, words, rows);
    if (complete) return { command: complete, wordCount: position };
    rows = rowsWith(position, matchWord(words, position, rows), rows);
  }
}

/** Commands that begin with the words, for help; throws for words that no command begins with. */
export function commandsNamed(words: readonly string[]): readonly CommandRow[] {
  let rows: readonly CommandRow[] = COMMANDS;
  for (const [position] of words.entries()) {
    if (rows.every((row) => row.words.length <= position)) break;
    rows = rowsWith(position, matchWord(words, position, rows), rows);
  }
  return rows;
}

/** Words that can stand at a position, each once, in the order of the table. */
export function wordsAt(position: number, rows: readonly CommandRow[]): Abbreviable[] {
  const words = new Map<string, Set<string>>();
  for (const row of rows) {
    const display = row.words[position];
    if (display === undefined) continue;
    const aliases = words.get(display) ?? new Set<string>();
    for (const alias of row.aliases ?? []) aliases.add(alias);
    words.set(display, aliases);
  }
  return [...words].map(([display, aliases]) => ({ display, aliases: [...aliases] }));
}

export function rowsWith(position: number, word: Abbreviable, rows: readonly CommandRow[]): CommandRow[] {
  return rows.filter((row) => row.words[position] === word.display);
}

/** A command may be the beginning of another (`expire`, `expire x`): the longer one is meant where its word follows. */
function completeAt(position: number, words: readonly string[], rows: readonly CommandRow[]): CommandRow | undefined {
  const row = rows.find(({ words: own }) => own.length === position);
  if (row === undefined || rows.length === 1) return row;
  const typed = words[position];
  const longer = typed !== undefined && matchAbbreviation(typed, wordsAt(position, rows), { suggest: false });
  return longer && longer.kind !== 'unknown' ? undefined : row;
}

function matchWord(words: readonly string[], position: number, rows: readonly CommandRow[]): Abbreviable {
  const candidates = wordsAt(position, rows);
  const typed = words[position];
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
