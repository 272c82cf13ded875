/**
 * Chooses how a volume is kept still: the image type and provider asked for, or the next best with a warning
 * (domain.md, 4.1 and 4.4).
 */
import type { Consistency, ImageType, SnapshotProvider, Volume } from '#contract';
import { EngineError } from '../base/errors.ts';
import { consistencyOf } from './consistency.ts';
import { type ProviderRow, providerRow } from './registry.ts';

/** The two options that decide. */
export interface SnapshotSettings {
  imageType: ImageType;
  /** `snapshotproviderimage`, as the person wrote it. */
  snapshotProviderImage?: string | undefined;
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
      remedy: 'Use NONE.',
    });
  }
  return row;
}

/**
 * Decides without touching the volume. A snapshot that cannot be had becomes a static image with a warning, as the
 * Linux client has always done (ANS1213W). Throws `PROVIDER_UNSUPPORTED` for another platform's provider,
 * `OPTION_INVALID` for a name that is none.
 */
export function chooseProvider(input: {
  volume: Volume;
  settings: SnapshotSettings;
  platform?: NodeJS.Platform | undefined;
}): ProviderChoice {
  const { volume, settings, platform = process.platform } = input;
  const asked = settings.snapshotProviderImage ?? '';
  const row = asked === '' ? undefined : rowFor(asked, platform);
  const choose = (imageType: ImageType, reason: string, warnings: string[] = []): ProviderChoice => {
    const consistency = consistencyOf({ imageType, volume });
    return { imageType, provider: 'NONE', consistency, warnings, reason };
  };
  if (settings.imageType === 'dynamic') {
    const mountedWritable = volume.mounts.some((mount) => !mount.readOnly);
    const warning = `${volume.name} is mounted read-write: this image may mix states of different moments. Run fsck after a restore.`;
    return choose('dynamic', 'A dynamic image was asked for.', mountedWritable ? [warning] : []);
  }
  if (settings.imageType === 'static') return choose('static', 'A static image was asked for.');
  if (row?.name === 'NONE') return choose('static', 'Snapshots are switched off (snapshotproviderimage NONE).');
  const missing = row ? `${row.name} snapshots are` : 'Snapshots are';
  const reason = `${missing} not available in this version.`;
  return choose('static', reason, [`${reason} ${volume.name} is imaged as a static image instead.`]);
}
