/** What the engine and its host are, and what stopped runs left behind on this computer. */

import { createStore } from 'zustand/vanilla';
import type { SystemDescription } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { idle, type Loadable, load } from './loadable.ts';

/** What a clean-up did; English sentences. */
export interface CleanUp {
  removed: string[];
  left: string[];
}

export interface SystemState {
  description: Loadable<SystemDescription | null>;
  /** The last clean-up; `idle` until there was one, or after it was put away. */
  cleanUp: Loadable<CleanUp | null>;
  refresh(): Promise<void>;
  /** Removes what stopped runs left behind: snapshots, clones, freezes, read-only mounts. */
  sweep(): Promise<void>;
  putCleanUpAway(): void;
}

export function createSystemStore(client: EngineClient) {
  return createStore<SystemState>()((set, get) => ({
    description: idle<SystemDescription | null>(null),
    refresh: () =>
      load(
        get().description,
        (description) => set({ description }),
        () => client.system.describe({}),
      ),
    cleanUp: idle<CleanUp | null>(null),
    async sweep() {
      if (get().cleanUp.phase === 'loading') return;
      await load(
        idle<CleanUp | null>(null),
        (cleanUp) => set({ cleanUp }),
        () => client.system.sweep({}),
      );
    },
    putCleanUpAway: () => set({ cleanUp: idle<CleanUp | null>(null) }),
  }));
}
