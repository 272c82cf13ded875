/** The exFAT family: what it is, whether its map can be trusted, and the map. */
import type { FileSystemFamily } from '../types.ts';

/** exFAT. */
export const exfat: FileSystemFamily = {
  name: 'exfat',
  async probe() {
    return undefined;
  },
};
