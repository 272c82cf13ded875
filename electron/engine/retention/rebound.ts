/** Which images a new one binds to another class: all images of a volume are bound to the class of its newest one. */
import type { BackupResult, ImageSummary } from '#contract';
import { sameClassName } from '../policy/classes/find-class.ts';
import type { CatalogueImage } from './catalogue.ts';
import { ownerOf } from './marks.ts';

/** `images`: of the repository with the new one, newest first. `undefined`: none is bound to another class now. */
export function reboundBy(
  made: Pick<ImageSummary, 'id' | 'volume' | 'hostname' | 'mgmtClass'>,
  images: readonly CatalogueImage[],
): BackupResult['rebound'] {
  const versions = images.filter(
    (image) => ownerOf(image) === ownerOf(made) && image.origin === 'stillframe' && image.deletedAt === undefined,
  );
  // Under a clock that was set back it is not the newest one, and binds nothing.
  if (versions[0]?.id !== made.id) return undefined;
  const earlier = versions.slice(1);
  const before = earlier[0]?.madeWith;
  if (before === undefined || sameClassName(before, made.mgmtClass)) return undefined;
  return { images: earlier.length, from: [before], to: made.mgmtClass };
}
