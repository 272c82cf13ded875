/** What can be a target of a restore, in the order in which people look for it. */
import type { ImageSummary, Volume } from '#contract';

/** The original volume first, then those of at least the image's size, then the rest. */
export function orderTargets(volumes: readonly Volume[], image: ImageSummary): Volume[] {
  const rank = (volume: Volume) => {
    if (volume.name === image.volume) return 0;
    return volume.sizeBytes >= image.imageSize ? 1 : 2;
  };
  return volumes
    .filter((volume) => volume.kind !== 'rom' && volume.sizeBytes > 0)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
