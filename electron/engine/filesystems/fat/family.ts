/** The FAT12, FAT16 and FAT32 family: what it is, whether its map can be trusted, and the map. */
import type { FileSystemFamily } from '../types.ts';

/** FAT12, FAT16 and FAT32. */
export const fat: FileSystemFamily = {
  name: 'fat',
  async probe() {
    return undefined;
  },
};
