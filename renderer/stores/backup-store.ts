/** The backup that is being put together: which volumes, which type, what it would do. */

import { createStore } from 'zustand/vanilla';
import type { BackupPlan, BackupRequest, Mode, SnapshotProvider, SnapshotReadiness, WireError } from '#contract';
import type { BackupType } from '../i18n/words.ts';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';
import { canTrackChanges } from './snapshot-outlook.ts';

export interface BackupState {
  selected: string[];
  type: BackupType;
  /** Counts for volumes whose snapshots track changes; the others are read in full anyway. */
  mode: Mode;
  /** Snapshot providers that the person named, by volume name; they count for Snapshot Image Backup only. */
  providers: Record<string, SnapshotProvider>;
  /** By volume name. */
  estimates: Record<string, Loadable<BackupPlan | null>>;
  /** Volumes whose backup is being started. */
  starting: boolean;
  /** Why a backup did not start, by volume name. */
  refused: Record<string, WireError>;
  /** What was asked for, by task id, so that it can be asked for again. */
  requests: Record<string, BackupRequest>;
  /** Selects or deselects volumes. */
  choose(names: readonly string[], on: boolean): void;
  setType(type: BackupType): void;
  setMode(mode: Mode): void;
  nameProvider(volume: string, provider: SnapshotProvider): void;
  estimate(): Promise<void>;
  clearEstimates(): void;
  start(): Promise<void>;
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
}

export function createBackupStore(client: EngineClient, { readinessOf }: BackupStoreOptions) {
  return createStore<BackupState>()((set, get) => {
    function requestFor(volume: string): BackupRequest {
      const { type, mode, providers } = get();
      const known = readinessOf(volume);
      const named = providers[volume];
      const tracks = canTrackChanges(type, known, named);
      // The best one is left to the engine: by the time it starts, another may be.
      const insists = type === 'snapshot' && named !== undefined && named !== known?.provider;
      return {
        volume,
        // Image Backup is whatever the engine and its options file make of it.
        ...(type === 'image' ? {} : { imageType: type }),
        ...(insists ? { snapshotProviderImage: named } : {}),
        ...(mode === 'incremental' && tracks ? { mode } : {}),
      };
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

    return {
      selected: [],
      type: 'image',
      mode: 'selective',
      providers: {},
      estimates: {},
      starting: false,
      refused: {},
      requests: {},
      choose: (names, on) =>
        set((state) => {
          const others = state.selected.filter((name) => !names.includes(name));
          if (on) return { selected: [...others, ...names], estimates: {} };
          // Who takes a volume out and in again starts with the best provider.
          const kept = Object.entries(state.providers).filter(([name]) => !names.includes(name));
          return { selected: others, estimates: {}, providers: Object.fromEntries(kept) };
        }),
      setType: (type) => set({ type, estimates: {} }),
      setMode: (mode) => set({ mode, estimates: {} }),
      nameProvider: (volume, provider) =>
        set((state) => ({ providers: { ...state.providers, [volume]: provider }, estimates: {} })),
      async estimate() {
        set({ estimates: {} });
        await Promise.all(
          get().selected.map((volume) =>
            load<BackupPlan | null>(
              idle(null),
              (next) => {
                // A volume that was deselected meanwhile is no longer part of the estimate.
                if (get().selected.includes(volume)) {
                  set((state) => ({ estimates: { ...state.estimates, [volume]: next } }));
                }
              },
              () => client.backup.plan(requestFor(volume)),
            ),
          ),
        );
      },
      clearEstimates: () => set({ estimates: {} }),
      async start() {
        if (get().starting) return;
        set({ starting: true, refused: {} });
        // One after the other, so that the tasks queue in the order of the list.
        for (const volume of [...get().selected]) await startOne(requestFor(volume));
        set({ starting: false, estimates: {} });
      },
      async startRaw(volume) {
        get().dismissRefusal(volume);
        set({ estimates: {} });
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
