/** Tasks: long-running work with phases, progress, cancel and a result. */
import { z } from 'zod';
import { wireErrorSchema } from './errors.ts';
import { imageCountersSchema, imageSummarySchema } from './images.ts';
import { messageIdSchema } from './messages.ts';
import { retentionDecisionSchema } from './policy.ts';
import { byteRangeSchema, bytesSchema, instantSchema } from './quantities.ts';
import { readingSchema } from './reading.ts';
import { snapshotFillSchema } from './snapshots.ts';

export const phaseSchema = z.enum([
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
export type Phase = z.infer<typeof phaseSchema>;

/** At most ten of these a second. */
export const progressSchema = z.object({
  phase: phaseSchema,
  bytesDone: bytesSchema,
  bytesTotal: bytesSchema,
  /** Bytes a second, averaged over five seconds. */
  readRate: z.number().min(0),
  storeRate: z.number().min(0),
  storedBytes: bytesSchema,
  /** Seconds left as a range; absent while estimating. */
  etaSeconds: z.object({ low: z.number().min(0), high: z.number().min(0) }).optional(),
  current: byteRangeSchema.optional(),
  /** Only while a snapshot of limited space exists. */
  snapshot: snapshotFillSchema.optional(),
});
export type Progress = z.infer<typeof progressSchema>;

export const backupResultSchema = z.object({
  kind: z.literal('backup'),
  image: imageSummarySchema,
  counters: imageCountersSchema,
  reading: readingSchema,
  /** Earlier images of the volume that are bound to another class from now on; absent: none. */
  rebound: z.object({ images: z.number().int().min(1), from: z.array(z.string()), to: z.string() }).optional(),
  /** Of the elapsed time, what reading and storing took; absent in results of older versions. */
  transferSeconds: z.number().min(0).optional(),
  elapsedSeconds: z.number(),
  warnings: z.array(z.string()),
});
export type BackupResult = z.infer<typeof backupResultSchema>;

export const restoreResultSchema = z.object({
  kind: z.literal('restore'),
  imageId: z.string(),
  target: z.string(),
  writtenBytes: bytesSchema,
  skippedBytes: bytesSchema,
  discardedBytes: bytesSchema,
  zeroedBytes: bytesSchema,
  /** Bytes read back from the target and found equal; 0 when read-back was switched off. */
  verifiedBytes: bytesSchema,
  writeSeconds: z.number(),
  verifySeconds: z.number(),
  elapsedSeconds: z.number(),
  warnings: z.array(z.string()),
  /** Next steps for the person, e.g. run fsck after a dynamic image. */
  nextSteps: z.array(z.string()),
});
export type RestoreResult = z.infer<typeof restoreResultSchema>;

/** One problem that `check` found. */
export const checkProblemSchema = z.object({
  /** `pack`, `index`, `snapshot`, `tree`, `blob`, `key`, `lock`, `config`. */
  kind: z.string(),
  file: z.string(),
  problem: z.string(),
  /** Harmless leftovers (packs of an interrupted run) are not damage. */
  severity: z.enum(['notice', 'error']),
});
export type CheckProblem = z.infer<typeof checkProblemSchema>;

export const checkResultSchema = z.object({
  kind: z.literal('check'),
  readData: z.boolean(),
  packs: z.number().int(),
  blobs: z.number().int(),
  snapshots: z.number().int(),
  readBytes: bytesSchema,
  problems: z.array(checkProblemSchema),
  elapsedSeconds: z.number(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

/** What pruning did, bytes of stored packs. */
export const pruneResultSchema = z.object({
  kind: z.literal('prune'),
  removedPacks: z.number().int().min(0),
  repackedPacks: z.number().int().min(0),
  /** Needed bytes that were written anew. */
  repackedBytes: bytesSchema,
  /** Freed altogether. */
  freedBytes: bytesSchema,
  remainingUnusedBytes: bytesSchema,
  /** Of the repository afterwards. */
  totalBytes: bytesSchema,
  elapsedSeconds: z.number(),
  warnings: z.array(z.string()),
});
export type PruneResult = z.infer<typeof pruneResultSchema>;

export const expireResultSchema = z.object({
  kind: z.literal('expire'),
  /** The decisions that removed an image. */
  removed: z.array(retentionDecisionSchema),
  kept: z.number().int().min(0),
  /** What pruning did afterwards; absent where it was not asked for or nothing was removed. */
  reclaimed: pruneResultSchema.optional(),
  elapsedSeconds: z.number(),
  warnings: z.array(z.string()),
});
export type ExpireResult = z.infer<typeof expireResultSchema>;

export const taskResultSchema = z.discriminatedUnion('kind', [
  backupResultSchema,
  restoreResultSchema,
  checkResultSchema,
  expireResultSchema,
  pruneResultSchema,
]);
export type TaskResult = z.infer<typeof taskResultSchema>;

export const taskKindSchema = z.enum(['backup', 'restore', 'check', 'expire', 'prune']);
export type TaskKind = z.infer<typeof taskKindSchema>;

export const taskStateSchema = z.enum(['queued', 'running', 'cancelling', 'succeeded', 'failed', 'cancelled']);
export type TaskState = z.infer<typeof taskStateSchema>;

export const taskSnapshotSchema = z.object({
  id: z.string(),
  kind: taskKindSchema,
  /** Volume, image or repository it is about. */
  subject: z.string(),
  state: taskStateSchema,
  queuedAt: instantSchema,
  startedAt: instantSchema.optional(),
  finishedAt: instantSchema.optional(),
  /** Phases already finished, in order. */
  phasesDone: z.array(phaseSchema),
  progress: progressSchema.optional(),
  /** Warnings so far. */
  warnings: z.array(z.string()),
  /** Ids of the warnings, in their order. */
  warningIds: z.array(messageIdSchema).optional(),
  /** The command line that does the same; empty where there is none. */
  command: z.string(),
  /** It has a block map to watch (`tasks.blocks`). */
  hasBlocks: z.boolean(),
  result: taskResultSchema.optional(),
  error: wireErrorSchema.optional(),
});
export type TaskSnapshot = z.infer<typeof taskSnapshotSchema>;
