/** What a backup or a restore is asked to do, and what it would do. */
import { z } from 'zod';
import {
  consistencySchema,
  imageSummarySchema,
  imageTypeSchema,
  modeSchema,
  snapshotProviderSchema,
} from './images.ts';
import { bytesSchema } from './quantities.ts';
import { snapshotReadinessSchema } from './snapshots.ts';
import { usedMapSummarySchema, volumeSchema } from './volumes.ts';

/** Options of one backup run. Absent = the value in force from the options file or the default. */
export const backupRequestSchema = z.object({
  volume: z.string().min(1),
  mode: modeSchema.optional(),
  imageType: imageTypeSchema.optional(),
  snapshotProviderImage: z.string().optional(),
  /** Bytes; 0 = read everything. */
  imageGapBytes: bytesSchema.optional(),
  managementClass: z.string().optional(),
  /** zstd level, 1-19. */
  compressionLevel: z.number().int().min(1).max(19).optional(),
  /** After a damaged file system was reported: image it whole instead. */
  allowRaw: z.boolean().optional(),
  /**
   * Other options of this run by their name, as they could be typed. Commands are not taken from a window or a browser:
   * whoever may write the options file decides what is run.
   */
  options: z
    .record(z.string(), z.string())
    .refine(
      (options) => !Object.keys(options).some((name) => /cmd$/i.test(name)),
      'commands are set in the options file',
    )
    .optional(),
});
export type BackupRequest = z.infer<typeof backupRequestSchema>;

/** What a backup would do, known before it starts. */
export const backupPlanSchema = z.object({
  volume: volumeSchema,
  imageType: imageTypeSchema,
  /** Bytes that will be read, and why that many. */
  readBytes: bytesSchema,
  why: z.string(),
  /** Bytes likely to be added to the repository, as a range. */
  expectedNewBytes: z.object({ low: bytesSchema, high: bytesSchema }),
  repositoryFreeBytes: bytesSchema.optional(),
  /** Free in the repository afterwards; absent where its free space is not known. */
  freeAfterBytes: z.object({ low: bytesSchema, high: bytesSchema }).optional(),
  /** How long it is likely to take, from earlier runs; absent before there was one. */
  durationSeconds: z.object({ low: z.number().min(0), high: z.number().min(0) }).optional(),
  /** The command line that does the same. */
  command: z.string(),
  used: usedMapSummarySchema,
  gridBytes: bytesSchema,
  /** The run will unmount or remount this volume read-only while it lasts. */
  willRemount: z.array(z.string()),
  /** Things that stop the run; empty = it can start. English sentences. */
  obstacles: z.array(z.string()),
  warnings: z.array(z.string()),
  /** What the snapshot providers say; only of plans that may take a snapshot. */
  snapshot: snapshotReadinessSchema.optional(),
  provider: snapshotProviderSchema,
  /** Expected. */
  consistency: consistencySchema,
});
export type BackupPlan = z.infer<typeof backupPlanSchema>;

export const freeSpaceHandlingSchema = z.enum(['skip', 'zero', 'discard']);
export type FreeSpaceHandling = z.infer<typeof freeSpaceHandlingSchema>;

/** What a restore is to do. */
export const restoreRequestSchema = z.object({
  /** Snapshot id (full or unique prefix) or volume name (its latest active image). */
  source: z.string().min(1),
  /** Device or file; absent = the volume the image was made of. */
  target: z.string().optional(),
  /** Write a plain image file instead of a volume. */
  toFile: z.boolean().optional(),
  freeSpace: freeSpaceHandlingSchema.optional(),
  /** Read back and compare; default true. */
  verify: z.boolean().optional(),
  /** Allow a smaller target when every used block fits. */
  allowSmaller: z.boolean().optional(),
  /** The target's name as the person typed it; must equal the resolved target. */
  confirmation: z.string().optional(),
  /** `planId` of the plan that the person was shown: a start is refused when image or target changed since. */
  planId: z.string().optional(),
});
export type RestoreRequest = z.infer<typeof restoreRequestSchema>;

/** What a restore would do, and whether it may. */
export const restorePlanSchema = z.object({
  /** Names this image and this very target (kernel device or inode, size, serial, UUIDs). */
  planId: z.string(),
  image: imageSummarySchema,
  target: volumeSchema.optional(),
  targetName: z.string(),
  targetExists: z.boolean(),
  writeBytes: bytesSchema,
  freeBytes: bytesSchema,
  /** Present content of the target, one sentence ("ext4 “home”, 12 GiB used"). */
  targetContent: z.string(),
  /** Refusals; empty = it may start once confirmed. */
  refusals: z.array(z.object({ code: z.string(), text: z.string() })),
  warnings: z.array(z.string()),
});
export type RestorePlan = z.infer<typeof restorePlanSchema>;
