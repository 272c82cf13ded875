/** What an error says to a person: what happened, and what to do next. One entry for every code. */
import type { ErrorCode } from '#contract';
import type { ErrorFacts } from './error-facts.ts';

export interface ErrorText {
  /** One sentence without the subject's first capital; the caller makes it. */
  happened(facts: ErrorFacts): string;
  /** One or two sentences; a `remedy` in the details replaces it. */
  next(facts: ErrorFacts): string;
}

const text = (happened: (facts: ErrorFacts) => string, next: string): ErrorText => ({ happened, next: () => next });

const NOT_WRITTEN = 'Nothing was written to it.';

export const ERROR_TEXTS = {
  REPOSITORY_NOT_FOUND: text(
    (f) => `there is no repository at ${f.text('repository', 'that place')}.`,
    'Check -repository or STILLFRAME_REPOSITORY; “stillframe init” creates a repository.',
  ),
  REPOSITORY_EXISTS: text(
    (f) => `there already is a repository at ${f.text('repository', 'that place')}. It was not touched.`,
    'Use it as it is, or name another place.',
  ),
  REPOSITORY_UNREACHABLE: text(
    (f) => `${f.repository} cannot be reached.`,
    'Check that its disk is attached and mounted, or that the network is up, then run the command again. ' +
      'What an interrupted backup stored is used by the next one.',
  ),
  REPOSITORY_FULL: text(
    (f) => `there is no space left for ${f.repository}. Earlier images are not affected.`,
    'Free some space there, then run the command again: what was stored so far is used.',
  ),
  REPOSITORY_PERMISSION: text(
    (f) => `you may not read or write ${f.repository}.`,
    'Check who owns its files, or run as the person who created it.',
  ),
  REPOSITORY_DAMAGED: text(
    (f) => `${f.repository} is damaged${f.has('file') ? `: ${f.text('file', '')}` : ''}.`,
    'Run “stillframe check -readdata” to see everything that is affected. ' +
      'Do not delete anything; copy the repository before you repair it.',
  ),
  REPOSITORY_LOCKED: text(
    (f) => `${f.repository} is locked by another program${f.has('holder') ? ` (${f.text('holder', '')})` : ''}.`,
    'Wait until it has finished. If it is certainly gone, “restic unlock” removes its lock.',
  ),
  REPOSITORY_LOCK_LOST: text(
    (f) => `the lock on ${f.repository} was lost, so this run stopped before it could do harm.`,
    'Check the connection to the repository and the clocks of the computers that use it, then run it again.',
  ),
  REPOSITORY_UNSUPPORTED: text(
    (f) => `${f.repository} has a format that this version cannot use.`,
    'Only repositories of version 2 can be used; “restic migrate upgrade_repo_v2” upgrades older ones.',
  ),
  REPOSITORY_NOT_OPEN: text(() => 'no repository is open.', 'Name one with -repository.'),
  PASSPHRASE_REQUIRED: text(
    (f) => `a passphrase is needed to open ${f.repository}.`,
    'Give it with -passwordfile=FILE, STILLFRAME_PASSWORD_FILE or STILLFRAME_PASSWORD. The recovery key works too.',
  ),
  PASSPHRASE_WRONG: text(
    (f) => `no key of ${f.repository} opens with this passphrase.`,
    'Check the password file for a typing error. The recovery key that was shown at creation works too.',
  ),
  KEY_NOT_FOUND: text(
    (f) => `the repository has no key ${f.text('key', f.text('value', 'like that'))}.`,
    '“stillframe key list” shows the keys.',
  ),
  KEY_IN_USE: text(
    () => 'this key opened the repository just now, so it cannot be removed.',
    'Open the repository with another key first.',
  ),
  VOLUME_NOT_FOUND: text(
    (f) => `there is no volume ${f.text('volume', 'of that name')}.`,
    '“stillframe query volume” lists the volumes; a file can be named by its path.',
  ),
  VOLUME_PERMISSION: text(
    (f) => `you may not read ${f.volume}.`,
    'Run as root, or ask to be given access to the device.',
  ),
  VOLUME_BUSY: text(
    (f) => `${f.volume} is in use, so it cannot be kept still for a static image. It was not changed.`,
    'Close the programs that use it, or take a -imagetype=dynamic image, which may be inconsistent.',
  ),
  VOLUME_VANISHED: text(
    (f) => `${f.volume} disappeared while it was read. No image was made of it.`,
    'Check cable and device, then back it up again: what was stored so far is used.',
  ),
  VOLUME_SIZE_CHANGED: text(
    (f) => `${f.volume} changed its size while it was read. No image was made of it.`,
    'Back it up again once resizing has finished.',
  ),
  VOLUME_REMOUNT_FAILED: text(
    (f) => `${f.volume} could not be mounted as it was before.`,
    'Look at the kernel log, then remount it by hand.',
  ),
  VOLUME_HOLDS_REPOSITORY: text(
    (f) => `${f.repository} lies on ${f.volume}: it would have to hold itself, and would be lost together with it.`,
    'Use a repository on another disk.',
  ),
  FILESYSTEM_DAMAGED: text(
    (f) => `the file system on ${f.volume} is damaged, so its used blocks are not known for certain.`,
    'Repair it first, or read every block with -allowraw.',
  ),
  FILESYSTEM_UNSUPPORTED: text(
    (f) => `the file system on ${f.volume} has features that are not understood.`,
    'Read every block with -allowraw.',
  ),
  SNAPSHOT_UNAVAILABLE: text(
    (f) => `no snapshot can be taken of ${f.volume}.`,
    'Use -imagetype=static for an image of the unmounted volume.',
  ),
  SNAPSHOT_NO_SPACE: text(
    (f) => `there is not enough space for a snapshot of ${f.volume}. Nothing was changed.`,
    'Make room, or ask for a smaller snapshot with -snapshotcachesize=PERCENT.',
  ),
  SNAPSHOT_LOST: text(
    (f) => `the snapshot of ${f.volume} was lost while it was read. No image was made of it; older ones are intact.`,
    'Back it up again: what was stored so far is used. Give the snapshot more space if it ran full.',
  ),
  SNAPSHOT_RELEASE_FAILED: text(
    (f) => `the snapshot of ${f.volume} could not be removed.`,
    '“stillframe sweep” tries again.',
  ),
  SNAPSHOT_COMMAND_FAILED: text(
    (f) => `presnapshotcmd failed for ${f.volume}, so no image was made.`,
    'Correct the command, or set it to "" to do without.',
  ),
  VOLUME_NOT_IDLE: text(
    (f) => `${f.volume} was never without writes for as long as snapshotfsidlewait asks.`,
    'Try again at a quieter time, or set -snapshotfsidleaction=continue.',
  ),
  PROVIDER_UNSUPPORTED: text(
    (f) => `the snapshot provider ${f.text('provider', f.text('value', 'that was named'))} does not work here.`,
    'Leave -snapshotproviderimage away, or use -snapshotproviderimage=NONE.',
  ),
  IMAGE_NOT_FOUND: text(
    (f) => `there is no image ${f.text('image', f.text('value', f.text('source', 'of that name or id')))}.`,
    '“stillframe query image -inactive” lists every image.',
  ),
  IMAGE_AMBIGUOUS: text(
    (f) => `several images begin with ${f.text('image', f.text('value', f.text('source', 'that id')))}.`,
    'Type more of the id.',
  ),
  IMAGE_DAMAGED: text(
    () => 'the image cannot be restored completely, because parts of it are damaged or missing in the repository.',
    'Try an older image of the volume; “stillframe check -readdata” shows what is affected.',
  ),
  IMAGE_DELETED: text(
    (f) =>
      `the image ${f.text('image', '')} was deleted, so it cannot be restored. It is removed by the next expiration.`,
    '“stillframe undelete backup” takes the deletion back until then.',
  ),
  IMAGE_PINNED: text(
    (f) => `the image ${f.text('image', '')} is pinned. Nothing was deleted.`,
    'Unpin it first: “stillframe unpin image”.',
  ),
  IMAGE_FOREIGN: text(
    (f) => `the image ${f.text('image', '')} was made by restic itself, so policy does not apply to it.`,
    'Use “restic forget” for it.',
  ),
  POLICY_INVALID: text(
    () => 'the policy cannot be used like this. What was in force is in force.',
    '“stillframe query mgmtclass -detail” shows the classes.',
  ),
  POLICY_CHANGED: text(() => 'the policy was changed by someone else meanwhile.', 'Look at it again, then repeat it.'),
  MANAGEMENT_CLASS_UNKNOWN: text(
    (f) => `there is no management class ${f.text('managementClass', 'of that name')}.`,
    '“stillframe query mgmtclass” lists the classes.',
  ),
  MANAGEMENT_CLASS_UNUSABLE: text(
    (f) => `no image can be bound to the management class ${f.text('managementClass', 'that was named')}.`,
    'Choose a class with a backup copy group: “stillframe query mgmtclass -detail” shows them.',
  ),
  DELETION_NOT_CONFIRMED: text(
    () => 'the deletion was not confirmed. Nothing was deleted.',
    'Answer the question, or use -noprompt.',
  ),
  SCHEDULE_NOT_FOUND: text(
    (f) => `there is no schedule ${f.text('schedule', 'of that name')}.`,
    '“stillframe query schedule” lists the schedules.',
  ),
  SCHEDULE_INVALID: text(() => 'the schedule cannot be used like this. Nothing was changed.', 'Correct it.'),
  SCHEDULE_UNAVAILABLE: text(
    () => 'the schedule cannot be installed on this computer. What was installed is installed.',
    'Put the line that “stillframe schedule preview” prints into your crontab.',
  ),
  TARGET_NOT_FOUND: text(
    (f) => `there is no device ${f.text('target', 'of that name')}.`,
    '“stillframe query volume” lists the devices; to write a plain file, use -imagetofile.',
  ),
  TARGET_PERMISSION: text((f) => `you may not write ${f.target}.`, 'Run as root, or choose another target.'),
  TARGET_MOUNTED: text((f) => `${f.target} is mounted. ${NOT_WRITTEN}`, 'Unmount it, then restore again.'),
  TARGET_BUSY: text((f) => `${f.target} is in use. ${NOT_WRITTEN}`, 'Close whatever uses it, then restore again.'),
  TARGET_SYSTEM: text(
    (f) => `${f.target} holds the running system. ${NOT_WRITTEN}`,
    'Restore it from a rescue system.',
  ),
  TARGET_READ_ONLY: text(
    (f) => `${f.target} is read-only. ${NOT_WRITTEN}`,
    'Remove its write protection, or choose another target.',
  ),
  TARGET_TOO_SMALL: text(
    (f) =>
      `${f.target} is too small: ${f.bytes('neededBytes', 'more')} is needed, ` +
      `it has ${f.bytes('presentBytes', 'less')}. ${NOT_WRITTEN}`,
    'Choose a larger target. If every used block fits, -allowsmaller restores it.',
  ),
  TARGET_SECTOR_SIZE: text(
    (f) => `${f.target} has another sector size than the volume of the image. ${NOT_WRITTEN}`,
    'Choose a target with the same sector size, or restore to a file with -imagetofile.',
  ),
  TARGET_HOLDS_REPOSITORY: text(
    (f) => `${f.repository} lies on ${f.target}: restoring would destroy the image. ${NOT_WRITTEN}`,
    'Choose another target, or copy the repository to another disk.',
  ),
  TARGET_NOT_CONFIRMED: text(
    (f) => `overwriting ${f.target} was not confirmed. ${NOT_WRITTEN}`,
    'Type the name of the target when asked, or use -noprompt.',
  ),
  TARGET_FULL: text(
    (f) => `there is no space left while writing ${f.target}. What is there is not a complete volume.`,
    'Free some space, then restore again.',
  ),
  TARGET_WRITE_FAILED: text(
    (f) => `${f.target} could not be written. What is on it now is not a complete volume.`,
    'Check the device, then restore again, or restore to another one.',
  ),
  TARGET_VERIFY_FAILED: text(
    (f) => `what was read back from ${f.target} differs from the image. Do not use it.`,
    'The device is probably failing: restore to another one.',
  ),
  OPTION_INVALID: {
    happened: (f) => {
      const value = f.has('value') ? `=${f.text('value', '')}` : '';
      const place = f.has('line') ? ` (${f.text('file', '')}, line ${f.text('line', '')})` : '';
      const variable = f.has('variable') ? ` (from ${f.text('variable', '')})` : '';
      if (!f.has('option')) return `the options file ${f.text('file', '')} cannot be used.`;
      return `the option ${f.text('option', '')}${value}${place}${variable} cannot be used.`;
    },
    next: (f) => (f.has('allowed') ? `Allowed: ${f.text('allowed', '')}.` : '“stillframe help” lists the options.'),
  },
  OPTIONS_CHANGED: text(
    (f) => `${f.text('file', 'the options file')} was changed by someone else meanwhile.`,
    'Look at it again, then repeat the change.',
  ),
  OPTIONS_UNWRITABLE: text(
    (f) => `${f.text('file', 'the options file')} cannot be written.`,
    'Check who owns it and its folder, and that the disk has space left.',
  ),
  COMMAND_INVALID: text(
    (f) => (f.has('command') ? `there is no “${f.text('command', '')}” here.` : 'the command was not understood.'),
    '“stillframe help” lists the commands.',
  ),
  REQUEST_INVALID: text(() => 'the request was not understood. Nothing was done.', 'Correct it, then send it again.'),
  REQUEST_TIMEOUT: text(
    (f) => `the operation was stopped, because it took longer than ${f.text('seconds', 'the')} seconds.`,
    'Allow more time with timeout-secs; what was stored so far is used.',
  ),
  TASK_NOT_FOUND: text(() => 'there is no such run, or not any more.', '“stillframe query activity” lists the runs.'),
  TASK_CONFLICT: text(
    (f) => `${f.has('volume') ? f.volume : 'the same volume'} is already being worked on.`,
    'Wait until that has finished.',
  ),
  UNSUPPORTED_ON_HOST: text(() => 'the command line cannot do that.', 'Use the window.'),
  UNAUTHORIZED: text(() => 'access was refused.', 'Use the address that “stillframe web” printed.'),
  ENGINE_GONE: text(() => 'the engine ended unexpectedly.', 'Run the command again.'),
  CANCELLED: text(
    () => 'the run was cancelled before it was finished.',
    'Run the command again when it suits. What a cancelled backup stored is used then; ' +
      'a target that a cancelled restore wrote to does not hold a complete volume.',
  ),
  INTERNAL: text(() => 'something went wrong that should not have.', 'Please report it, with what -debug writes.'),
} as const satisfies Record<ErrorCode, ErrorText>;
