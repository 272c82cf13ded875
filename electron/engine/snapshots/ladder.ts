/**
 * Chooses how a volume is kept still: the image type and provider asked for, or the next best with a warning
 * (domain.md, 4.1 and 4.4).
 */
import {
  type Consistency,
  type ImageType,
  lacksSpace,
  type ProviderReadiness,
  type SnapshotProvider,
  type Volume,
  whyNone,
} from '#contract';
import { EngineError } from '../base/errors.ts';
import { consistencyOf } from './consistency.ts';
import { type ProviderRow, providerRow } from './registry.ts';

/** The options that decide. */
export interface LadderSettings {
  /** Undefined: the best there is. */
  imageType?: ImageType | undefined;
  /** `snapshotproviderimage`, as the person wrote it; undefined: the best there is. */
  snapshotProviderImage?: string | undefined;
  /** `snapshotfailover`: a snapshot that cannot be had becomes a static image. */
  failover: boolean;
}

/** What will be done, and why. */
export interface ProviderChoice {
  imageType: ImageType;
  provider: SnapshotProvider;
  /** Expected; settled by `consistencyOf` once the file system was probed standing still. */
  consistency: Consistency;
  warnings: string[];
  /** One English sentence. */
  reason: string;
}

function rowFor(value: string, platform: NodeJS.Platform): ProviderRow {
  const row = providerRow(value);
  if (row === undefined) {
    const reason = `There is no snapshot provider ${value}.`;
    throw new EngineError('OPTION_INVALID', { option: 'snapshotproviderimage', value, reason });
  }
  if (!row.platforms.includes(platform)) {
    const reason = `${row.name} snapshots exist on ${row.home} only.`;
    throw new EngineError('PROVIDER_UNSUPPORTED', {
      option: 'snapshotproviderimage',
      value,
      reason,
      remedy: 'Choose another provider, or NONE.',
    });
  }
  return row;
}

/** Somebody may write to it while it is imaged. */
function isInUse({ mounts, holders }: Volume): boolean {
  return mounts.some((mount) => !mount.readOnly) || holders.some(({ kind }) => kind !== 'mount');
}

/**
 * Decides without touching the volume. A snapshot that was asked for and cannot be had becomes a static image with a
 * warning, as the Linux client has always done (ANS1213W), unless `failover` is off (`SNAPSHOT_UNAVAILABLE`); one that
 * lacks only space is an error (`SNAPSHOT_NO_SPACE`; domain.md, 1.5). What blocks writers is only taken when named.
 * Throws `PROVIDER_UNSUPPORTED` for another platform's provider, `OPTION_INVALID` for a name that is none.
 */
export function chooseProvider(input: {
  volume: Volume;
  settings: LadderSettings;
  /** What the providers of this platform say, best first. */
  readiness: readonly ProviderReadiness[];
  platform?: NodeJS.Platform | undefined;
}): ProviderChoice {
  const { volume, settings, readiness, platform = process.platform } = input;
  const asked = settings.snapshotProviderImage ?? '';
  const row = asked === '' ? undefined : rowFor(asked, platform);
  const choose = (imageType: ImageType, reason: string, warnings: string[] = []): ProviderChoice => {
    const consistency = consistencyOf({ imageType, volume });
    return { imageType, provider: 'NONE', consistency, warnings, reason };
  };
  const snapshot = ({ provider, method }: ProviderReadiness): ProviderChoice => ({
    imageType: 'snapshot',
    provider,
    consistency: consistencyOf({ imageType: 'snapshot', volume, frozen: true }),
    warnings: [],
    reason: `A ${method} is taken.`,
  });
  if (settings.imageType === 'dynamic') {
    const warning = `${volume.name} is mounted read-write: this image may mix states of different moments. Run fsck after a restore.`;
    const mountedWritable = volume.mounts.some((mount) => !mount.readOnly);
    return choose('dynamic', 'A dynamic image was asked for.', mountedWritable ? [warning] : []);
  }
  if (settings.imageType === 'static') return choose('static', 'A static image was asked for.');
  if (row?.name === 'NONE') return choose('static', 'Snapshots are switched off (snapshotproviderimage NONE).');
  const candidates = readiness.filter((one) => (row ? one.provider === row.name : true));
  const ready = candidates.find((one) => one.ready && (row !== undefined || !one.blocksWriters));
  const wanted = settings.imageType === 'snapshot' || row !== undefined;
  if (!wanted && !isInUse(volume)) return choose('static', 'Nothing uses the volume, so no snapshot is needed.');
  if (ready) return snapshot(ready);
  const no = whyNone(candidates);
  const reason = no?.reason || `No snapshot of ${volume.name} can be taken.`;
  if (!wanted) return choose('static', reason);
  const remedy = no?.remedy ?? '';
  if (no?.space && lacksSpace(no)) {
    throw new EngineError('SNAPSHOT_NO_SPACE', {
      volume: volume.name,
      provider: no.provider,
      reason,
      remedy,
      ...no.space,
    });
  }
  if (!settings.failover) throw new EngineError('SNAPSHOT_UNAVAILABLE', { volume: volume.name, reason, remedy });
  return choose('static', reason, [`${reason} ${volume.name} is imaged as a static image instead.`]);
}
