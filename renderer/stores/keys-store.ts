/** The keys of the open repository: who may open it. */
import { createStore } from 'zustand/vanilla';
import type { RepositoryKey, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';

export interface KeysState {
  keys: Loadable<RepositoryKey[]>;
  /** A change is under way. */
  busy: boolean;
  /** Why the last change was not made. */
  failure: WireError | null;
  /** A further recovery key, shown once, until it is put away. */
  recoveryKey: string | null;
  refresh(): Promise<void>;
  /** Without `current` a key is added and none removed. Resolves with whether it was done. */
  changePassphrase(current: string | undefined, next: string): Promise<boolean>;
  addRecoveryKey(): Promise<void>;
  remove(id: string): Promise<boolean>;
  putRecoveryKeyAway(): void;
  clearFailure(): void;
}

export function createKeysStore(client: EngineClient) {
  return createStore<KeysState>()((set, get) => {
    async function attempt(work: () => Promise<Partial<KeysState>>): Promise<boolean> {
      set({ busy: true, failure: null });
      try {
        set({ ...(await work()), busy: false });
      } catch (thrown) {
        set({ busy: false, failure: toWireError(thrown) });
        return false;
      }
      await get().refresh();
      return true;
    }

    return {
      keys: idle<RepositoryKey[]>([]),
      busy: false,
      failure: null,
      recoveryKey: null,
      refresh: () =>
        load(
          get().keys,
          (keys) => set({ keys }),
          async () => (await client.repository.keys({})).keys,
        ),
      changePassphrase: (current, next) =>
        attempt(async () => {
          await client.repository.changePassphrase(current === undefined ? { next } : { current, next });
          return {};
        }),
      async addRecoveryKey() {
        await attempt(async () => ({ recoveryKey: (await client.repository.addRecoveryKey({})).recoveryKey }));
      },
      remove: (id) =>
        attempt(async () => {
          await client.repository.removeKey({ id });
          return {};
        }),
      putRecoveryKeyAway: () => set({ recoveryKey: null }),
      clearFailure: () => set({ failure: null }),
    };
  });
}
