/** The NTFS family: what it is, whether its map can be trusted, and the map. */
import type { FileSystemFamily } from '../types.ts';

/** NTFS. */
export const ntfs: FileSystemFamily = {
  name: 'ntfs',
  async probe() {
    return undefined;
  },
};
