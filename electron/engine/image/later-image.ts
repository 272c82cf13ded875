/** An image that is older than one that is being made, but has a later date. */
import type { ImageSummary } from '#contract';
import type { Repository } from '../repository/types.ts';
import { PRODUCT_TAG } from './image-files.ts';
import { imagesAmong, type ListedImage } from './image-list.ts';

/**
 * Of the same volume, the one with the latest date. There is one where a clock was set back, or lost its battery:
 * policy goes by dates, and must not take the image that is being made for an old one. What cannot be read counts as
 * none. `made`: what the new image will say of itself.
 */
export async function laterImage(
  repository: Repository,
  made: Pick<ImageSummary, 'volume' | 'hostname' | 'time'>,
): Promise<ListedImage | undefined> {
  const snapshots = await repository.listSnapshots(() => undefined);
  const own = snapshots.filter(({ snapshot: { hostname, paths, tags } }) => {
    return hostname === made.hostname && paths.includes(made.volume) && tags?.includes(PRODUCT_TAG);
  });
  const images = await imagesAmong(repository, own, () => undefined);
  return images
    .filter(({ time }) => Date.parse(time) > Date.parse(made.time))
    .sort((a, b) => Date.parse(b.time) - Date.parse(a.time))[0];
}
