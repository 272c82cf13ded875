/** The one repository of this engine. */

import { createStore } from 'zustand/vanilla';
import type { RepositoryStatus, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';

export interface RepositoryState {
  status: Loadable<RepositoryStatus | null>;
  /** Creating or opening is under way. */
  busy: boolean;
  /** Why the last create or open failed. */
  failure: WireError | null;
  /** Shown once after creation, until the person confirms that it is stored. */
  recoveryKey: string | null;
  refresh(): Promise<void>;
  create(location: string, passphrase: string | undefined): Promise<void>;
  open(location: string, passphrase: string | undefined): Promise<void>;
  check(readData: boolean): Promise<void>;
  forgetRecoveryKey(): void;
  clearFailure(): void;
}

export function createRepositoryStore(client: EngineClient) {
  return createStore<RepositoryState>()((set, get) => {
    async function attempt(work: () => Promise<Partial<RepositoryState>>): Promise<void> {
      set({ busy: true, failure: null });
      try {
        set({ ...(await work()), busy: false });
      } catch (thrown) {
        set({ busy: false, failure: toWireError(thrown) });
      }
    }
    const withPassphrase = (location: string, passphrase: string | undefined) =>
      passphrase === undefined || passphrase === '' ? { location } : { location, passphrase };
    const ready = (value: RepositoryStatus): Loadable<RepositoryStatus> => ({ phase: 'ready', value, error: null });

    return {
      status: idle<RepositoryStatus | null>(null),
      busy: false,
      failure: null,
      recoveryKey: null,
      refresh: () =>
        load(
          get().status,
          (status) => set({ status }),
          () => client.repository.status({}),
        ),
      create: (location, passphrase) =>
        attempt(async () => {
          const { status, recoveryKey } = await client.repository.create(withPassphrase(location, passphrase));
          return { status: ready(status), recoveryKey };
        }),
      open: (location, passphrase) =>
        attempt(async () => ({ status: ready(await client.repository.open(withPassphrase(location, passphrase))) })),
      check: (readData) =>
        attempt(async () => {
          await client.repository.check({ readData });
          return {};
        }),
      forgetRecoveryKey: () => set({ recoveryKey: null }),
      clearFailure: () => set({ failure: null }),
    };
  });
}
