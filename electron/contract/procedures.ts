/** Every request a renderer, a browser or another process may make of the engine. Names are stable for ever. */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { activityWeekSchema, logLineSchema, runDetailsSchema, runFilterSchema, runSummarySchema } from './activity.ts';
import { blockMapEventSchema, blockMapSchema, imageComparisonSchema } from './block-map.ts';
import { healthSchema } from './health.ts';
import { imageDetailsSchema, imageSummarySchema, snapshotProviderSchema } from './images.ts';
import { backupPlanSchema, backupRequestSchema, restorePlanSchema, restoreRequestSchema } from './plans.ts';
import {
  deleteTypeSchema,
  expirationPreviewSchema,
  expirationRequestSchema,
  policySchema,
  policySetSchema,
  policyVersionSchema,
  prunePlanSchema,
  pruneRequestSchema,
} from './policy.ts';
import {
  imageRuleSchema,
  preferenceChangesSchema,
  preferenceImportSchema,
  preferenceProblemSchema,
  preferencesSchema,
  ruleTestSchema,
} from './preferences.ts';
import { bytesSchema, idSchema } from './quantities.ts';
import { repositoryKeySchema, repositoryStatusSchema } from './repository.ts';
import { scheduleDefinitionSchema, scheduleSchema, scheduleSupportSchema } from './schedules.ts';
import { snapshotReadinessSchema } from './snapshots.ts';
import { providerSupportSchema, supportActionSchema } from './support.ts';
import { taskSnapshotSchema } from './tasks.ts';
import { volumeSchema } from './volumes.ts';

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
    keys: oc.input(none).output(z.object({ keys: z.array(repositoryKeySchema) })),
    /**
     * Adds a key for `next`, then removes the one that `current` opens; `PASSPHRASE_WRONG` changes nothing. Without
     * `current` (this computer keeps a generated key) the key is only added.
     */
    changePassphrase: oc
      .input(z.object({ current: z.string().min(1).optional(), next: z.string().min(1) }))
      .output(none),
    /** Adds one more recovery key, shown once and never stored in the clear. */
    addRecoveryKey: oc.input(none).output(z.object({ recoveryKey: z.string() })),
    /** `KEY_IN_USE` for the key of this session. */
    removeKey: oc.input(z.object({ id: idSchema })).output(none),
  },
  volumes: {
    list: oc.input(none).output(z.object({ volumes: z.array(volumeSchema) })),
    addFile: oc.input(z.object({ path: z.string().min(1) })).output(volumeSchema),
    removeFile: oc.input(z.object({ path: z.string().min(1) })).output(none),
    /** Which snapshot provider works on a volume, why not, and how to get it. */
    readiness: oc.input(z.object({ volume: z.string().min(1) })).output(snapshotReadinessSchema),
    /** Mounts a volume read-only in a folder of ours, to look at it; `TARGET_MOUNTED` where it is mounted already. */
    mountReadOnly: oc.input(z.object({ volume: z.string().min(1) })).output(z.object({ mountPoint: z.string() })),
    /** Undoes `mountReadOnly`; nothing else is ever unmounted. */
    unmount: oc.input(z.object({ volume: z.string().min(1) })).output(none),
  },
  backup: {
    plan: oc.input(backupRequestSchema).output(backupPlanSchema),
    start: oc.input(backupRequestSchema).output(taskStarted),
  },
  images: {
    list: oc.input(none).output(z.object({ images: z.array(imageSummarySchema) })),
    details: oc.input(z.object({ id: idSchema })).output(imageDetailsSchema),
    blocks: oc.input(z.object({ id: idSchema })).output(blockMapSchema),
    /** Of images of the same volume with the same grid; `COMMAND_INVALID` otherwise. */
    compare: oc.input(z.object({ before: idSchema, after: idSchema })).output(imageComparisonSchema),
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
    /** The block map of a running backup, until the task ends; of an ended one its last state. `TASK_NOT_FOUND` for tasks without one. */
    blocks: oc.input(z.object({ taskId: z.string() })).output(eventIterator(blockMapEventSchema)),
  },
  preferences: {
    describe: oc.input(none).output(preferencesSchema),
    /** Whether the changes could be saved; empty: they could. Changes nothing. */
    check: oc.input(preferenceChangesSchema).output(z.object({ problems: z.array(preferenceProblemSchema) })),
    /** `OPTIONS_CHANGED` where the file is not the one of `revision` any more; `OPTION_INVALID` changes nothing. */
    save: oc.input(z.object({ revision: z.string(), changes: preferenceChangesSchema })).output(preferencesSchema),
    /** What the given rules (default: the saved ones) make of a volume. */
    test: oc
      .input(z.object({ volume: z.string().min(1), rules: z.array(imageRuleSchema).max(1000).optional() }))
      .output(ruleTestSchema),
    /** Reads an options file of another client (`dsm.opt`, `dsm.sys`); changes nothing. */
    readForeign: oc.input(z.object({ path: z.string().min(1) })).output(preferenceImportSchema),
  },
  activity: {
    /** Newest first. `before`: the id of the last one that is known. */
    list: oc
      .input(
        z.object({
          filter: runFilterSchema,
          beforeId: z.string().optional(),
          limit: z.number().int().min(1).max(5000),
        }),
      )
      .output(z.object({ runs: z.array(runSummarySchema), total: z.number().int().min(0) })),
    details: oc.input(z.object({ id: z.string() })).output(runDetailsSchema),
    /** Asks for the same again. `TASK_CONFLICT`, and whatever a start throws. */
    repeat: oc.input(z.object({ id: z.string() })).output(taskStarted),
    weeks: oc
      .input(z.object({ count: z.number().int().min(1).max(106) }))
      .output(z.object({ weeks: z.array(activityWeekSchema) })),
    errorLog: oc
      .input(z.object({ limit: z.number().int().min(1).max(10_000) }))
      .output(z.object({ path: z.string(), lines: z.array(logLineSchema) })),
    export: oc
      .input(z.object({ filter: runFilterSchema, format: z.enum(['json', 'csv']) }))
      .output(z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() })),
  },
  policy: {
    describe: oc.input(none).output(policySchema),
    /** `POLICY_CHANGED` where another revision is in force by now; `POLICY_INVALID` changes nothing. */
    save: oc.input(z.object({ revision: z.string(), set: policySetSchema })).output(policySchema),
    /** Newest first. */
    history: oc.input(none).output(z.object({ versions: z.array(policyVersionSchema) })),
  },
  retention: {
    /** What policy says about every image, and what pruning would free. Changes nothing. */
    preview: oc.input(expirationRequestSchema).output(expirationPreviewSchema),
    /** Removes what policy does not keep, then prunes. */
    expire: oc.input(expirationRequestSchema).output(taskStarted),
    prunePreview: oc.input(pruneRequestSchema).output(prunePlanSchema),
    prune: oc.input(pruneRequestSchema).output(taskStarted),
    /** Pinned images are kept whatever policy says. `reason`: up to 255 characters. */
    pin: oc.input(z.object({ imageId: idSchema, pinned: z.boolean(), reason: z.string().max(255) })).output(none),
    /** The volume's images count as those of a deleted one (VERDELETED, RETONLY) until it is backed up again. */
    deactivate: oc.input(z.object({ volume: z.string().min(1), hostname: z.string().optional() })).output(none),
    /** Marks images as deleted: not restorable, removed by the next expiration. `IMAGE_PINNED` changes nothing. */
    deleteImages: oc.input(z.object({ imageIds: z.array(idSchema).min(1).max(10_000) })).output(none),
    /** The images that `delete backup` of a volume would mean. */
    imagesToDelete: oc
      .input(z.object({ volume: z.string().min(1), type: deleteTypeSchema }))
      .output(z.object({ imageIds: z.array(idSchema) })),
    /** Takes the mark away again, until an expiration removed the image. */
    undeleteImages: oc.input(z.object({ imageIds: z.array(idSchema).min(1).max(10_000) })).output(none),
  },
  schedules: {
    list: oc.input(none).output(z.object({ schedules: z.array(scheduleSchema), support: scheduleSupportSchema })),
    /** Creates or replaces the one of that name and installs its timer. `SCHEDULE_INVALID`, `SCHEDULE_UNAVAILABLE`. */
    save: oc.input(scheduleDefinitionSchema).output(scheduleSchema),
    remove: oc.input(z.object({ name: z.string().min(1) })).output(none),
    /** What the timer or cron would be given, for people who install it themselves. */
    preview: oc
      .input(scheduleDefinitionSchema)
      .output(z.object({ files: z.array(z.object({ path: z.string(), text: z.string() })), cron: z.string() })),
  },
  health: {
    show: oc.input(none).output(healthSchema),
  },
  support: {
    providers: oc.input(none).output(z.object({ providers: z.array(providerSupportSchema) })),
    /** Runs exactly the command that `providers` named for it; needs root, else `VOLUME_PERMISSION`. */
    run: oc
      .input(z.object({ provider: snapshotProviderSchema, action: supportActionSchema }))
      .output(z.object({ succeeded: z.boolean(), output: z.string() })),
  },
};
