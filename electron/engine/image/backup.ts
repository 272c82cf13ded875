/** One image backup of one volume: lock, hold still, read, store, publish, release. */
import {
  type BackupResult,
  type Consistency,
  type FileSystemFacts,
  type ImageType,
  MANIFEST_VERSION,
  type Manifest,
  type Reading,
  type SnapshotProvider,
  type UsedMapSummary,
  type Volume,
  type VolumeIdentity,
} from '#contract';
import { EngineError, isCancelled, throwIfCancelled } from '../base/errors.ts';
import type { Extents } from '../base/extents.ts';
import { toRanges } from '../base/extents.ts';
import { type Device, native } from '../native.ts';
import type { Ports } from '../ports.ts';
import type { Repository } from '../repository/types.ts';
import type { HeldChanges, TrackingBase } from '../snapshots/change-tracking.ts';
import { loadBaseImage } from './base-image.ts';
import { earlierImages } from './earlier-images.ts';
import { gridBytesFor } from './grid.ts';
import { IMAGE_TAG, PRODUCT_TAG, saveImageFiles } from './image-files.ts';
import { summarize } from './image-list.ts';
import { openVolumeDevice } from './open-volume.ts';
import { keepWarnings, type RunContext } from './run-context.ts';
import { type SealedImage, sealImage, type Tracked } from './seal-image.ts';
import { vanished } from './seal-volume.ts';
import type { BackupSettings } from './settings.ts';
import { storedSizeOf } from './stored-size.ts';
import { ENGINE_VERSION } from './version.ts';

/** How the volume is kept still, as the ladder decided. */
export interface HeldVolume {
  imageType: ImageType;
  provider: SnapshotProvider;
  /** Settled once the file system was probed while it stood still. */
  consistencyWith(facts: FileSystemFacts): Consistency;
  /** Device or file to read: the volume itself or its snapshot. */
  readPath: string;
  /** Open with O_EXCL: nobody else may claim it meanwhile. */
  exclusive: boolean;
  /** Throws when what is read stopped being valid (a snapshot that overflowed). */
  assertValid(): Promise<void>;
  /** Aborts, with the error as its reason, as soon as that is noticed. */
  lost?: AbortSignal | undefined;
  /** What may have changed since an older image of this volume; absent where nothing keeps track. */
  changes?: HeldChanges | undefined;
  /** Makes this moment the base of the next run's change tracking; `undefined`: not possible, and said so. */
  keepBase?(): Promise<TrackingBase | undefined>;
}

/** What a used-extent map says, after gaps were merged. */
export interface UsedMap {
  facts: FileSystemFacts;
  extents: Extents;
  summary: UsedMapSummary;
}

/** What a backup needs from the layers below; `hold` is released before the result is returned. */
export interface BackupDependencies {
  ports: Ports;
  repository: Repository;
  hold(volume: Volume, settings: BackupSettings, context: RunContext): Promise<HeldVolume & AsyncDisposable>;
  readUsedMap(
    path: string,
    options: { sizeBytes: number; gapBytes: number; allowRaw: boolean; signal: AbortSignal },
  ): Promise<UsedMap>;
}

/**
 * Runs the backup. The snapshot file is written last, and only when every byte was accounted for, the device kept its
 * size and what was read was valid to the end; so a failed run leaves no image behind.
 */
export async function backupVolume(
  volume: Volume,
  settings: BackupSettings,
  dependencies: BackupDependencies,
  context: RunContext,
): Promise<BackupResult> {
  const { ports, repository } = dependencies;
  const startedAt = ports.clock.now();
  const started = ports.clock.monotonic();
  const warnings: string[] = [];
  const run = keepWarnings(context, warnings);

  run.phase('lock');
  await using lock = await repository.lock(false, run.signal);
  const signal = AbortSignal.any([run.signal, lock.lost]);
  // Loaded before the volume is held, so that it is held no longer than it must be.
  const { adopted, missing } = await repository.reconcilePacks({ adopt: true }, signal);
  if (adopted > 0) ports.logger.info('resuming: packs of an interrupted run are used again', { packs: adopted });

  if (missing.length > 0) {
    run.warn(
      `${missing.length} packs of the repository are missing, so older images may be damaged: run “check”.`,
      'repositoryDamage',
    );
  }

  run.phase('snapshot');
  const { taken, kept } = await (async () => {
    await using held = await dependencies.hold(volume, settings, { ...run, signal });
    const reading = { ...run, signal: held.lost ? AbortSignal.any([signal, held.lost]) : signal };
    throwIfCancelled(reading.signal);
    const image = await readHeldVolume(volume, held, settings, dependencies, reading).catch((error: unknown) =>
      causeOf(error, held),
    );
    run.phase('release');
    return { taken: image, kept: await held.keepBase?.() };
  })();
  await using base = kept;

  run.phase('index');
  throwIfCancelled(signal);
  const time = new Date(startedAt).toISOString();
  const fsUuid = volume.uuid;
  const owner = { volume: volume.name, hostname: ports.nodeName };
  const { later, otherFileSystem } = await earlierImages(repository, { ...owner, time, fsUuid });
  if (later !== undefined) {
    run.warn(
      `An earlier image of ${volume.name} has the later date ${minuteOf(later.time)} UTC, so a clock is or was wrong: this one counts as older, and is kept as long as that one.`,
    );
  }
  if (otherFileSystem !== undefined) {
    run.warn(
      `The image before of ${volume.name} is of another file system (${otherFileSystem}). Policy counts both as versions of one volume, so that the older ones expire: pin the image that must stay.`,
    );
  }
  const manifest = describeImage(volume, settings, taken, warnings, startedAt, ports.clock.now());
  const tree = await saveImageFiles(repository, {
    manifest,
    content: taken.image.sealed.content,
    extents: taken.used.summary.mode === 'used' ? taken.used.extents : undefined,
  });
  await repository.flush();
  throwIfCancelled(signal);
  await lock.assertHeld();
  const { storedBytes } = storedSizeOf(taken.image.sealed.content, await repository.index());
  const summary = { ...summarize(manifest, { time, hostname: ports.nodeName }), storedSize: storedBytes };
  const id = await repository.saveSnapshot({
    time,
    tree,
    paths: [volume.name],
    hostname: ports.nodeName,
    username: process.getuid?.() === 0 ? 'root' : (process.env.USER ?? ''),
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    tags: [PRODUCT_TAG, IMAGE_TAG, taken.imageType, taken.consistency],
    program_version: `stillframe ${ENGINE_VERSION}`,
    // Tells later that there was such a version, should its snapshot be lost.
    stillframe: {
      ...summary,
      fsUuid,
      policyVersion: settings.policyVersion,
      ...(later === undefined ? {} : { datedBefore: later.id }),
    },
  });
  const everythingRead = taken.reading.scope !== 'changed';
  // The image is published; without the record the next run reads everything.
  await base?.commit(id, { everythingRead }).catch((error: unknown) => {
    ports.logger.warn('change tracking of the next run is lost', { volume: volume.name, reason: String(error) });
  });
  return {
    kind: 'backup',
    image: { ...summary, id, active: later === undefined },
    counters: manifest.counters,
    reading: taken.reading,
    transferSeconds: taken.transferSeconds,
    elapsedSeconds: (ports.clock.monotonic() - started) / 1000,
    warnings,
  };
}

/** A snapshot that was lost fails the reads from it, maybe before its loss is noticed: the loss is what is to be told. */
async function causeOf(error: unknown, held: HeldVolume): Promise<never> {
  if (held.lost !== undefined && !isCancelled(error)) await held.assertValid();
  throw error;
}

interface TakenImage {
  used: UsedMap;
  image: SealedImage;
  reading: Reading;
  /** What reading and storing took. */
  transferSeconds: number;
  gridBytes: number;
  sizeBytes: number;
  imageType: ImageType;
  provider: SnapshotProvider;
  consistency: Consistency;
}

async function readHeldVolume(
  volume: Volume,
  held: HeldVolume,
  settings: BackupSettings,
  dependencies: BackupDependencies,
  context: RunContext,
): Promise<TakenImage> {
  using device = openVolumeDevice(held.readPath, volume.name, held.exclusive);
  const { sizeBytes } = volume;
  // What was planned and confirmed was a volume of that size, found a moment ago.
  assertSameSize(device.device, volume.name, sizeBytes);
  const used = await dependencies.readUsedMap(held.readPath, {
    sizeBytes,
    gapBytes: mapMayChange(volume, held) ? 0 : settings.gapBytes,
    allowRaw: settings.allowRaw,
    signal: context.signal,
  });
  const about = used.summary.mode === 'raw' ? 'wholeVolume' : 'filesystem';
  for (const warning of used.summary.warnings) context.warn(warning, about);
  const gridBytes = gridBytesFor(sizeBytes);

  context.phase('store');
  const { clock, random } = dependencies.ports;
  const began = clock.monotonic();
  const { tracked, ...plan } = await planReading(held, used, { sizeBytes, gridBytes }, settings, dependencies);
  const image = await sealImage(
    {
      repository: dependencies.repository,
      device: device.device,
      volumeName: volume.name,
      sizeBytes,
      extents: used.extents,
      gridBytes,
      compressionLevel: settings.compressionLevel,
      threads: settings.threads,
      now: () => clock.monotonic(),
      tracked: tracked && { ...tracked, random },
    },
    context,
  );
  const transferSeconds = (clock.monotonic() - began) / 1000;
  const { sealed } = image;
  assertSameSize(device.device, volume.name, sizeBytes);
  await held.assertValid();
  if (sealed.unreadable.length > 0) {
    context.warn(
      `${sealed.progress.unreadableBytes} bytes of ${volume.name} could not be read and are zeros in the image.`,
      'unreadable',
    );
  }
  const { imageType, provider } = held;
  const consistency = held.consistencyWith(used.facts);
  const voided = image.audit.auditMismatches > 0;
  const reading: Reading = {
    scope: voided ? used.summary.mode : plan.scope,
    why: voided ? 'Change tracking was wrong, so everything in use was read.' : plan.why,
    unchangedBytes: image.unchangedBytes,
    ...image.audit,
  };
  return { used, image, reading, transferSeconds, gridBytes, sizeBytes, imageType, provider, consistency };
}

/**
 * Blocks that come into use after the map was read would be zeros in the image, although other blocks that are read
 * later refer to them.
 */
export function mapMayChange(volume: Pick<Volume, 'mounts'>, { imageType }: Pick<HeldVolume, 'imageType'>): boolean {
  return imageType === 'dynamic' && volume.mounts.some((mount) => !mount.readOnly);
}

interface ReadingPlan extends Pick<Reading, 'scope' | 'why'> {
  tracked?: Omit<Tracked, 'random'>;
}

/** How much is to be read, and why. */
async function planReading(
  held: HeldVolume,
  used: UsedMap,
  grid: { sizeBytes: number; gridBytes: number },
  settings: BackupSettings,
  { repository }: BackupDependencies,
): Promise<ReadingPlan> {
  const { mode } = used.summary;
  const everything = mode === 'used' ? 'everything in use is read' : 'the whole volume is read';
  const plain = { scope: mode, why: `${everything.charAt(0).toUpperCase()}${everything.slice(1)}.` };
  const { changes } = held;
  if (settings.absolute && settings.mode === 'incremental') return { scope: mode, why: whyAbsolute(mode, settings) };
  if (changes === undefined) return plain;
  if (!changes.known)
    return { ...plain, why: `Changes since the last image are not known, so ${everything}: ${changes.reason}.` };
  const loaded = await loadBaseImage(repository, changes.baseImage, grid);
  if ('reason' in loaded)
    return { ...plain, why: `Changes since the last image cannot be used, so ${everything}: ${loaded.reason}.` };
  const { ranges, readAll } = changes;
  const tracked = {
    base: loaded.base,
    changed: ranges,
    auditPercent: readAll === undefined ? changes.auditPercent : 100,
  };
  if (readAll !== undefined) return { scope: mode, why: `${readAll}, so ${everything} and compared.`, tracked };
  const since = minuteOf(loaded.time);
  const audit = changes.auditPercent === 0 ? '' : ', and a sample of the rest';
  return { scope: 'changed', why: `Only what changed since the image of ${since} UTC is read${audit}.`, tracked };
}

/** A UTC time for people, to the minute. */
function minuteOf(time: string): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** Why an incremental run reads everything. */
export function whyAbsolute(
  scope: 'used' | 'raw',
  { managementClass }: Pick<BackupSettings, 'managementClass'>,
): string {
  return scope === 'used'
    ? `Everything in use is read, as the class ${managementClass} says (MODE absolute).`
    : `The whole volume is read, as the class ${managementClass} says (MODE absolute).`;
}

/** `VOLUME_SIZE_CHANGED` or `VOLUME_VANISHED`: then the image is not published. */
function assertSameSize(device: Device, volume: string, sizeBytes: number): void {
  let now: number;
  try {
    now = device.facts().sizeBytes;
  } catch (error) {
    throw vanished(volume, 'its size can no longer be read', error);
  }
  if (now === 0 && sizeBytes > 0) throw vanished(volume, 'its size is now 0', undefined);
  if (now !== sizeBytes) {
    throw new EngineError('VOLUME_SIZE_CHANGED', {
      volume,
      neededBytes: sizeBytes,
      presentBytes: now,
      remedy: 'Repeat the backup when the volume is no longer being resized; what was stored is used again.',
    });
  }
}

function describeImage(
  volume: Volume,
  settings: BackupSettings,
  taken: TakenImage,
  warnings: string[],
  startedAt: number,
  finishedAt: number,
): Manifest {
  const { used, reading } = taken;
  const { sealed, unchangedBytes } = taken.image;
  const { progress } = sealed;
  return {
    version: MANIFEST_VERSION,
    volume: identify(volume, taken.sizeBytes),
    fileSystem: used.facts,
    imageType: taken.imageType,
    provider: taken.provider,
    consistency: taken.consistency,
    mode: settings.mode,
    options: { ...settings.inForce },
    gridBytes: taken.gridBytes,
    gapBytes: settings.gapBytes,
    extents: describeExtents(used.summary),
    unreadable: toRanges(sealed.unreadable),
    warnings: [...warnings],
    counters: {
      scannedBytes: taken.sizeBytes,
      readBytes: progress.readBytes,
      changedBytes: progress.changedBytes,
      storedBytes: progress.storedBytes,
      deduplicatedBytes: progress.deduplicatedBytes,
      zeroBytes: progress.zeroBytes,
      freeBytes: progress.freeBytes,
      unreadableBytes: progress.unreadableBytes,
      ...(unchangedBytes > 0 ? { unchangedBytes } : {}),
    },
    reading,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    engineVersion: ENGINE_VERSION,
    managementClass: settings.managementClass,
    merkleRoot: native().merkleRoot(sealed.content),
  };
}

function describeExtents(summary: UsedMap['summary']): Manifest['extents'] {
  const { mode, extentCount, usedBytes, skippedCount, skippedBytes, largestGap } = summary;
  return {
    mode,
    count: extentCount,
    usedBytes,
    skipped: { count: skippedCount, bytes: skippedBytes, ...(largestGap ? { largest: largestGap } : {}) },
  };
}

function identify(volume: Volume, sizeBytes: number): VolumeIdentity {
  return {
    name: volume.name,
    kind: volume.kind,
    sizeBytes,
    logicalSectorBytes: volume.logicalSectorBytes,
    physicalSectorBytes: volume.physicalSectorBytes,
    fsUuid: volume.uuid,
    fsLabel: volume.label,
    partUuid: volume.partUuid,
    model: volume.model,
    serial: volume.serial,
    mountPoint: volume.mounts[0]?.mountPoint ?? '',
    ...(volume.partition === undefined ? {} : { partition: volume.partition }),
  };
}
