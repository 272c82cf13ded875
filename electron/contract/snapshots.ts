/** Snapshots: which provider could keep a volume still, how one is doing, and how much a run reads. */
import { z } from 'zod';
import { imageTypeSchema, snapshotProviderSchema } from './images.ts';
import { bytesSchema } from './quantities.ts';

/** What one provider says about one volume. */
export const providerReadinessSchema = z.object({
  provider: snapshotProviderSchema,
  ready: z.boolean(),
  /** How it would do it, a few English words (“thin LVM snapshot”); empty where it cannot. */
  method: z.string(),
  /** Why not, one English sentence; empty when ready. */
  reason: z.string(),
  /** How to get it, one English sentence; may be empty. */
  remedy: z.string(),
  /** Space that the snapshot needs, and what there is; absent where it is not limited. */
  space: z.object({ neededBytes: bytesSchema, presentBytes: bytesSchema }).optional(),
  /** Programs on the volume cannot write while the image is taken. */
  blocksWriters: z.boolean(),
  /** Later runs can read only what changed. */
  tracksChanges: z.boolean(),
});
export type ProviderReadiness = z.infer<typeof providerReadinessSchema>;

/** Only space is missing. */
export function lacksSpace({ space }: Pick<ProviderReadiness, 'space'>): boolean {
  return space !== undefined && space.neededBytes > space.presentBytes;
}

/**
 * Of providers that are not ready, the one whose “no” says most: it would work if only there were space, or else the best
 * one; those that stop writers speak last.
 */
export function whyNone(providers: readonly ProviderReadiness[]): ProviderReadiness | undefined {
  const not = providers.filter((one) => !one.ready);
  const willing = not.filter((one) => !one.blocksWriters);
  return willing.find(lacksSpace) ?? willing[0] ?? not[0];
}

/** What every provider says about one volume, and what a snapshot image of it would be. */
export const snapshotReadinessSchema = z.object({
  volume: z.string(),
  /** Those that exist on this platform, best first. */
  providers: z.array(providerReadinessSchema),
  /** The one that “Snapshot Image Backup” takes; `NONE`: it would become a static image. */
  provider: snapshotProviderSchema,
  /** Where none can be had, a snapshot image becomes a static one (`snapshotfailover`); otherwise it does not start. */
  failover: z.boolean(),
  /** What “Image Backup” makes of this volume when nobody chooses. */
  defaultImageType: imageTypeSchema,
});
export type SnapshotReadiness = z.infer<typeof snapshotReadinessSchema>;

/** How full the space of a snapshot is while a run lasts. */
export const snapshotFillSchema = z.object({
  usedBytes: bytesSchema,
  totalBytes: bytesSchema,
  /** Seconds until it is full at the present rate; absent while it does not grow. */
  secondsToFull: z.number().min(0).optional(),
});
export type SnapshotFill = z.infer<typeof snapshotFillSchema>;
