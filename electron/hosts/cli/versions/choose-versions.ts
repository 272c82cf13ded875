/** Which versions of volumes a command means: the active ones, all, or those that were current at a point in time. */
import type { ImageSummary } from '#contract';

export interface VersionWish {
  /** Inactive versions too. */
  readonly inactive: boolean;
  /** Milliseconds since the epoch, begin of the second that is meant: of each volume what was its newest image then. */
  readonly at?: number | undefined;
}

/** An image of this second counts as made: lists show no smaller unit. */
const SECOND_MS = 1000;

/**
 * As the field's clients choose: active versions, with `inactive` the older ones too; a point in time means one version
 * of each volume, active or not. What “delete backup” marked is never among them. Newest first, as `images` are.
 */
export function chooseVersions<I extends Pick<ImageSummary, 'volume' | 'hostname' | 'time' | 'active' | 'deletedAt'>>(
  images: readonly I[],
  { inactive, at }: VersionWish,
): I[] {
  const kept = images.filter(({ deletedAt }) => deletedAt === undefined);
  if (at === undefined) return kept.filter(({ active }) => inactive || active);
  const chosen = new Map<string, I>();
  for (const image of kept) {
    const made = Date.parse(image.time);
    if (made >= at + SECOND_MS) continue;
    const volume = JSON.stringify([image.hostname, image.volume]);
    const known = chosen.get(volume);
    if (known === undefined || Date.parse(known.time) < made) chosen.set(volume, image);
  }
  return kept.filter((image) => chosen.get(JSON.stringify([image.hostname, image.volume])) === image);
}

/**
 * The numbers that were typed at a list of `count` entries: `3`, `1 3`, `2-4`, separated by blanks or commas, each once
 * and in the order typed. Undefined where something else was typed, and for nothing.
 */
export function pickedNumbers(typed: string, count: number): number[] | undefined {
  const picked = new Set<number>();
  for (const word of typed.split(/[\s,]+/).filter((part) => part !== '')) {
    const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(word) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (!(from >= 1 && from <= to && to <= count)) return undefined;
    for (let number = from; number <= to; number++) picked.add(number);
  }
  return picked.size === 0 ? undefined : [...picked];
}
