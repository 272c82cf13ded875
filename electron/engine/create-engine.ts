/** The composition root: ports in, engine out. */
import { join } from 'node:path';
import type { CheckResult } from '#contract';
import { ownerOfNow } from './activity/abandoned-runs.ts';
import { CancelRequests } from './activity/cancel-requests.ts';
import { RunLog } from './activity/run-log.ts';
import { RunRecorder } from './activity/run-recorder.ts';
import { TaskRegistry } from './activity/task-registry.ts';
import { EngineError } from './base/errors.ts';
import type { Engine } from './engine.ts';
import { compareImages, imageBlocks } from './image/image-blocks.ts';
import { findImage, imageDetails } from './image/image-list.ts';
import { ENGINE_VERSION } from './image/version.ts';
import type { Ports } from './ports.ts';
import { listMarkedImages } from './retention/catalogue.ts';
import { ActivityService } from './session/activity-service.ts';
import { BackupService } from './session/backup-service.ts';
import { browseFolder } from './session/browse.ts';
import { FileVolumes } from './session/file-volumes.ts';
import { health } from './session/health-service.ts';
import { LookMounts } from './session/look-mounts.ts';
import { optionInForce } from './session/options-in-force.ts';
import { PolicyService } from './session/policy-service.ts';
import { PreferencesService } from './session/preferences-service.ts';
import { RepositorySession } from './session/repository-session.ts';
import { RestoreService } from './session/restore-service.ts';
import { RetentionService } from './session/retention-service.ts';
import { ScheduleService } from './session/schedule-service.ts';
import { type StartOptions, startOptions } from './session/start-options.ts';
import { SupportService } from './session/support-service.ts';
import { VolumeService } from './session/volume-service.ts';
import type { SweepReport } from './snapshots/provider.ts';
import { repairersOf, sweepSnapshots } from './snapshots/sweep.ts';
import { sweepRuns } from './volumes/run-journal.ts';

/** What a host may say beyond its ports. */
export interface EngineOptions {
  /** Directory or URL; default: `repository` in the data directory. */
  repositoryLocation?: string | undefined;
  /** From a password file or the environment; without one the key store is asked. */
  passphrase?: string | undefined;
  /** Instead of the two above: they are read from here and from the options file. */
  environment?: Readonly<Record<string, string | undefined>>;
}

/** Where the repository lies when nobody names one. */
export function defaultRepositoryLocation(ports: Ports): string {
  return join(ports.directories.data, 'repository');
}

/** Builds the engine and repairs what killed runs left behind: read-only mounts, snapshots, clones, freezes. */
export async function createEngine(hostPorts: Ports, options: EngineOptions = {}): Promise<Engine> {
  const runLog = new RunLog(hostPorts);
  const recorder = new RunRecorder(runLog, hostPorts, await ownerOfNow());
  const ports: Ports = { ...hostPorts, logger: recorder.listening(hostPorts.logger) };
  const atStart = await sweepEverything(ports);
  for (const sentence of [...atStart.removed, ...atStart.left]) ports.logger.warn(sentence);
  const { environment } = options;
  const started: StartOptions = environment
    ? await startOptions(ports, environment)
    : { repositoryLocation: options.repositoryLocation, passphrase: options.passphrase };
  const { repositoryLocation, passphrase, refusal } = started;
  const location = repositoryLocation ?? defaultRepositoryLocation(ports);
  const session = new RepositorySession(ports, location, passphrase, refusal);
  const volumes = new VolumeService(new FileVolumes(ports.directories.config));
  const cancels = new CancelRequests(ports, (id) => tasks.cancel(id));
  const tasks: TaskRegistry = new TaskRegistry(ports, cancels.observing(recorder));
  const backups = new BackupService(ports, session, volumes, tasks);
  const restores = new RestoreService(ports, session, volumes, tasks);

  /** Changing the repository releases the locks under which a task works, and takes seconds in which one could begin. */
  async function changing<T>(work: () => Promise<T>): Promise<T> {
    using _paused = tasks.pause(
      'The repository is being changed at this moment.',
      'The repository cannot be changed while a task uses it.',
    );
    return await work();
  }

  async function check(readData: boolean): Promise<{ taskId: string }> {
    const repository = await session.require();
    const taskId = tasks.start(
      'check',
      session.location,
      async (context): Promise<CheckResult> => {
        const started = ports.clock.monotonic();
        context.phase('verify');
        await using _lock = await repository.lock(false, context.signal);
        const report = await repository.check({
          readData,
          signal: context.signal,
          onProgress: (bytesDone, bytesTotal) =>
            context.progress({ bytesDone, bytesTotal, readBytes: bytesDone, storedBytes: 0 }),
        });
        return { kind: 'check', readData, ...report, elapsedSeconds: (ports.clock.monotonic() - started) / 1000 };
      },
      { queue: 'repository', request: { readData }, command: `stillframe check${readData ? ' -readdata' : ''}` },
    );
    return { taskId };
  }

  const retention = new RetentionService({ ports, session, tasks });
  const preferences = new PreferencesService(ports, volumes);
  const support = new SupportService(ports);
  const mounts = new LookMounts({ ports, volumes, tasks });
  const activity = new ActivityService(ports, runLog, {
    backup: (request) => backups.start(request),
    check: (request) =>
      check(typeof request === 'object' && request !== null && 'readData' in request && request.readData === true),
    expire: (request) => retention.expire(request),
    prune: (request) => retention.prune(request),
    location: () => session.location,
    cancels,
  });

  const policy = new PolicyService(ports, session);
  const schedules = new ScheduleService(ports, {
    lastRun: (schedule) => activity.lastOf(schedule),
    startedBy: (schedule) => recorder.startedBy(schedule),
    repositories: async () => ({
      open: session.location,
      usual: (await optionInForce('repository', ports)) ?? defaultRepositoryLocation(ports),
    }),
  });

  return {
    tasks,
    preferences,
    activity,
    support,
    policy,
    retention,
    schedules,
    repository: {
      status: () => session.status(),
      create: async (request) => changing(() => session.create(request)),
      open: async (request) => changing(() => session.open(request)),
      check: ({ readData }) => check(readData),
      listKeys: () => session.listKeys(),
      addKey: (passphrase) => session.addKey(passphrase),
      removeKey: (id) => session.removeKey(id),
      changePassphrase: async (request) => changing(() => session.changePassphrase(request)),
      addRecoveryKey: () => session.addRecoveryKey(),
    },
    describe: () => ({
      version: ENGINE_VERSION,
      platform: process.platform,
      nodeName: ports.nodeName,
      privileged: process.getuid?.() === 0,
      homeDirectory: process.env.HOME ?? '/',
      capabilities: ports.capabilities,
    }),
    browse: (path) => browseFolder(path ?? process.env.HOME ?? '/'),
    pick: async (kind) => {
      if (!ports.picker) throw new EngineError('UNSUPPORTED_ON_HOST', { reason: 'This host has no native picker.' });
      return ports.picker.pick(kind);
    },
    listVolumes: () => volumes.list(),
    findVolume: (name) => volumes.find(name),
    addFileVolume: (path) => volumes.addFile(path),
    removeFileVolume: (path) => volumes.removeFile(path),
    mountReadOnly: (volume) => mounts.mount(volume),
    unmount: (volume) => mounts.unmount(volume),
    health: () => health(ports, { session, volumes, activity, schedules }),
    snapshotReadiness: (volume) => backups.readiness(volume),
    sweep: async () => {
      // Who asks wants to know what was removed, and the start may have been first.
      const earlier = atStart.removed.splice(0);
      const { removed, left } = await sweepEverything(ports);
      return { removed: [...earlier, ...removed], left };
    },
    planBackup: (request) => backups.plan(request),
    startBackup: (request) => backups.start(request),
    listImages: async () =>
      listMarkedImages(await session.require(), (id, error) =>
        ports.logger.warn(id === '' ? 'marks on images left out' : 'snapshot left out of the list', {
          id,
          reason: error.message,
        }),
      ),
    imageDetails: async (id) => {
      const repository = await session.require();
      const images = await listMarkedImages(repository);
      return imageDetails(repository, await findImage(repository, images, id, ports.nodeName));
    },
    imageBlocks: async (id) => imageBlocks(await session.require(), id),
    compareImages: async (request) => compareImages(await session.require(), request),
    planRestore: (request) => restores.plan(request),
    startRestore: (request) => restores.start(request),
    [Symbol.asyncDispose]: async () => {
      await tasks[Symbol.asyncDispose]();
      cancels[Symbol.dispose]();
      await mounts[Symbol.asyncDispose]();
      await activity[Symbol.asyncDispose]();
      await session[Symbol.asyncDispose]();
    },
  };
}

/**
 * By the records of dead runs, and by what objects on this machine say of themselves. Never throws: a full or damaged
 * state folder must not keep anybody from restoring.
 */
async function sweepEverything(ports: Ports): Promise<SweepReport> {
  const report: SweepReport = { removed: [], left: [] };
  const attempt = async (work: () => Promise<SweepReport>): Promise<void> => {
    try {
      const { removed, left } = await work();
      report.removed.push(...removed);
      report.left.push(...left);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      report.left.push(`What stopped runs may have left behind could not be looked for: ${reason}.`);
    }
  };
  await attempt(async () => ({ removed: await sweepRuns({ ports, repairers: repairersOf(ports) }), left: [] }));
  await attempt(() => sweepSnapshots(ports));
  return report;
}
