/** What a volume would get from a type of backup, by what the snapshot providers say. */
import {
  type ImageType,
  lacksSpace,
  type ProviderReadiness,
  type SnapshotProvider,
  type SnapshotReadiness,
  whyNone,
} from '#contract';
import type { BackupType } from '../i18n/words.ts';

export type SnapshotOutlook =
  | { kind: 'snapshot'; by: ProviderReadiness }
  /** `no`: the provider whose answer says most about why; absent where no snapshot is wanted or none exists. */
  | { kind: 'static'; no?: ProviderReadiness }
  /** Asked for and only short of space, or nothing else is allowed: the engine refuses rather than take something else. */
  | { kind: 'refused'; no: ProviderReadiness };

function rowOf(providers: readonly ProviderReadiness[], provider: SnapshotProvider): ProviderReadiness | undefined {
  return providers.find((one) => one.provider === provider);
}

/** Before a plan was made. `named`: the provider that the person wants instead of the one that would be chosen. */
export function outlookOf(
  type: Exclude<BackupType, 'dynamic'>,
  readiness: SnapshotReadiness,
  named?: SnapshotProvider,
): SnapshotOutlook {
  const { providers, provider, defaultImageType, failover } = readiness;
  const wanted = type === 'snapshot' && named ? rowOf(providers, named) : undefined;
  if (wanted?.ready) return { kind: 'snapshot', by: wanted };
  const by = rowOf(providers, provider);
  if (by && (type === 'snapshot' || defaultImageType === 'snapshot')) return { kind: 'snapshot', by };
  if (type === 'image') return { kind: 'static' };
  const no = whyNone(providers);
  if (no && (!failover || (lacksSpace(no) && !no.blocksWriters))) return { kind: 'refused', no };
  return no ? { kind: 'static', no } : { kind: 'static' };
}

/** Of a plan: the provider that it takes, as that described itself. */
export function plannedProvider(plan: {
  imageType: ImageType;
  provider: SnapshotProvider;
  snapshot?: SnapshotReadiness | undefined;
}): ProviderReadiness | undefined {
  return plan.imageType === 'snapshot' ? rowOf(plan.snapshot?.providers ?? [], plan.provider) : undefined;
}

/** A later run of this kind could read only what changed. */
export function canTrackChanges(
  type: BackupType,
  readiness: SnapshotReadiness | null | undefined,
  named?: SnapshotProvider,
): boolean {
  if (type === 'dynamic' || !readiness) return false;
  const outlook = outlookOf(type, readiness, named);
  return outlook.kind === 'snapshot' && outlook.by.tracksChanges;
}
