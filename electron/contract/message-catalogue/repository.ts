/** Messages about the repository and its keys. */
import { type MessageArea, NOTHING_DONE, RUN_STOPPED } from './message.ts';

export const REPOSITORY_MESSAGES: MessageArea = {
  SFR9001E: {
    text: 'There is no repository at {repository}.',
    explanation:
      'The place that is named as the repository does not exist, or does not hold one: the file “config” of a restic repository is not there.',
    systemAction: NOTHING_DONE,
    userAction:
      'Check -repository, STILLFRAME_REPOSITORY and the options file. If the repository is on a disk that is not attached, attach it. “stillframe init” creates a repository.',
  },
  SFR9002E: {
    text: 'There already is a repository at {repository}. It was not touched.',
    explanation: 'A repository was to be created in a place that holds one.',
    systemAction: 'The repository that is there was not changed.',
    userAction: 'Use it as it is, or name another place. No command overwrites a repository.',
  },
  SFR1312E: {
    text: 'The repository {repository} cannot be reached.',
    explanation:
      'The repository could be neither read nor written: its disk is not attached or not mounted, or the network or the server does not answer.',
    systemAction: RUN_STOPPED,
    userAction:
      'Attach the disk or check the network, then run the command again. What an interrupted backup stored is used by the next one.',
  },
  SFR1311E: {
    text: 'There is no space left for the repository {repository}. Earlier images are not affected.',
    explanation: 'The disk or the bucket of the repository took no more data.',
    systemAction: RUN_STOPPED,
    userAction:
      'Make room: let expiration remove images that are not needed (“stillframe expire -preview” shows which), or move the repository to a larger disk. Then run the command again.',
  },
  SFR9003E: {
    text: 'You may not read or write the repository {repository}.',
    explanation: 'The files of the repository belong to somebody else, or they are on a read-only file system.',
    systemAction: NOTHING_DONE,
    userAction:
      'Check who owns the files and whether the disk is mounted read-only, or run as the person who created it.',
  },
  SFR9004S: {
    text: 'The repository {repository} is damaged.',
    explanation:
      'A file of the repository is missing, or it does not hold what its name and its checksum promise. At least one image may not be restorable completely.',
    systemAction: 'Nothing was removed from the repository. Processing of this command stops.',
    userAction:
      'Run “stillframe check -readdata” to see everything that is affected. Do not delete anything, and copy the repository before you repair it. Then back up the volumes that are affected: blocks that are still on them are stored anew.',
  },
  SFR9005E: {
    text: 'The repository {repository} is locked by another program.',
    explanation:
      'Another program removes images or prunes the repository, or this command wants to do so while others use it. Backups and restores do not exclude each other.',
    systemAction: NOTHING_DONE,
    userAction:
      'Wait until the other program has finished. If it is certainly gone, “restic unlock” removes the lock that it left.',
  },
  SFR9006E: {
    text: 'The lock on the repository {repository} was lost, so this run stopped before it could do harm.',
    explanation:
      'The lock could not be refreshed in time, or somebody removed it. Without it another program may remove data that this run relies on.',
    systemAction: RUN_STOPPED,
    userAction:
      'Check the connection to the repository, the clocks of the computers that use it, and whether somebody runs “restic unlock”. Then run the command again.',
  },
  SFR9007E: {
    text: 'The repository {repository} has a format that this version cannot use.',
    explanation: 'It is a repository of version 1, or of a version later than this program.',
    systemAction: NOTHING_DONE,
    userAction:
      '“restic migrate upgrade_repo_v2” upgrades a repository of version 1. For a later version, install a newer Stillframe.',
  },
  SFR9008E: {
    text: 'No repository is open.',
    explanation: 'What was asked for needs a repository, and none was opened.',
    systemAction: NOTHING_DONE,
    userAction: 'Name a repository with -repository or in the options file, or open it in the window.',
  },
  SFR1503E: {
    text: 'A passphrase is needed to open the repository {repository}.',
    explanation: 'No key for this repository is kept on this computer, and no passphrase was given.',
    systemAction: NOTHING_DONE,
    userAction:
      'Give it with -passwordfile=FILE, STILLFRAME_PASSWORD_FILE or STILLFRAME_PASSWORD. The recovery key works too.',
  },
  SFR1025E: {
    text: 'No key of the repository {repository} opens with this passphrase.',
    explanation: 'The passphrase or the generated key of this computer is not one of the keys of this repository.',
    systemAction: NOTHING_DONE,
    userAction:
      'Check the password file for a typing error, and that it belongs to this repository. The recovery key that was shown at creation works too.',
  },
  SFR9009E: {
    text: 'The repository has no key {key}.',
    explanation: 'No key of the repository begins like that, or several do.',
    systemAction: 'No key was removed or changed.',
    userAction: '“stillframe key list” shows the keys. Type more of the id.',
  },
  SFR9010E: {
    text: 'This key opened the repository just now, so it cannot be removed.',
    explanation: 'Whoever removes the key in use may lock themselves out.',
    systemAction: 'No key was removed.',
    userAction: 'Open the repository with another key first, then remove this one.',
  },
};
