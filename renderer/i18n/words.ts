/** The field's words for the values of the contract. */
import type {
  Consistency,
  ImageType,
  Mode,
  PartitionScheme,
  Phase,
  SnapshotProvider,
  TaskState,
  VolumeKind,
} from '#contract';

export const IMAGE_TYPE_NAMES = {
  static: 'Image Backup',
  snapshot: 'Snapshot Image Backup',
  dynamic: 'Dynamic image',
} as const satisfies Record<ImageType, string>;

/** Short forms for table cells. */
export const IMAGE_TYPE_WORDS = {
  static: 'Static',
  snapshot: 'Snapshot',
  dynamic: 'Dynamic',
} as const satisfies Record<ImageType, string>;

export const IMAGE_TYPE_HELP = {
  static: 'Makes a mounted volume read-only while it runs.',
  snapshot:
    'Snapshot providers arrive with the next release. Image Backup makes a mounted volume read-only while it runs.',
  dynamic: 'Reads the volume while it is in use. The image is fuzzy.',
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
