/** The field's words for the values of the contract, in the language of the window. */
import type {
  Consistency,
  ImageType,
  Mode,
  PartitionScheme,
  Phase,
  Reading,
  SnapshotProvider,
  TaskKind,
  TaskState,
  VolumeKind,
} from '#contract';
import { t } from './t.ts';
import { wordTable } from './word-table.ts';

const BACKUP_TYPES = ['image', 'snapshot', 'dynamic'] as const;
/** What a person chooses before a backup. `image` leaves the image type to the engine, `snapshotproviderimage` included. */
export type BackupType = (typeof BACKUP_TYPES)[number];

export const BACKUP_TYPE_NAMES = wordTable('backupTypeName', BACKUP_TYPES);
export const BACKUP_TYPE_HELP = wordTable('backupTypeHelp', BACKUP_TYPES);

const IMAGE_TYPES = ['static', 'snapshot', 'dynamic'] as const satisfies ImageType[];
/** What an image is, in full. */
export const IMAGE_TYPE_NAMES: Words<ImageType> = wordTable('imageTypeName', IMAGE_TYPES);
/** Short forms for table cells. */
export const IMAGE_TYPE_WORDS: Words<ImageType> = wordTable('imageType', IMAGE_TYPES);

/** What a dynamic image costs. */
export function dynamicWarning(): string {
  return t('words:dynamicWarning');
}

const CONSISTENCIES = ['application', 'filesystem', 'crash', 'fuzzy'] as const satisfies Consistency[];
export const CONSISTENCY_WORDS: Words<Consistency> = wordTable('consistency', CONSISTENCIES);
export const CONSISTENCY_SHORT: Words<Consistency> = wordTable('consistencyShort', CONSISTENCIES);
export const CONSISTENCY_HELP: Words<Consistency> = wordTable('consistencyHelp', CONSISTENCIES);

const MODES = ['selective', 'incremental'] as const satisfies Mode[];
export const MODE_WORDS: Words<Mode> = wordTable('mode', MODES);
export const MODE_NAMES: Words<Mode> = wordTable('modeName', MODES);
export const MODE_HELP: Words<Mode> = wordTable('modeHelp', MODES);

/** How much of the volume a run read. */
export const SCOPE_WORDS: Words<Reading['scope']> = wordTable('scope', ['used', 'raw', 'changed']);

export const PROVIDER_WORDS: Words<SnapshotProvider> = wordTable('provider', [
  'NONE',
  'LINUX_LVM',
  'REFLINK',
  'BTRFS',
  'FREEZE',
  'VSS',
  'JFS2',
]);

export const PHASE_WORDS: Words<Phase> = wordTable('phase', [
  'plan',
  'lock',
  'snapshot',
  'read',
  'store',
  'verify',
  'write',
  'index',
  'release',
  'expire',
  'repack',
  'delete',
]);

export const TASK_STATE_WORDS: Words<TaskState> = wordTable('taskState', [
  'queued',
  'running',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
]);

export const TASK_KIND_WORDS: Words<TaskKind> = wordTable('taskKind', [
  'backup',
  'restore',
  'check',
  'expire',
  'prune',
]);

export const VOLUME_KIND_WORDS: Words<VolumeKind> = wordTable('volumeKind', [
  'disk',
  'partition',
  'lv',
  'loop',
  'crypt',
  'raid',
  'rom',
  'file',
  'other',
]);

export const PARTITION_SCHEME_WORDS: Words<PartitionScheme> = wordTable('partitionScheme', ['gpt', 'mbr']);

type Words<K extends string> = Readonly<Record<K, string>>;

/** What people call contents whose type word is a program's; names, the same in every language. */
const FORMAT_NAMES: Readonly<Record<string, string>> = {
  crypto_LUKS: 'LUKS',
  linux_raid_member: 'RAID',
  ddf_raid_member: 'RAID',
  isw_raid_member: 'RAID',
  LVM2_member: 'LVM',
  LVM1_member: 'LVM',
  zfs_member: 'ZFS',
  VMFS_volume_member: 'VMFS',
};

/** The short name of a volume's content for a narrow column; `type` is blkid's word. */
export function formatWord(type: string): string {
  return type === 'swsuspend' ? t('words:hibernated') : (FORMAT_NAMES[type] ?? type);
}
