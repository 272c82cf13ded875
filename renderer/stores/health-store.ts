/** How well every volume is protected, and backups that are started where that is shown. */
import { createStore } from 'zustand/vanilla';
import type { Health, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';

export interface HealthState {
  health: Loadable<Health | null>;
  /** Volumes whose backup is being started. */
  starting: string[];
  /** Why a backup did not start, by volume name. */
  refused: Record<string, WireError>;
  refresh(): Promise<void>;
  /** Backs one volume up as the options file says. */
  backUp(volume: string): Promise<void>;
  putRefusalAway(volume: string): void;
}

export function createHealthStore(client: EngineClient) {
  return createStore<HealthState>()((set, get) => {
    function withoutRefusal(volume: string): Record<string, WireError> {
      return Object.fromEntries(Object.entries(get().refused).filter(([name]) => name !== volume));
    }

    return {
      health: idle<Health | null>(null),
      starting: [],
      refused: {},
      refresh: () =>
        load(
          get().health,
          (health) => set({ health }),
          () => client.health.show({}),
        ),
      async backUp(volume) {
        if (get().starting.includes(volume)) return;
        set({ starting: [...get().starting, volume], refused: withoutRefusal(volume) });
        try {
          await client.backup.start({ volume });
        } catch (thrown) {
          set({ refused: { ...get().refused, [volume]: toWireError(thrown) } });
        }
        set({ starting: get().starting.filter((name) => name !== volume) });
      },
      putRefusalAway: (volume) => set({ refused: withoutRefusal(volume) }),
    };
  });
}
