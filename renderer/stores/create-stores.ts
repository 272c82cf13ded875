/** All stores of the window, and what keeps them up to date. */
import type { TaskSnapshot, Volume, WireError } from '#contract';
import type { Connection } from '../transport/connection.ts';
import { createActivityStore } from './activity-store.ts';
import { type BackupState, createBackupStore } from './backup-store.ts';
import { createBlocksStore } from './blocks-store.ts';
import { createConnectionStore } from './connection-store.ts';
import { createHealthStore } from './health-store.ts';
import { createImagesStore } from './images-store.ts';
import { createKeysStore } from './keys-store.ts';
import { createPolicyStore } from './policy-store.ts';
import { createPreferencesStore } from './preferences-store.ts';
import { createReadinessStore } from './readiness-store.ts';
import { createRepositoryStore } from './repository-store.ts';
import { createRestoreStore } from './restore-store.ts';
import { createRetentionStore, going } from './retention-store.ts';
import { createSchedulesStore } from './schedules-store.ts';
import { createSetupStore } from './setup-store.ts';
import { createSupportStore } from './support-store.ts';
import { createSystemStore } from './system-store.ts';
import { createTasksStore, isFinished } from './tasks-store.ts';
import { createUiStore } from './ui-store.ts';
import { createVolumesStore } from './volumes-store.ts';

/** How often health is asked for while nothing happens: images grow old by themselves. */
const HEALTH_EVERY_MS = 3 * 60_000;

export type Stores = ReturnType<typeof createStores>;

export function createStores(connection: Connection) {
  const { client } = connection;
  const readiness = createReadinessStore(client);
  const volumes = createVolumesStore(client);
  const images = createImagesStore(client);
  const retention = createRetentionStore(client, () => images.getState().refresh());
  const policy = createPolicyStore(client, {
    going: () => {
      const { phase, value } = retention.getState().decisions;
      return phase === 'ready' ? going(Object.values(value)) : null;
    },
    decideAgain: () => retention.getState().refresh(),
  });
  const stores = {
    connection: createConnectionStore(connection),
    system: createSystemStore(client),
    repository: createRepositoryStore(client),
    volumes,
    readiness,
    backup: createBackupStore(client, {
      readinessOf: (volume) => readiness.getState().byVolume[volume]?.value ?? null,
      volumes: () => volumes.getState().list.value,
    }),
    images,
    retention,
    policy,
    restore: createRestoreStore(client),
    keys: createKeysStore(client),
    // What is planned is told with the health of volumes.
    schedules: createSchedulesStore(client, () => {
      if (isOpen()) void stores.health.getState().refresh();
    }),
    setup: createSetupStore(),
    support: createSupportStore(client),
    tasks: createTasksStore(client),
    preferences: createPreferencesStore(client),
    health: createHealthStore(client),
    blocks: createBlocksStore(client),
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

  /** The classes, and what they say about every image. */
  async function refreshPolicy(): Promise<void> {
    await Promise.all([policy.getState().refresh(), retention.getState().refresh()]);
  }

  function isOpen(): boolean {
    return stores.repository.getState().status.value?.state === 'open';
  }

  async function refresh(): Promise<void> {
    const { repository, health } = stores;
    const wasOpen = isOpen();
    await Promise.all([repository.getState().refresh(), refreshVolumes()]);
    if (!isOpen()) return;
    // Of a repository that has just been opened, these are asked for already.
    await Promise.all([
      images.getState().refresh(),
      ...(wasOpen ? [health.getState().refresh(), refreshPolicy()] : []),
    ]);
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
    // A start that was refused because of the repository says more of it than what is known.
    stores.backup.subscribe((state, previous) => {
      if (state.refused === previous.refused) return;
      const isAbout = ({ code }: WireError) => code.startsWith('REPOSITORY_');
      if (Object.values(state.refused).some(isAbout)) void stores.repository.getState().refresh();
    });
    stores.volumes.subscribe((state, previous) => {
      const names = volumesThatMayGetSnapshots(stores.backup.getState());
      if (names.some((name) => isUsedOtherwise(name, state.list.value, previous.list.value))) {
        void readiness.getState().askAgain(names);
      }
    });
    stores.repository.subscribe((state, previous) => {
      const opened = state.status.value?.state === 'open' && previous.status.value?.state !== 'open';
      if (!opened) return;
      void stores.images.getState().refresh();
      void stores.health.getState().refresh();
      void refreshPolicy();
    });
    setInterval(() => {
      if (isOpen() && connection.state().phase === 'online') void stores.health.getState().refresh();
    }, HEALTH_EVERY_MS);
    connection.onState((state) => {
      following?.abort();
      following = undefined;
      if (state.phase !== 'online') return;
      following = new AbortController();
      void stores.system.getState().refresh();
      void stores.preferences.getState().refresh();
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

/** Somebody mounted, unmounted or opened it since: other snapshots may be possible. */
function isUsedOtherwise(name: string, now: readonly Volume[], before: readonly Volume[]): boolean {
  const [one, other] = [now, before].map((volumes) => volumes.find((volume) => volume.name === name));
  if (!one || !other || one === other) return false;
  return JSON.stringify([one.mounts, one.holders]) !== JSON.stringify([other.mounts, other.holders]);
}
