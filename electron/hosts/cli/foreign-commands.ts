/**
 * Commands, options and names of IBM's backup-archive client that have no meaning here: why, and what to use instead.
 * Scripts and habits bring them along; “unknown command” would not help anybody.
 */
import { EngineError } from '#engine/base/errors.ts';
import { fullName, shortestAbbreviation } from '#engine/policy/abbreviations.ts';
import type { CommandRow } from './command-row.ts';

/** One command that is only answered. Sentences are English. */
export interface ForeignCommand {
  /** With their guaranteed abbreviation in capitals, as the original has it. */
  readonly words: readonly string[];
  readonly reason: string;
  readonly remedy: string;
}

interface ForeignOption {
  readonly display: string;
  /** Full names of the commands that it is for. */
  readonly commands: readonly string[];
  readonly reason: string;
  readonly remedy: string;
}

const WHOLE_VOLUMES = 'Stillframe backs up whole volumes as images; it does not back up single files.';
const BACK_UP_VOLUME =
  'Use “backup image VOLUME”: -mode=incremental reads and stores only what changed, and every image is complete.';
const NO_ARCHIVE = 'Stillframe has no archive of single files; it keeps images of whole volumes.';
const PIN = 'Use “backup image VOLUME”, then “pin image ID” for an image that is to be kept whatever policy says.';
const NO_SINGLE_FILES = 'Images hold whole volumes; single files are not restored by themselves.';
const LOOK_INSIDE =
  'Use “restore image VOLUME FILE -imagetofile” and mount FILE read-only, or “restic mount” of the repository.';
const NO_SERVER = 'Stillframe has no server: whoever has a key of the repository may read and write it.';
const KEYS = '“key list”, “key add” and “key remove” say who may open the repository.';
const ONE_VOLUME = 'Use “backup image VOLUME…” for each of the volumes.';
const LIST_IMAGES = 'Use “query image -inactive”.';
const NOT_KEPT = 'Stillframe does not keep restores that stopped, so there is none to go on with.';
const RESTORE_AGAIN = 'Use “restore image” again; the target does not hold a complete volume until it has ended.';

const entry = (words: string, reason: string, remedy: string): ForeignCommand => ({
  words: words.split(' '),
  reason,
  remedy,
});

/** In the order of the original's list of commands. */
export const FOREIGN_COMMANDS: readonly ForeignCommand[] = [
  entry('ARchive', NO_ARCHIVE, PIN),
  entry('Backup FASTBack', WHOLE_VOLUMES, ONE_VOLUME),
  entry('Backup GRoup', 'Stillframe has no groups of files.', ONE_VOLUME),
  entry(
    'Backup NAS',
    'A file server’s own volumes are not devices of this computer, so they cannot be read as images.',
    ONE_VOLUME,
  ),
  entry('Backup SYSTEMState', 'There is no system state on Linux; the volumes hold everything.', ONE_VOLUME),
  entry(
    'Backup VAPp',
    'Stillframe does not talk to hypervisors.',
    'Run it in the machine itself, or name the file of its disk.',
  ),
  entry(
    'Backup VM',
    'Stillframe does not talk to hypervisors.',
    'Run it in the machine itself, or name the file of its disk.',
  ),
  entry('CANcel Process', 'Nothing runs on a server.', '“cancel” stops a run of this computer.'),
  entry('CANcel REStore', NOT_KEPT, '“cancel” stops a restore that is running.'),
  entry('Delete ACcess', NO_SERVER, KEYS),
  entry('Delete ARchive', NO_ARCHIVE, '“delete backup VOLUME” deletes images.'),
  entry('Delete Filespace', 'A file space is all images of a volume here.', 'Use “delete backup VOLUME -deltype=all”.'),
  entry('Delete GRoup', 'Stillframe has no groups of files.', '“delete backup VOLUME” deletes images.'),
  entry('Incremental', WHOLE_VOLUMES, BACK_UP_VOLUME),
  entry('MONitor Process', 'Nothing runs on a server.', '“query activity” lists the runs of this computer.'),
  entry('PREView ARchive', NO_ARCHIVE, 'Use “preview backup image VOLUME”.'),
  entry('Query ACcess', NO_SERVER, KEYS),
  entry('Query ARchive', NO_ARCHIVE, LIST_IMAGES),
  entry('Query Backup', WHOLE_VOLUMES, LIST_IMAGES),
  entry('Query BACKUPSET', 'Stillframe has no backup sets; a repository can be copied as it is.', LIST_IMAGES),
  entry('Query GRoup', 'Stillframe has no groups of files.', LIST_IMAGES),
  entry(
    'Query NAs',
    'A file server’s own volumes are not devices of this computer.',
    '“query volume” lists what can be backed up.',
  ),
  entry(
    'Query NOde',
    NO_SERVER,
    '“query session” shows the name of this computer, “query filespace” the volumes of all.',
  ),
  entry('Query RESTore', NOT_KEPT, '“query activity -runkind=restore” lists restores.'),
  entry('Query SYSTEMState', 'There is no system state on Linux; the volumes hold everything.', LIST_IMAGES),
  entry('Query VM', 'Stillframe does not talk to hypervisors.', LIST_IMAGES),
  entry('RESTArt Restore', NOT_KEPT, RESTORE_AGAIN),
  entry('REStore BACKUPSET', 'Stillframe has no backup sets.', 'Use “restore image”.'),
  entry('REStore GRoup', 'Stillframe has no groups of files.', 'Use “restore image”.'),
  entry('REStore NAS', 'A file server’s own volumes are not devices of this computer.', 'Use “restore image”.'),
  entry(
    'REStore SYSTEMState',
    'There is no system state on Linux; the volumes hold everything.',
    'Use “restore image”.',
  ),
  entry('REStore VM', 'Stillframe does not talk to hypervisors.', 'Use “restore image VOLUME FILE -imagetofile”.'),
  entry('RETrieve', NO_ARCHIVE, 'Use “restore image”.'),
  entry('SELective', WHOLE_VOLUMES, 'Use “backup image VOLUME”: -mode=selective reads everything that is in use.'),
  entry('Set Access', NO_SERVER, KEYS),
  entry(
    'Set Event',
    'Retention begins when an image becomes inactive; there are no events.',
    '“expire VOLUME” deactivates the images of a volume.',
  ),
];

/** `restore FILE`, which no word tells from `restore image`. */
const RESTORE_FILES = entry('REStore', NO_SINGLE_FILES, LOOK_INSIDE);

const FILE_LEVEL = 'There are no backups of single files that could be applied to an image: every image is complete.';
const POINT_IN_TIME = 'Leave it out. The newest image is restored, or with -pitdate the one that was newest on a day.';

const OPTIONS_OF_COMMANDS: readonly ForeignOption[] = [
  { display: 'INCRemental', commands: ['restore image'], reason: FILE_LEVEL, remedy: POINT_IN_TIME },
  {
    display: 'DELetefiles',
    commands: ['restore image'],
    reason: 'A restored image has exactly the files that the volume had, so there is nothing to delete from it.',
    remedy: POINT_IN_TIME,
  },
];

/**
 * Why a command of the original is not one here; undefined where the words are no such command. What a command of ours
 * guarantees comes first, then what the original guarantees, so that scripts for it never do something else.
 */
export function foreignCommand(words: readonly string[], ours: readonly CommandRow[]): EngineError | undefined {
  const [first = '', second = ''] = words;
  const found = FOREIGN_COMMANDS.find((candidate) => candidate.words.every((word, i) => isShort(words[i] ?? '', word)));
  if (found) {
    const length = found.words.length;
    // A longer name is meant rather than an operand of a shorter one.
    const asLong = ours.filter((row) => row.words.length >= length);
    const isOurs = asLong.some((row) => row.words.slice(0, length).every((word, i) => isShort(words[i] ?? '', word)));
    return isOurs ? undefined : refusal(found, words);
  }
  return isShort(first, 'REStore') && /[/\\*.:]/.test(second) ? refusal(RESTORE_FILES, words) : undefined;
}

/** Why an option that a command (full name) has in the original is not one here; undefined where it is no such option. */
export function foreignOption(typed: string, command: string): EngineError | undefined {
  const found = OPTIONS_OF_COMMANDS.find((one) => one.commands.includes(command) && isShort(typed, one.display));
  if (!found) return undefined;
  const { display, reason, remedy } = found;
  return new EngineError('OPTION_INVALID', { option: `-${fullName(display)}`, reason, remedy });
}

const NOT_FOUND = new Set(['VOLUME_NOT_FOUND', 'IMAGE_NOT_FOUND', 'TARGET_NOT_FOUND']);
const LINUX_NAMES = 'On Linux a volume is a device (/dev/sdb1), its mount point, or a file; “query volume” lists them.';

/** An error about a name as Windows writes them, with the reason; other errors as they are. */
export function withReasonOfName(error: EngineError): EngineError {
  const { code, details } = error;
  const name = details.volume ?? details.image ?? details.target;
  if (!NOT_FOUND.has(code) || typeof name !== 'string') return error;
  const reason = foreignName(name);
  return reason ? new EngineError(code, { ...details, reason, remedy: LINUX_NAMES }, { cause: error }) : error;
}

function foreignName(name: string): string | undefined {
  // The command line resolves a relative name; what was typed is its end.
  const typed = name.slice(name.lastIndexOf('/') + 1);
  if (/^[a-z]:$/i.test(typed)) return `“${typed}” is a drive letter of Windows; Linux has none.`;
  if (/^[a-z]:\\/i.test(typed)) return `“${typed}” is a path of Windows, where a volume is mounted in a folder.`;
  return typed.startsWith('\\\\') ? `“${typed}” is a name of Windows for a share or a volume.` : undefined;
}

/** At least the guaranteed abbreviation of a word, and no more than all of it. */
function isShort(typed: string, display: string): boolean {
  const word = typed.toLowerCase();
  return word !== '' && fullName(display).startsWith(word) && word.startsWith(shortestAbbreviation(display));
}

function refusal({ words, reason, remedy }: ForeignCommand, typed: readonly string[]): EngineError {
  const command = words.map(fullName).join(' ');
  return new EngineError('COMMAND_INVALID', { command, value: typed.join(' '), reason, remedy });
}
