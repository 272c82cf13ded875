/** What snapshot providers would say about the fixture's volumes: ready, short of space, not possible, none at all. */
import type {
  BackupPlan,
  BackupRequest,
  ImageSummary,
  ProviderReadiness,
  Reading,
  SnapshotFill,
  SnapshotReadiness,
  Volume,
} from '#contract';

const GIB = 1024 ** 3;

function no(provider: ProviderReadiness['provider'], reason: string, remedy: string): ProviderReadiness {
  return { provider, ready: false, method: '', reason, remedy, blocksWriters: false, tracksChanges: false };
}

function yes(
  provider: ProviderReadiness['provider'],
  method: string,
  facts: Partial<ProviderReadiness> = {},
): ProviderReadiness {
  return {
    provider,
    ready: true,
    method,
    reason: '',
    remedy: '',
    blocksWriters: false,
    tracksChanges: false,
    ...facts,
  };
}

function freeze(volume: Volume): ProviderReadiness {
  if (volume.system) {
    return no('FREEZE', `${volume.name} holds the running system, which must not stand still.`, 'Use a static image.');
  }
  if (volume.mounts.length === 0)
    return no(
      'FREEZE',
      `${volume.name} is not mounted read-write, so there is nothing to freeze.`,
      'Use a static image.',
    );
  return yes('FREEZE', 'file system frozen while the image is taken', { blocksWriters: true });
}

function lvm(volume: Volume): ProviderReadiness {
  if (volume.kind !== 'lv') {
    return no(
      'LINUX_LVM',
      `${volume.name} is no logical volume of LVM.`,
      'Put the file system onto a logical volume, or use another snapshot provider or a static image.',
    );
  }
  if (volume.label === 'home') return yes('LINUX_LVM', 'thin LVM snapshot', { tracksChanges: true });
  if (volume.label === 'mail') {
    return yes('LINUX_LVM', 'LVM snapshot', { space: { neededBytes: 12 * GIB, presentBytes: 20 * GIB } });
  }
  return {
    ...no(
      'LINUX_LVM',
      `A snapshot of ${volume.name} needs 65536 MiB, and the volume group vg0 has 20480 MiB free.`,
      'Add a physical volume (vgextend vg0 /dev/…), or lower snapshotcachesize.',
    ),
    space: { neededBytes: 64 * GIB, presentBytes: 20 * GIB },
  };
}

function reflink(volume: Volume): ProviderReadiness {
  if (volume.kind !== 'loop') {
    return no(
      'REFLINK',
      `${volume.name} is neither an image file nor a loop device over one.`,
      'Use another snapshot provider, or a static image.',
    );
  }
  return yes('REFLINK', 'clone of the image file (reflink)', { tracksChanges: true });
}

/** The answer to `volumes.readiness`; `undefined`: the fixture fails for this volume. */
export function readinessOf(volume: Volume): SnapshotReadiness | undefined {
  if (volume.name === '/dev/loop8') return undefined;
  const providers =
    volume.kind === 'file'
      ? []
      : [
          lvm(volume),
          reflink(volume),
          no('BTRFS', `There is no btrfs on ${volume.name}.`, 'Use the provider FREEZE, or a static image.'),
          freeze(volume),
        ];
  const taken = providers.find((one) => one.ready && !one.blocksWriters);
  const inUse = volume.mounts.some((mount) => !mount.readOnly);
  return {
    volume: volume.name,
    providers,
    provider: taken?.provider ?? 'NONE',
    failover: true,
    defaultImageType: taken && inUse ? 'snapshot' : 'static',
  };
}

type PlannedImage = Pick<BackupPlan, 'imageType' | 'provider' | 'consistency' | 'snapshot' | 'warnings'>;

/** Type, provider and consistency that a request would get. */
export function planImage(volume: Volume, { imageType }: BackupRequest): PlannedImage {
  const mounted = volume.mounts.length > 0;
  if (imageType === 'dynamic') return { imageType, provider: 'NONE', consistency: 'fuzzy', warnings: [] };
  const readiness = readinessOf(volume);
  const snapshot = readiness ? { snapshot: readiness } : {};
  const type = imageType ?? readiness?.defaultImageType ?? 'static';
  const provider = readiness?.provider ?? 'NONE';
  if (type === 'snapshot' && provider !== 'NONE') {
    return { imageType: 'snapshot', provider, consistency: 'filesystem', warnings: [], ...snapshot };
  }
  const reason = readiness?.providers[0]?.reason ?? `No snapshot of ${volume.name} can be taken.`;
  return {
    imageType: 'static',
    provider: 'NONE',
    consistency: mounted || volume.fsType !== '' ? 'filesystem' : 'crash',
    warnings: type === 'snapshot' ? [`${reason} ${volume.name} is imaged as a static image instead.`] : [],
    ...snapshot,
  };
}

/** Why a snapshot that was asked for is refused: it lacks space. */
export function shortOfSpace(volume: Volume, { imageType }: BackupRequest): ProviderReadiness | undefined {
  if (imageType !== 'snapshot') return undefined;
  return readinessOf(volume)?.providers.find(({ space }) => space && space.neededBytes > space.presentBytes);
}

/** Fills up to 92 % in the course of the run. */
export function fillOf(volume: Volume, { provider }: Pick<PlannedImage, 'provider'>) {
  if (provider !== 'LINUX_LVM' || volume.label !== 'mail') return undefined;
  const totalBytes = 12 * GIB;
  return (part: number): SnapshotFill => {
    const share = Math.min(0.99, part * 1.62);
    const secondsToFull = Math.round((1 - share) * 600);
    return { usedBytes: Math.round(totalBytes * share), totalBytes, ...(part > 0.05 ? { secondsToFull } : {}) };
  };
}

/** How much the run read and why, and the counters that go with it. */
export function readingOf(image: ImageSummary, request: Pick<BackupRequest, 'mode'>): Reading {
  const plain = { scope: 'used' as const, unchangedBytes: 0, auditedBlocks: 0, auditMismatches: 0 };
  if (image.provider === 'NONE') return { ...plain, why: 'Everything in use is read.' };
  const auditedBlocks = 1912;
  if (image.volume === '/dev/loop7') {
    return {
      ...plain,
      auditedBlocks,
      auditMismatches: 3,
      why: 'Change tracking was wrong, so everything in use was read.',
    };
  }
  if (request.mode !== 'incremental') {
    return { ...plain, auditedBlocks, why: 'The mode is selective, so everything in use is read and compared.' };
  }
  return {
    scope: 'changed',
    why: 'Only what changed since the image of 2026-11-23 02:14 UTC is read, and a sample of the rest.',
    unchangedBytes: Math.round(image.usedSize * 0.96),
    auditedBlocks,
    auditMismatches: 0,
  };
}
