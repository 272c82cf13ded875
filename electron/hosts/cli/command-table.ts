/** The commands: one row each. A command is added by one row here and one file in `commands/`. */
import { fullName, shortestAbbreviation } from '#engine/policy/abbreviations.ts';
import type { OptionName } from '#engine/policy/options.ts';
import { RUN_OPTIONS } from '#engine/policy/run-options.ts';
import type { CommandContext } from './command-context.ts';
import type { ReturnCode } from './exit-codes.ts';

/** What a command's file exports. */
export interface CommandModule {
  run(context: CommandContext): Promise<ReturnCode>;
}

export interface CommandRow {
  /** The words, with their guaranteed abbreviation in capitals. */
  readonly words: readonly string[];
  /** What follows the words, as help shows it. */
  readonly operands: string;
  readonly operandCount: { readonly minimum: number; readonly maximum: number };
  /** Besides the options that every command takes. */
  readonly options: readonly OptionName[];
  /** One line. */
  readonly help: string;
  /** Further paragraphs for `help COMMAND`. */
  readonly notes?: readonly string[];
  /** JSON lines with progress, then a result, instead of one document. */
  readonly long: boolean;
  load(): Promise<CommandModule>;
}

/** Options that every command takes. */
export const COMMON_OPTIONS: readonly OptionName[] = ['repository', 'passwordfile', 'json', 'quiet', 'debug'];

const NONE = { minimum: 0, maximum: 0 };
const ANY = Number.POSITIVE_INFINITY;

export const COMMANDS: readonly CommandRow[] = [
  {
    words: ['Backup', 'IMage'],
    operands: '[VOLUME…]',
    operandCount: { minimum: 0, maximum: ANY },
    options: [
      'mode',
      'imagetype',
      'snapshotproviderimage',
      ...RUN_OPTIONS,
      'imagegapsize',
      'managementclass',
      'compressionlevel',
      'allowraw',
    ],
    help: 'Back up volumes as images, one after the other.',
    notes: [
      'VOLUME is a block device, its mount point, or a file that holds a file system. Where none is named, the volumes of',
      'domain.image in the options file are taken. A volume that an exclude.image rule names is skipped.',
      'The personal repository is created by the first backup. Its key is kept in the configuration directory.',
    ],
    long: true,
    load: () => import('./commands/backup-image.ts'),
  },
  {
    words: ['REStore', 'Image'],
    operands: 'SOURCE [DESTINATION]',
    operandCount: { minimum: 1, maximum: 2 },
    options: ['imagetofile', 'freespace', 'verifyimage', 'allowsmaller', 'noprompt'],
    help: 'Restore an image to its volume, another volume, or a file.',
    notes: [
      'SOURCE is a volume name, for its latest active image, or the id of an image.',
      'Everything on DESTINATION is overwritten. You are asked to type its name, unless -noprompt is given.',
    ],
    long: true,
    load: () => import('./commands/restore-image.ts'),
  },
  {
    words: ['Query', 'IMage'],
    operands: '[VOLUME]',
    operandCount: { minimum: 0, maximum: 1 },
    options: ['detail', 'inactive'],
    help: 'List the active images, or every image with -inactive.',
    notes: [
      'For an image of a partition, -detail also prints a script by which sfdisk makes the partition table again.',
    ],
    long: false,
    load: () => import('./commands/query-image.ts'),
  },
  {
    words: ['Query', 'VOlume'],
    operands: '[VOLUME]',
    operandCount: { minimum: 0, maximum: 1 },
    options: ['detail'],
    help: 'List what can be backed up on this machine.',
    notes: [
      '-detail also shows the partition tables of disks and of image files, and what is wrong with them. Of a VOLUME that',
      'is named it shows which snapshot provider works on it, or why none does and how to get one.',
    ],
    long: false,
    load: () => import('./commands/query-volume.ts'),
  },
  {
    words: ['Query', 'OPtions'],
    operands: '[VOLUME]',
    operandCount: { minimum: 0, maximum: 1 },
    options: ['detail'],
    help: 'Show the options in force, and who set each of them.',
    notes: [
      'Of a VOLUME that is named it shows what backups of it are made with: the include.image rule that holds for it, too.',
      '-detail adds defaults, what may be given, and what the option is for.',
    ],
    long: false,
    load: () => import('./commands/query-options.ts'),
  },
  {
    words: ['Check'],
    operands: '',
    operandCount: NONE,
    options: ['readdata'],
    help: 'Check the repository; with -readdata, every stored block.',
    long: true,
    load: () => import('./commands/check.ts'),
  },
  {
    words: ['SWeep'],
    operands: '',
    operandCount: NONE,
    options: [],
    help: 'Remove snapshots, clones, freezes and read-only mounts that stopped runs left behind.',
    notes: ['What a running backup owns is not touched. Every start does this as far as its own records go.'],
    long: false,
    load: () => import('./commands/sweep.ts'),
  },
  {
    words: ['INIt'],
    operands: '',
    operandCount: NONE,
    options: [],
    help: 'Create a repository.',
    notes: [
      'With -passwordfile the repository opens with that passphrase. Without, a key is generated and kept in the',
      'configuration directory, so that later runs open the repository by themselves.',
    ],
    long: false,
    load: () => import('./commands/init.ts'),
  },
  {
    words: ['Key', 'List'],
    operands: '',
    operandCount: NONE,
    options: [],
    help: 'List the keys that open the repository.',
    long: false,
    load: () => import('./commands/key-list.ts'),
  },
  {
    words: ['Key', 'Add'],
    operands: '',
    operandCount: NONE,
    options: ['newpasswordfile'],
    help: 'Add a passphrase that opens the repository.',
    long: false,
    load: () => import('./commands/key-add.ts'),
  },
  {
    words: ['Key', 'Remove'],
    operands: 'ID',
    operandCount: { minimum: 1, maximum: 1 },
    options: [],
    help: 'Remove a key; not the one that is in use.',
    long: false,
    load: () => import('./commands/key-remove.ts'),
  },
  {
    words: ['Web'],
    operands: '',
    operandCount: NONE,
    options: ['port', 'exitwithparent'],
    help: 'Serve the window to a browser on this machine.',
    notes: ['Prints one JSON line with the address, which carries a secret, and runs until it is interrupted.'],
    long: true,
    load: () => import('./commands/web.ts'),
  },
];

/** `backup image`. */
export function commandName(row: CommandRow): string {
  return row.words.map(fullName).join(' ');
}

/** `b im`: the shortest form that stays valid. */
export function shortestCommand(row: CommandRow): string {
  return row.words.map(shortestAbbreviation).join(' ');
}
