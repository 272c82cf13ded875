/** The table of commands as the operations of the XML adapter. */
import { fullName } from '#engine/policy/abbreviations.ts';
import { FOREIGN_OPTIONS } from '#engine/policy/foreign/foreign-names.ts';
import { isLocked, type OptionName, type OptionRow } from '#engine/policy/options.ts';
import type { AdapterCommand, AdapterOperand, AdapterOption } from '../adapter/commands.ts';
import type { CommandRow } from './command-row.ts';
import { COMMANDS, COMMON_OPTIONS, commandName } from './command-table.ts';
import { optionsOf } from './option-words.ts';
import { ADAPTER_ROWS } from './rows/adapter.ts';
import { SESSION_ROWS } from './rows/session.ts';

/** Who sends requests: the program that started this one, or anyone who has the token of the web host. */
export type Sender = 'program' | 'web';

/** Common options in which everybody has a say; the others are for whoever started the host. */
const OF_ANYBODY: readonly OptionName[] = ['json', 'quiet'];
const OF_THE_HOST: readonly OptionName[] = [
  ...COMMON_OPTIONS.filter((name) => !OF_ANYBODY.includes(name)),
  'newpasswordfile',
];
const ONE_HOST = 'The window has its repository, its key and its logs already.';
const NO_COMMANDS = 'Commands to run are set in the options file.';

/** Every command but those that are sessions themselves. */
export function adapterCommands(sender: Sender): AdapterCommand[] {
  const sessions = new Set<CommandRow>([...SESSION_ROWS, ...ADAPTER_ROWS]);
  return COMMANDS.filter((row) => !sessions.has(row)).map((row) => ({
    words: commandName(row).toLowerCase().split(' '),
    operands: operandsOf(row),
    options: optionsOf(row).map((option) => adapterOption(option, sender)),
  }));
}

/** Options of the originals that the command line itself leaves out or refuses, with the reason. */
export function otherOptions(): string[] {
  return FOREIGN_OPTIONS.filter(({ as }) => as === undefined)
    .map(({ display }) => fullName(display))
    .filter((name) => !name.includes('.'));
}

function adapterOption(row: OptionRow, sender: Sender): AdapterOption {
  const refused = sender === 'web' ? refusedToWeb(row) : undefined;
  return {
    name: row.name,
    aliases: [row.display, ...(row.aliases ?? [])].map(fullName),
    flag: row.kind === 'flag',
    ...(refused === undefined ? {} : { refused }),
  };
}

/** Whoever may write the options file decides what is run, not a browser's token. */
function refusedToWeb(row: OptionRow): string | undefined {
  if (OF_THE_HOST.includes(row.name)) return ONE_HOST;
  return isLocked(row) ? NO_COMMANDS : undefined;
}

/** What help shows, as a list: `SOURCE [DESTINATION]`, `NAME [VOLUME…]`, `VOLUME…|ID…`, `bash|zsh`. */
function operandsOf({ operands, operandCount }: CommandRow): AdapterOperand[] {
  if (operandCount.maximum === 0) return [];
  const places = operands.split(/[\s[\]]+/).filter((place) => place !== '');
  return places.map((place) => {
    const names = place.replaceAll('…', '').split('|');
    // A closed list of words has no name.
    return { names: names.every(isName) ? names : ['CHOICE'], repeated: place.includes('…') };
  });
}

function isName(text: string): boolean {
  return /^[A-Z][A-Z-]*$/.test(text);
}
