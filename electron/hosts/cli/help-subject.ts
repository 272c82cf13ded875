/** What a question for help is about. */
import { matchAbbreviation } from '#engine/policy/abbreviations.ts';
import { OPTION_ROWS, type OptionRow } from '#engine/policy/options.ts';
import type { CommandRow } from './command-row.ts';
import { COMMANDS } from './command-table.ts';
import { commandsNamed, wordsAt } from './command-words.ts';
import { HELP_TOPICS, type HelpTopic } from './help-topics.ts';
import { looksLikeMessageId } from './message-help.ts';
import { foreignRow, type OptionToken } from './option-words.ts';
import { invalid } from './phrases.ts';

export type HelpSubject =
  | { readonly kind: 'overview' }
  | { readonly kind: 'commands'; readonly commands: readonly CommandRow[] }
  | { readonly kind: 'option'; readonly option: OptionRow }
  /** An option of another client, and why it is not here. */
  | { readonly kind: 'foreign'; readonly name: string }
  | { readonly kind: 'topic'; readonly topic: HelpTopic }
  | { readonly kind: 'message'; readonly id: string };

/** The subject of `help WORDS`, options among them. Throws `COMMAND_INVALID` where there is none of that name. */
export function helpSubject(words: readonly string[], options: readonly OptionToken[] = []): HelpSubject {
  const [word, second] = words;
  if (word === undefined) {
    const [option] = options;
    return option ? optionSubject(option.name) : { kind: 'overview' };
  }
  if (second === undefined && looksLikeMessageId(word)) return { kind: 'message', id: word.toUpperCase() };
  const isCommand = matchAbbreviation(word, wordsAt(0, COMMANDS), { suggest: false });
  if (isCommand.kind === 'unknown' && second === undefined) {
    const topic = matchAbbreviation(word, HELP_TOPICS, { suggest: false });
    if (topic.kind === 'found') return { kind: 'topic', topic: topic.value };
    const option = matchAbbreviation(word, OPTION_ROWS, { suggest: false });
    if (option.kind !== 'unknown' || foreignRow(word)) return optionSubject(word);
  }
  return { kind: 'commands', commands: commandsNamed(words) };
}

function optionSubject(typed: string): HelpSubject {
  const match = matchAbbreviation(typed, OPTION_ROWS);
  if (match.kind === 'found') return { kind: 'option', option: match.value };
  if (match.kind === 'ambiguous') {
    const names = match.values.map((row) => `-${row.name}`).join(', ');
    throw invalid(`-${typed} could be one of ${names}.`, 'Type more of it.');
  }
  const foreign = foreignRow(typed);
  if (foreign) return { kind: 'foreign', name: typed };
  const [suggestion] = match.suggestions;
  throw invalid(
    `There is no option -${typed}.`,
    suggestion ? `Did you mean -${suggestion.name}?` : '“query options -detail” lists the options.',
  );
}
