/** Marks: what people said about single images and volumes. They are part of the policy document. */
import { z } from 'zod';
import { idSchema, instantSchema } from '#contract';
import type { Id, Snapshot } from '../repository/types.ts';

/** More of a kind than anybody has images; a document with more is not one of ours. */
const MOST_MARKS = 200_000;

/** `image`: key of an image, see `keyOf`. */
const pinSchema = z.strictObject({ image: idSchema, at: instantSchema, reason: z.string().max(255) });
const deletionSchema = z.strictObject({ image: idSchema, at: instantSchema });
/** Holds until the volume has an image that is newer than `imageTime`, the time of the newest one at that moment. */
const deactivationSchema = z.strictObject({
  hostname: z.string().max(1000),
  volume: z.string().min(1).max(10_000),
  at: instantSchema,
  imageTime: instantSchema,
});

export const marksSchema = z.strictObject({
  pins: z.array(pinSchema).max(MOST_MARKS),
  deletions: z.array(deletionSchema).max(MOST_MARKS),
  deactivations: z.array(deactivationSchema).max(MOST_MARKS),
});
export type Marks = z.infer<typeof marksSchema>;
export type Deactivation = Marks['deactivations'][number];

export const NO_MARKS: Marks = { pins: [], deletions: [], deactivations: [] };

/** What a mark needs to know of a snapshot. */
export interface Markable {
  id: Id;
  /** Its id before restic wrote it anew (`restic tag`). */
  original?: string | undefined;
}

/**
 * Which of the snapshots there are a key means: the one of that id, else those that restic made of it. restic keeps the
 * first id of a snapshot as `original` however often it writes it anew.
 */
export class MarkKeys {
  readonly #ids: ReadonlySet<Id>;
  readonly #descendants = new Map<string, number>();

  constructor(snapshots: readonly Markable[]) {
    this.#ids = new Set(snapshots.map(({ id }) => id));
    for (const { original } of snapshots) {
      if (original !== undefined) this.#descendants.set(original, (this.#descendants.get(original) ?? 0) + 1);
    }
  }

  /** The key under which a snapshot is marked: its original id, unless that means another one, too. */
  keyOf({ id, original }: Markable): Id {
    if (original === undefined || !/^[0-9a-f]{64}$/.test(original)) return id;
    return this.#ids.has(original) || this.#descendants.get(original) !== 1 ? id : original;
  }

  /** Whether a mark of that key means the snapshot. */
  means(key: Id, { id, original }: Markable): boolean {
    return key === id || (key === original && !this.#ids.has(key));
  }

  /** Whether there is a snapshot that the key means. */
  isKnown(key: Id): boolean {
    return this.#ids.has(key) || this.#descendants.has(key);
  }
}

/** Identity of a volume across the computers that use a repository. */
export function ownerOf({ hostname, volume }: { hostname: string; volume: string }): string {
  return `${hostname}\0${volume}`;
}

/** Marks as they apply to the snapshots there are. */
export class AppliedMarks {
  readonly #keys: MarkKeys;
  readonly #pins: ReadonlyMap<Id, Marks['pins'][number]>;
  readonly #deletions: ReadonlyMap<Id, Marks['deletions'][number]>;
  readonly #deactivations: ReadonlyMap<string, Deactivation>;

  constructor(marks: Marks, snapshots: readonly Markable[]) {
    this.#keys = new MarkKeys(snapshots);
    this.#pins = new Map(marks.pins.map((pin) => [pin.image, pin]));
    this.#deletions = new Map(marks.deletions.map((deletion) => [deletion.image, deletion]));
    this.#deactivations = new Map(marks.deactivations.map((one) => [ownerOf(one), one]));
  }

  pinOf(snapshot: Markable): { at: string; reason: string } | undefined {
    const pin = this.#find(this.#pins, snapshot);
    return pin && { at: pin.at, reason: pin.reason };
  }

  deletedAt(snapshot: Markable): string | undefined {
    return this.#find(this.#deletions, snapshot)?.at;
  }

  /** When the volume was deactivated, unless it has an image that is newer. */
  deactivatedAt(owner: { hostname: string; volume: string }, newestTime: string): string | undefined {
    const mark = this.#deactivations.get(ownerOf(owner));
    return mark && Date.parse(newestTime) <= Date.parse(mark.imageTime) ? mark.at : undefined;
  }

  #find<M>(marks: ReadonlyMap<Id, M>, snapshot: Markable): M | undefined {
    const own = marks.get(snapshot.id);
    if (own !== undefined || snapshot.original === undefined) return own;
    return this.#keys.means(snapshot.original, snapshot) ? marks.get(snapshot.original) : undefined;
  }
}

/** Without the marks of what is gone. `newestTimes`: of every volume that has images, by `ownerOf`. */
export function withoutStaleMarks(
  marks: Marks,
  snapshots: readonly (Markable & Partial<Pick<Snapshot, 'time'>>)[],
  newestTimes: ReadonlyMap<string, string>,
): Marks {
  const keys = new MarkKeys(snapshots);
  return {
    pins: marks.pins.filter(({ image }) => keys.isKnown(image)),
    deletions: marks.deletions.filter(({ image }) => keys.isKnown(image)),
    deactivations: marks.deactivations.filter((one) => {
      const newest = newestTimes.get(ownerOf(one));
      return newest !== undefined && Date.parse(newest) <= Date.parse(one.imageTime);
    }),
  };
}
