/** Which two images of a volume are compared. */
import type { ImageSummary } from '#contract';

export interface ComparisonChoice {
  before: string;
  after: string;
}

/** Images of one volume that can be compared, newest first. Those that restic made are cut into other blocks. */
export function imagesOf(images: readonly ImageSummary[], volume: string | null): ImageSummary[] {
  return images
    .filter((image) => image.volume === volume && image.origin === 'stillframe')
    .sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
}

/**
 * The selected image and the one before it; for the oldest one, the one after it. `images`: newest first. `undefined`
 * where there are not two.
 */
export function firstChoice(images: readonly ImageSummary[], selectedId: string | null): ComparisonChoice | undefined {
  const selected = Math.max(
    0,
    images.findIndex((image) => image.id === selectedId),
  );
  const after = Math.min(selected, images.length - 2);
  const [newer, older] = [images[after], images[after + 1]];
  return newer && older ? { before: older.id, after: newer.id } : undefined;
}
