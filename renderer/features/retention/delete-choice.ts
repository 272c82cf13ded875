/** Which images a deletion means, and whether it leaves one to restore. */
import type { ImageSummary } from '#contract';

export const DELETE_CHOICES = ['this', 'inactive', 'all'] as const;
export type DeleteChoice = (typeof DELETE_CHOICES)[number];

export interface Deletion {
  ids: string[];
  /** Left as they are: pinned. */
  pinned: ImageSummary[];
  /** No image of the volume that can be restored remains. */
  takesLast: boolean;
}

/** `image`: the selected one; `images`: every one in the repository. */
export function deletionOf(choice: DeleteChoice, image: ImageSummary, images: readonly ImageSummary[]): Deletion {
  const present = images.filter(
    ({ volume, hostname, deletedAt }) =>
      volume === image.volume && hostname === image.hostname && deletedAt === undefined,
  );
  const meant = present.filter((each) => {
    if (choice === 'this') return each.id === image.id;
    return choice === 'all' || !each.active;
  });
  const pinned = meant.filter((each) => each.pinned !== undefined);
  const ids = meant.filter((each) => each.pinned === undefined).map(({ id }) => id);
  return { ids, pinned, takesLast: ids.length > 0 && ids.length === present.length };
}
