/**
 * What ought to be in the repository, in the simplest terms: written from the domain reference (4.8) and nothing else, so
 * that it can judge the engine.
 */
import type { BackupCopyGroup, PolicySet } from '#contract';

const DAY_MS = 86_400_000;

export interface ReferenceImage {
  id: string;
  volume: string;
  timeMs: number;
  /** SHA-256 of the volume as it was. */
  hash: string;
  /** The class that it was made with. */
  boundTo: string;
  pinned: boolean;
  deleted: boolean;
}

export interface Reference {
  set: PolicySet;
  /** Oldest first. */
  images: ReferenceImage[];
  /** Since when volumes are deactivated, milliseconds. */
  deactivated: Map<string, number>;
}

/** Images of a volume that were not deleted, newest first. */
export function versionsOf({ images }: Reference, volume: string): ReferenceImage[] {
  return images.filter((image) => image.volume === volume && !image.deleted).reverse();
}

/** The active image of a volume, if it has one. */
export function activeOf(reference: Reference, volume: string): ReferenceImage | undefined {
  return reference.deactivated.has(volume) ? undefined : versionsOf(reference, volume)[0];
}

/** The images that an expiration at `nowMs` leaves. */
export function survivors(reference: Reference, nowMs: number): Set<string> {
  const kept = new Set<string>();
  for (const volume of new Set(reference.images.map((image) => image.volume))) {
    const versions = versionsOf(reference, volume);
    const goneSince = reference.deactivated.get(volume);
    const limits = limitsOf(reference.set, versions[0]?.boundTo ?? '');
    let place = 0;
    for (const [index, image] of versions.entries()) {
      const newer = versions[index - 1];
      const inactiveSince = newer ? newer.timeMs : goneSince;
      if (image.pinned || inactiveSince === undefined) kept.add(image.id);
      else if (limits === undefined) {
        if (within(nowMs - inactiveSince, reference.set.graceRetention)) kept.add(image.id);
      } else {
        const count = goneSince === undefined ? limits.verExists : limits.verDeleted;
        const days = newer === undefined ? limits.retOnly : limits.retExtra;
        const hasPlace = count === 'nolimit' || place < count;
        if (hasPlace && within(nowMs - inactiveSince, days)) kept.add(image.id);
      }
      if (!image.pinned) place++;
    }
  }
  return kept;
}

/** Of a class that is gone, those of the default class; none of a class that has no copy group. */
function limitsOf({ classes, defaultClass }: PolicySet, name: string): BackupCopyGroup | undefined {
  const named = (wanted: string) => classes.find((one) => one.name.toLowerCase() === wanted.toLowerCase());
  return (named(name) ?? named(defaultClass))?.backup;
}

function within(ageMs: number, days: number | 'nolimit'): boolean {
  return days === 'nolimit' || ageMs <= days * DAY_MS;
}
