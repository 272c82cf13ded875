/** What can be backed up or restored onto, as the engine sees it. */
import { z } from 'zod';
import { partitionTableSchema, volumePartitionSchema } from './partitions.ts';
import { byteRangeSchema, bytesSchema } from './quantities.ts';

/** One user of a volume: a mount, a process, or a kernel subsystem stacked on it. */
export const volumeHolderSchema = z.object({
  kind: z.enum(['mount', 'process', 'swap', 'lvm', 'raid', 'crypt', 'multipath', 'loop', 'other']),
  /** Mount point, process name, or the stacked device. */
  name: z.string(),
  pid: z.number().int().optional(),
  /** Mounted read-write (mounts only). */
  writable: z.boolean().optional(),
});
export type VolumeHolder = z.infer<typeof volumeHolderSchema>;

export const mountSchema = z.object({
  mountPoint: z.string(),
  readOnly: z.boolean(),
  /** Kernel mount options, comma-separated. */
  options: z.string(),
  fsType: z.string(),
});
export type Mount = z.infer<typeof mountSchema>;

/** Facts that a file system probe found. */
export const fileSystemFactsSchema = z.object({
  /** Kernel name: `ext2`, `ext3`, `ext4`, `xfs`, … or `raw` where nothing is known. */
  type: z.string(),
  /** Version of the on-disk format where the family has several: `5` (XFS), `3.1` (NTFS), `FAT32`. */
  version: z.string().optional(),
  label: z.string(),
  uuid: z.string(),
  blockSizeBytes: bytesSchema,
  totalBytes: bytesSchema,
  usedBytes: bytesSchema,
  freeBytes: bytesSchema,
  /** Names of the on-disk features. */
  features: z.array(z.string()),
  /** `dirty`: the journal needs recovery or the file system was not unmounted cleanly. */
  state: z.enum(['clean', 'dirty', 'errors']),
});
export type FileSystemFacts = z.infer<typeof fileSystemFactsSchema>;

/** Type and version in the field's spelling: `ext4`, `vfat (FAT32)`, `xfs (v5)`, `ntfs 3.1`. */
export function fileSystemName({ type, version = '' }: Pick<FileSystemFacts, 'type' | 'version'>): string {
  if (version === '') return type;
  if (/^\d+\.\d+$/.test(version)) return `${type} ${version}`;
  return `${type} (${/^\d+$/.test(version) ? `v${version}` : version})`;
}

export const volumeKindSchema = z.enum(['disk', 'partition', 'lv', 'loop', 'crypt', 'raid', 'rom', 'file', 'other']);
export type VolumeKind = z.infer<typeof volumeKindSchema>;

/** A block device or a regular file that holds a file system or raw data. */
export const volumeSchema = z.object({
  /** Stable name used everywhere: the device path (`/dev/sdb1`, `/dev/mapper/vg0-home`) or the file's absolute path. */
  name: z.string(),
  kind: volumeKindSchema,
  /** `name` of the disk that holds it, if any. */
  parent: z.string().optional(),
  sizeBytes: bytesSchema,
  logicalSectorBytes: bytesSchema,
  physicalSectorBytes: bytesSchema,
  fsType: z.string(),
  label: z.string(),
  uuid: z.string(),
  partUuid: z.string(),
  model: z.string(),
  serial: z.string(),
  transport: z.string(),
  removable: z.boolean(),
  readOnly: z.boolean(),
  /** Holds the running system (/, /boot, /usr, swap in use, or the parent of such). */
  system: z.boolean(),
  mounts: z.array(mountSchema),
  holders: z.array(volumeHolderSchema),
  /** Used bytes of the file system, when it could be learned cheaply. */
  usedBytes: bytesSchema.optional(),
  /** The engine may open it for reading / writing with the rights it has. */
  readable: z.boolean(),
  writable: z.boolean(),
  /** What it would need to become readable, one English sentence; empty when readable. */
  needs: z.string(),
  /** The table on it: disks, and image files and other whole devices that hold one. */
  partitionTable: partitionTableSchema.optional(),
  /** Its own entry in the table of its disk (partitions whose entry says what the kernel says). */
  partition: volumePartitionSchema.optional(),
});
export type Volume = z.infer<typeof volumeSchema>;

/** Used extents of a volume with what is known about them. */
export const usedMapSummarySchema = z.object({
  /** `used`: only used blocks are read; `raw`: everything is read. */
  mode: z.enum(['used', 'raw']),
  /** Why `raw`, or what was unusual; English sentences. */
  warnings: z.array(z.string()),
  extentCount: z.number().int().min(0),
  usedBytes: bytesSchema,
  /** Unused runs longer than the gap size, which are not read: how many, and their bytes. */
  skippedCount: z.number().int().min(0),
  skippedBytes: bytesSchema,
  largestGap: byteRangeSchema.optional(),
});
export type UsedMapSummary = z.infer<typeof usedMapSummarySchema>;
