/** Backups as hosts ask for them: plan, obstacles, start. */
import type { BackupPlan, BackupRequest, BackupResult, ProviderReadiness, SnapshotReadiness, Volume } from '#contract';
import type { TaskRegistry } from '../activity/task-registry.ts';
import { EngineError } from '../base/errors.ts';
import { readUsedMapOf } from '../filesystems/used-map.ts';
import { backupVolume, mapMayChange, type UsedMap, whyAbsolute } from '../image/backup.ts';
import { gridBytesFor } from '../image/grid.ts';
import type { BackupSettings } from '../image/settings.ts';
import type { Ports } from '../ports.ts';
import type { Repository } from '../repository/types.ts';
import { listMarkedImages, loadCatalogue } from '../retention/catalogue.ts';
import { policyOf } from '../retention/policy-state.ts';
import { reboundBy } from '../retention/rebound.ts';
import { chooseProvider, type ProviderChoice } from '../snapshots/ladder.ts';
import { askProviders, describeReadiness } from '../snapshots/readiness.ts';
import { TrackingStore } from '../snapshots/tracking-store.ts';
import { holdsPath } from '../volumes/holds-path.ts';
import { backupSettings } from './backup-settings.ts';
import { backupCommandText } from './command-text.ts';
import { EarlierRuns } from './earlier-runs.ts';
import { holdVolume } from './hold-volume.ts';
import { offerInstead } from './offer-instead.ts';
import { expectDuration, expectNewBytes, freeAfter } from './plan-figures.ts';
import { sentenceOf, whyThatMuch } from './plan-words.ts';
import type { RepositorySession } from './repository-session.ts';
import type { VolumeService } from './volume-service.ts';

export class BackupService {
  readonly #ports: Ports;
  readonly #session: RepositorySession;
  readonly #volumes: VolumeService;
  readonly #tasks: TaskRegistry;
  readonly #earlierRuns = new EarlierRuns();

  constructor(ports: Ports, session: RepositorySession, volumes: VolumeService, tasks: TaskRegistry) {
    this.#ports = ports;
    this.#session = session;
    this.#volumes = volumes;
    this.#tasks = tasks;
  }

  /** What the run would do. Reads the volume's metadata as it is now; nothing is unmounted. */
  async plan(request: BackupRequest): Promise<BackupPlan> {
    const volume = await this.#volumes.find(request.volume);
    const repository = await this.#session.require().catch(() => undefined);
    const settings = await backupSettings(request, volume, this.#ports, repository && (await policyOf(repository)));
    const { choice, readiness, refusal } = await this.#choose(volume, settings);
    const obstacle = await this.#obstacle(volume);
    const obstacles = [settings.excluded, settings.unbindable, obstacle, refusal]
      .filter((error) => error !== undefined)
      .map(sentenceOf);
    const used = await readUsedMapOf(volume.name, {
      sizeBytes: volume.sizeBytes,
      gapBytes: mapMayChange(volume, choice) ? 0 : settings.gapBytes,
      allowRaw: settings.allowRaw,
      // A mounted file system looks dirty now and will be clean once it is read-only or frozen.
      estimate: choice.imageType !== 'dynamic' && volume.mounts.length > 0,
    });
    const readBytes = expectReadBytes(used, volume);
    const images = repository ? await listMarkedImages(repository) : [];
    const space = await repository?.space();
    // Another computer's volume may have the same name.
    const earlier = images.filter(
      ({ volume: name, hostname }) => name === volume.name && hostname === this.#ports.nodeName,
    );
    const expected = expectNewBytes(readBytes, earlier);
    const onlyChanges = await this.#onlyChanges(volume, settings, choice, repository?.id);
    const runs = repository ? await this.#earlierRuns.of(repository, earlier) : [];
    const durationSeconds = expectDuration(readBytes, runs, onlyChanges?.partly === true);
    const instead = offerInstead(volume);
    const warnings = [...choice.warnings, ...(instead ? [instead] : [])];
    if (space && expected.high > space.freeBytes) {
      warnings.push('The repository may run out of space before this backup ends.');
    }
    return {
      volume,
      imageType: choice.imageType,
      readBytes,
      why:
        onlyChanges?.why ??
        (mapMayChange(volume, choice)
          ? 'The volume may be written to while it is read, so its map may change: everything is read.'
          : settings.absolute && settings.mode === 'incremental'
            ? whyAbsolute(used.summary.mode, settings)
            : whyThatMuch(used, settings.gapBytes, earlier.length)),
      expectedNewBytes: expected,
      ...(space ? { repositoryFreeBytes: space.freeBytes, freeAfterBytes: freeAfter(space.freeBytes, expected) } : {}),
      ...(durationSeconds ? { durationSeconds } : {}),
      used: used.summary,
      gridBytes: gridBytesFor(volume.sizeBytes),
      willRemount:
        choice.imageType === 'static' ? volume.mounts.filter((m) => !m.readOnly).map((m) => m.mountPoint) : [],
      obstacles,
      warnings,
      provider: choice.provider,
      consistency: choice.consistency,
      command: backupCommandText({ ...request, volume: volume.name }),
      ...(readiness === undefined ? {} : { snapshot: describeReadiness(volume, readiness, settings) }),
    };
  }

  /** What an incremental run is going to read, where a kept snapshot can tell. `partly`: not everything in use. */
  async #onlyChanges(
    volume: Volume,
    { mode, tracking }: BackupSettings,
    { imageType, provider }: ProviderChoice,
    repositoryId: string | undefined,
  ): Promise<{ why: string; partly: boolean } | undefined> {
    if (mode !== 'incremental' || tracking === undefined || imageType !== 'snapshot' || repositoryId === undefined)
      return;
    const record = await new TrackingStore(this.#ports).find(repositoryId, volume.name);
    if (record?.kept.provider !== provider) return;
    const partly = record.runsSinceFull + 1 < tracking.fullEvery;
    const why = partly
      ? 'At most: only what changed since the last snapshot image is read, and a sample of the rest.'
      : 'Everything in use is read and compared this time (changetrackingfull).';
    return { why, partly };
  }

  /** What every snapshot provider says about a volume. */
  async readiness(name: string): Promise<SnapshotReadiness> {
    const volume = await this.#volumes.find(name);
    const settings = await backupSettings({ volume: name }, volume, this.#ports);
    return describeReadiness(volume, await askProviders(volume, settings.snapshot.cache), settings);
  }

  /** Starts a task for one volume; what can be known to stop it is thrown before the task exists. */
  async start(request: BackupRequest): Promise<{ taskId: string }> {
    const volume = await this.#volumes.find(request.volume);
    const policy = await policyOf(await this.#session.require());
    const settings = await backupSettings(request, volume, this.#ports, policy);
    const { choice, refusal } = await this.#choose(volume, settings);
    const obstacle = settings.excluded ?? settings.unbindable ?? (await this.#obstacle(volume)) ?? refusal;
    if (obstacle) throw obstacle;
    // Right before the start: nothing must come in between that closes it.
    const repository = await this.#session.require();
    const taskId = this.#tasks.start(
      'backup',
      volume.name,
      async (context) => {
        const result = await backupVolume(
          volume,
          settings,
          {
            ports: this.#ports,
            repository,
            hold: (_volume, _settings, run) =>
              holdVolume({ volume, choice, settings, ports: this.#ports, repositoryId: repository.id, run }),
            readUsedMap: readUsedMapOf,
          },
          context,
        );
        const rebound = await this.#rebound(repository, result);
        return { ...result, ...(rebound ? { rebound } : {}) };
      },
      {
        claims: [volume.name],
        queue: 'repository',
        request: { ...request, volume: volume.name },
        command: backupCommandText({ ...request, volume: volume.name }),
      },
    );
    return { taskId };
  }

  /** The earlier images of the volume that are bound to another class by this one. */
  async #rebound(repository: Repository, { image }: BackupResult): Promise<BackupResult['rebound']> {
    try {
      return reboundBy(image, (await loadCatalogue(repository)).images);
    } catch (error) {
      // The image is published; that must not look like a failure.
      this.#ports.logger.warn('what was rebound is not known', { reason: String(error) });
      return undefined;
    }
  }

  /** `refusal`: the snapshot that was asked for cannot be had; `choice` is then what could be done instead. */
  async #choose(
    volume: Volume,
    settings: BackupSettings,
  ): Promise<{ choice: ProviderChoice; readiness?: ProviderReadiness[]; refusal?: EngineError }> {
    const { imageType } = settings;
    if (imageType === 'static' || imageType === 'dynamic') {
      return { choice: chooseProvider({ volume, settings, readiness: [] }) };
    }
    const readiness = await askProviders(volume, settings.snapshot.cache);
    try {
      return { choice: chooseProvider({ volume, settings, readiness }), readiness };
    } catch (error) {
      if (!(error instanceof EngineError) || !error.code.startsWith('SNAPSHOT_')) throw error;
      const instead = { ...settings, imageType: 'static' } as const;
      return { choice: chooseProvider({ volume, settings: instead, readiness }), readiness, refusal: error };
    }
  }

  async #obstacle(volume: Volume): Promise<EngineError | undefined> {
    if (!volume.readable) {
      return new EngineError('VOLUME_PERMISSION', { volume: volume.name, reason: volume.needs });
    }
    if (await holdsPath(volume, this.#session.location)) {
      return new EngineError('VOLUME_HOLDS_REPOSITORY', {
        volume: volume.name,
        repository: this.#session.location,
        reason: `The repository lies on ${volume.name} itself; a backup there would be lost together with the volume.`,
      });
    }
    return undefined;
  }
}

/** The bitmaps of a mounted file system lag behind what its kernel knows is in use. */
function expectReadBytes({ summary }: UsedMap, volume: Volume): number {
  const { usedBytes } = summary;
  return volume.mounts.length > 0 ? Math.max(usedBytes, volume.usedBytes ?? 0) : usedBytes;
}
