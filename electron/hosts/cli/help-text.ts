/** The text of `help`. Made from the tables, so it cannot lag behind them. */
import { OPTION_ROWS, type OptionName, type OptionRow } from '#engine/policy/options.ts';
import type { CommandRow } from './command-row.ts';
import { COMMANDS, COMMON_OPTIONS, commandName } from './command-table.ts';
import { formatPairs } from './text-table.ts';
import { VERSION } from './version.ts';

/** Lines of help about some commands, or about all when none is named. */
export function helpText(commands: readonly CommandRow[]): string[] {
  return commands.length === 0
    ? overview()
    : commands.flatMap((row, i) => [...(i > 0 ? [''] : []), ...commandHelp(row)]);
}

function overview(): string[] {
  return [
    `Stillframe ${VERSION}: image backup of volumes into a restic repository`,
    '',
    'Usage: stillframe COMMAND [ARGUMENTS] [-OPTION=VALUE…]',
    '',
    'Commands (capitals are the shortest form, case does not matter):',
    ...formatPairs(
      [
        ...COMMANDS.map((row) => [usage(row), row.help] as const),
        ['Help [COMMAND]', 'Explain a command and its options.'],
      ],
      '  ',
    ),
    '',
    'Options of every command:',
    ...optionLines(COMMON_OPTIONS),
    '',
    'Return codes: 0 done, 4 something was skipped, 8 warnings, 12 an error or cancelled.',
  ];
}

function commandHelp(row: CommandRow): string[] {
  return [
    `Usage: stillframe ${usage(row)}${row.options.length > 0 ? ' [OPTIONS]' : ''}`,
    '',
    row.help,
    ...(row.notes ?? []),
    ...(row.options.length > 0 ? ['', `Options of ${commandName(row)}:`, ...optionLines(row.options)] : []),
    '',
    'Options of every command:',
    ...optionLines(COMMON_OPTIONS),
  ];
}

function usage(row: CommandRow): string {
  return [...row.words, row.operands].join(' ').trim();
}

function optionLines(names: readonly OptionName[]): string[] {
  const rows = names.flatMap((name) => OPTION_ROWS.filter((row) => row.name === name));
  return rows.flatMap((row) => [`  ${optionUsage(row)}`, `      ${row.help}${defaultOf(row)}`]);
}

function optionUsage({ display, kind, allowed, aliases = [] }: OptionRow): string {
  const names = [display, ...aliases].map((one) => `-${one}`).join(', ');
  return kind === 'flag' ? names : `${names}=${kind === 'enum' ? allowed.replaceAll(' ', '') : valueName(kind)}`;
}

function valueName(kind: OptionRow['kind']): string {
  return {
    path: 'PATH',
    size: 'SIZE',
    integer: 'NUMBER',
    text: 'NAME',
    command: 'COMMAND',
    wait: 'TIME[,TIME]',
    list: 'NAMES',
    enum: 'VALUE',
    flag: '',
  }[kind];
}

/** Kinds whose limits the usage does not show. */
const LIMITED: ReadonlySet<OptionRow['kind']> = new Set(['size', 'integer', 'wait']);

function defaultOf({ fallbackText, kind, allowed }: OptionRow): string {
  const limited = LIMITED.has(kind);
  if (fallbackText === '') return limited ? ` Allowed: ${allowed}.` : '';
  if (kind === 'flag' && fallbackText === 'no') return '';
  return ` Default ${fallbackText}${limited ? ` (${allowed})` : ''}.`;
}
