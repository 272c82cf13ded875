/** The fixed grid that an image is cut into (architecture.md section 4, docs/decisions/002-grid.md). */

/** Grid block of volumes up to 1 TiB, bytes. */
export const BASE_GRID_BYTES = 512 * 1024;
/** A volume never has more blocks than this. */
export const MAX_GRID_BLOCKS = 2 * 1024 * 1024;

/** Bytes of a grid block for a volume: the base, doubled until the volume has at most `MAX_GRID_BLOCKS` blocks. */
export function gridBytesFor(sizeBytes: number): number {
  let gridBytes = BASE_GRID_BYTES;
  while (sizeBytes > gridBytes * MAX_GRID_BLOCKS) gridBytes *= 2;
  return gridBytes;
}

/** Number of grid blocks; the last one may be short. */
export function gridBlockCount(sizeBytes: number, gridBytes: number): number {
  return Math.ceil(sizeBytes / gridBytes);
}

/** Bytes of block `index`. */
export function gridBlockBytes(index: number, sizeBytes: number, gridBytes: number): number {
  return Math.min(gridBytes, sizeBytes - index * gridBytes);
}
