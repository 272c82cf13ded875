/** What the engine and its host are. */

import { createStore } from 'zustand/vanilla';
import type { SystemDescription } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { idle, type Loadable, load } from './loadable.ts';

export interface SystemState {
  description: Loadable<SystemDescription | null>;
  refresh(): Promise<void>;
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
  }));
}
