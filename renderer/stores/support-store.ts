/** Online Image Support: what the snapshot providers need on the engine's computer. */
import { createStore } from 'zustand/vanilla';
import type { ProviderSupport, SnapshotProvider, SupportAction, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';

/** A command of the package manager that was run. */
export interface SupportRun {
  provider: SnapshotProvider;
  action: SupportAction;
  command: string;
  phase: 'running' | 'succeeded' | 'failed';
  output: string;
  error: WireError | null;
}

export interface SupportState {
  providers: Loadable<ProviderSupport[]>;
  /** The last one; null before there was one. */
  run: SupportRun | null;
  refresh(): Promise<void>;
  /** Runs the command that the engine named for it, then looks again. */
  start(provider: SnapshotProvider, action: SupportAction, command: string): Promise<void>;
}

export function createSupportStore(client: EngineClient) {
  return createStore<SupportState>()((set, get) => ({
    providers: idle<ProviderSupport[]>([]),
    run: null,
    refresh: () =>
      load(
        get().providers,
        (providers) => set({ providers }),
        async () => (await client.support.providers({})).providers,
      ),
    async start(provider, action, command) {
      if (get().run?.phase === 'running') return;
      const run: SupportRun = { provider, action, command, phase: 'running', output: '', error: null };
      set({ run });
      try {
        const { succeeded, output } = await client.support.run({ provider, action });
        set({ run: { ...run, phase: succeeded ? 'succeeded' : 'failed', output } });
      } catch (thrown) {
        set({ run: { ...run, phase: 'failed', error: toWireError(thrown) } });
      }
      await get().refresh();
    },
  }));
}
