/** The field's words for the values of the contract. */
import type {
  Consistency,
  ImageType,
  Mode,
  PartitionScheme,
  Phase,
  Reading,
  SnapshotProvider,
  TaskState,
  VolumeKind,
} from '#contract';

/** What a person chooses before a backup. `image` leaves the image type to the engine, `snapshotproviderimage` included. */
export const BACKUP_TYPE_NAMES = {
  image: 'Image Backup',
  snapshot: 'Snapshot Image Backup',
  dynamic: 'Dynamic image',
} as const;

export type BackupType = keyof typeof BACKUP_TYPE_NAMES;

export const BACKUP_TYPE_HELP = {
  image: 'A volume in use gets a snapshot if one can be had. Otherwise it is read-only while it runs.',
  snapshot: 'The volume stays in use. Where no snapshot can be had, it is said before the start.',
  dynamic: 'Reads the volume while it is in use, without a snapshot. The image is fuzzy.',
} as const satisfies Record<BackupType, string>;

/** What an image is, in full. */
export const IMAGE_TYPE_NAMES = {
  static: 'Static image',
  snapshot: 'Snapshot image',
  dynamic: 'Dynamic image',
} as const satisfies Record<ImageType, string>;

/** Short forms for table cells. */
export const IMAGE_TYPE_WORDS = {
  static: 'Static',
  snapshot: 'Snapshot',
  dynamic: 'Dynamic',
} as const satisfies Record<ImageType, string>;

export const DYNAMIC_WARNING =
  'A dynamic image is fuzzy: the volume may change while it is read, so the file system inside can need a repair after a restore. Prefer Image Backup for data you depend on.';

export const CONSISTENCY_WORDS = {
  application: 'Application-consistent',
  filesystem: 'File-system-consistent',
  crash: 'Crash-consistent',
  fuzzy: 'Fuzzy',
} as const satisfies Record<Consistency, string>;

export const CONSISTENCY_SHORT = {
  application: 'Application',
  filesystem: 'File system',
  crash: 'Crash',
  fuzzy: 'Fuzzy',
} as const satisfies Record<Consistency, string>;

export const CONSISTENCY_HELP = {
  application: 'Programs finished their writes before the image was taken.',
  filesystem: 'The file system was unmounted, read-only or frozen: it needs no repair after a restore.',
  crash: 'As after a power cut: the journal is replayed at the first mount.',
  fuzzy: 'The volume changed while it was read: check the file system after a restore.',
} as const satisfies Record<Consistency, string>;

export const MODE_WORDS = { selective: 'Selective', incremental: 'Incremental' } as const satisfies Record<
  Mode,
  string
>;

export const MODE_NAMES = {
  selective: 'Read everything',
  incremental: 'Read what changed',
} as const satisfies Record<Mode, string>;

export const MODE_HELP = {
  selective:
    'Mode selective: everything in use is read. What change tracking says is checked on the way. Takes longest, trusts nothing.',
  incremental:
    'Mode incremental: change tracking says what to read, and a sample of the rest is read to check it. Every few runs everything is read.',
} as const satisfies Record<Mode, string>;

/** How much of the volume a run read. */
export const SCOPE_WORDS = {
  used: 'Used blocks only',
  raw: 'Every block',
  changed: 'Only what changed',
} as const satisfies Record<Reading['scope'], string>;

export const PROVIDER_WORDS = {
  NONE: 'None',
  LINUX_LVM: 'LVM',
  REFLINK: 'Reflink',
  BTRFS: 'btrfs',
  FREEZE: 'Freeze',
  VSS: 'VSS',
  JFS2: 'JFS2',
} as const satisfies Record<SnapshotProvider, string>;

export const PHASE_WORDS = {
  plan: 'plan',
  lock: 'lock',
  snapshot: 'quiesce',
  read: 'read',
  store: 'read + store',
  verify: 'verify',
  write: 'write',
  index: 'index',
  release: 'release',
} as const satisfies Record<Phase, string>;

export const TASK_STATE_WORDS = {
  queued: 'Queued',
  running: 'Running',
  cancelling: 'Cancelling',
  succeeded: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const satisfies Record<TaskState, string>;

export const TASK_KIND_WORDS = { backup: 'Backup', restore: 'Restore', check: 'Check' } as const;

export const VOLUME_KIND_WORDS = {
  disk: 'Disk',
  partition: 'Partition',
  lv: 'Logical volume',
  loop: 'Loop device',
  crypt: 'Encrypted volume',
  raid: 'RAID volume',
  rom: 'Optical disc',
  file: 'Image file',
  other: 'Device',
} as const satisfies Record<VolumeKind, string>;

export const PARTITION_SCHEME_WORDS = { gpt: 'GPT', mbr: 'MBR' } as const satisfies Record<PartitionScheme, string>;

/** What people call contents whose type word is a program's; others are called by their type. */
const FORMAT_WORDS: Readonly<Record<string, string>> = {
  crypto_LUKS: 'LUKS',
  linux_raid_member: 'RAID',
  ddf_raid_member: 'RAID',
  isw_raid_member: 'RAID',
  LVM2_member: 'LVM',
  LVM1_member: 'LVM',
  zfs_member: 'ZFS',
  VMFS_volume_member: 'VMFS',
  swsuspend: 'hibernated',
};

/** The short name of a volume's content for a narrow column; `type` is blkid's word. */
export function formatWord(type: string): string {
  return FORMAT_WORDS[type] ?? type;
}
