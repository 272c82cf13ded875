/** Warnings: what was asked for was done, and there is something to know. */
import { GOES_ON, type MessageArea } from './message.ts';

export const WARNING_MESSAGES: MessageArea = {
  SFR9200W: {
    text: '{warning}',
    explanation: 'Something was noticed that does not keep the command from being done. The message says what.',
    systemAction: GOES_ON,
    userAction: 'Read it. Nothing else is needed unless the message says so.',
  },
  SFR1213W: {
    text: '{reason} {volume} is imaged as a static image instead.',
    explanation:
      'A snapshot was to be taken, and could not be. The image is made of the volume itself while nobody writes to it.',
    systemAction:
      'A static image was made: the volume was unmounted or read-only meanwhile. The return code is at least 8.',
    userAction:
      'To be told of it as an error instead, use -imagetype=snapshot -snapshotproviderimage=PROVIDER. “stillframe query volume VOLUME -detail” says what each provider lacks.',
  },
  SFR1453W: {
    text: '{reason} The whole volume is read.',
    explanation:
      'Which blocks are in use is not known, so imagegapsize has no effect and free space is read and stored as well.',
    systemAction: 'The image is complete. It takes longer and may need more space. The return code is at least 8.',
    userAction: 'If the file system is damaged, repair it; then later images hold used blocks only.',
  },
  SFR1380W: {
    text: '{reason} The snapshot was taken all the same.',
    explanation: 'The volume was written to during every try that snapshotfsidlewait and snapshotfsidleretries allow.',
    systemAction: 'The snapshot was taken, as snapshotfsidleaction=continue says. The return code is at least 8.',
    userAction: 'Back up at a quieter time if applications on the volume do not bear to be copied while they write.',
  },
  SFR9201W: {
    text: '{warning}',
    explanation: 'The snapshot was taken, and its provider has something to say about it.',
    systemAction: GOES_ON,
    userAction: 'Follow what the message says, before it keeps the next backup from being made.',
  },
  SFR9202W: {
    text: 'The snapshot of {volume} cannot be enlarged any more; if it fills up, this run fails.',
    explanation: 'What is written to the volume meanwhile fills the snapshot, and its volume group has no more room.',
    systemAction: 'Processing continues for as long as the snapshot lasts.',
    userAction: 'Write less to the volume until the backup is done, or give its volume group more room.',
  },
  SFR9203W: {
    text: 'postsnapshotcmd failed for {volume}.',
    explanation:
      'The command that lets applications go on after the snapshot ended with an error, took too long, or could not be run.',
    systemAction: 'The image is made. The return code is at least 8.',
    userAction: 'Make sure that the applications go on, then correct the command.',
  },
  SFR9204W: {
    text: 'The snapshot of {volume} could not be removed.',
    explanation: 'It takes up space, and slows writing down, until it is gone.',
    systemAction: 'The image is complete. The next start tries to remove the snapshot again.',
    userAction: '“stillframe sweep” tries again at once.',
  },
  SFR9205W: {
    text: '{warning}',
    explanation:
      'Something about the file system is not as it should be: a copy of a structure was used, copies differ, or blocks are marked bad.',
    systemAction: 'The image holds everything that may be in use. The return code is at least 8.',
    userAction: 'Check the file system with the tools of its kind (fsck, chkdsk).',
  },
  SFR9206W: {
    text: '{bytes} bytes of {volume} could not be read and are zeros in the image.',
    explanation: 'The medium reported read errors. Everything else was read.',
    systemAction: 'The image was made, with zeros in these places, which it lists. The return code is at least 8.',
    userAction:
      'Keep the older images of the volume, replace the disk soon, and check which files are affected (“stillframe query image -detail” lists the ranges).',
  },
  SFR9207W: {
    text: 'Change tracking was wrong: {found}.',
    explanation: 'A sample of the blocks that change tracking called unchanged was read, and some had changed.',
    systemAction:
      'Change tracking was not used for this image: everything in use was read. The return code is at least 8.',
    userAction:
      'Images made since everything was last read may be wrong in such blocks; this one is right. Report what wrote past the tracking.',
  },
  SFR9208W: {
    text: '{count} packs of the repository are missing, so older images may be damaged.',
    explanation: 'Files that the index of the repository lists are not there.',
    systemAction: 'The image is made, and what is missing of it is stored anew. The return code is at least 8.',
    userAction: 'Run “stillframe check” to see which images are affected.',
  },
  SFR9209W: {
    text: 'The repository cannot be written to, so it was read without a lock: do not prune it meanwhile.',
    explanation:
      'The repository is full or read-only. Its images can be restored all the same, but other programs do not see that somebody reads.',
    systemAction: GOES_ON,
    userAction: 'Let no other program prune the repository until the restore is done.',
  },
  SFR9211W: {
    text: '{warning}',
    explanation: 'The volume was restored, and something about the target or the image is worth knowing.',
    systemAction: 'Everything that the image holds was written. The return code is at least 8.',
    userAction: 'Follow what the message says before you use the volume.',
  },
  SFR9212W: {
    text: '{warning}',
    explanation: 'A run that was stopped left a snapshot, a mount or a record behind, and it could not be removed.',
    systemAction: 'It stays, and the next start tries again. The return code is at least 8.',
    userAction: 'Look at what the message says is in the way, then use “stillframe sweep”.',
  },
  SFR9213W: {
    text: '{file}, line {line}: {problem}.',
    explanation: 'A line of the options file is not understood, or says again what another line says.',
    systemAction: 'The line, or the part of it that is named, is ignored. The return code is at least 8.',
    userAction: 'Correct the line. docs/options.md lists every option.',
  },
  SFR9214W: {
    text: 'Earlier images of {volume} are bound to the management class {to} from now on.',
    explanation:
      'All images of a volume are bound to the class of the newest one. This backup was bound to another class than the ones before, which changes how long those are kept.',
    systemAction: 'The images are bound to the new class. Expiration uses it from now on.',
    userAction:
      '“stillframe expire -preview” shows what that means for each image. Bind the volume to the earlier class to go back.',
  },
  SFR9215W: {
    text: '{volume} is mounted read-write: this image may mix states of different moments.',
    explanation: 'A dynamic image is read while the volume is written to, so its file system may be inconsistent.',
    systemAction: GOES_ON,
    userAction: 'Run fsck after a restore. Where a snapshot can be taken, use -imagetype=snapshot instead.',
  },
  SFR1092W: {
    text: 'Nothing fits what was asked for.',
    explanation: 'There is no image or volume that the names and options of the query fit.',
    systemAction: 'An empty list is the answer. The return code is at least 8.',
    userAction: 'Check the spelling. -inactive shows older images too.',
  },
  SFR1115W: {
    text: "Skipped '{volume}': {reason}",
    explanation: 'A rule of the options file excludes the volume, or it was named twice.',
    systemAction: 'The volume is not processed. The return code is at least 4.',
    userAction: '“stillframe query inclexcl” shows the rules. None is needed if the volume is to be left out.',
  },
};
