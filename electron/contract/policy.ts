/** Policy: management classes, how long images are kept, and what becomes of them then (domain reference, 4.8). */
import { z } from 'zod';
import { bytesSchema, idSchema, instantSchema } from './quantities.ts';

/** A whole number, or no limit. */
const limitSchema = (minimum: number, maximum: number) =>
  z.union([z.number().int().min(minimum).max(maximum), z.literal('nolimit')]);

/** `modified`: incremental runs may trust change tracking; `absolute`: every run reads everything. */
export const copyModeSchema = z.enum(['modified', 'absolute']);
export type CopyMode = z.infer<typeof copyModeSchema>;

/**
 * What a static image does about a volume that is in use. `static`: fails at once; `shrstatic`: tries again
 * `changingRetries` times, then fails; `shrdynamic`: tries again, then takes a fuzzy image; `dynamic`: takes a fuzzy
 * image at once.
 */
export const serializationSchema = z.enum(['static', 'shrstatic', 'shrdynamic', 'dynamic']);
export type Serialization = z.infer<typeof serializationSchema>;

/** The backup copy group of a class. */
export const backupCopyGroupSchema = z.object({
  /** Images kept of a volume that is active, the active one included. */
  verExists: limitSchema(1, 9999),
  /** Images kept of a volume that was deactivated. */
  verDeleted: limitSchema(0, 9999),
  /** Days that an image is kept after it became inactive. */
  retExtra: limitSchema(0, 30_000),
  /** Days that the last image of a deactivated volume is kept. */
  retOnly: limitSchema(0, 30_000),
  mode: copyModeSchema,
  serialization: serializationSchema,
  /** How often a volume in use is tried again. */
  changingRetries: z.number().int().min(0).max(4),
});
export type BackupCopyGroup = z.infer<typeof backupCopyGroupSchema>;

export const MANAGEMENT_CLASS_NAME = /^[\p{L}\p{N}._-]{1,30}$/u;

export const managementClassSchema = z.object({
  /** Compared without regard to case. */
  name: z.string().regex(MANAGEMENT_CLASS_NAME),
  description: z.string().max(255),
  /** Absent: no image can be bound to it, and what is bound already has the grace retention. */
  backup: backupCopyGroupSchema.optional(),
});
export type ManagementClass = z.infer<typeof managementClassSchema>;

/** The classes of a repository. */
export const policySetSchema = z.object({
  classes: z.array(managementClassSchema).min(1).max(200),
  /** Name of the class of volumes that nothing else is said about. */
  defaultClass: z.string(),
  /** Days that an image is kept whose class has no backup copy group. */
  graceRetention: limitSchema(0, 30_000),
});
export type PolicySet = z.infer<typeof policySetSchema>;

/** The policy in force. */
export const policySchema = z.object({
  set: policySetSchema,
  /** Changes with every save; a save names the one it was made from. */
  revision: z.string(),
  /** 0: the standard policy, nothing was saved yet. */
  version: z.number().int().min(0),
  savedAt: instantSchema.optional(),
  /** `user@host`. */
  savedBy: z.string().optional(),
  /** Why it may be the wrong one, an English sentence: then nothing expires until it is saved again, as it is or changed. */
  doubt: z.string().optional(),
});
export type Policy = z.infer<typeof policySchema>;

/** One saved version; all of them stay in the repository. */
export const policyVersionSchema = z.object({
  /** Of the snapshot that holds it. */
  id: idSchema,
  version: z.number().int().min(1),
  savedAt: instantSchema,
  savedBy: z.string(),
  /** What changed, English sentences. */
  changes: z.array(z.string()),
});
export type PolicyVersion = z.infer<typeof policyVersionSchema>;

/**
 * Why an image is kept or removed.
 * - kept: `active` (the newest image of its volume), `pinned`, `foreign` (made by restic itself: never ours to remove),
 *   `withinLimits`, `grace` (its class has no copy group, and the grace retention is not over).
 * - removed: `versions` (more than VEREXISTS or VERDELETED), `age` (RETEXTRA is over), `onlyVersion` (RETONLY is over),
 *   `graceOver`, `deleted` (by “delete backup”).
 */
export const retentionRuleSchema = z.enum([
  'active',
  'pinned',
  'foreign',
  'withinLimits',
  'grace',
  'versions',
  'age',
  'onlyVersion',
  'graceOver',
  'deleted',
]);
export type RetentionRule = z.infer<typeof retentionRuleSchema>;

/** What policy says about one image now. */
export const retentionDecisionSchema = z.object({
  imageId: idSchema,
  volume: z.string(),
  hostname: z.string(),
  time: instantSchema,
  keep: z.boolean(),
  rule: retentionRuleSchema,
  /** The same as one English sentence with the numbers in it. */
  why: z.string(),
  /** Class that it is bound to: that of the newest image of its volume. */
  managementClass: z.string(),
  /** Class it was bound to when it was made, where that is another one. */
  reboundFrom: z.string().optional(),
  /** 1 is the newest that counts. */
  position: z.number().int().min(1),
  /** Images that may be kept. */
  limit: limitSchema(0, 9999).optional(),
  /** Whole days since it became inactive; absent while it is active. */
  inactiveDays: z.number().int().min(0).optional(),
  /** Days it may be inactive. */
  limitDays: limitSchema(0, 30_000).optional(),
  /** When age alone will remove it; absent where it will not. */
  expiresAt: instantSchema.optional(),
});
export type RetentionDecision = z.infer<typeof retentionDecisionSchema>;

/** What pruning would do, bytes of stored packs. */
export const prunePlanSchema = z.object({
  packs: z.number().int().min(0),
  totalBytes: bytesSchema,
  usedBytes: bytesSchema,
  /** In packs of which nothing is needed any more: removed. */
  removePacks: z.number().int().min(0),
  removeBytes: bytesSchema,
  /** In packs of which enough is unused: what is needed is written anew, then the pack is removed. */
  repackPacks: z.number().int().min(0),
  /** Needed bytes that are written anew. */
  repackBytes: bytesSchema,
  /** Unused bytes that repacking frees. */
  repackFreesBytes: bytesSchema,
  /** Unused bytes that stay, because moving their neighbours is not worth it. */
  remainingUnusedBytes: bytesSchema,
  /** Free again afterwards. */
  freedBytes: bytesSchema,
});
export type PrunePlan = z.infer<typeof prunePlanSchema>;

/** What pruning may be told. */
export const pruneRequestSchema = z.object({
  /** Percent of unused bytes in the whole repository that may stay; default 5. 0 removes every unused byte. */
  maxUnusedPercent: z.number().min(0).max(100).optional(),
  /** Bytes that may be written anew in this run; absent: as many as are needed. */
  maxRepackBytes: bytesSchema.optional(),
});
export type PruneRequest = z.infer<typeof pruneRequestSchema>;

export const expirationPreviewSchema = z.object({
  /** Every image, by volume, newest first. */
  decisions: z.array(retentionDecisionSchema),
  /** What pruning would free after it; absent where it was not asked for. */
  reclaim: prunePlanSchema.optional(),
});
export type ExpirationPreview = z.infer<typeof expirationPreviewSchema>;

export const expirationRequestSchema = z.object({
  /** Only images of these volumes; absent: of all. */
  volumes: z.array(z.string().min(1)).max(1000).optional(),
  /** Prune afterwards; default true. */
  reclaim: z.boolean().optional(),
  prune: pruneRequestSchema.optional(),
});
export type ExpirationRequest = z.infer<typeof expirationRequestSchema>;

/** Which images of a volume `delete backup` means. */
export const deleteTypeSchema = z.enum(['active', 'inactive', 'all']);
export type DeleteType = z.infer<typeof deleteTypeSchema>;
