/** What can be backed up or restored onto. */

import { createStore } from 'zustand/vanilla';
import type { Volume, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';

export interface VolumesState {
  list: Loadable<Volume[]>;
  /** Volumes that were listed once and are not any more, as they were last seen, by name. */
  gone: Record<string, Volume>;
  refresh(): Promise<void>;
  /** Looks whether anything changed, without showing that it looks; nothing happens while it looks already. */
  look(): Promise<void>;
  /** The error that kept the file from being added, or null. */
  addFile(path: string): Promise<WireError | null>;
  removeFile(path: string): Promise<void>;
}

/** A single failure may be a moment's; so many in a row are shown. */
const FAILURES_SHOWN = 3;
/** Devices that come and go all day are not remembered for ever. */
const MOST_GONE = 100;

const ready = (value: Volume[]): Loadable<Volume[]> => ({ phase: 'ready', value, error: null });

export function createVolumesStore(client: EngineClient) {
  return createStore<VolumesState>()((set, get) => {
    let looking = false;
    let failures = 0;

    /** What a new list means for what was known. Unchanged volumes keep their identity, so that nothing is drawn again. */
    function known(next: Volume[]): Pick<VolumesState, 'list' | 'gone'> {
      const { list, gone } = get();
      const before = new Map(list.value.map((volume) => [volume.name, volume]));
      const value = next.map((volume) => {
        const old = before.get(volume.name);
        return old && JSON.stringify(old) === JSON.stringify(volume) ? old : volume;
      });
      const same = value.length === list.value.length && value.every((volume, index) => volume === list.value[index]);
      const names = new Set(next.map(({ name }) => name));
      const missing = [...Object.values(gone), ...list.value].filter(({ name }) => !names.has(name)).slice(-MOST_GONE);
      return {
        list: same && list.phase === 'ready' ? list : ready(same ? list.value : value),
        gone: Object.fromEntries(missing.map((volume) => [volume.name, volume])),
      };
    }

    return {
      list: idle<Volume[]>([]),
      gone: {},
      refresh: () =>
        load(
          get().list,
          (list) => set(list.phase === 'ready' ? known(list.value) : { list }),
          async () => (await client.volumes.list({})).volumes,
        ),
      async look() {
        if (looking || get().list.phase === 'loading') return;
        looking = true;
        try {
          const { volumes } = await client.volumes.list({});
          failures = 0;
          set(known(volumes));
        } catch (thrown) {
          failures += 1;
          if (failures < FAILURES_SHOWN) return;
          set(({ list }) => ({ list: { phase: 'failed', value: list.value, error: toWireError(thrown) } }));
        } finally {
          looking = false;
        }
      },
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
        // It left because it was asked to.
        set(({ gone }) => ({ gone: Object.fromEntries(Object.entries(gone).filter(([name]) => name !== path)) }));
      },
    };
  });
}
