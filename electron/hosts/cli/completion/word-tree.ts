/** The words of the commands as a tree, for the completion scripts of shells. */
import { type Abbreviable, fullName, matchAbbreviation } from '#engine/policy/abbreviations.ts';
import type { OptionRow } from '#engine/policy/options.ts';
import type { CommandRow } from '../command-row.ts';
import { COMMANDS } from '../command-table.ts';
import { rowsWith, wordsAt } from '../command-words.ts';

export interface WordNode {
  /** The command that is complete here; there may be longer ones. */
  readonly command?: CommandRow | undefined;
  readonly words: readonly NextWord[];
}

export interface NextWord {
  /** Full, in lower case. */
  readonly name: string;
  /** What is the same, in lower case: every abbreviation that is understood, and the full name. */
  readonly accepted: readonly string[];
  /** Of the command, where there is only one with this word. */
  readonly help: string;
  readonly node: WordNode;
}

/** The tree from a position on. */
export function wordTree(rows: readonly CommandRow[] = COMMANDS, position = 0): WordNode {
  const command = rows.find(({ words }) => words.length === position);
  const candidates = wordsAt(position, rows);
  return {
    ...(command ? { command } : {}),
    words: candidates.map((word) => {
      const further = rowsWith(position, word, rows);
      const [only, other] = further;
      return {
        name: fullName(word.display),
        accepted: acceptedFor(word, candidates),
        help:
          only && !other
            ? only.help
            : `${further.map(({ words }) => (words[position + 1] ?? '').toLowerCase()).join(', ')}`,
        node: wordTree(further, position + 1),
      };
    }),
  };
}

/** Every prefix that is understood as this one. */
function acceptedFor(word: Abbreviable, candidates: readonly Abbreviable[]): string[] {
  const names = [word.display, ...(word.aliases ?? [])].map(fullName);
  const prefixes = new Set(names.flatMap((name) => [...name].map((_, i) => name.slice(0, i + 1))));
  return [...prefixes].filter((prefix) => {
    const match = matchAbbreviation(prefix, candidates, { suggest: false });
    return match.kind === 'found' && match.value.display === word.display;
  });
}

/** What completes the value of an option: words, names of files, or nothing that could be known. */
export function valueWords(row: OptionRow): readonly string[] | 'files' {
  if (row.kind === 'path') return 'files';
  return row.kind === 'flag' ? ['yes', 'no'] : row.values;
}
