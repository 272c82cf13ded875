/** All stores of the window, and what keeps them up to date. */
import type { TaskSnapshot } from '#contract';
import type { Connection } from '../transport/connection.ts';
import { createActivityStore } from './activity-store.ts';
import { type BackupState, createBackupStore } from './backup-store.ts';
import { createConnectionStore } from './connection-store.ts';
import { createImagesStore } from './images-store.ts';
import { createReadinessStore } from './readiness-store.ts';
import { createRepositoryStore } from './repository-store.ts';
import { createRestoreStore } from './restore-store.ts';
import { createSystemStore } from './system-store.ts';
import { createTasksStore, isFinished } from './tasks-store.ts';
import { createUiStore } from './ui-store.ts';
import { createVolumesStore } from './volumes-store.ts';

export type Stores = ReturnType<typeof createStores>;

export function createStores(connection: Connection) {
  const { client } = connection;
  const readiness = createReadinessStore(client);
  const stores = {
    connection: createConnectionStore(connection),
    system: createSystemStore(client),
    repository: createRepositoryStore(client),
    volumes: createVolumesStore(client),
    readiness,
    backup: createBackupStore(client, {
      readinessOf: (volume) => readiness.getState().byVolume[volume]?.value ?? null,
    }),
    images: createImagesStore(client),
    restore: createRestoreStore(client),
    tasks: createTasksStore(client),
    activity: createActivityStore(client),
    ui: createUiStore(),
    client,
  };

  /** The volumes, and which snapshots those that are selected can have now. */
  async function refreshVolumes(): Promise<void> {
    await Promise.all([
      stores.volumes.getState().refresh(),
      readiness.getState().askAgain(volumesThatMayGetSnapshots(stores.backup.getState())),
    ]);
  }

  async function refresh(): Promise<void> {
    const { repository, images } = stores;
    await Promise.all([repository.getState().refresh(), refreshVolumes()]);
    if (repository.getState().status.value?.state === 'open') await images.getState().refresh();
  }

  /** A task that ended changed the repository, a volume, or both. */
  function refreshAfter(before: readonly TaskSnapshot[], after: readonly TaskSnapshot[]): void {
    const wasFinished = new Set(before.filter(isFinished).map((task) => task.id));
    const known = new Set(before.map((task) => task.id));
    if (after.some((task) => known.has(task.id) && isFinished(task) && !wasFinished.has(task.id))) void refresh();
  }

  /** Tasks begin, stop and end: so does their record. */
  function recordAfter(before: readonly TaskSnapshot[], after: readonly TaskSnapshot[]): void {
    const states = new Map(before.map((task) => [task.id, task.state]));
    if (after.some((task) => states.get(task.id) !== task.state)) void stores.activity.getState().refreshNewest();
  }

  /** The stream ends when the connection breaks, or when the engine closes it: then it is opened again. */
  async function followTasks(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await stores.tasks.getState().follow(signal);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }

  /** Follows the connection for the life of the window: everything is fetched again whenever it comes back. */
  function start(): void {
    let following: AbortController | undefined;
    stores.tasks.subscribe((state, previous) => {
      refreshAfter(previous.tasks, state.tasks);
      recordAfter(previous.tasks, state.tasks);
    });
    stores.backup.subscribe((state, previous) => {
      if (state.selected === previous.selected && state.type === previous.type) return;
      void readiness.getState().ask(volumesThatMayGetSnapshots(state));
    });
    stores.repository.subscribe((state, previous) => {
      const opened = state.status.value?.state === 'open' && previous.status.value?.state !== 'open';
      if (opened) void stores.images.getState().refresh();
    });
    connection.onState((state) => {
      following?.abort();
      following = undefined;
      if (state.phase !== 'online') return;
      following = new AbortController();
      void stores.system.getState().refresh();
      void refresh();
      void stores.activity.getState().refreshNewest();
      void followTasks(following.signal);
    });
    connection.start();
  }

  return { ...stores, refresh, refreshVolumes, start };
}

/** Of the selected ones: a dynamic image never takes a snapshot. */
function volumesThatMayGetSnapshots({ type, selected }: Pick<BackupState, 'type' | 'selected'>): readonly string[] {
  return type === 'dynamic' ? [] : selected;
}
