/** Which images are shown, in which order, and which one was current at a point in time. Times are those of this computer. */
import type { ImageSummary } from '#contract';

export const SORT_KEYS = ['time', 'imageType', 'consistency', 'imageSize', 'storedSize', 'newSize', 'active'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface ImageOrder {
  by: SortKey;
  descending: boolean;
}

/** A day and, where it matters, a time of it: `2026-11-21`, `14:05`. */
export interface PointInTime {
  date: string;
  /** Empty: the end of the day. */
  time: string;
}

/** Images of one volume, newest first. */
export interface VolumeImages {
  volume: string;
  images: ImageSummary[];
}

export const newestFirst = (a: ImageSummary, b: ImageSummary): number => Date.parse(b.time) - Date.parse(a.time);

/** Volume names with their images, the volume with the newest image first. */
export function groupByVolume(images: readonly ImageSummary[]): VolumeImages[] {
  const groups = new Map<string, ImageSummary[]>();
  for (const image of [...images].sort(newestFirst)) {
    const group = groups.get(image.volume);
    if (group) group.push(image);
    else groups.set(image.volume, [image]);
  }
  return [...groups].map(([volume, own]) => ({ volume, images: own }));
}

/** Every word of the query is in the volume, label, id, file system or management class. */
export function matchesQuery(image: ImageSummary, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { volume, fsLabel, id, fsType, mgmtClass } = image;
  const facts = [volume, fsLabel, fsType, mgmtClass].join('\n').toLowerCase();
  return words.every((word) => facts.includes(word) || id.startsWith(word));
}

/** Those that are shown. */
export function shownImages(
  images: readonly ImageSummary[],
  { inactiveShown, query }: { inactiveShown: boolean; query: string },
): ImageSummary[] {
  return images.filter((image) => (inactiveShown || image.active) && matchesQuery(image, query));
}

/** Best first. */
const CONSISTENCY_ORDER = ['application', 'filesystem', 'crash', 'fuzzy'];

function sortValue(image: ImageSummary, by: SortKey): number | string {
  if (by === 'time') return Date.parse(image.time);
  if (by === 'consistency') return CONSISTENCY_ORDER.indexOf(image.consistency) + (image.unreadableBytes > 0 ? 10 : 0);
  if (by === 'active') return image.active ? 0 : 1;
  if (by === 'storedSize') return image.storedSize ?? -1;
  return image[by];
}

/** A copy in this order; equal ones newest first. */
export function sortImages(images: readonly ImageSummary[], { by, descending }: ImageOrder): ImageSummary[] {
  const direction = descending ? -1 : 1;
  return images
    .map((image) => ({ image, value: sortValue(image, by) }))
    .sort((a, b) => {
      if (a.value !== b.value) return a.value < b.value ? -direction : direction;
      return newestFirst(a.image, b.image);
    })
    .map(({ image }) => image);
}

/**
 * Milliseconds since the epoch; undefined where it is no date. An hour that happens twice is the first one, an hour that is
 * left out lies after the gap.
 */
export function instantOf({ date, time }: PointInTime): number | undefined {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!day) return undefined;
  const clock = time === '' ? ['', '23', '59', '59.999'] : /^(\d{2}):(\d{2})(?::(\d{2}(?:\.\d{1,3})?))?$/.exec(time);
  if (!clock) return undefined;
  const [year = 0, month = 0, dayOfMonth = 0] = day.slice(1).map(Number);
  const seconds = Number(clock[3] ?? 0);
  const result = new Date(year, month - 1, dayOfMonth, Number(clock[1]), Number(clock[2]), 0, seconds * 1000);
  const isReal = result.getMonth() === month - 1 && result.getDate() === dayOfMonth;
  return isReal ? result.getTime() : undefined;
}

/** The image that was current then: the newest that is not younger and can be restored. */
export function imageAsOf(images: readonly ImageSummary[], instantMs: number): ImageSummary | undefined {
  let best: ImageSummary | undefined;
  for (const image of images) {
    if (image.deletedAt !== undefined) continue;
    const time = Date.parse(image.time);
    if (time <= instantMs && (best === undefined || time > Date.parse(best.time))) best = image;
  }
  return best;
}

/** The day of an instant here, `2026-11-21`. */
export function dayOf(instant: string | number | Date): string {
  const at = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
