/** How the snapshots are told apart that hold the policy, and no image. */
import type { Snapshot } from '../repository/types.ts';
import { IMAGE_TAG, PRODUCT_TAG } from './image-files.ts';

export const POLICY_TAG = 'policy';
/** The one path of such a snapshot. */
export const POLICY_PATH = '/stillframe-policy';

/** Also where somebody took the tags away with restic. */
export function isPolicySnapshot({ tags = [], paths }: Pick<Snapshot, 'tags' | 'paths'>): boolean {
  if (tags.includes(IMAGE_TAG)) return false;
  const isTagged = tags.includes(PRODUCT_TAG) && tags.includes(POLICY_TAG);
  return isTagged || (paths.length === 1 && paths[0] === POLICY_PATH);
}
