/** Labels and one line of help for every option; dots in names of options are underscores here. */
export const options = {
  repository: {
    label: 'Repository',
    help: 'Folder or S3 location that holds the images.',
    empty: 'the personal one in the data directory',
  },
  passwordaccess: {
    label: 'Password access',
    help: 'Whether a key of its own is kept on this computer, so that backups run without anybody there.',
    values: { generate: 'Keep a generated key', prompt: 'Ask for the passphrase' },
  },
  passwordfile: {
    label: 'Passphrase file',
    help: 'File that holds the passphrase of the repository; only its owner should be able to read it.',
    empty: 'none',
  },
  newpasswordfile: {
    label: 'New passphrase file',
    help: 'File that holds the passphrase of the key to add.',
    empty: 'none',
  },
  mode: {
    label: 'Mode',
    help: 'What a backup reads: everything in use, or what changed since the last image where that can be told.',
    values: { selective: 'Read everything', incremental: 'Read what changed' },
  },
  domain_image: {
    label: 'Domain for backup',
    help: 'Volumes that “Backup Domain” and “backup image” take when none is named.',
    empty: 'no volumes',
  },
  managementclass: {
    label: 'Management class',
    help: 'Class that images are bound to where no rule names another.',
  },
  compression: {
    label: 'Compression',
    help: 'Compresses stored blocks. Without it they are stored encrypted only: the least work, the most space.',
  },
  compressalways: {
    label: 'Compress always',
    help: 'Kept for old scripts and without effect: a block that would grow is always stored as it is.',
  },
  compressionlevel: {
    label: 'Compression level',
    help: 'Level of zstd for stored blocks: higher is smaller and slower.',
  },
  resourceutilization: {
    label: 'Resource utilization',
    help: 'Threads that compress and encrypt. Fewer leave more of the computer to others.',
    empty: 'one per processor',
  },
  changetracking: {
    label: 'Change tracking',
    help: 'Incremental runs read only what changed, where the snapshot provider can tell.',
  },
  changetrackingaudit: {
    label: 'Audit of change tracking',
    help: 'Share of the unchanged blocks that is read and compared all the same.',
  },
  changetrackingfull: {
    label: 'Read everything every',
    help: 'After this many runs everything is read, whatever change tracking says.',
  },
  imagegapsize: {
    label: 'Image gap size',
    help: 'Unused runs up to this size are read along with the used ones. 0 reads every block.',
  },
  allowraw: {
    label: 'Allow raw',
    help: 'Reads every block of a volume whose file system is damaged.',
  },
  imagetype: {
    label: 'Image type',
    help: 'Snapshot: the volume stays in use. Static: it is unmounted or read-only. Dynamic: as it is, may be inconsistent.',
    values: { static: 'Static', snapshot: 'Snapshot', dynamic: 'Dynamic' },
  },
  dynamicimage: {
    label: 'Dynamic image',
    help: 'Reads volumes while they are in use, without a snapshot. Only for volumes that cannot be had otherwise.',
  },
  snapshotproviderimage: {
    label: 'Snapshot provider',
    help: 'How a snapshot of a volume is taken.',
    values: {
      NONE: 'None: no snapshot',
      LINUX_LVM: 'LVM',
      REFLINK: 'Reflink',
      BTRFS: 'btrfs',
      FREEZE: 'Freeze',
      VSS: 'VSS (Windows)',
      JFS2: 'JFS2 (AIX)',
    },
  },
  snapshotfailover: {
    label: 'Fail over to a static image',
    help: 'Makes a static image where no snapshot can be had. Otherwise the run fails.',
  },
  snapshotcachesize: {
    label: 'Snapshot cache size',
    help: 'Space for what is written while the snapshot exists, in percent of the volume.',
    empty: 'as much as the writes ask for',
  },
  snapshotcachelocation: {
    label: 'Snapshot cache location',
    help: 'Device or folder that gives the space for the snapshot.',
    empty: 'where the volume is',
  },
  snapshotfsidlewait: {
    label: 'Wait until idle',
    help: 'Time without writes before the snapshot is taken: at the first try, and at the last one. 0 takes it at once.',
  },
  snapshotfsidleretries: {
    label: 'Tries to find it idle',
    help: 'How many times the wait for an idle volume is repeated.',
  },
  snapshotfsidleaction: {
    label: 'If it is never idle',
    help: 'What happens when the volume is written to all the time.',
    values: { fail: 'The run fails', continue: 'Take the snapshot all the same' },
  },
  presnapshotcmd: {
    label: 'Command before the snapshot',
    help: 'Quiesces programs. If it fails, no image is made.',
    empty: 'none',
  },
  postsnapshotcmd: {
    label: 'Command after the snapshot',
    help: 'Resumes programs once the snapshot is taken. If it fails, there is a warning.',
    empty: 'none',
  },
  snapshotcmdtimelimit: {
    label: 'Time limit of the commands',
    help: 'How long each of the two commands may take.',
  },
  freezetimelimit: {
    label: 'Time limit of a freeze',
    help: 'After this time a frozen volume can be written to again, in any case.',
  },
  imagetofile: {
    label: 'Image to file',
    help: 'Restores into a plain file instead of onto a volume.',
  },
  freespace: {
    label: 'Free space after a restore',
    help: 'What happens to blocks of the target that the image does not use.',
    values: { skip: 'Leave as it is', zero: 'Fill with zeros', discard: 'Give back to the device' },
  },
  verifyimage: {
    label: 'Verify after a restore',
    help: 'Reads everything back from the target and compares it with the image.',
  },
  allowsmaller: {
    label: 'Allow a smaller target',
    help: 'Restores to a smaller target when every used block fits.',
  },
  imageage: {
    label: 'An image is old after',
    help: 'After this time without a new image the health of a volume is no longer good.',
  },
  checkinterval: {
    label: 'A check is old after',
    help: 'How often the structure of the repository should be checked.',
  },
  checkreaddatainterval: {
    label: 'A check of all data is old after',
    help: 'How often every stored block should be read, decrypted and verified.',
  },
  guitreeviewafterbackup: {
    label: 'Return to the volumes after a backup',
    help: 'Stays in Backup when a run has ended. Otherwise the window goes back to the hub.',
  },
  notifications: {
    label: 'Desktop notifications',
    help: 'Says on the desktop how a task ended.',
  },
  notifyafter: {
    label: 'Only for tasks longer than',
    help: 'Shorter tasks end without a notification; one that failed always has one.',
  },
  language: {
    label: 'Language',
    help: 'Language of the window, its numbers and its dates.',
    values: { auto: 'Same as system', en: 'English', de: 'Deutsch' },
  },
  theme: {
    label: 'Colours',
    help: 'Light or dark window.',
    values: { system: 'Same as system', light: 'Light', dark: 'Dark' },
  },
  reducedmotion: {
    label: 'Reduced motion',
    help: 'Leaves out movement in the window.',
    values: { system: 'Same as system', yes: 'Yes', no: 'No' },
  },
  noprompt: {
    label: 'No prompt',
    help: 'Overwrites the target without asking for its name.',
  },
  detail: {
    label: 'Detail',
    help: 'Shows everything that is known.',
  },
  inactive: {
    label: 'Inactive images',
    help: 'Shows older images, too.',
  },
  readdata: {
    label: 'Read all data',
    help: 'Reads, decrypts and verifies every stored block.',
  },
  port: {
    label: 'Port',
    help: 'Port on 127.0.0.1; 0 takes a free one.',
  },
  exitwithparent: {
    label: 'Exit with parent',
    help: 'Ends when standard input is closed.',
  },
  json: {
    label: 'JSON',
    help: 'Writes JSON to standard output, for programs.',
  },
  errorlogname: {
    label: 'Error log file',
    help: 'File for warnings and errors. Only set in the options file itself.',
    empty: 'error.log in the state directory',
  },
  errorlogretention: {
    label: 'Error log retention',
    help: 'N: lines are kept. Otherwise days that they are kept, then D (older ones are discarded) or S (they are saved in a file that ends in .pru).',
  },
  errorlogmax: {
    label: 'Error log size',
    help: 'Size at which the error log is put aside and a new one begins; 0: it only grows.',
  },
  quiet: {
    label: 'Quiet commands',
    help: 'The command line shows results and problems only.',
  },
  debug: {
    label: 'Debug log',
    help: 'Writes the log to standard error, as JSON lines.',
  },
} as const;
