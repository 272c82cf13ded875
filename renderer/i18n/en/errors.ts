/** What people read when something fails: what happened, what it means for their data, what to do. */
import type { ErrorCode } from '#contract';
import type { ErrorText } from '../errors.ts';

const NOTHING_CHANGED = 'Nothing was read or changed.';
const OLDER_SAFE = 'Images that were already in the repository are untouched.';
const TARGET_UNTOUCHED = 'Nothing was written to the target.';

export const errors = {
  REPOSITORY_NOT_FOUND: {
    title: 'There is no repository at this location',
    meaning: NOTHING_CHANGED,
    action: 'Check the location, or create a repository there.',
  },
  REPOSITORY_EXISTS: {
    title: 'There is already a repository at this location',
    meaning: 'It was left as it is.',
    action: 'Open the existing repository, or choose an empty folder.',
  },
  REPOSITORY_UNREACHABLE: {
    title: 'The repository cannot be reached',
    meaning: `${OLDER_SAFE} New backups and restores have to wait.`,
    action: 'Connect the drive or the network, then try again.',
  },
  REPOSITORY_FULL: {
    title: 'The repository has no space left',
    meaning: `This image was not finished. ${OLDER_SAFE} Blocks stored so far are reused by the next run.`,
    action: 'Free space on the repository’s drive, then back up again.',
  },
  REPOSITORY_PERMISSION: {
    title: 'You may not write to the repository',
    meaning: NOTHING_CHANGED,
    action: 'Give your user write permission on the folder, or choose another location.',
  },
  REPOSITORY_DAMAGED: {
    title: 'The repository is damaged',
    meaning: 'At least one image may not be restorable. Nothing was deleted.',
    action: 'Run a check with data to learn which images are affected, and keep the repository as it is until then.',
  },
  REPOSITORY_LOCKED: {
    title: 'Another program is using the repository',
    meaning: NOTHING_CHANGED,
    action: 'Wait until the other program has finished, then try again.',
  },
  REPOSITORY_LOCK_LOST: {
    title: 'The lock on the repository was lost',
    meaning: `The run stopped so that nothing could be overwritten. ${OLDER_SAFE}`,
    action: 'Make sure that no other program removes locks, then try again.',
  },
  REPOSITORY_UNSUPPORTED: {
    title: 'This repository has a format that Stillframe does not know',
    meaning: 'It was left as it is.',
    action: 'Open a restic repository of version 2, or create a new repository elsewhere.',
  },
  REPOSITORY_NOT_OPEN: {
    title: 'No repository is open',
    meaning: NOTHING_CHANGED,
    action: 'Open the repository first.',
  },
  PASSPHRASE_REQUIRED: {
    title: 'The repository needs its passphrase',
    meaning: 'Your images are there, but cannot be read without it.',
    action: 'Enter the passphrase or the recovery key.',
  },
  PASSPHRASE_WRONG: {
    title: 'The passphrase does not fit this repository',
    meaning: 'Your images are untouched.',
    action: 'Try again, or enter the recovery key that was shown when the repository was created.',
  },
  KEY_NOT_FOUND: {
    title: 'This key does not exist in the repository',
    meaning: NOTHING_CHANGED,
    action: 'Refresh the list of keys and choose another one.',
  },
  KEY_IN_USE: {
    title: 'This key opened the repository and cannot be removed now',
    meaning: 'All keys are still valid.',
    action: 'Open the repository with another key first.',
  },
  VOLUME_NOT_FOUND: {
    title: 'The volume was not found',
    meaning: NOTHING_CHANGED,
    action: 'Connect the device and refresh the list of volumes.',
  },
  VOLUME_PERMISSION: {
    title: 'Stillframe may not read this volume',
    meaning: NOTHING_CHANGED,
    action: 'Start Stillframe with administrator rights, or choose an image file that you own.',
  },
  VOLUME_BUSY: {
    title: 'The volume is in use and cannot be kept still',
    meaning: 'No image was made. The volume is mounted as before.',
    action: 'Close the programs that use it and try again, or make a dynamic image.',
  },
  VOLUME_VANISHED: {
    title: 'The volume disappeared while it was read',
    meaning: `This image was not finished. ${OLDER_SAFE}`,
    action: 'Check the cable and the device, then back up again. Blocks already stored are reused.',
  },
  VOLUME_SIZE_CHANGED: {
    title: 'The volume changed its size while it was read',
    meaning: `This image was not finished. ${OLDER_SAFE}`,
    action: 'Wait until the resize has ended, then back up again.',
  },
  VOLUME_REMOUNT_FAILED: {
    title: 'The volume could not be mounted again as it was before',
    meaning: 'The data on it is intact, but it is not mounted, or mounted read-only.',
    action: 'Mount it by hand, or restart the computer.',
  },
  VOLUME_HOLDS_REPOSITORY: {
    title: 'The repository is stored on this very volume',
    meaning: NOTHING_CHANGED,
    action: 'Move the repository to another drive: an image inside its own volume would be lost together with it.',
  },
  FILESYSTEM_DAMAGED: {
    title: 'The file system on the volume is damaged',
    meaning: 'No image was made, because used blocks cannot be told from free ones.',
    action: 'Repair the file system, or image the volume whole.',
  },
  FILESYSTEM_UNSUPPORTED: {
    title: 'Stillframe does not know this file system well enough',
    meaning: 'Used blocks cannot be told from free ones.',
    action: 'Image the volume whole: every byte is read then.',
  },
  SNAPSHOT_UNAVAILABLE: {
    title: 'No snapshot of this volume can be made',
    meaning: NOTHING_CHANGED,
    action: 'Choose Image Backup, which unmounts the volume or remounts it read-only while it runs.',
  },
  SNAPSHOT_NO_SPACE: {
    title: 'There is not enough space for a snapshot of this volume',
    meaning: `No image was made, and the volume is as before. ${OLDER_SAFE}`,
    action:
      'Make room where the snapshot is to lie, and try again. Or choose Image Backup, or a smaller snapshotcachesize.',
  },
  SNAPSHOT_LOST: {
    title: 'The snapshot was lost while it was read',
    meaning: `No image was made, because the rest could not be read as it was. The volume itself is fine. ${OLDER_SAFE}`,
    action: 'Back up again: blocks already stored are reused. If the snapshot ran full, give it more space.',
  },
  SNAPSHOT_RELEASE_FAILED: {
    title: 'A snapshot could not be removed',
    meaning: 'The volume and your images are fine, but the snapshot still takes space and slows writing down.',
    action: 'Choose “Clean up leftovers” under Activity. If that fails as well, remove what is named here by hand.',
  },
  VOLUME_NOT_IDLE: {
    title: 'The volume was never without writes long enough',
    meaning: 'No image was made. The volume is as before.',
    action: 'Try again at a quieter time, or set snapshotfsidleaction to continue.',
  },
  SNAPSHOT_COMMAND_FAILED: {
    title: 'The command before the snapshot failed',
    meaning: `No image was made, because the application may not have been at rest. ${OLDER_SAFE}`,
    action: 'Correct presnapshotcmd in the options file. Its output is in the details.',
  },
  PROVIDER_UNSUPPORTED: {
    title: 'This snapshot provider is not available here',
    meaning: NOTHING_CHANGED,
    action: 'Choose another provider, or Image Backup.',
  },
  IMAGE_NOT_FOUND: {
    title: 'The image is not in the repository',
    meaning: 'It may have been removed by another program.',
    action: 'Refresh the list and choose another image.',
  },
  IMAGE_AMBIGUOUS: {
    title: 'More than one image fits this name',
    meaning: NOTHING_CHANGED,
    action: 'Choose the image by its full id.',
  },
  IMAGE_DAMAGED: {
    title: 'The image is damaged',
    meaning: 'At least one of its blocks is missing or does not match its checksum. Other images may be fine.',
    action: 'Choose another image of this volume, and run a check with data.',
  },
  TARGET_NOT_FOUND: {
    title: 'The target was not found',
    meaning: TARGET_UNTOUCHED,
    action: 'Connect the device and refresh, or choose another target.',
  },
  TARGET_PERMISSION: {
    title: 'Stillframe may not write to the target',
    meaning: TARGET_UNTOUCHED,
    action: 'Start Stillframe with administrator rights, or restore to a file.',
  },
  TARGET_MOUNTED: {
    title: 'The target is mounted',
    meaning: TARGET_UNTOUCHED,
    action: 'Unmount it first, or choose another target.',
  },
  TARGET_BUSY: {
    title: 'The target is in use',
    meaning: TARGET_UNTOUCHED,
    action: 'Close the programs that use it, or choose another target.',
  },
  TARGET_SYSTEM: {
    title: 'The target holds the running system',
    meaning: TARGET_UNTOUCHED,
    action: 'Restore to another device, or start the computer from a rescue medium.',
  },
  TARGET_READ_ONLY: {
    title: 'The target is read-only',
    meaning: TARGET_UNTOUCHED,
    action: 'Remove the write protection, or choose another target.',
  },
  TARGET_TOO_SMALL: {
    title: 'The target is smaller than the image',
    meaning: TARGET_UNTOUCHED,
    action: 'Choose a target that is at least as large as the volume was.',
  },
  TARGET_SECTOR_SIZE: {
    title: 'The target has another sector size than the volume had',
    meaning: TARGET_UNTOUCHED,
    action: 'Choose a target with the same sector size, or restore to a file.',
  },
  TARGET_HOLDS_REPOSITORY: {
    title: 'The repository is stored on this target',
    meaning: TARGET_UNTOUCHED,
    action: 'Choose another target: the restore would overwrite the image that it reads.',
  },
  TARGET_NOT_CONFIRMED: {
    title: 'The target’s name was not confirmed',
    meaning: TARGET_UNTOUCHED,
    action: 'Type the target’s name exactly as shown.',
  },
  TARGET_FULL: {
    title: 'There is no space left at the target',
    meaning: 'What was written is incomplete: do not use it. The image in the repository is intact.',
    action: 'Free space there or choose another location, then restore again.',
  },
  TARGET_WRITE_FAILED: {
    title: 'The target did not take all the data',
    meaning: 'The target holds a partial restore: do not use it. The image in the repository is intact.',
    action: 'Check the device, then restore again, or choose another target.',
  },
  TARGET_VERIFY_FAILED: {
    title: 'The target does not hold what was written to it',
    meaning: 'The device is not reliable: do not trust the restored volume. The image in the repository is intact.',
    action: 'Restore to another device.',
  },
  OPTION_INVALID: {
    title: 'An option has a value that is not allowed',
    meaning: NOTHING_CHANGED,
    action: 'Correct the value and try again.',
  },
  OPTIONS_CHANGED: {
    title: 'The options file was changed by someone else meanwhile',
    meaning: NOTHING_CHANGED,
    action: 'Load the preferences again, then repeat your change.',
  },
  OPTIONS_UNWRITABLE: {
    title: 'The options file cannot be written',
    meaning: 'The preferences are as before.',
    action: 'Check who owns the file and its folder, and that the disk has space left.',
  },
  COMMAND_INVALID: {
    title: 'The request was not understood',
    meaning: NOTHING_CHANGED,
    action: 'Correct the request and try again.',
  },
  IMAGE_DELETED: {
    title: 'This image was deleted',
    meaning: 'It is still in the repository until the next expiration, but it cannot be restored.',
    action: 'Take the deletion back first.',
  },
  IMAGE_PINNED: {
    title: 'This image is pinned',
    meaning: 'Nothing was deleted.',
    action: 'Unpin it first.',
  },
  IMAGE_FOREIGN: {
    title: 'This image was made by restic itself',
    meaning: 'Policy does not apply to it. Nothing was changed.',
    action: 'Use “restic forget” for it.',
  },
  POLICY_INVALID: {
    title: 'The policy cannot be used like this',
    meaning: 'What was in force is in force.',
    action: 'Correct what is marked, then save again.',
  },
  POLICY_CHANGED: {
    title: 'The policy was changed by someone else',
    meaning: 'Nothing was saved. What you entered is still here.',
    action: 'Look at the present policy, then save again.',
  },
  MANAGEMENT_CLASS_UNKNOWN: {
    title: 'There is no management class of that name',
    meaning: 'No image was made.',
    action: 'Choose another class, or create this one under Utilities, View Policy Information.',
  },
  MANAGEMENT_CLASS_UNUSABLE: {
    title: 'No image can be bound to this management class',
    meaning: 'It has no backup copy group. No image was made.',
    action: 'Choose another class.',
  },
  DELETION_NOT_CONFIRMED: {
    title: 'The deletion was not confirmed',
    meaning: 'Nothing was deleted.',
    action: 'Confirm it to delete.',
  },
  SCHEDULE_NOT_FOUND: {
    title: 'There is no schedule of that name',
    meaning: 'Nothing was changed.',
    action: 'Look at the list of schedules.',
  },
  SCHEDULE_INVALID: {
    title: 'The schedule cannot be used like this',
    meaning: 'Nothing was changed.',
    action: 'Correct what is marked, then save again.',
  },
  SCHEDULE_UNAVAILABLE: {
    title: 'The schedule cannot be installed on this computer',
    meaning: 'What was installed is installed.',
    action: 'Put the line that the preview shows into your crontab.',
  },
  REQUEST_INVALID: {
    title: 'The request was not understood',
    meaning: 'Nothing was done.',
    action: 'Correct the request, then send it again.',
  },
  REQUEST_TIMEOUT: {
    title: 'The operation took longer than it was allowed to',
    meaning: 'It was stopped. What was stored so far is used by the next run.',
    action: 'Allow more time.',
  },
  TASK_NOT_FOUND: {
    title: 'This task no longer exists',
    meaning: 'It has ended, or Stillframe was restarted.',
    action: 'Look at the images to see its result.',
  },
  TASK_CONFLICT: {
    title: 'Another task is working on the same volume',
    meaning: NOTHING_CHANGED,
    action: 'Wait until it has ended, then try again.',
  },
  UNSUPPORTED_ON_HOST: {
    title: 'This is not possible here',
    meaning: NOTHING_CHANGED,
    action: 'Use the desktop window or the command line for it.',
  },
  UNAUTHORIZED: {
    title: 'This window’s link has expired',
    meaning: 'Your images and running tasks are not affected.',
    action: 'Start Stillframe again and use the address that it prints.',
  },
  ENGINE_GONE: {
    title: 'The engine does not answer',
    meaning: 'Stored images are safe. What a running task is doing cannot be seen at the moment.',
    action: 'The window reconnects by itself. If it does not, start Stillframe again.',
  },
  CANCELLED: {
    title: 'You stopped it',
    meaning: OLDER_SAFE,
    action: 'Start it again at any time: blocks already stored are reused.',
  },
  INTERNAL: {
    title: 'Something went wrong inside Stillframe',
    meaning: 'The run stopped to be safe. Images already in the repository are untouched.',
    action: 'Try again. If it happens again, report it with the details below.',
  },
} as const satisfies Record<ErrorCode, ErrorText>;
