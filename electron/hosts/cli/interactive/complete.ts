/** What a line that is being typed can go on with. Made from the tables. */
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fullName, matchAbbreviation } from '#engine/policy/abbreviations.ts';
import type { OptionRow } from '#engine/policy/options.ts';
import { quoteWord, splitWords } from '#engine/policy/words.ts';
import type { CommandRow } from '../command-row.ts';
import { COMMANDS } from '../command-table.ts';
import { findCommand, rowsWith, wordsAt } from '../command-words.ts';
import { operandKinds } from '../completion/operand-kinds.ts';
import { isHelpWord } from '../grammar.ts';
import { HELP_TOPICS } from '../help-topics.ts';
import { optionsOf, tokenize } from '../option-words.ts';

export interface CompletionSources {
  /** Names and mount points of volumes. */
  volumes(): Promise<readonly string[]>;
  /** Relative paths start here. */
  readonly workingDirectory: string;
}

/** Folders with more entries than this are not listed. */
const MOST_ENTRIES = 5000;

/**
 * The words that the last word of `line` can become, and that word as it stands there. A word that is complete has a
 * blank after it.
 */
export async function complete(line: string, sources: CompletionSources): Promise<[string[], string]> {
  const { before, last } = split(line);
  const [typed = ''] = splitWords(last) ?? splitWords(`${last}"`) ?? splitWords(`${last}'`) ?? [];
  const candidates = await candidatesFor(before, typed, sources);
  return [candidates.map(({ text, whole }) => `${quoteWord(text)}${whole ? ' ' : ''}`), last];
}

interface Candidate {
  readonly text: string;
  /** Nothing can be added to it. */
  readonly whole: boolean;
}

/** The words before the last one, and that one as it was typed, quotes and all. */
function split(line: string): { before: readonly string[]; last: string } {
  let start = 0;
  let quote = '';
  for (const [at, character] of [...line].entries()) {
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (/\s/.test(character)) start = at + 1;
  }
  const characters = [...line];
  return {
    before: splitWords(characters.slice(0, start).join('')) ?? [],
    last: characters.slice(start).join(''),
  };
}

async function candidatesFor(
  before: readonly string[],
  typed: string,
  sources: CompletionSources,
): Promise<Candidate[]> {
  const { operands } = tokenize(before);
  const [first = ''] = operands;
  if (operands.length > 0 && isHelpWord(first)) return helpSubjects(operands.slice(1), typed);
  const command = commandOf(operands);
  if (typed.startsWith('-')) return optionCandidates(command, typed, sources);
  if (command === undefined) {
    const words = nextWords(operands);
    return beginning(operands.length === 0 ? [...words, 'help'] : words, typed);
  }
  const further = nextWords(operands);
  return [...beginning(further, typed), ...(await operandCandidates(command, typed, sources))];
}

/** Full names of what can be the next word of a command. */
function nextWords(operands: readonly string[]): string[] {
  let rows: readonly CommandRow[] = COMMANDS;
  for (const [position, word] of operands.entries()) {
    const match = matchAbbreviation(word, wordsAt(position, rows), { suggest: false });
    if (match.kind !== 'found') return [];
    rows = rowsWith(position, match.value, rows);
  }
  return wordsAt(operands.length, rows).map(({ display }) => fullName(display));
}

function commandOf(operands: readonly string[]): CommandRow | undefined {
  try {
    return operands.length === 0 ? undefined : findCommand(operands).command;
  } catch {
    return undefined;
  }
}

function beginning(words: readonly string[], typed: string): Candidate[] {
  return words.filter((word) => word.startsWith(typed.toLowerCase())).map((text) => ({ text, whole: true }));
}

function helpSubjects(words: readonly string[], typed: string): Candidate[] {
  const topics = words.length === 0 ? HELP_TOPICS.map(({ display }) => fullName(display)) : [];
  return beginning([...nextWords(words), ...topics], typed);
}

async function optionCandidates(
  command: CommandRow | undefined,
  typed: string,
  sources: CompletionSources,
): Promise<Candidate[]> {
  const rows = command === undefined ? [] : optionsOf(command);
  const [, hyphens = '-', name = '', equals = '', value = ''] = /^(--?)([^=]*)(=?)(.*)$/s.exec(typed) ?? [];
  if (equals === '') {
    return rows
      .filter((row) => row.name.startsWith(name.toLowerCase()))
      .map((row) => ({ text: `${hyphens}${row.name}${row.kind === 'flag' ? '' : '='}`, whole: row.kind === 'flag' }));
  }
  const match = matchAbbreviation(name, rows, { suggest: false });
  if (match.kind !== 'found') return [];
  const values = await valuesOf(match.value, value, sources);
  return values.map(({ text, whole }) => ({ text: `${hyphens}${name}=${text}`, whole }));
}

async function valuesOf(row: OptionRow, typed: string, sources: CompletionSources): Promise<Candidate[]> {
  if (row.kind === 'path') return await pathCandidates(typed, sources);
  const values = row.kind === 'flag' ? ['yes', 'no'] : row.values;
  return values
    .filter((value) => value.toLowerCase().startsWith(typed.toLowerCase()))
    .map((text) => ({ text, whole: true }));
}

async function operandCandidates(command: CommandRow, typed: string, sources: CompletionSources): Promise<Candidate[]> {
  const { volumes, files, words } = operandKinds(command);
  const names = volumes ? (await sources.volumes()).filter((name) => name.startsWith(typed)) : [];
  const paths = files ? await pathCandidates(typed, sources) : [];
  return [
    ...beginning(words, typed),
    ...names.map((text) => ({ text, whole: true })),
    ...paths.filter(({ text }) => !names.includes(text)),
  ];
}

/** Files and folders that begin as the path does; folders end in a slash. */
async function pathCandidates(typed: string, { workingDirectory }: CompletionSources): Promise<Candidate[]> {
  const isFolder = typed === '' || typed.endsWith('/');
  const shown = isFolder ? typed : typed.slice(0, typed.length - basename(typed).length);
  const begun = isFolder ? '' : basename(typed);
  const home = typed.startsWith('~/') ? join(homedir(), typed.slice(2)) : typed;
  const folder = resolve(workingDirectory, isFolder ? home : dirname(home));
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.length > MOST_ENTRIES) return [];
  return entries
    .filter(({ name }) => name.startsWith(begun) && (begun !== '' || !name.startsWith('.')))
    .map((entry) => ({
      text: `${shown}${entry.name}${entry.isDirectory() ? '/' : ''}`,
      whole: !entry.isDirectory(),
    }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
}
