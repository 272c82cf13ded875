/** The text of `help`. Made from the tables, so it cannot lag behind them. */
import { fullName } from '#engine/policy/abbreviations.ts';
import { reasonOf } from '#engine/policy/foreign/foreign-names.ts';
import { OPTION_ROWS, type OptionName, type OptionRow } from '#engine/policy/options.ts';
import type { CommandRow } from './command-row.ts';
import { COMMANDS, COMMON_OPTIONS, commandName } from './command-table.ts';
import type { HelpSubject } from './help-subject.ts';
import { HELP_TOPICS } from './help-topics.ts';
import { messageHelp } from './message-help.ts';
import { foreignRow } from './option-words.ts';
import { invalid, type ProgramName } from './phrases.ts';
import { formatPairs } from './text-table.ts';
import { VERSION } from './version.ts';

/** Lines of help. Throws `COMMAND_INVALID` for a message that there is not. */
export function helpText(subject: HelpSubject, program: ProgramName = 'stillframe'): string[] {
  switch (subject.kind) {
    case 'overview':
      return overview(program);
    case 'commands':
      return subject.commands.flatMap((row, i) => [...(i > 0 ? [''] : []), ...commandHelp(row, program)]);
    case 'option':
      return optionHelp(subject.option);
    case 'foreign':
      return foreignHelp(subject.name);
    case 'topic':
      return [...subject.topic.lines];
    case 'message': {
      const lines = messageHelp(subject.id);
      if (lines) return lines;
      throw invalid(`There is no message ${subject.id}.`, 'Type the id as it was printed, e.g. “help SFR1228E”.');
    }
  }
}

function overview(program: ProgramName): string[] {
  return [
    `Stillframe ${VERSION}: image backup of volumes into a restic repository`,
    '',
    `Usage: ${program} COMMAND [ARGUMENTS] [-OPTION=VALUE…]`,
    `       ${program} [-OPTION=VALUE…]     for a session in which commands are typed`,
    '',
    'Commands (capitals are the shortest form, case does not matter):',
    ...formatPairs(
      [
        ...COMMANDS.map((row) => [usage(row), row.help] as const),
        ['Help [COMMAND | OPTION | TOPIC | MESSAGE-ID]', 'Explain it.'],
      ],
      '  ',
    ),
    '',
    'Topics of help:',
    ...formatPairs(
      HELP_TOPICS.map(({ display, help }) => [display, help] as const),
      '  ',
    ),
    '',
    'Options of every command:',
    ...optionLines(COMMON_OPTIONS),
    '',
    'Return codes: 0 done, 4 something was skipped, 8 warnings, 12 an error or cancelled.',
  ];
}

function commandHelp(row: CommandRow, program: ProgramName): string[] {
  const { aliases = [] } = row;
  return [
    `Usage: ${program} ${usage(row)}${row.options.length > 0 ? ' [OPTIONS]' : ''}`,
    ...(aliases.length > 0 ? [`Also:  ${aliases.join(', ')}`] : []),
    '',
    row.help,
    ...(row.notes ?? []),
    ...(row.options.length > 0 ? ['', `Options of ${commandName(row)}:`, ...optionLines(row.options)] : []),
    '',
    'Options of every command:',
    ...optionLines(COMMON_OPTIONS),
  ];
}

/** `Backup IMage [VOLUME…]`. */
export function usage(row: CommandRow): string {
  return [...row.words, row.operands].join(' ').trim();
}

const PLACES = {
  command: 'the command line (-NAME=VALUE)',
  environment: 'the environment',
  file: 'the options file',
  rule: 'include.image rules',
} as const;

function optionHelp(row: OptionRow): string[] {
  const places = row.places.map((place) =>
    place === 'environment' && row.variable !== undefined ? `the environment (${row.variable})` : PLACES[place],
  );
  const takers = COMMANDS.filter(({ options }) => options.includes(row.name)).map(commandName);
  const everywhere = COMMON_OPTIONS.includes(row.name);
  return [
    optionUsage(row),
    '',
    row.help,
    '',
    ...formatPairs([
      ['Allowed', `${row.allowed}${row.unit === '' || row.allowed.includes(row.unit) ? '' : ` ${row.unit}`}`],
      ['Default', row.fallbackText === '' ? 'none' : row.fallbackText],
      ['Can be set in', places.join(', ')],
      ['Commands', everywhere ? 'all' : takers.join(', ')],
    ]),
  ];
}

function foreignHelp(typed: string): string[] {
  const foreign = foreignRow(typed);
  if (foreign === undefined) return [];
  const name = fullName(foreign.display);
  return [
    `-${foreign.display}`,
    '',
    `Stillframe has no option ${name}: ${reasonOf(foreign)}`,
    foreign.harmless === undefined
      ? 'A command that is given it is refused.'
      : `A command that is given it${foreign.harmless === 'any' ? '' : ` as ${foreign.harmless.join(' or ')}`} is run without it.`,
  ];
}

function optionLines(names: readonly OptionName[]): string[] {
  const rows = names.flatMap((name) => OPTION_ROWS.filter((row) => row.name === name));
  return rows.flatMap((row) => [`  ${optionUsage(row)}`, `      ${row.help}${defaultOf(row)}`]);
}

/** `-MODe=selective|incremental`. */
export function optionUsage({ display, kind, allowed, aliases = [] }: OptionRow): string {
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

/** ` Default 32k (0 to …).`, or nothing. */
export function defaultOf({ fallbackText, kind, allowed }: OptionRow): string {
  const limited = LIMITED.has(kind);
  if (fallbackText === '') return limited ? ` Allowed: ${allowed}.` : '';
  if (kind === 'flag' && fallbackText === 'no') return '';
  return ` Default ${fallbackText}${limited ? ` (${allowed})` : ''}.`;
}
