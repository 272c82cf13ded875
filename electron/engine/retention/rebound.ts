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
  const earlier = images.filter(
    (image) =>
      image.id !== made.id &&
      ownerOf(image) === ownerOf(made) &&
      image.origin === 'stillframe' &&
      image.deletedAt === undefined,
  );
  const before = earlier[0]?.madeWith;
  if (before === undefined || sameClassName(before, made.mgmtClass)) return undefined;
  return { images: earlier.length, from: [before], to: made.mgmtClass };
}
