/** The images in the repository, which of them are shown and which one is selected. */

import { createStore } from 'zustand/vanilla';
import type { ImageDetails, ImageSummary } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { type ImageOrder, imageAsOf, instantOf, newestFirst, type PointInTime, shownImages } from './image-choice.ts';
import { idle, type Loadable, load } from './loadable.ts';

export { groupByVolume } from './image-choice.ts';

export interface ImagesState {
  list: Loadable<ImageSummary[]>;
  /** Images that a newer one of the same volume has replaced are shown, too. */
  inactiveShown: boolean;
  query: string;
  display: 'list' | 'calendar';
  order: ImageOrder;
  /** What the shown volume was to be like; null while nobody asked. */
  asOf: PointInTime | null;
  /** The volume whose images are shown; null until there is one. */
  volume: string | null;
  selectedId: string | null;
  /** By image id, of those that were looked at last. */
  details: Record<string, Loadable<ImageDetails | null>>;
  refresh(): Promise<void>;
  setInactive(shown: boolean): void;
  setQuery(query: string): void;
  setDisplay(display: ImagesState['display']): void;
  /** The other direction where it is sorted by this already. */
  sortBy(key: ImageOrder['by']): void;
  /** Selects the image that was current then, whatever else is shown. Null forgets the point in time. */
  setAsOf(asOf: PointInTime | null): void;
  selectVolume(volume: string): void;
  /** Selects an image, with its volume; its details follow as soon as the selection rests. */
  select(id: string): void;
  loadDetails(id: string): Promise<void>;
}

/** Somebody who runs through a list with the arrow keys does not want the details of every image. */
const RESTS_AFTER_MS = 120;
/** Details that are kept. */
const KEPT_DETAILS = 32;

/** What was the volume like then? Undefined: no image is that old, or nobody asked. */
export function imageOfPointInTime({
  list,
  volume,
  asOf,
}: Pick<ImagesState, 'list' | 'volume' | 'asOf'>): ImageSummary | undefined {
  const instant = asOf === null ? undefined : instantOf(asOf);
  if (instant === undefined) return undefined;
  return imageAsOf(
    list.value.filter((image) => image.volume === volume),
    instant,
  );
}

export function createImagesStore(client: EngineClient) {
  return createStore<ImagesState>()((set, get) => {
    let resting: ReturnType<typeof setTimeout> | undefined;

    /** Keeps what is selected among what is shown: the newest image of the shown volume, or else of all. */
    function repairSelection(): void {
      const { list, volume, selectedId } = get();
      const shown = shownImages(list.value, get());
      if (shown.some((image) => image.id === selectedId)) return;
      const sorted = shown.sort(newestFirst);
      const next = sorted.find((image) => image.volume === volume) ?? sorted[0];
      if (next) get().select(next.id);
      else set({ selectedId: null, ...(list.value.length === 0 ? { volume: null } : {}) });
    }

    function selectAsOf(): void {
      const found = imageOfPointInTime(get());
      if (!found) return;
      // What was asked for is not hidden by what was asked for before.
      if (!shownImages([found], get()).length) set({ query: '', inactiveShown: get().inactiveShown || !found.active });
      get().select(found.id);
    }

    function keepDetails(id: string, next: Loadable<ImageDetails | null>): void {
      const { [id]: _before, ...others } = get().details;
      set({ details: Object.fromEntries([...Object.entries(others).slice(1 - KEPT_DETAILS), [id, next]]) });
    }

    return {
      list: idle<ImageSummary[]>([]),
      inactiveShown: true,
      query: '',
      display: 'list',
      order: { by: 'time', descending: true },
      asOf: null,
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
      setInactive(inactiveShown) {
        set({ inactiveShown });
        repairSelection();
      },
      setQuery(query) {
        set({ query });
        repairSelection();
      },
      setDisplay: (display) => set({ display }),
      sortBy: (by) =>
        set(({ order }) => ({
          order: { by, descending: order.by === by ? !order.descending : by !== 'consistency' && by !== 'imageType' },
        })),
      setAsOf(asOf) {
        set({ asOf });
        selectAsOf();
      },
      selectVolume(volume) {
        const newest = shownImages(get().list.value, get())
          .filter((image) => image.volume === volume)
          .sort(newestFirst)[0];
        if (newest) get().select(newest.id);
        selectAsOf();
      },
      select(id) {
        const image = get().list.value.find((candidate) => candidate.id === id);
        set({ selectedId: id, ...(image ? { volume: image.volume } : {}) });
        clearTimeout(resting);
        resting = setTimeout(() => {
          if (get().selectedId === id) void get().loadDetails(id);
        }, RESTS_AFTER_MS);
      },
      async loadDetails(id) {
        const before = get().details[id];
        if (before && before.phase !== 'failed') return;
        await load<ImageDetails | null>(
          idle(null),
          (next) => keepDetails(id, next),
          () => client.images.details({ id }),
        );
      },
    };
  });
}
