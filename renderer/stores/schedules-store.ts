/** What runs by itself, and whether something starts it. */
import { createStore } from 'zustand/vanilla';
import type { Schedule, ScheduleDefinition, ScheduleSupport, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';

/** The files and the line that a schedule is made of. */
export interface SchedulePreview {
  files: { path: string; text: string }[];
  cron: string;
}

export interface ScheduleList {
  schedules: Schedule[];
  support: ScheduleSupport;
}

export interface SchedulesState {
  /** `null` until it was fetched for the first time. */
  list: Loadable<ScheduleList | null>;
  /** A change is under way. */
  busy: boolean;
  /** Why the last change was not made. */
  failure: WireError | null;
  refresh(): Promise<void>;
  /** Resolves with whether it was done. */
  save(definition: ScheduleDefinition): Promise<boolean>;
  remove(name: string): Promise<boolean>;
  /** Rejects with the engine's error. */
  preview(definition: ScheduleDefinition): Promise<SchedulePreview>;
  clearFailure(): void;
}

/** `onChanged`: called after every change that was made. */
export function createSchedulesStore(client: EngineClient, onChanged: () => void) {
  return createStore<SchedulesState>()((set, get) => {
    async function attempt(work: () => Promise<unknown>): Promise<boolean> {
      if (get().busy) return false;
      set({ busy: true, failure: null });
      try {
        await work();
      } catch (thrown) {
        set({ busy: false, failure: toWireError(thrown) });
        return false;
      }
      await get().refresh();
      set({ busy: false });
      onChanged();
      return true;
    }

    return {
      list: idle<ScheduleList | null>(null),
      busy: false,
      failure: null,
      refresh: () =>
        load(
          get().list,
          (list) => set({ list }),
          () => client.schedules.list({}),
        ),
      save: (definition) => attempt(() => client.schedules.save(definition)),
      remove: (name) => attempt(() => client.schedules.remove({ name })),
      preview: (definition) => client.schedules.preview(definition),
      clearFailure: () => set({ failure: null }),
    };
  });
}
