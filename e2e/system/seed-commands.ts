/**
 * Every command line that the documents print which this product goes by, and what it does here. The test runs each of
 * them; docs/seed-commands.md is made of the same rows.
 */

/** How a line ends. */
export type Ending =
  /** A command that did what was asked for; `says`: what that is. */
  | { readonly kind: 'runs'; readonly says: string }
  /** A refusal: return code 12, with exactly this reason. */
  | { readonly kind: 'answers'; readonly code: string; readonly reason: string };

export interface SeedCommand {
  /** Document and what it is. */
  readonly seed: string;
  /** As it is printed there. */
  readonly printed: string;
  /** Words for here: `VOLUME` stands for the volume, `FOLDER` for a folder. */
  readonly words: readonly string[];
  /** Lines of the options file that belong to it, with `VOLUME`. */
  readonly options?: readonly string[];
  readonly ending: Ending;
  /** The volume's name as it is printed, where it is one that could be named: it is answered, too. */
  readonly volume?: string;
}

const BOOK = '001 · book 5.1, Backup Image';
const TRAINING = '002 · training 5.3, Image Backups';
const ADAPTER = '004 · adapter, backup-image';

const words = (line: string): string[] => line.split(' ');
const runs = (says: string): Ending => ({ kind: 'runs', says });

/** Reasons, word for word. */
const NO_FILES: Ending = {
  kind: 'answers',
  code: 'COMMAND_INVALID',
  reason: 'Stillframe backs up whole volumes as images; it does not back up single files.',
};
const NO_FILE_BACKUPS: Ending = {
  kind: 'answers',
  code: 'OPTION_INVALID',
  reason: 'There are no backups of single files that could be applied to an image: every image is complete.',
};

export const DRIVE_LETTER = (name: string): string => `“${name}” is a drive letter of Windows; Linux has none.`;
export const WINDOWS_PATH = (name: string): string =>
  `“${name}” is a path of Windows, where a volume is mounted in a folder.`;

const IMAGE = 'an image of the whole volume is stored';

export const SEED_COMMANDS: readonly SeedCommand[] = [
  { seed: BOOK, printed: 'dsmc incremental h:', words: words('incremental VOLUME'), ending: NO_FILES },
  {
    seed: BOOK,
    printed: 'dsmc backup image h:',
    words: words('backup image VOLUME'),
    ending: runs(IMAGE),
    volume: 'h:',
  },
  {
    seed: BOOK,
    printed: 'dsmc restore image h: -incre -del',
    words: words('restore image VOLUME -incre -del'),
    ending: NO_FILE_BACKUPS,
  },
  {
    seed: `${BOOK} (the same in full)`,
    printed: 'dsmc restore image h: -incremental -deletefiles',
    words: words('restore image VOLUME -incremental -deletefiles'),
    ending: NO_FILE_BACKUPS,
  },
  {
    seed: `${BOOK} (-deletefiles alone)`,
    printed: 'dsmc restore image h: -deletefiles',
    words: words('restore image VOLUME -deletefiles'),
    ending: {
      kind: 'answers',
      code: 'OPTION_INVALID',
      reason: 'A restored image has exactly the files that the volume had, so there is nothing to delete from it.',
    },
  },
  {
    seed: BOOK,
    printed: 'dsmc backup image m:\\mnt\\myntfs',
    words: words('backup image VOLUME'),
    ending: runs(IMAGE),
    volume: 'm:\\mnt\\myntfs',
  },
  {
    seed: BOOK,
    printed: 'dsmc backup image h: -mode=incremental',
    words: words('backup image VOLUME -mode=incremental'),
    ending: runs(
      'a complete image, for which only what changed is stored, and only what changed is read where that can be told',
    ),
    volume: 'h:',
  },
  {
    seed: BOOK,
    printed: 'dsmc backup image f: -imagetype=static',
    words: words('backup image VOLUME -imagetype=static'),
    ending: runs('a static image'),
    volume: 'f:',
  },
  {
    seed: BOOK,
    printed: 'dsmc backup image f:',
    words: words('backup image VOLUME'),
    ending: runs(IMAGE),
    volume: 'f:',
  },
  {
    seed: `${BOOK} (syntax: no filespec)`,
    printed: 'Backup Image',
    words: words('Backup Image'),
    options: ['domain.image VOLUME'],
    ending: runs('images of the volumes of domain.image'),
  },
  {
    seed: `${BOOK} (imagegapsize 0)`,
    printed: 'dsmc backup image f: -imagegapsize=0',
    words: words('backup image VOLUME -imagegapsize=0'),
    ending: runs('every block is read'),
  },
  {
    seed: TRAINING,
    printed: 'dsmc backup image <drive> -imagetype=static',
    words: words('backup image VOLUME -imagetype=static'),
    ending: runs('a static image'),
  },
  {
    seed: TRAINING,
    printed: 'dsmc backup image <drive> (along with) include.image <drive> mgmtclass imagetype=static',
    words: words('backup image VOLUME'),
    options: ['include.image VOLUME STANDARD imagetype=static'],
    ending: runs('a static image, because the rule says so'),
  },
  {
    seed: TRAINING,
    printed: 'dsmc backup image <drive> -imagetype=dynamic',
    words: words('backup image VOLUME -imagetype=dynamic'),
    ending: runs('a dynamic image'),
  },
  {
    seed: TRAINING,
    printed: 'dsmc backup image <drive> (along with) include.image <drive> mgmtclass imagetype=dynamic',
    words: words('backup image VOLUME'),
    options: ['include.image VOLUME STANDARD imagetype=dynamic'],
    ending: runs('a dynamic image, because the rule says so'),
  },
  {
    seed: ADAPTER,
    printed:
      'dsmc backup image -compressalways=no -compression=yes -imagegapsize=10k -mode=Selective -snapshotcachesize=10 ' +
      '-snapshotcachelocation=e: -snapshotfsidleretries=1 -snapshotfsidlewait=4s,500ms e:',
    words: words(
      'backup image -compressalways=no -compression=yes -imagegapsize=10k -mode=Selective -snapshotcachesize=10 ' +
        '-snapshotcachelocation=FOLDER -snapshotfsidleretries=1 -snapshotfsidlewait=4s,500ms VOLUME',
    ),
    ending: runs(IMAGE),
    volume: 'e:',
  },
];

/** What is said about a name of Windows. */
export function reasonOfName(name: string): string {
  return /^[a-z]:$/i.test(name) ? DRIVE_LETTER(name) : WINDOWS_PATH(name);
}

/** docs/seed-commands.md. */
export function seedCommandsDocument(): string {
  return `${[
    '# Command lines of the documents',
    '',
    '<!-- Made by “node_modules/.bin/node e2e/system/write-seed-commands.ts”; the test e2e/system/seed-commands.test.ts runs each line. -->',
    '',
    'Each command line that the documents print which Stillframe goes by, and what it does here: it runs, with the name of',
    'a volume of this computer in place of the drive letter; or it is refused with return code 12 and the reason. `dsmc`',
    'stands for `stillframe`. Documents 000 and 003 print no command lines.',
    '',
    '| document | printed | here | result |',
    '|---|---|---|---|',
    ...SEED_COMMANDS.map(({ seed, printed, words: here, options = [], ending }) => {
      const line = [...options, `stillframe ${here.join(' ')}`].map(code).join('<br>');
      return `| ${seed} | ${code(printed)} | ${line} | ${endingText(ending)} |`;
    }),
    '',
    '## Names of Windows',
    '',
    'The same lines with the names as they are printed are refused with return code 12:',
    '',
    '| name | reason |',
    '|---|---|',
    ...printedNames().map((name) => `| ${code(name)} | ${reasonOfName(name)} |`),
    '',
    '## What is different',
    '',
    '- **`-mode=incremental`** of the original stores files that changed since the last image, and a restore applies them to',
    '  it. Here every image is complete, in both modes: `incremental` is about how little is read and stored, and a restore',
    '  needs one image only. A volume that had files deleted is restored without them.',
    '- **Methods A and B of the book** (image plus incremental, for the state of a point in time) are replaced by more',
    '  frequent images: `restore image VOLUME -pitdate=…` restores the one that was the newest at that time.',
    '- **`incremental`, `selective`, `archive`, `retrieve`, `backup nas`, `backup vm`, `backup group`** and the other commands',
    '  about single files and servers are known by name; each says why it is not here and what to use instead',
    '  (`electron/hosts/cli/foreign-commands.ts`).',
    '- **`mgmtclass`** in `include.image` lines stands for the name of a class; `query mgmtclass` lists them.',
  ].join('\n')}\n`;
}

/** Each once. */
export function printedNames(): string[] {
  return [...new Set(SEED_COMMANDS.flatMap(({ volume }) => volume ?? []))];
}

function endingText(ending: Ending): string {
  return ending.kind === 'runs' ? `Runs: ${ending.says}.` : `Refused: ${ending.reason}`;
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
