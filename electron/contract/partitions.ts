/** Partition tables: what a disk says about how it is divided. */
import { z } from 'zod';
import { bytesSchema } from './quantities.ts';

/** GUID partition table (UEFI), or master boot record (“dos”, “msdos”). */
export const partitionSchemeSchema = z.enum(['gpt', 'mbr']);
export type PartitionScheme = z.infer<typeof partitionSchemeSchema>;

/** `extended` only frames the `logical` ones; both are of the MBR. */
export const partitionRoleSchema = z.enum(['primary', 'extended', 'logical']);
export type PartitionRole = z.infer<typeof partitionRoleSchema>;

/** One entry of a table, as it stands on the disk. */
export const partitionEntrySchema = z.object({
  /** As the kernel counts: GPT slot from 1, MBR slot 1 to 4, logical partitions from 5. */
  number: z.number().int().min(1),
  role: partitionRoleSchema,
  /** From the start of the disk. */
  startBytes: bytesSchema,
  sizeBytes: bytesSchema,
  /** GUID in lower case, or `0x83`. */
  typeId: z.string(),
  /** What people call the type; empty where it is not known here. */
  typeName: z.string(),
  /** GUID in lower case, or `<disk signature>-<number>`, both hexadecimal, as blkid and the kernel spell it. */
  partUuid: z.string(),
  /** Name in the entry (GPT only). */
  name: z.string(),
  /** Numbers of the attribute bits that are set (GPT only). */
  attributes: z.array(z.number().int().min(0).max(63)),
  /** Boot flag (MBR only). */
  active: z.boolean(),
});
export type PartitionEntry = z.infer<typeof partitionEntrySchema>;

/** The disk around a partition, and the header of its table. */
export const partitionedDiskSchema = z.object({
  scheme: partitionSchemeSchema,
  /** GUID in lower case, or `0x1a2b3c4d`; empty where there is none. */
  diskId: z.string(),
  diskSizeBytes: bytesSchema,
  /** Bytes of the sectors that the table counts in. */
  sectorBytes: z.number().int().min(512),
  /** First and last sector that partitions may use (GPT only). */
  firstUsableLba: z.number().int().min(0).optional(),
  lastUsableLba: z.number().int().min(0).optional(),
  /** How many entries the table has room for (GPT only). */
  slotCount: z.number().int().min(1).optional(),
});
export type PartitionedDisk = z.infer<typeof partitionedDiskSchema>;

/** An entry with what is known about its content here and now. */
export const listedPartitionSchema = partitionEntrySchema.extend({
  /** `name` of the volume that the kernel made of it; absent where the kernel does not know the partition. */
  device: z.string().optional(),
  /** Type of the file system and its label, where they are known. */
  fsType: z.string().optional(),
  label: z.string().optional(),
});
export type ListedPartition = z.infer<typeof listedPartitionSchema>;

/** A disk's table. Entries in order of their numbers. */
export const partitionTableSchema = partitionedDiskSchema.extend({
  entries: z.array(listedPartitionSchema),
  /** What is wrong with the table; English sentences. */
  problems: z.array(z.string()),
});
export type PartitionTable = z.infer<typeof partitionTableSchema>;

/** A partition's entry with its disk: enough to make the entry again. */
export const volumePartitionSchema = partitionEntrySchema.extend({
  disk: partitionedDiskSchema,
  /** The other entries of the table, so that one image suffices to rebuild it; left out in lists of volumes. */
  others: z.array(partitionEntrySchema).optional(),
});
export type VolumePartition = z.infer<typeof volumePartitionSchema>;
