/** The images in the repository and what is selected among them. */

import { createStore } from 'zustand/vanilla';
import type { ImageDetails, ImageSummary } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { idle, type Loadable, load } from './loadable.ts';

export interface ImagesState {
  list: Loadable<ImageSummary[]>;
  /** The volume whose images are shown; null until there is one. */
  volume: string | null;
  selectedId: string | null;
  /** By image id. */
  details: Record<string, Loadable<ImageDetails | null>>;
  refresh(): Promise<void>;
  selectVolume(volume: string): void;
  /** Selects an image, with its volume, and loads its details. */
  select(id: string): void;
  loadDetails(id: string): Promise<void>;
}

const newestFirst = (a: ImageSummary, b: ImageSummary) => Date.parse(b.time) - Date.parse(a.time);

/** Volume names with their images, the volume with the newest image first. */
export function groupByVolume(images: readonly ImageSummary[]): { volume: string; images: ImageSummary[] }[] {
  const groups = new Map<string, ImageSummary[]>();
  for (const image of [...images].sort(newestFirst)) {
    const group = groups.get(image.volume);
    if (group) group.push(image);
    else groups.set(image.volume, [image]);
  }
  return [...groups].map(([volume, own]) => ({ volume, images: own }));
}

export function createImagesStore(client: EngineClient) {
  return createStore<ImagesState>()((set, get) => {
    /** Keeps the selection valid: falls back to the newest image of the shown volume, then of all. */
    function repairSelection(): void {
      const { list, volume, selectedId } = get();
      if (list.value.some((image) => image.id === selectedId)) return;
      const sorted = [...list.value].sort(newestFirst);
      const next = sorted.find((image) => image.volume === volume) ?? sorted[0];
      if (next) get().select(next.id);
      else set({ selectedId: null, volume: null });
    }

    return {
      list: idle<ImageSummary[]>([]),
      volume: null,
      selectedId: null,
      details: {},
      async refresh() {
        await load(
          get().list,
          (list) => set({ list }),
          async () => (await client.images.list({})).images,
        );
        if (get().list.phase === 'ready') repairSelection();
      },
      selectVolume(volume) {
        const newest = get()
          .list.value.filter((image) => image.volume === volume)
          .sort(newestFirst)[0];
        if (newest) get().select(newest.id);
      },
      select(id) {
        const image = get().list.value.find((candidate) => candidate.id === id);
        set({ selectedId: id, ...(image ? { volume: image.volume } : {}) });
        void get().loadDetails(id);
      },
      async loadDetails(id) {
        const before = get().details[id];
        if (before && before.phase !== 'failed') return;
        await load<ImageDetails | null>(
          idle(null),
          (next) => set((state) => ({ details: { ...state.details, [id]: next } })),
          () => client.images.details({ id }),
        );
      },
    };
  });
}
