/** The table of commands as the operations of the XML adapter. */
import { fullName } from '#engine/policy/abbreviations.ts';
import { FOREIGN_OPTIONS } from '#engine/policy/foreign/foreign-names.ts';
import { isLocked, type OptionRow } from '#engine/policy/options.ts';
import type { AdapterCommand, AdapterOperand, AdapterOption } from '../adapter/commands.ts';
import type { CommandRow } from './command-row.ts';
import { COMMANDS, commandName } from './command-table.ts';
import { optionsOf } from './option-words.ts';
import { ADAPTER_ROWS } from './rows/adapter.ts';
import { SESSION_ROWS } from './rows/session.ts';

/** Who sends requests: the program that started this one, or anyone who has the token of the web host. */
export type Sender = 'program' | 'web';

/** Where the sender has no say. */
const OF_THE_HOST: readonly string[] = ['repository', 'passwordfile', 'newpasswordfile'];
const ONE_REPOSITORY = 'The repository is the one that the window uses.';
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
  if (isLocked(row)) return NO_COMMANDS;
  return OF_THE_HOST.includes(row.name) ? ONE_REPOSITORY : undefined;
}

/** `SOURCE [DESTINATION]`, `VOLUME…`, `bash|zsh`: what help shows, as a list. */
function operandsOf({ operands, operandCount }: CommandRow): AdapterOperand[] {
  if (operandCount.maximum === 0) return [];
  return [...operands.matchAll(/([A-Z][A-Z-]+|[a-z-]+(?:\|[a-z-]+)+)(…)?/g)].map(([, name = '', more]) => ({
    name: name.includes('|') ? 'CHOICE' : name,
    repeated: more !== undefined,
  }));
}
