/** The part of the scripts that bash and zsh read alike: which command the words name, and what it takes. */
import { fullName } from '#engine/policy/abbreviations.ts';
import { OPTION_ROWS } from '#engine/policy/options.ts';
import type { CommandRow } from '../command-row.ts';
import { COMMON_OPTIONS } from '../command-table.ts';
import { HELP_TOPICS } from '../help-topics.ts';
import { optionsOf } from '../option-words.ts';
import { operandKinds } from './operand-kinds.ts';
import { quoted } from './shell-words.ts';
import { valueWords, type WordNode, wordTree } from './word-tree.ts';

/** How the shell counts, and what it can show. */
export interface Dialect {
  /** The index of an array's first element. */
  readonly first: 0 | 1;
  /** Also sets the associative array `about`: what is to be said about each of `next`. */
  readonly describes: boolean;
}

/**
 * Sets `next` (words that can follow), `options` (names, with `=` where a value follows), `volumes`, `files` (not
 * empty: they are operands) and `choices` from the array `operands`.
 */
export function treeLines(dialect: Dialect): string[] {
  const { first, describes } = dialect;
  const topics = HELP_TOPICS.map(({ display, help }) => ({ name: fullName(display), help }));
  return [
    ...nodeLines(wordTree(), 0, '    ', dialect),
    `    if [[ -n $helping ]]; then`,
    `        options= volumes= files= choices=`,
    `        if [[ -z \${operands[${first}]-} ]]; then`,
    `            next+=" ${topics.map(({ name }) => name).join(' ')}"`,
    ...(describes ? [`            about+=(${aboutWords(topics)})`] : []),
    '        fi',
    '    fi',
  ];
}

function aboutWords(words: readonly { name: string; help: string }[]): string {
  return words.map(({ name, help }) => `${name} ${quoted(help)}`).join(' ');
}

function nodeLines(node: WordNode, position: number, indent: string, dialect: Dialect): string[] {
  const inner = `${indent}    `;
  const own = node.command ? commandLines(node.command, inner) : [];
  if (node.words.length === 0) return node.command ? commandLines(node.command, indent) : [];
  return [
    `${indent}case \${operands[${position + dialect.first}]-} in`,
    `${indent}'')`,
    `${inner}next=${quoted(node.words.map(({ name }) => name).join(' '))}`,
    ...(dialect.describes ? [`${inner}about=(${aboutWords(node.words)})`] : []),
    ...own,
    `${inner};;`,
    ...node.words.flatMap((word) => [
      `${indent}${word.accepted.join('|')})`,
      ...nodeLines(word.node, position + 1, inner, dialect),
      `${inner};;`,
    ]),
    ...(own.length > 0 ? [`${indent}*)`, ...own, `${inner};;`] : []),
    `${indent}esac`,
  ];
}

function commandLines(row: CommandRow, indent: string): string[] {
  const { volumes, files, words } = operandKinds(row);
  const own = optionsOf(row).filter(({ name }) => !COMMON_OPTIONS.includes(name));
  return [
    `${indent}options="${[...own.map(({ name, kind }) => (kind === 'flag' ? name : `${name}=`)), '$common'].join(' ')}"`,
    `${indent}volumes=${volumes ? 'yes' : ''} files=${files ? 'yes' : ''} choices=${quoted(words.join(' '))}`,
  ];
}

/** `common='repository= …'`. */
export function commonLine(): string {
  const rows = OPTION_ROWS.filter(({ name }) => COMMON_OPTIONS.includes(name));
  return `    local common=${quoted(rows.map(({ name, kind }) => (kind === 'flag' ? name : `${name}=`)).join(' '))}`;
}

/** A function that sets `values` to the words that an option takes, `@files` for names of files. */
export function valueLines(): string[] {
  const byValues = new Map<string, string[]>();
  for (const row of OPTION_ROWS) {
    const words = valueWords(row);
    const text = words === 'files' ? '@files' : words.join(' ');
    if (text !== '') byValues.set(text, [...(byValues.get(text) ?? []), row.name]);
  }
  return [
    '_stillframe_values() {',
    '    case $1 in',
    ...[...byValues].map(([text, names]) => `    ${names.join('|')}) values=${quoted(text)} ;;`),
    '    *) values= ;;',
    '    esac',
    '}',
  ];
}

/** A function that says the full name of an option in `name`: the only one of `options` that begins like it. */
export const NAME_LINES: readonly string[] = [
  '_stillframe_name() {',
  '    local typed=$1 option found=',
  `    for option in "\${@:2}"; do`,
  `        option=\${option%=}`,
  '        if [[ $option == "$typed" ]]; then found=$option; break; fi',
  `        if [[ $option == "$typed"* ]]; then found=\${found:+ambiguous}; found=\${found:-$option}; fi`,
  '    done',
  '    name=$found',
  '}',
];
