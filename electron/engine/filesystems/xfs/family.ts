/** The XFS family: what it is, whether its map can be trusted, and the map. */
import type { FileSystemFamily } from '../types.ts';

/** XFS. */
export const xfs: FileSystemFamily = {
  name: 'xfs',
  async probe() {
    return undefined;
  },
};
