/** Backups as hosts ask for them: plan, obstacles, start. */
import type { BackupPlan, BackupRequest, ImageSummary, SnapshotProvider, Volume } from '#contract';
import type { TaskRegistry } from '../activity/task-registry.ts';
import { EngineError } from '../base/errors.ts';
import { readUsedMapOf } from '../filesystems/used-map.ts';
import { backupVolume, type HeldVolume, type UsedMap } from '../image/backup.ts';
import { gridBytesFor } from '../image/grid.ts';
import { listImages } from '../image/image-list.ts';
import type { RunContext } from '../image/run-context.ts';
import type { BackupSettings } from '../image/settings.ts';
import { readOptionsFile } from '../policy/options-file.ts';
import { effectiveImageType, resolveOptions } from '../policy/resolve-options.ts';
import type { Ports } from '../ports.ts';
import { consistencyOf } from '../snapshots/consistency.ts';
import { chooseProvider } from '../snapshots/ladder.ts';
import { holdsPath } from '../volumes/holds-path.ts';
import { assertSameVolume } from '../volumes/same-volume.ts';
import { acquireStatic } from '../volumes/static-access.ts';
import { offerInstead } from './offer-instead.ts';
import type { RepositorySession } from './repository-session.ts';
import type { VolumeService } from './volume-service.ts';

export class BackupService {
  readonly #ports: Ports;
  readonly #session: RepositorySession;
  readonly #volumes: VolumeService;
  readonly #tasks: TaskRegistry;

  constructor(ports: Ports, session: RepositorySession, volumes: VolumeService, tasks: TaskRegistry) {
    this.#ports = ports;
    this.#session = session;
    this.#volumes = volumes;
    this.#tasks = tasks;
  }

  /** What the run would do. Reads the volume's metadata as it is now; nothing is unmounted. */
  async plan(request: BackupRequest): Promise<BackupPlan> {
    const volume = await this.#volumes.find(request.volume);
    const settings = await this.#settingsOf(request);
    const choice = chooseProvider({ volume, settings });
    const obstacle = await this.#obstacle(volume);
    const obstacles = obstacle ? [sentenceOf(obstacle)] : [];
    const used = await readUsedMapOf(volume.name, {
      sizeBytes: volume.sizeBytes,
      gapBytes: settings.gapBytes,
      allowRaw: settings.allowRaw,
      // A mounted file system looks dirty now and will be clean once it is read-only.
      estimate: choice.imageType === 'static' && volume.mounts.length > 0,
    });
    const readBytes = expectReadBytes(used, volume);
    const repository = await this.#session.require().catch(() => undefined);
    const images = repository ? await listImages(repository) : [];
    const space = await repository?.space();
    const earlier = images.filter((image) => image.volume === volume.name);
    const expected = expectNewBytes(readBytes, earlier);
    const instead = offerInstead(volume);
    const warnings = [...choice.warnings, ...(instead ? [instead] : [])];
    if (space && expected.high > space.freeBytes) {
      warnings.push('The repository may run out of space before this backup ends.');
    }
    return {
      volume,
      imageType: choice.imageType,
      readBytes,
      why: whyThatMuch(used, settings.gapBytes, earlier.length),
      expectedNewBytes: expected,
      ...(space ? { repositoryFreeBytes: space.freeBytes } : {}),
      used: used.summary,
      gridBytes: gridBytesFor(volume.sizeBytes),
      willRemount:
        choice.imageType === 'static' ? volume.mounts.filter((m) => !m.readOnly).map((m) => m.mountPoint) : [],
      obstacles,
      warnings,
    };
  }

  /** Starts a task for one volume; what can be known to stop it is thrown before the task exists. */
  async start(request: BackupRequest): Promise<{ taskId: string }> {
    const volume = await this.#volumes.find(request.volume);
    const settings = await this.#settingsOf(request);
    const choice = chooseProvider({ volume, settings });
    const obstacle = await this.#obstacle(volume);
    if (obstacle) throw obstacle;
    const repository = await this.#session.require();
    const taskId = this.#tasks.start(
      'backup',
      volume.name,
      async (context) => {
        for (const warning of choice.warnings) context.warn(warning);
        return backupVolume(
          volume,
          settings,
          {
            ports: this.#ports,
            repository,
            hold: (_volume, _settings, run) => this.#hold(volume, choice, run),
            readUsedMap: readUsedMapOf,
          },
          context,
        );
      },
      { claims: [volume.name], queue: 'repository' },
    );
    return { taskId };
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

  async #hold(
    volume: Volume,
    choice: ReturnType<typeof chooseProvider>,
    run: RunContext,
  ): Promise<HeldVolume & AsyncDisposable> {
    const held: HeldVolume = {
      imageType: choice.imageType,
      provider: choice.provider satisfies SnapshotProvider,
      consistencyWith: (facts) => consistencyOf({ imageType: choice.imageType, volume, facts }),
      readPath: volume.name,
      exclusive: choice.imageType === 'static',
      assertValid: async () => undefined,
    };
    if (choice.imageType !== 'static') {
      assertSameVolume(volume, await this.#volumes.find(volume.name));
      return { ...held, exclusive: false, [Symbol.asyncDispose]: async () => undefined };
    }
    const access = await acquireStatic(volume, { ports: this.#ports, signal: run.signal });
    return {
      ...held,
      exclusive: !access.mountedReadOnly,
      assertValid: () => access.assertStill(),
      [Symbol.asyncDispose]: () => access[Symbol.asyncDispose](),
    };
  }

  /** The request over the options file over the defaults. */
  async #settingsOf(request: BackupRequest): Promise<BackupSettings> {
    const { config } = this.#ports.directories;
    const paths = { homeDirectory: process.env.HOME ?? '/', workingDirectory: config };
    const file = await readOptionsFile(config);
    const options = resolveOptions({ command: new Map(), environment: {}, file, paths });
    const { values } = options;
    return {
      mode: request.mode ?? values.mode,
      imageType: request.imageType ?? effectiveImageType(options) ?? 'static',
      snapshotProviderImage: request.snapshotProviderImage ?? values.snapshotproviderimage,
      gapBytes: request.imageGapBytes ?? values.imagegapsize,
      compressionLevel: request.compressionLevel ?? values.compressionlevel,
      managementClass: request.managementClass ?? values.managementclass,
      allowRaw: request.allowRaw ?? false,
    };
  }
}

function whyThatMuch(used: UsedMap, gapBytes: number, earlierImages: number): string {
  const known =
    earlierImages > 0 ? ' Every block is compared with what the repository has; only changed ones are stored.' : '';
  return whatIsRead(used, gapBytes) + known;
}

function whatIsRead({ summary, facts }: UsedMap, gapBytes: number): string {
  if (summary.mode === 'used' && facts.type === 'swap') {
    return 'Only the header of the swap area is read: nothing else in it outlives a restart.';
  }
  if (summary.mode === 'used') return `Only the blocks that ${facts.type} uses are read.`;
  if (gapBytes === 0) return 'imagegapsize is 0, so the whole volume is read.';
  if (facts.type === 'raw') return 'No known file system was found, so the whole volume is read.';
  return `The whole volume is read, because the blocks that ${facts.type} uses are not known.`;
}

/** The bitmaps of a mounted file system lag behind what its kernel knows is in use. */
function expectReadBytes({ summary }: UsedMap, volume: Volume): number {
  const { usedBytes } = summary;
  return volume.mounts.length > 0 ? Math.max(usedBytes, volume.usedBytes ?? 0) : usedBytes;
}

/** First images compress to between a third and all of what is used; later ones follow the images before. */
function expectNewBytes(usedBytes: number, earlier: ImageSummary[]): { low: number; high: number } {
  const increments = earlier.slice(0, -1).map((image) => image.newSize);
  if (earlier.length === 0) return { low: Math.round(usedBytes * 0.35), high: usedBytes };
  if (increments.length === 0) return { low: 0, high: Math.round(usedBytes * 0.1) };
  return { low: Math.min(...increments), high: Math.min(usedBytes, Math.max(...increments) * 2) };
}

function sentenceOf(error: EngineError): string {
  return typeof error.details.reason === 'string' ? error.details.reason : error.code;
}
