/** Keeps a volume still for one run, in the way that the ladder chose. */
import type { Volume } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { HeldVolume } from '../image/backup.ts';
import type { RunContext } from '../image/run-context.ts';
import type { BackupSettings } from '../image/settings.ts';
import type { Ports } from '../ports.ts';
import { ChangeTracker, forgetTracking } from '../snapshots/change-tracking.ts';
import { consistencyOf } from '../snapshots/consistency.ts';
import { holdSnapshot } from '../snapshots/hold-snapshot.ts';
import type { ProviderChoice } from '../snapshots/ladder.ts';
import type { Provider } from '../snapshots/provider.ts';
import { providerRow } from '../snapshots/registry.ts';
import { TrackingStore } from '../snapshots/tracking-store.ts';
import { acquireStatic, assertSameVolume, findVolume, type RunRecord, recordRun } from '../volumes/index.ts';
import { holdUnlessBusy } from './hold-still.ts';

export interface HoldOptions {
  volume: Volume;
  choice: ProviderChoice;
  settings: BackupSettings;
  ports: Ports;
  /** Change tracking is of one repository. */
  repositoryId: string;
  run: RunContext;
}

type Held = HeldVolume & AsyncDisposable;

/** What a warning of the choice is about, by what was chosen. */
const WARNS_OF = { static: 'staticFallback', dynamic: 'fuzzy', snapshot: 'snapshot' } as const;

/**
 * Throws `VOLUME_VANISHED` where the name stands for another volume by now, and what the way of holding it throws;
 * everything is as before then.
 */
export async function holdVolume(options: HoldOptions): Promise<Held> {
  const { volume, choice, run } = options;
  for (const warning of choice.warnings) run.warn(warning, WARNS_OF[choice.imageType]);
  await forgetUselessTracking(options);
  if (choice.imageType === 'static') return holdStill(options);
  // Much may have happened since the volume was described: tasks wait in a queue.
  const now = await findVolume(volume.name, { signal: options.run.signal });
  assertSameVolume(volume, now);
  if (choice.imageType === 'dynamic') return holdDynamic(volume);
  const provider = providerRow(choice.provider)?.provider;
  if (provider === undefined) throw new EngineError('INTERNAL', { reason: `no provider ${choice.provider}` });
  return holdBySnapshot(provider, { ...options, volume: now });
}

/** A static image, or what the class of the volume makes of one that is in use. */
async function holdStill(options: HoldOptions): Promise<Held> {
  const { volume, settings, run, ports } = options;
  const held = await holdUnlessBusy(() => holdStatic(options), {
    settings,
    signal: run.signal,
    onBusy: (left) => ports.logger.info('the volume is in use; trying again', { volume: volume.name, left }),
  });
  if (held !== undefined) return held;
  run.warn(
    `${volume.name} is in use, so it is imaged as it is, as its management class says: run fsck after a restore.`,
  );
  const now = await findVolume(volume.name, { signal: run.signal });
  assertSameVolume(volume, now);
  return holdDynamic(now);
}

async function holdStatic({ volume, ports, run, settings }: HoldOptions): Promise<Held> {
  const access = await acquireStatic(volume, { ports, signal: run.signal });
  const { preCommand, postCommand } = settings.snapshot;
  if (`${preCommand}${postCommand}`.trim() !== '') {
    ports.logger.info('presnapshotcmd and postsnapshotcmd are not run: no snapshot is taken', { volume: volume.name });
  }
  return {
    imageType: 'static',
    provider: 'NONE',
    consistencyWith: (facts) => consistencyOf({ imageType: 'static', volume, facts }),
    readPath: volume.name,
    exclusive: !access.mountedReadOnly,
    assertValid: () => access.assertStill(),
    [Symbol.asyncDispose]: () => access[Symbol.asyncDispose](),
  };
}

function holdDynamic(volume: Volume): Held {
  return {
    imageType: 'dynamic',
    provider: 'NONE',
    consistencyWith: (facts) => consistencyOf({ imageType: 'dynamic', volume, facts }),
    readPath: volume.name,
    exclusive: false,
    assertValid: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function holdBySnapshot(provider: Provider, options: HoldOptions): Promise<Held> {
  const { volume, settings, ports, run, repositoryId } = options;
  await using stack = new AsyncDisposableStack();
  const journal = stack.use(await recordRun({ ports }));
  const held = await holdSnapshot({
    volume,
    provider,
    options: settings.snapshot,
    ports,
    journal,
    signal: run.signal,
    onFill: (fill) => run.snapshot(fill),
    warn: (text, kind) => run.warn(text, kind),
  }).catch((error: unknown) => {
    if (error instanceof EngineError && mayFailOver(error, settings)) return error;
    throw error;
  });
  if (held instanceof EngineError) {
    run.warn(`${String(held.details.reason)} ${volume.name} is imaged as a static image instead.`, 'staticFallback');
    return await holdStill(options);
  }
  stack.use(held);
  const { taken, watch, quiesced } = held;
  const tracker = await trackerOf(provider, options, repositoryId, journal);
  const changes = await tracker?.changes(taken, run.signal);
  const owned = stack.move();
  return {
    imageType: 'snapshot',
    provider: provider.name,
    consistencyWith: (facts) => consistencyOf({ imageType: 'snapshot', volume, facts, frozen: taken.frozen, quiesced }),
    readPath: taken.readPath,
    exclusive: false,
    lost: watch.lost,
    assertValid: () => watch.assertValid(),
    ...(changes === undefined ? {} : { changes }),
    ...(tracker === undefined ? {} : { keepBase: () => tracker.keep(taken) }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** As the ladder does: one that nobody asked for may also lack only space. */
function mayFailOver({ code }: EngineError, { failover, imageType, snapshotProviderImage }: BackupSettings): boolean {
  const asked = imageType === 'snapshot' || snapshotProviderImage !== undefined;
  return (failover && code === 'SNAPSHOT_UNAVAILABLE') || (!asked && code === 'SNAPSHOT_NO_SPACE');
}

/** What is kept for runs of another kind than this one only costs space. */
async function forgetUselessTracking({ volume, choice, settings, ports, repositoryId }: HoldOptions): Promise<void> {
  const store = new TrackingStore(ports);
  const record = await store.find(repositoryId, volume.name).catch(() => undefined);
  if (record === undefined) return;
  const isUsed = choice.imageType === 'snapshot' && record.kept.provider === choice.provider;
  if (settings.tracking === undefined || !isUsed) await forgetTracking(store, record, ports.logger);
}

async function trackerOf(
  provider: Provider,
  { volume, settings, ports }: HoldOptions,
  repositoryId: string,
  journal: RunRecord,
): Promise<ChangeTracker | undefined> {
  if (settings.tracking === undefined) return undefined;
  return ChangeTracker.of({
    provider,
    store: new TrackingStore(ports),
    repositoryId,
    volume: volume.name,
    settings: { ...settings.tracking, mode: settings.mode },
    logger: ports.logger,
    journal,
    now: () => ports.clock.now(),
  });
}
