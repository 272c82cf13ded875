/** Messages about images and policy. */
import { type MessageArea, NOTHING_DONE } from './message.ts';

export const IMAGE_MESSAGES: MessageArea = {
  SFR4000E: {
    text: 'There is no image {image}.',
    explanation:
      'No volume of that name was backed up to this repository, and no image has an id that begins like that.',
    systemAction: NOTHING_DONE,
    userAction: '“stillframe query image -inactive” lists every image.',
  },
  SFR9041E: {
    text: 'Several images begin with {image}.',
    explanation: 'The part of an id that was given fits more than one image.',
    systemAction: NOTHING_DONE,
    userAction: 'Type more of the id. “stillframe query image -inactive” shows the ids.',
  },
  SFR9042S: {
    text: 'The image cannot be restored completely, because parts of it are damaged or missing in the repository.',
    explanation: 'Blocks that belong to the image are gone, or their checksum is wrong.',
    systemAction:
      'The restore stops. If it had begun to write, the message says what was written; the target does not hold a complete volume.',
    userAction: 'Restore an older image of the volume. “stillframe check -readdata” shows what is affected.',
  },
  SFR9043E: {
    text: 'The image {image} was deleted, so it cannot be restored. It is removed by the next expiration.',
    explanation: '“delete backup” was used on it. Its data is still there until expiration and pruning remove it.',
    systemAction: NOTHING_DONE,
    userAction: '“stillframe undelete backup” takes the deletion back until then.',
  },
  SFR9044E: {
    text: 'The image {image} is pinned. Nothing was deleted.',
    explanation: 'A pinned image is kept whatever policy says, and cannot be deleted.',
    systemAction: NOTHING_DONE,
    userAction: 'Unpin it first: “stillframe unpin image”.',
  },
  SFR9045E: {
    text: 'The image {image} was made by restic itself, so policy does not apply to it.',
    explanation: 'Images that another program stored in the repository are never changed or removed by Stillframe.',
    systemAction: NOTHING_DONE,
    userAction: 'Use “restic forget” for it.',
  },
  SFR9051E: {
    text: 'The policy cannot be used like this. What was in force is in force.',
    explanation: 'A class has a value out of range, a name is used twice, or the default class does not exist.',
    systemAction: 'The policy was not saved.',
    userAction: 'Correct what the message names. “stillframe query mgmtclass -detail” shows the classes.',
  },
  SFR9052E: {
    text: 'The policy was changed by someone else meanwhile.',
    explanation: 'Between reading and saving it another computer or window saved a version of its own.',
    systemAction: 'The policy was not saved; the other version is in force.',
    userAction: 'Look at it again, then repeat the change.',
  },
  SFR9053E: {
    text: 'There is no management class {managementClass}.',
    explanation:
      'The class that the command, -managementclass or a rule names is not in the policy of this repository.',
    systemAction:
      'Nothing is done with it. No image is made of a volume that was to be bound to it; other volumes of the command are processed.',
    userAction: '“stillframe query mgmtclass” lists the classes; “stillframe set mgmtclass” creates one.',
  },
  SFR1111E: {
    text: 'No image can be bound to the management class {managementClass}.',
    explanation: 'The class has no backup copy group, so it does not say how long images are kept.',
    systemAction: 'The volume is not processed. Other volumes of the command are.',
    userAction: 'Choose a class with a backup copy group: “stillframe query mgmtclass -detail” shows them.',
  },
  SFR9054E: {
    text: 'The deletion was not confirmed. Nothing was deleted.',
    explanation: 'The question was answered with no, or there was no terminal to ask at.',
    systemAction: NOTHING_DONE,
    userAction: 'Answer the question, or use -noprompt in scripts.',
  },
  SFR9061E: {
    text: 'There is no schedule {schedule}.',
    explanation: 'No schedule of that name was written by Stillframe on this computer.',
    systemAction: NOTHING_DONE,
    userAction: '“stillframe query schedule” lists the schedules.',
  },
  SFR9062E: {
    text: 'The schedule cannot be used like this. Nothing was changed.',
    explanation: 'A time, a name or a list of volumes of the schedule is not understood.',
    systemAction: 'No timer was written or removed.',
    userAction: 'Correct what the message names.',
  },
  SFR9063E: {
    text: 'Nothing on this computer can start the schedule.',
    explanation: 'There is no systemd for the person who asks, or it refused the timer.',
    systemAction: 'No timer was written.',
    userAction: 'Put the line that “stillframe schedule preview” prints into your crontab.',
  },
};
