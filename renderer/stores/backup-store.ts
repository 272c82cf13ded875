/** The backup that is being put together: which volumes, which type and options, what it would do. */

import { createStore } from 'zustand/vanilla';
import type {
  BackupRequest,
  Mode,
  Preferences,
  SnapshotProvider,
  SnapshotReadiness,
  Volume,
  WireError,
} from '#contract';
import type { BackupType } from '../i18n/words.ts';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { createEstimator, type Estimates } from './estimates.ts';
import { idle, type Loadable, load } from './loadable.ts';
import { type Overrides, requestOf } from './run-options.ts';
import { canTrackChanges } from './snapshot-outlook.ts';

/** What became of “Backup Domain”. */
export interface DomainRun {
  /** Names in the domain whose volumes are not here. */
  missing: string[];
  /** Volumes whose backup was asked for. */
  volumes: string[];
}

export interface BackupState {
  selected: string[];
  /** The volume or disk whose details are shown. */
  inspected: string | null;
  type: BackupType;
  /** Counts for volumes whose snapshots track changes; the others are read in full anyway. */
  mode: Mode;
  /** Snapshot providers that the person named, by volume name; they count for Snapshot Image Backup only. */
  providers: Record<string, SnapshotProvider>;
  /** Options of the next run only, over the preferences. */
  overrides: Overrides;
  /** What the overrides are over; null where it could not be told. */
  preferences: Loadable<Preferences | null>;
  /** The estimate is open and follows the choice. */
  estimating: boolean;
  estimates: Estimates;
  /** Volumes whose backup is being started. */
  starting: boolean;
  /** Why a backup did not start, by volume name. */
  refused: Record<string, WireError>;
  /** What was asked for, by task id, so that it can be asked for again. */
  requests: Record<string, BackupRequest>;
  domain: Loadable<DomainRun | null>;
  /** Selects or deselects volumes. */
  choose(names: readonly string[], on: boolean): void;
  inspect(name: string | null): void;
  setType(type: BackupType): void;
  setMode(mode: Mode): void;
  nameProvider(volume: string, provider: SnapshotProvider): void;
  setOverrides(overrides: Overrides): void;
  loadPreferences(): Promise<void>;
  estimate(): Promise<void>;
  clearEstimates(): void;
  start(): Promise<void>;
  /** Backs up the volumes of the domain that are here, as the preferences say, whatever is chosen. */
  backUpDomain(): Promise<void>;
  closeDomain(): void;
  /** Images the volume whole after its file system could not be read. */
  startRaw(volume: string): Promise<void>;
  /** Starts what was refused again, as it is chosen now. */
  retryRefused(volume: string): Promise<void>;
  /** Starts again what a task failed to do. */
  retryTask(task: { id: string; subject: string }): Promise<void>;
  dismissRefusal(volume: string): void;
}

export interface BackupStoreOptions {
  /** What is known about the snapshots of a volume. */
  readinessOf(volume: string): SnapshotReadiness | null;
  /** The volumes that are here now. */
  volumes(): readonly Volume[];
}

/** `entry` of the domain is a volume's name or a place where one is mounted. */
function volumeOf(entry: string, volumes: readonly Volume[]): Volume | undefined {
  return volumes.find(({ name, mounts }) => name === entry || mounts.some(({ mountPoint }) => mountPoint === entry));
}

export function createBackupStore(client: EngineClient, { readinessOf, volumes }: BackupStoreOptions) {
  return createStore<BackupState>()((set, get) => {
    function requestFor(volume: string): BackupRequest {
      const { type, mode, providers, overrides } = get();
      const { snapshotProviderImage, ...asked } = requestOf(overrides);
      const known = readinessOf(volume);
      const named = providers[volume];
      const tracks = canTrackChanges(type, known, named);
      // The best one is left to the engine: by the time it starts, another may be.
      const insists = type === 'snapshot' && named !== undefined && named !== known?.provider;
      const provider = insists ? named : snapshotProviderImage;
      return {
        volume,
        // Image Backup is whatever the engine and its options file make of it.
        ...(type === 'image' ? {} : { imageType: type }),
        ...(provider !== undefined && type !== 'dynamic' ? { snapshotProviderImage: provider } : {}),
        ...(mode === 'incremental' && tracks ? { mode } : {}),
        ...asked,
      };
    }

    const estimator = createEstimator(client, {
      get: () => get().estimates,
      set: (change) => set((state) => ({ estimates: change(state.estimates) })),
      requestFor,
    });

    /** The selected volumes that are here. */
    function present(): string[] {
      const names = new Set(volumes().map(({ name }) => name));
      return get().selected.filter((name) => names.has(name));
    }

    function estimateAgain(): void {
      if (get().estimating) void estimator.ask(present());
    }

    async function startOne(request: BackupRequest): Promise<void> {
      try {
        const { taskId } = await client.backup.start(request);
        set((state) => ({
          selected: state.selected.filter((name) => name !== request.volume),
          requests: { ...state.requests, [taskId]: request },
        }));
      } catch (thrown) {
        const refusal = toWireError(thrown);
        set((state) => ({ refused: { ...state.refused, [request.volume]: refusal } }));
      }
    }

    /** One after the other, so that the tasks queue in the order of the list. */
    async function startAll(requests: readonly BackupRequest[]): Promise<void> {
      set({ starting: true, refused: {} });
      for (const request of requests) await startOne(request);
      set({ starting: false });
    }

    return {
      selected: [],
      inspected: null,
      type: 'image',
      mode: 'selective',
      providers: {},
      overrides: {},
      preferences: idle<Preferences | null>(null),
      estimating: false,
      estimates: {},
      starting: false,
      refused: {},
      requests: {},
      domain: idle<DomainRun | null>(null),
      choose(names, on) {
        set((state) => {
          const others = state.selected.filter((name) => !names.includes(name));
          if (on) return { selected: [...others, ...names] };
          // Who takes a volume out and in again starts with the best provider.
          const kept = Object.entries(state.providers).filter(([name]) => !names.includes(name));
          return { selected: others, providers: Object.fromEntries(kept) };
        });
        if (get().selected.length === 0) get().clearEstimates();
        else if (get().estimating) void estimator.complete(present());
      },
      inspect: (inspected) => set({ inspected }),
      setType(type) {
        set({ type });
        estimateAgain();
      },
      setMode(mode) {
        set({ mode });
        estimateAgain();
      },
      nameProvider(volume, provider) {
        set((state) => ({ providers: { ...state.providers, [volume]: provider } }));
        estimateAgain();
      },
      setOverrides(overrides) {
        set({ overrides });
        estimateAgain();
      },
      loadPreferences: () =>
        load<Preferences | null>(
          get().preferences,
          (preferences) => set({ preferences }),
          () => client.preferences.describe({}),
        ),
      async estimate() {
        set({ estimating: true });
        await estimator.ask(present());
      },
      clearEstimates() {
        set({ estimating: false });
        estimator.keep([]);
      },
      async start() {
        if (get().starting) return;
        await startAll(present().map(requestFor));
        get().clearEstimates();
        // They were for this run; what was refused may be tried again with them.
        if (Object.keys(get().refused).length === 0) set({ overrides: {} });
      },
      async backUpDomain() {
        if (get().starting) return;
        await load<DomainRun | null>(
          idle(null),
          (domain) => set({ domain }),
          async () => {
            const { domain } = await client.preferences.describe({});
            const found = domain.map((entry) => ({ entry, volume: volumeOf(entry, volumes()) }));
            const missing = found.filter(({ volume }) => volume === undefined).map(({ entry }) => entry);
            const names = [...new Set(found.flatMap(({ volume }) => (volume ? [volume.name] : [])))];
            await startAll(names.map((volume) => ({ volume })));
            return { missing, volumes: names };
          },
        );
      },
      closeDomain: () => set({ domain: idle(null) }),
      async startRaw(volume) {
        get().dismissRefusal(volume);
        get().clearEstimates();
        await startOne({ ...requestFor(volume), allowRaw: true });
      },
      async retryRefused(volume) {
        get().dismissRefusal(volume);
        await startOne(requestFor(volume));
      },
      retryTask: ({ id, subject }) => startOne(get().requests[id] ?? { volume: subject }),
      dismissRefusal: (volume) =>
        set((state) => ({
          refused: Object.fromEntries(Object.entries(state.refused).filter(([name]) => name !== volume)),
        })),
    };
  });
}
