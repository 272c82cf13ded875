/** Messages about targets that a restore writes to. */
import { type MessageArea, TARGET_UNTOUCHED } from './message.ts';

const INCOMPLETE = 'The restore stops. The target does not hold a complete volume; the message says what was written.';

export const TARGET_MESSAGES: MessageArea = {
  SFR1082E: {
    text: 'There is no device {target}.',
    explanation: 'The destination is neither a block device nor a file that exists.',
    systemAction: TARGET_UNTOUCHED,
    userAction: '“stillframe query volume” lists the devices. To write a plain file, use -imagetofile.',
  },
  SFR9071E: {
    text: 'You may not write the target {target}.',
    explanation: 'Devices can be written by root, and by others where an administrator allows it.',
    systemAction: TARGET_UNTOUCHED,
    userAction: 'Run as root, or choose another target.',
  },
  SFR9072E: {
    text: 'The target {target} is mounted. Nothing was written to it.',
    explanation: 'The system would go on writing to the volume while it is overwritten, and destroy what is restored.',
    systemAction: TARGET_UNTOUCHED,
    userAction: 'Unmount it, then restore again.',
  },
  SFR1226E: {
    text: 'The target {target} is in use. Nothing was written to it.',
    explanation:
      'A program has the device open, or it belongs to a RAID, a volume group or an encrypted volume that is active.',
    systemAction: TARGET_UNTOUCHED,
    userAction: 'Close whatever the message lists, then restore again.',
  },
  SFR9073E: {
    text: 'The target {target} holds the running system. Nothing was written to it.',
    explanation: 'The system cannot be overwritten while it runs.',
    systemAction: TARGET_UNTOUCHED,
    userAction: 'Start a rescue system and restore it from there.',
  },
  SFR9074E: {
    text: 'The target {target} is read-only. Nothing was written to it.',
    explanation: 'The device or the file system that the file is on takes no writes.',
    systemAction: TARGET_UNTOUCHED,
    userAction: 'Remove its write protection, or choose another target.',
  },
  SFR9075E: {
    text: 'The target {target} is too small: {needed} is needed, it has {present}. Nothing was written to it.',
    explanation: 'The image is of a larger volume than the target.',
    systemAction: TARGET_UNTOUCHED,
    userAction: 'Choose a larger target. If every used block fits, -allowsmaller restores it.',
  },
  SFR9076E: {
    text: 'The target {target} has another sector size than the volume of the image. Nothing was written to it.',
    explanation: 'File systems refer to sectors of one size and cannot be used on a disk with another.',
    systemAction: TARGET_UNTOUCHED,
    userAction: 'Choose a target with the same sector size, or restore to a file with -imagetofile.',
  },
  SFR9077E: {
    text: 'The repository {repository} lies on the target {target}: restoring would destroy the image. Nothing was written to it.',
    explanation: 'The image would be overwritten while it is read.',
    systemAction: TARGET_UNTOUCHED,
    userAction: 'Choose another target, or copy the repository to another disk.',
  },
  SFR9078E: {
    text: 'Overwriting the target {target} was not confirmed. Nothing was written to it.',
    explanation: 'A restore destroys everything on its target, so the name of the target must be typed.',
    systemAction: TARGET_UNTOUCHED,
    userAction: 'Type the name of the target when asked, or use -noprompt in scripts.',
  },
  SFR4009E: {
    text: 'There is no space left while writing the target {target}. What is there is not a complete volume.',
    explanation: 'The file system that the target file is on is full.',
    systemAction: INCOMPLETE,
    userAction: 'Free some space, or choose another place, then restore again.',
  },
  SFR4023E: {
    text: 'The target {target} could not be written. What is on it now is not a complete volume.',
    explanation: 'The device reported an error while it was written.',
    systemAction: INCOMPLETE,
    userAction: 'Check the device and the kernel log, then restore again, or restore to another one.',
  },
  SFR9079S: {
    text: 'What was read back from the target {target} differs from the image. Do not use it.',
    explanation:
      'After writing, the target is read again and compared. It gave back other bytes: the device loses or changes data.',
    systemAction: 'The restore ends as failed. The image in the repository is intact.',
    userAction: 'The device is probably failing: restore to another one.',
  },
};
