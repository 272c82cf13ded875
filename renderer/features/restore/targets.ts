/** What can be a target of a restore, how well it fits, and what it looks like before and after. */
import type { ImageSummary, Volume } from '#contract';

export type TargetOrder = 'fitness' | 'name' | 'size';
export const TARGET_ORDERS = ['fitness', 'name', 'size'] as const satisfies readonly TargetOrder[];

/** The volume or something on it is mounted, swapped to or stacked on; what only opens it for a moment does not count. */
export function isInUse(volume: Volume, volumes: readonly Volume[]): boolean {
  const own = volume.holders.some((holder) => holder.kind !== 'process') || volume.mounts.length > 0;
  return own || volumes.some((other) => other.parent === volume.name && isInUse(other, volumes));
}

/**
 * Lower fits better: the original, what is at least as large as the image (the closest size first), whole disks with
 * partitions that would be lost, what would do if it were not in use, what cannot be written, what is too small, and last
 * what holds the system. By facts that do not change
 * while the engine is still being asked, so that nothing moves under the pointer.
 */
function unfitness(volume: Volume, image: ImageSummary, volumes: readonly Volume[]): number {
  if (volume.system) return 6;
  if (volume.sizeBytes < image.imageSize) return 5;
  if (volume.readOnly || !volume.writable) return 4;
  if (isInUse(volume, volumes)) return 3;
  if (volume.name === image.volume) return 0;
  return volumes.some((other) => other.parent === volume.name) ? 2 : 1;
}

/** Every volume that could hold anything, in this order. */
export function orderTargets(
  volumes: readonly Volume[],
  image: ImageSummary,
  order: TargetOrder = 'fitness',
): Volume[] {
  const byName = (a: Volume, b: Volume): number => a.name.localeCompare(b.name, 'en', { numeric: true });
  const candidates = volumes.filter((volume) => volume.kind !== 'rom' && volume.sizeBytes > 0);
  if (order === 'name') return candidates.sort(byName);
  if (order === 'size') return candidates.sort((a, b) => b.sizeBytes - a.sizeBytes || byName(a, b));
  return candidates
    .map((volume) => ({ volume, rank: unfitness(volume, image, volumes) }))
    .sort((a, b) => a.rank - b.rank || a.volume.sizeBytes - b.volume.sizeBytes || byName(a.volume, b.volume))
    .map(({ volume }) => volume);
}

/** What is so many times as large as the image is drawn cut off: the image must stay visible beside it. */
const CUT_AFTER = 4;

/** Bytes that take all the room that strips have. */
export function widestStrip(volumes: readonly Pick<Volume, 'sizeBytes'>[], imageSize: number): number {
  const largest = Math.max(imageSize, ...volumes.map((volume) => volume.sizeBytes));
  return Math.min(largest, imageSize * CUT_AFTER);
}

/** Parts of a strip as shares of the widest one, 0 to 1. */
export interface TargetStrip {
  /** All of it that is drawn. */
  whole: number;
  /** It goes on beyond what is drawn. */
  cut: boolean;
  /** In use, of the whole. */
  used: number;
  /** Beyond the image, left as it is. */
  rest: number;
}

function share(part: number, of: number): number {
  return of > 0 ? Math.min(1, part / of) : 0;
}

/** What is on the target now, drawn to the scale of `widest` bytes. */
export function stripBefore(target: Pick<Volume, 'sizeBytes' | 'usedBytes'>, widest: number): TargetStrip {
  return {
    whole: share(target.sizeBytes, widest),
    cut: target.sizeBytes > widest,
    used: share(target.usedBytes ?? 0, widest),
    rest: 0,
  };
}

/** What will be on it. */
export function stripAfter(
  target: Pick<Volume, 'sizeBytes'>,
  image: Pick<ImageSummary, 'imageSize' | 'usedSize'>,
  widest: number,
): TargetStrip {
  return {
    whole: share(target.sizeBytes, widest),
    cut: target.sizeBytes > widest,
    used: share(Math.min(image.usedSize, target.sizeBytes), widest),
    rest: Math.max(0, share(target.sizeBytes, widest) - share(image.imageSize, widest)),
  };
}
