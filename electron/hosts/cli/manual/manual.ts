/** The manual page, made from the same tables as help. */
import { fullName } from '#engine/policy/abbreviations.ts';
import { OPTION_ROWS, type OptionName } from '#engine/policy/options.ts';
import { RULE_STATEMENTS } from '#engine/policy/rules.ts';
import type { CommandRow } from '../command-row.ts';
import { COMMANDS, COMMON_OPTIONS, commandName } from '../command-table.ts';
import { defaultOf, optionUsage, usage } from '../help-text.ts';
import { HELP_TOPICS } from '../help-topics.ts';
import { VERSION } from '../version.ts';
import { roffArgument, roffLine, section, tagged, verbatim } from './roff.ts';

/** Lines of stillframe(1). */
export function manualPage(): string[] {
  return [
    `.TH STILLFRAME 1 "" ${roffArgument(`Stillframe ${VERSION}`)} "User Commands"`,
    ...section('NAME', 'stillframe \\- image backup of volumes into a restic repository'),
    ...section(
      'SYNOPSIS',
      '.B stillframe',
      '.I COMMAND',
      roffLine('[OPERANDS] [-OPTION=VALUE…]'),
      '.br',
      '.B stillframe',
      roffLine('[-OPTION=VALUE…]'),
    ),
    ...section(
      'DESCRIPTION',
      ...[
        'Backs up volumes as images: the used blocks of a file system, or every block, compressed, encrypted and',
        'deduplicated, in a repository that restic reads, too. Restores them to the same volume, to another, or to a file.',
        'The second form reads commands from the terminal or from standard input.',
      ].map(roffLine),
    ),
    ...section('COMMANDS', ...roffParagraph('Capitals are the shortest form of a word; case does not matter.')),
    ...COMMANDS.flatMap(commandEntry),
    ...tagged('Help [COMMAND | OPTION | TOPIC | MESSAGE-ID]', 'Explain it.'),
    ...section('OPTIONS OF EVERY COMMAND', ...COMMON_OPTIONS.flatMap(optionEntry)),
    ...section(
      'OPTIONS OF COMMANDS AND OF THE OPTIONS FILE',
      ...OPTION_ROWS.filter(({ name }) => !COMMON_OPTIONS.includes(name)).flatMap(({ name }) => optionEntry(name)),
    ),
    ...section('RULES OF THE OPTIONS FILE', ...RULE_STATEMENTS.flatMap((row) => tagged(row.usage, row.help))),
    ...HELP_TOPICS.flatMap(({ display, lines }) => section(fullName(display).toUpperCase(), ...verbatim(lines))),
    ...section('SEE ALSO', '.BR restic (1),', '.BR bash (1)'),
  ];
}

function roffParagraph(text: string): string[] {
  return [roffLine(text)];
}

function commandEntry(row: CommandRow): string[] {
  const own = row.options.map((name) => `-${name}`).join(', ');
  return [
    ...tagged(usage(row), row.help, ...(row.notes ?? [])),
    ...(row.aliases ? ['.IP', roffLine(`Also: ${row.aliases.map(fullName).join(', ')}.`)] : []),
    ...(own === '' ? [] : ['.IP', roffLine(`Options of ${commandName(row)}: ${own}.`)]),
  ];
}

function optionEntry(name: OptionName): string[] {
  const rows = OPTION_ROWS.filter((row) => row.name === name);
  return rows.flatMap((row) => {
    const isCommand = row.places.includes('command');
    const head = isCommand ? optionUsage(row) : optionUsage(row).slice(1).replace('=', ' ');
    const where = isCommand ? '' : ' In the options file only.';
    const variable = row.variable === undefined ? '' : ` Environment: ${row.variable}.`;
    return tagged(head, `${row.help}${defaultOf(row)}${variable}${where}`);
  });
}
