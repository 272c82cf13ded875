/** Images: what a backup leaves in the repository and what File Details shows. */
import { z } from 'zod';
import { volumePartitionSchema } from './partitions.ts';
import { byteRangeSchema, bytesSchema, idSchema, instantSchema } from './quantities.ts';
import { readingSchema } from './reading.ts';
import { fileSystemFactsSchema, volumeKindSchema } from './volumes.ts';

/** How the volume was kept still. `static`: unmounted or read-only; `snapshot`; `dynamic`: as is (fuzzy). */
export const imageTypeSchema = z.enum(['static', 'snapshot', 'dynamic']);
export type ImageType = z.infer<typeof imageTypeSchema>;

/** `application` > `filesystem` > `crash` > `fuzzy`. */
export const consistencySchema = z.enum(['application', 'filesystem', 'crash', 'fuzzy']);
export type Consistency = z.infer<typeof consistencySchema>;

export const modeSchema = z.enum(['selective', 'incremental']);
export type Mode = z.infer<typeof modeSchema>;

export const snapshotProviderSchema = z.enum(['NONE', 'LINUX_LVM', 'REFLINK', 'BTRFS', 'FREEZE', 'VSS', 'JFS2']);
export type SnapshotProvider = z.infer<typeof snapshotProviderSchema>;

/** What one run did with the volume's bytes; all in bytes. */
export const imageCountersSchema = z.object({
  /** Size of the volume: every byte is accounted for. */
  scannedBytes: bytesSchema,
  /** Read from the device. */
  readBytes: bytesSchema,
  /** In grid blocks whose content was not in the repository before this run. */
  changedBytes: bytesSchema,
  /** Added to the repository after compression and encryption. */
  storedBytes: bytesSchema,
  /** In grid blocks found in the repository, or twice in this run. */
  deduplicatedBytes: bytesSchema,
  /** Read, and all zero. */
  zeroBytes: bytesSchema,
  /** In grid blocks without any used extent: not read. */
  freeBytes: bytesSchema,
  /** Could not be read and stored as zeros. */
  unreadableBytes: bytesSchema,
  /** In grid blocks that change tracking knew to be unchanged: taken over from the image before without reading. */
  unchangedBytes: bytesSchema.optional(),
});
export type ImageCounters = z.infer<typeof imageCountersSchema>;

export const volumeIdentitySchema = z.object({
  /** Device path or file path at the time of the backup. */
  name: z.string(),
  kind: volumeKindSchema,
  sizeBytes: bytesSchema,
  logicalSectorBytes: bytesSchema,
  physicalSectorBytes: bytesSchema,
  fsUuid: z.string(),
  fsLabel: z.string(),
  partUuid: z.string(),
  model: z.string(),
  serial: z.string(),
  mountPoint: z.string(),
  /** Of partitions: their entry, and the table around it. Absent in images of older versions. */
  partition: volumePartitionSchema.optional(),
});
export type VolumeIdentity = z.infer<typeof volumeIdentitySchema>;

export const MANIFEST_VERSION = 1;

/** `manifest.json` of an image snapshot (architecture.md, section 4). */
export const manifestSchema = z.object({
  version: z.literal(MANIFEST_VERSION),
  volume: volumeIdentitySchema,
  fileSystem: fileSystemFactsSchema,
  imageType: imageTypeSchema,
  provider: snapshotProviderSchema,
  consistency: consistencySchema,
  mode: modeSchema,
  /** Options in force, by their option name. */
  options: z.record(z.string(), z.string()),
  /** Bytes of one grid block. */
  gridBytes: bytesSchema,
  /** Largest unused run that is still read, bytes. */
  gapBytes: bytesSchema,
  /** How the used extents were found. */
  extents: z.object({
    mode: z.enum(['used', 'raw']),
    count: z.number().int().min(0),
    usedBytes: bytesSchema,
    /** Unused runs that were not read, which are zeros in the image; absent in images of older versions. */
    skipped: z
      .object({ count: z.number().int().min(0), bytes: bytesSchema, largest: byteRangeSchema.optional() })
      .optional(),
  }),
  unreadable: z.array(byteRangeSchema),
  warnings: z.array(z.string()),
  counters: imageCountersSchema,
  /** How much was read, and why; absent in images of older versions. */
  reading: readingSchema.optional(),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  engineVersion: z.string(),
  managementClass: z.string(),
  /** SHA-256 Merkle root over the ids of the grid blocks (docs/formats/manifest.md). */
  merkleRoot: idSchema,
});
export type Manifest = z.infer<typeof manifestSchema>;

/** One image in a list. */
export const imageSummarySchema = z.object({
  /** restic snapshot id. */
  id: idSchema,
  /** Volume name. */
  volume: z.string(),
  time: instantSchema,
  hostname: z.string(),
  /** Size of the volume, bytes. */
  imageSize: bytesSchema,
  /** Bytes of the used extents. */
  usedSize: bytesSchema,
  /** Sum of the stored sizes of the distinct blobs that this image needs; absent when it was not computed. */
  storedSize: bytesSchema.optional(),
  /** Bytes this run added to the repository. */
  newSize: bytesSchema,
  /** Logical sector size of the source device; absent where it was a file or is not known. */
  logicalSectorBytes: bytesSchema.optional(),
  fsType: z.string(),
  fsLabel: z.string(),
  /** In lists the class that it is bound to now: that of the newest image of its volume. */
  mgmtClass: z.string(),
  /** The newest image of its volume that is not deleted, unless the volume was deactivated. */
  active: z.boolean(),
  /** Kept whatever policy says; absent: not pinned. */
  pinned: z.object({ at: instantSchema, reason: z.string() }).optional(),
  /** When “delete backup” marked it: it cannot be restored, and the next expiration removes it. */
  deletedAt: instantSchema.optional(),
  imageType: imageTypeSchema,
  provider: snapshotProviderSchema,
  consistency: consistencySchema,
  mode: modeSchema,
  unreadableBytes: bytesSchema,
  /** Written by us with a manifest, or by restic itself (`restic backup` of a device). */
  origin: z.enum(['stillframe', 'restic']),
});
export type ImageSummary = z.infer<typeof imageSummarySchema>;

/** Everything View → File Details shows. */
export const imageDetailsSchema = z.object({
  summary: imageSummarySchema,
  /** Absent for images that restic made. */
  manifest: manifestSchema.optional(),
  /** Sum of the stored sizes of the distinct blobs that this image needs. */
  storedSize: bytesSchema,
  blockCount: z.number().int().min(0),
  uniqueBlockCount: z.number().int().min(0),
  /** A ready restic command line that restores this image without us. */
  resticCommand: z.string(),
  /** Input for sfdisk(8) that makes the table of the volume's disk again; only of partitions. */
  partitionScript: z.string().optional(),
});
export type ImageDetails = z.infer<typeof imageDetailsSchema>;
