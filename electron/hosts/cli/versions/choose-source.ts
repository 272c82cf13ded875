/** Which image a restore means: a volume's active one, the version that the options choose, or the one that is named. */
import type { ImageSummary } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import { chooseVersions, type VersionWish } from './choose-versions.ts';

export interface SourceWords {
  /** As it was typed. */
  readonly typed: string;
  /** What it may stand for: as typed, absolute, without links. */
  readonly names: readonly string[];
  readonly nodeName: string;
}

const AN_ID = /^[0-9a-f]{4,64}$/i;

/**
 * A volume's name or the id of an image, for the engine. `images`: all, newest first. Throws `IMAGE_NOT_FOUND` where the
 * options choose none, `OPTION_INVALID` where there is nothing to choose from.
 */
export function chooseSource(
  images: readonly ImageSummary[],
  { typed, names, nodeName }: SourceWords,
  wish: VersionWish,
): string {
  const volume = names.find((name) => images.some((image) => image.volume === name));
  if (volume === undefined) return namedImage(typed, wish);
  const own = images.filter((image) => image.volume === volume && image.hostname === nodeName);
  // Of another computer's volume, and of deleted images, the engine says what is wrong.
  if (own.every(({ deletedAt }) => deletedAt !== undefined)) return volume;
  const [newest] = chooseVersions(own, wish);
  if (newest) return newest.id;
  if (wish.at !== undefined) {
    const reason = 'No image of it is kept that is from before that time.';
    throw new EngineError('IMAGE_NOT_FOUND', { image: typed, reason });
  }
  throw new EngineError('IMAGE_NOT_FOUND', {
    image: typed,
    reason: 'It was deactivated, so it has no active image.',
    remedy: '-inactive restores its newest image, -pitdate the one of a day.',
  });
}

/** What is no volume's name is an image's id. */
function namedImage(typed: string, { at }: VersionWish): string {
  if (at === undefined) return typed;
  if (!AN_ID.test(typed)) throw new EngineError('IMAGE_NOT_FOUND', { image: typed });
  const reason = 'It chooses among the images of a volume; an id names one image already.';
  throw new EngineError('OPTION_INVALID', { option: 'pitdate', reason, remedy: 'Leave it out.' });
}
