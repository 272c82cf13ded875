/**
 * An engine without volumes and repositories, for tests of what stands around an engine: the router and the hosts. Its
 * tasks are real.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { TaskRegistry } from '../activity/task-registry.ts';
import { EngineError } from '../base/errors.ts';
import type { Engine } from '../engine.ts';
import type { Clock, Random } from '../ports.ts';

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
export const systemRandom: Random = { bytes: (count) => randomBytes(count), below: (limit) => randomInt(limit) };

/** The engine of `createMemoryEngine`, with its registry open to tests. */
export interface MemoryEngine extends Engine {
  readonly tasks: TaskRegistry;
  /** Set once the engine was disposed. */
  readonly disposed: boolean;
}

/** Everything that needs a volume or a repository throws the error that an engine without one would throw. */
export function createMemoryEngine(overrides: Partial<Engine> = {}): MemoryEngine {
  const tasks = new TaskRegistry({ clock: systemClock, random: systemRandom });
  let disposed = false;
  const notOpen = async (): Promise<never> => {
    throw new EngineError('REPOSITORY_NOT_OPEN');
  };
  const noVolume = async ({ volume }: { volume: string }): Promise<never> => {
    throw new EngineError('VOLUME_NOT_FOUND', { volume });
  };
  const noFile = async (path: string): Promise<never> => {
    throw new EngineError('VOLUME_NOT_FOUND', { volume: path });
  };
  return {
    repository: {
      status: async () => ({ state: 'absent', location: '/nowhere' }),
      create: notOpen,
      open: async ({ location }) => {
        throw new EngineError('REPOSITORY_NOT_FOUND', { repository: location });
      },
      check: notOpen,
      listKeys: notOpen,
      addKey: notOpen,
      removeKey: notOpen,
      changePassphrase: notOpen,
      addRecoveryKey: notOpen,
    },
    preferences: { describe: notOpen, check: notOpen, save: notOpen, test: noVolume, readForeign: noFile },
    activity: {
      list: async () => ({ runs: [], total: 0 }),
      details: notOpen,
      repeat: notOpen,
      cancel: notOpen,
      weeks: async () => [],
      errorLog: async () => ({ path: '/nowhere', lines: [] }),
      export: async () => ({ fileName: 'activity.json', mediaType: 'application/json', text: '[]' }),
    },
    support: { providers: async () => [], run: notOpen },
    policy: { describe: notOpen, save: notOpen, history: notOpen },
    retention: {
      preview: notOpen,
      expire: notOpen,
      prunePreview: notOpen,
      prune: notOpen,
      pin: notOpen,
      deactivate: notOpen,
      deleteImages: notOpen,
      imagesToDelete: notOpen,
      undeleteImages: notOpen,
    },
    schedules: {
      list: async () => ({ schedules: [], support: { systemd: 'none', reason: '' } }),
      save: notOpen,
      remove: notOpen,
      claim: async () => undefined,
      preview: notOpen,
    },
    mountReadOnly: noFile,
    unmount: noFile,
    health: notOpen,
    describe: () => ({
      version: '0.0.0',
      platform: 'linux',
      nodeName: 'test',
      privileged: false,
      homeDirectory: '/home/test',
      capabilities: { canPickFolder: false, canPickFile: false, canNotify: false, canElevate: false },
    }),
    browse: async (path = '/') => ({ path, entries: [] }),
    pick: async () => {
      throw new EngineError('UNSUPPORTED_ON_HOST');
    },
    listVolumes: async () => [],
    addFileVolume: noFile,
    findVolume: noFile,
    removeFileVolume: noFile,
    snapshotReadiness: noFile,
    sweep: async () => ({ removed: [], left: [] }),
    planBackup: noVolume,
    startBackup: noVolume,
    listImages: notOpen,
    imageDetails: notOpen,
    imageBlocks: notOpen,
    compareImages: notOpen,
    planRestore: notOpen,
    startRestore: notOpen,
    ...overrides,
    tasks,
    get disposed() {
      return disposed;
    },
    async [Symbol.asyncDispose]() {
      await tasks[Symbol.asyncDispose]();
      disposed = true;
    },
  };
}
