/** What can be backed up or restored onto. */

import { createStore } from 'zustand/vanilla';
import type { Volume, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';

export interface VolumesState {
  list: Loadable<Volume[]>;
  refresh(): Promise<void>;
  /** The error that kept the file from being added, or null. */
  addFile(path: string): Promise<WireError | null>;
  removeFile(path: string): Promise<void>;
}

export function createVolumesStore(client: EngineClient) {
  return createStore<VolumesState>()((set, get) => ({
    list: idle<Volume[]>([]),
    refresh: () =>
      load(
        get().list,
        (list) => set({ list }),
        async () => (await client.volumes.list({})).volumes,
      ),
    async addFile(path) {
      try {
        await client.volumes.addFile({ path });
      } catch (thrown) {
        return toWireError(thrown);
      }
      await get().refresh();
      return null;
    },
    async removeFile(path) {
      // A failure shows as the file still being listed after the refresh.
      await client.volumes.removeFile({ path }).catch(() => undefined);
      await get().refresh();
    },
  }));
}
