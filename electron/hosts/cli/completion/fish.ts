/** The completion script for fish, 3 or newer. */
import { OPTION_ROWS } from '#engine/policy/options.ts';
import type { CommandRow } from '../command-row.ts';
import { HELP_TOPICS } from '../help-topics.ts';
import { optionsOf } from '../option-words.ts';
import { operandKinds } from './operand-kinds.ts';
import { fishQuoted } from './shell-words.ts';
import { valueWords, type WordNode, wordTree } from './word-tree.ts';

export function fishScript(): string[] {
  return [
    '# Completion of Stillframe’s command line for fish; made from its tables by “stillframe completion fish”.',
    '# Put it into ~/.config/fish/completions/stillframe.fish, or read it with',
    '#   stillframe completion fish | source',
    '',
    '# What the words of the command name: sets next, options, volumes, files and choices of the caller.',
    'function __stillframe_tree --no-scope-shadowing',
    ...nodeLines(wordTree(), 1, '    '),
    '    if test -n "$helping"',
    '        set options; set volumes; set files; set choices',
    `        test -n "$operands[1]"; or set -a next ${HELP_TOPICS.map(({ display, help }) => fishQuoted(`${display.toLowerCase()}\t${help}`)).join(' ')}`,
    '    end',
    'end',
    '',
    'function __stillframe_values',
    '    switch $argv[1]',
    ...valueLines(),
    '    end',
    'end',
    '',
    'function __stillframe_complete',
    '    set -l token (commandline -ct)',
    '    set -l line (commandline -opc)',
    '    set -l operands; set -l helping; set -l next; set -l options; set -l volumes; set -l files; set -l choices',
    '    for word in $line[2..]',
    "        string match -q -- '-?*' $word; or set -a operands (string lower -- $word)",
    '    end',
    '    if test -n "$operands[1]"; and string match -q -- "$operands[1]*" help',
    '        set helping yes; set operands $operands[2..]',
    '    end',
    '    __stillframe_tree',
    "    if string match -q -- '-*=*' $token",
    "        set -l halves (string split -m 1 -- '=' $token)",
    "        set -l typed (string lower -- (string replace -r -- '^-*' '' $halves[1]))",
    "        set -l names (string replace -r -- '=.*' '' $options | string replace -r -- '\\t.*' '')",
    '        set -l name',
    '        contains -- $typed $names; and set name $typed; or set name (string match -- "$typed*" $names)',
    '        test (count $name) -eq 1; or return',
    '        set -l values (__stillframe_values $name)',
    '        if test "$values" = @files',
    '            for path in (__fish_complete_path $halves[2]); echo $halves[1]=$path; end',
    '        else',
    '            for value in $values; echo $halves[1]=$value; end',
    '        end',
    "    else if string match -q -- '-*' $token",
    "        set -l hyphens (string match -r -- '^-+' $token)",
    '        for option in $options; echo $hyphens$option; end',
    '    else',
    `        test -n "$helping" -o -n "$operands[1]"; or set -a next ${fishQuoted('help\tExplain a command, an option, a topic or a message.')}`,
    "        printf '%s\\n' $next $choices",
    '        test -n "$volumes"; and command $line[1] completion volumes 2>/dev/null',
    '        test -n "$files"; and __fish_complete_path $token',
    '    end',
    'end',
    '',
    "complete -c stillframe -f -a '(__stillframe_complete)'",
    '# The name that scripts know is completed where it is a link to this program, and left alone else.',
    "if command -q dsmc; and string match -q -- '*stillframe*' (path resolve (command -s dsmc))",
    '    complete -c dsmc -w stillframe',
    'end',
  ];
}

function nodeLines(node: WordNode, position: number, indent: string): string[] {
  const inner = `${indent}    `;
  const own = node.command ? commandLines(node.command, inner) : [];
  if (node.words.length === 0) return node.command ? commandLines(node.command, indent) : [];
  return [
    `${indent}switch "$operands[${position}]"`,
    `${indent}    case ''`,
    `${inner}    set next ${node.words.map(({ name, help }) => fishQuoted(`${name}\t${help}`)).join(' ')}`,
    ...own.map((line) => `    ${line}`),
    ...node.words.flatMap((word) => [
      `${indent}    case ${word.accepted.join(' ')}`,
      ...nodeLines(word.node, position + 1, `${inner}    `),
    ]),
    ...(own.length > 0 ? [`${indent}    case '*'`, ...own.map((line) => `    ${line}`)] : []),
    `${indent}end`,
  ];
}

function commandLines(row: CommandRow, indent: string): string[] {
  const { volumes, files, words } = operandKinds(row);
  const options = optionsOf(row).map(({ name, kind, help }) =>
    fishQuoted(`${name}${kind === 'flag' ? '' : '='}\t${help}`),
  );
  return [
    `${indent}set options ${options.join(' ')}`,
    `${indent}set volumes ${volumes ? 'yes' : ''}`.trimEnd(),
    `${indent}set files ${files ? 'yes' : ''}`.trimEnd(),
    `${indent}set choices ${words.join(' ')}`.trimEnd(),
  ];
}

function valueLines(): string[] {
  return OPTION_ROWS.flatMap((row) => {
    const words = valueWords(row);
    const texts = words === 'files' ? ['@files'] : words;
    return texts.length === 0 ? [] : [`        case ${row.name}`, `            printf '%s\\n' ${texts.join(' ')}`];
  });
}
