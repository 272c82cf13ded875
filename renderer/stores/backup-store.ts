/** The backup that is being put together: which volumes, which type, what it would do. */

import { createStore } from 'zustand/vanilla';
import type { BackupPlan, BackupRequest, ImageType, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';

export interface BackupState {
  selected: string[];
  imageType: ImageType;
  /** By volume name. */
  estimates: Record<string, Loadable<BackupPlan | null>>;
  /** Volumes whose backup is being started. */
  starting: boolean;
  /** Why a backup did not start, by volume name. */
  refused: Record<string, WireError>;
  /** Selects or deselects volumes. */
  choose(names: readonly string[], on: boolean): void;
  setImageType(imageType: ImageType): void;
  estimate(): Promise<void>;
  clearEstimates(): void;
  start(): Promise<void>;
  /** Images the volume whole after its file system could not be read. */
  startRaw(volume: string): Promise<void>;
  dismissRefusal(volume: string): void;
}

export function createBackupStore(client: EngineClient) {
  return createStore<BackupState>()((set, get) => {
    const requestFor = (volume: string): BackupRequest => ({ volume, imageType: get().imageType });

    async function startOne(request: BackupRequest): Promise<void> {
      try {
        await client.backup.start(request);
        set((state) => ({ selected: state.selected.filter((name) => name !== request.volume) }));
      } catch (thrown) {
        const refusal = toWireError(thrown);
        set((state) => ({ refused: { ...state.refused, [request.volume]: refusal } }));
      }
    }

    return {
      selected: [],
      imageType: 'static',
      estimates: {},
      starting: false,
      refused: {},
      choose: (names, on) =>
        set((state) => {
          const others = state.selected.filter((name) => !names.includes(name));
          return { selected: on ? [...others, ...names] : others, estimates: {} };
        }),
      setImageType: (imageType) => set({ imageType, estimates: {} }),
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
      dismissRefusal: (volume) =>
        set((state) => ({
          refused: Object.fromEntries(Object.entries(state.refused).filter(([name]) => name !== volume)),
        })),
    };
  });
}
