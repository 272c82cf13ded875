/** The btrfs family: what it is, whether its map can be trusted, and the map. */
import type { FileSystemFamily } from '../types.ts';

/** btrfs. */
export const btrfs: FileSystemFamily = {
  name: 'btrfs',
  async probe() {
    return undefined;
  },
};
