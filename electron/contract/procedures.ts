/** Every request a renderer, a browser or another process may make of the engine. Names are stable for ever. */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import {
  consistencySchema,
  imageDetailsSchema,
  imageSummarySchema,
  imageTypeSchema,
  modeSchema,
  snapshotProviderSchema,
} from './images.ts';
import { bytesSchema, idSchema } from './quantities.ts';
import { repositoryStatusSchema } from './repository.ts';
import { snapshotReadinessSchema } from './snapshots.ts';
import { taskSnapshotSchema } from './tasks.ts';
import { usedMapSummarySchema, volumeSchema } from './volumes.ts';

/** What the host offers; features read these instead of asking which host they run in. */
export const capabilitiesSchema = z.object({
  canPickFolder: z.boolean(),
  canPickFile: z.boolean(),
  canNotify: z.boolean(),
  canElevate: z.boolean(),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

export const systemDescriptionSchema = z.object({
  version: z.string(),
  platform: z.string(),
  nodeName: z.string(),
  /** The engine runs as root, so raw devices can be opened. */
  privileged: z.boolean(),
  homeDirectory: z.string(),
  capabilities: capabilitiesSchema,
});
export type SystemDescription = z.infer<typeof systemDescriptionSchema>;

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

const directoryEntrySchema = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file']),
  sizeBytes: bytesSchema.optional(),
});

const taskStarted = z.object({ taskId: z.string() });
const none = z.object({});

/** The contract. Hosts implement it with `electron/engine/serve.ts`; clients are typed from it. */
export const contract = {
  system: {
    describe: oc.input(none).output(systemDescriptionSchema),
    /** Server-side folder listing, for hosts without a native picker. */
    browse: oc
      .input(z.object({ path: z.string().optional() }))
      .output(z.object({ path: z.string(), parent: z.string().optional(), entries: z.array(directoryEntrySchema) })),
    /** Removes what dead runs left behind (snapshots, clones, freezes, read-only mounts); English sentences. */
    sweep: oc.input(none).output(z.object({ removed: z.array(z.string()), left: z.array(z.string()) })),
    /** A native picker; `UNSUPPORTED_ON_HOST` where `capabilities` says there is none. */
    pick: oc.input(z.object({ kind: z.enum(['folder', 'file']) })).output(z.object({ path: z.string().optional() })),
  },
  repository: {
    status: oc.input(none).output(repositoryStatusSchema),
    /** Creates and opens; the recovery key is shown once and never stored in the clear. */
    create: oc
      .input(z.object({ location: z.string().min(1), passphrase: z.string().optional() }))
      .output(z.object({ status: repositoryStatusSchema, recoveryKey: z.string() })),
    open: oc
      .input(z.object({ location: z.string().min(1), passphrase: z.string().optional() }))
      .output(repositoryStatusSchema),
    check: oc.input(z.object({ readData: z.boolean() })).output(taskStarted),
  },
  volumes: {
    list: oc.input(none).output(z.object({ volumes: z.array(volumeSchema) })),
    addFile: oc.input(z.object({ path: z.string().min(1) })).output(volumeSchema),
    removeFile: oc.input(z.object({ path: z.string().min(1) })).output(none),
    /** Which snapshot provider works on a volume, why not, and how to get it. */
    readiness: oc.input(z.object({ volume: z.string().min(1) })).output(snapshotReadinessSchema),
  },
  backup: {
    plan: oc.input(backupRequestSchema).output(backupPlanSchema),
    start: oc.input(backupRequestSchema).output(taskStarted),
  },
  images: {
    list: oc.input(none).output(z.object({ images: z.array(imageSummarySchema) })),
    details: oc.input(z.object({ id: idSchema })).output(imageDetailsSchema),
  },
  restore: {
    plan: oc.input(restoreRequestSchema).output(restorePlanSchema),
    start: oc.input(restoreRequestSchema).output(taskStarted),
  },
  tasks: {
    list: oc.input(none).output(z.object({ tasks: z.array(taskSnapshotSchema) })),
    cancel: oc.input(z.object({ taskId: z.string() })).output(none),
    /** The state of every task now, then each change; at most ten progress events a second per task. */
    watch: oc.input(none).output(eventIterator(taskSnapshotSchema)),
  },
};
