/** Messages about volumes that are read, their file systems and snapshots. */
import { type MessageArea, NOTHING_DONE, RUN_STOPPED } from './message.ts';

export const VOLUME_MESSAGES: MessageArea = {
  SFR1063E: {
    text: 'There is no volume {volume}.',
    explanation: 'The name is neither a block device, nor a mount point, nor a file that could be imaged.',
    systemAction: 'The volume is not processed. Other volumes of the command are.',
    userAction: 'Check the spelling. “stillframe query volume” lists the volumes; a file can be named by its path.',
  },
  SFR4007E: {
    text: 'You may not read the volume {volume}.',
    explanation: 'Devices can be read by root, and by others where an administrator allows it.',
    systemAction: 'The volume is not processed. Other volumes of the command are.',
    userAction: 'Run as root, or ask to be given access to the device.',
  },
  SFR4987E: {
    text: 'The volume {volume} is in use, so it cannot be kept still for a static image. It was not changed.',
    explanation:
      'A static image is taken of a volume that nobody writes to. Programs have files of it open, or something else holds the device. The message lists who.',
    systemAction:
      'The volume is not processed, and stays mounted as it was. Other volumes of the command are processed.',
    userAction:
      'Close the programs that are listed, let a snapshot be taken (-imagetype=snapshot), or take a -imagetype=dynamic image, which may be inconsistent.',
  },
  SFR9021E: {
    text: 'The volume {volume} disappeared while it was read. No image was made of it.',
    explanation: 'The device was unplugged or failed, or its name stands for another volume by now.',
    systemAction: RUN_STOPPED,
    userAction: 'Check cable and device and the kernel log, then back it up again.',
  },
  SFR4037E: {
    text: 'The volume {volume} changed its size while it was read. No image was made of it.',
    explanation: 'The partition, the logical volume or the file was resized during the backup.',
    systemAction: RUN_STOPPED,
    userAction: 'Back it up again once resizing has finished.',
  },
  SFR9022E: {
    text: 'The volume {volume} could not be mounted as it was before.',
    explanation:
      'For a static image it had been unmounted or mounted read-only, and the system refused to undo that afterwards.',
    systemAction: 'The volume is left as the message says. The next start of Stillframe tries again.',
    userAction: 'Look at the kernel log, then mount it by hand.',
  },
  SFR9023E: {
    text: 'The repository {repository} lies on the volume {volume}: it would have to hold itself, and would be lost together with it.',
    explanation: 'A backup that is kept on the volume that it is of does not help when the volume is lost.',
    systemAction: 'The volume is not processed. Other volumes of the command are.',
    userAction: 'Use a repository on another disk.',
  },
  SFR9024E: {
    text: 'The file system on the volume {volume} is damaged, so its used blocks are not known for certain.',
    explanation:
      'A structure that says which blocks are in use has a wrong checksum or contradicts another one. An image that trusted it might lack data.',
    systemAction: 'The volume is not processed. Other volumes of the command are.',
    userAction: 'Repair the file system first. To keep it as it is, read every block with -allowraw.',
  },
  SFR9025E: {
    text: 'The file system on the volume {volume} has features that are not understood.',
    explanation:
      'Which blocks are in use cannot be told, because the file system uses features newer than this program.',
    systemAction: 'The volume is not processed. Other volumes of the command are.',
    userAction: 'Read every block with -allowraw, or install a newer Stillframe.',
  },
  SFR1375E: {
    text: 'No snapshot can be taken of the volume {volume}.',
    explanation:
      'None of the snapshot providers of this computer can hold this volume still: it is no logical volume, its file system cannot be frozen or cloned, or the provider refused.',
    systemAction: 'The volume is not processed, and was not changed. Other volumes of the command are processed.',
    userAction:
      '“stillframe query volume VOLUME -detail” says what each provider lacks. Use -imagetype=static for an image of the unmounted volume.',
  },
  SFR3013E: {
    text: 'The snapshot provider {provider} does not work here.',
    explanation:
      'The provider that was named does not exist on this operating system, or not for volumes of this kind.',
    systemAction: NOTHING_DONE,
    userAction: 'Leave -snapshotproviderimage away, so that one is chosen, or use -snapshotproviderimage=NONE.',
  },
  SFR1378E: {
    text: 'There is not enough space for a snapshot of the volume {volume}. Nothing was changed.',
    explanation:
      'The volume group, the thin pool or the file system has less room than the snapshot is expected to need.',
    systemAction: 'The volume is not processed. Other volumes of the command are.',
    userAction: 'Make room there, or ask for a smaller snapshot with -snapshotcachesize=PERCENT.',
  },
  SFR9031E: {
    text: 'The snapshot of the volume {volume} was lost while it was read. No image was made of it; older ones are intact.',
    explanation: 'It ran full because much was written to the volume, or somebody removed it.',
    systemAction: RUN_STOPPED,
    userAction: 'Give the snapshot more space with -snapshotcachesize, or back up at a quieter time.',
  },
  SFR9032E: {
    text: 'The snapshot of the volume {volume} could not be removed.',
    explanation: 'It takes up space, and slows writing down, until it is gone.',
    systemAction: 'The snapshot is left, and recorded, so that the next start tries again.',
    userAction:
      '“stillframe sweep” tries again at once. If that fails, remove it with the tools of its kind (“lvremove”).',
  },
  SFR9033E: {
    text: 'The volume {volume} was never without writes for as long as snapshotfsidlewait asks.',
    explanation: 'A snapshot was to be taken at a moment without writes, and there was none in the tries allowed.',
    systemAction: 'No snapshot was taken, and no image was made.',
    userAction: 'Try again at a quieter time, shorten snapshotfsidlewait, or set -snapshotfsidleaction=continue.',
  },
  SFR9034E: {
    text: 'presnapshotcmd failed for the volume {volume}, so no image was made.',
    explanation:
      'The command that prepares applications for the snapshot ended with an error, or took too long. A snapshot of applications that are not prepared would be worth less than it looks.',
    systemAction: 'No snapshot was taken. postsnapshotcmd was run, so that applications go on.',
    userAction: 'Correct the command, or set it to "" to do without.',
  },
};
