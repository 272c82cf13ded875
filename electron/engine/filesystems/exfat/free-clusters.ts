/** How many clusters are free, as cheaply as it can be known: for facts, never for the map. */
import { forEachRun } from '../bitmap.ts';
import type { ByteSource } from '../types.ts';
import type { BootSector } from './boot-region.ts';
import type { RootDirectory } from './root-directory.ts';
import { bitmapBytes, bitmapOf, bitmapPieces } from './used-clusters.ts';

/** A bitmap up to this length is counted: 32 Mi clusters, so 4 TiB of 128 KiB. */
const MOST_COUNTED_BYTES = 4 * 1024 * 1024;
const MOST_PERCENT = 100;

/**
 * Free clusters out of the bitmap, or out of the whole percents in the boot sector where the bitmap is long; 0 where
 * neither is known. Throws `FILESYSTEM_DAMAGED` where the bitmap cannot be read.
 */
export async function freeClusters(
  source: ByteSource,
  boot: BootSector,
  root: RootDirectory | undefined,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { clusterCount, percentInUse } = boot;
  if (root === undefined || bitmapBytes(boot) > MOST_COUNTED_BYTES) {
    if (percentInUse > MOST_PERCENT) return 0;
    return Math.floor((clusterCount * (MOST_PERCENT - percentInUse)) / MOST_PERCENT);
  }
  let used = 0;
  for await (const { bits, words } of bitmapPieces(source, boot, bitmapOf(boot, root), signal)) {
    used += forEachRun(words, bits, () => {});
  }
  return clusterCount - used;
}
