/** Where the cells of a block map lie, and which blocks each stands for. All lengths in device pixels. */

/** A grid of square cells; cell `i` is in row `floor(i / columns)`. */
export interface MapLayout {
  columns: number;
  rows: number;
  /** From one cell to the next, gap included. */
  pitch: number;
  /** Between two cells. */
  gap: number;
  cellCount: number;
  blockCount: number;
}

/** Smallest and largest cell, CSS pixels with its gap: below the first nobody can point at one. */
const SMALLEST_PITCH = 5;
const LARGEST_PITCH = 16;

/**
 * One cell a block where that many fit, as large as they can be; else cells of the smallest size that fill the place,
 * each for an equal share of the volume. `scale`: device pixels a CSS pixel.
 */
export function layoutOf(width: number, height: number, blockCount: number, scale: number): MapLayout {
  const gap = Math.max(1, Math.round(scale));
  const smallest = Math.max(3, Math.round(SMALLEST_PITCH * scale));
  const gridOf = (pitch: number): { columns: number; rows: number } => ({
    columns: Math.max(1, Math.floor((width + gap) / pitch)),
    rows: Math.max(1, Math.floor((height + gap) / pitch)),
  });
  for (let pitch = Math.round(LARGEST_PITCH * scale); pitch >= smallest; pitch--) {
    const { columns, rows } = gridOf(pitch);
    if (columns * rows >= blockCount) return { columns, rows, pitch, gap, cellCount: blockCount, blockCount };
  }
  const { columns, rows } = gridOf(smallest);
  return { columns, rows, pitch: smallest, gap, cellCount: columns * rows, blockCount };
}

/** First block of a cell; of the cell after the last one, the number of blocks. */
export function firstBlockOf({ cellCount, blockCount }: MapLayout, cell: number): number {
  return cellCount === blockCount ? cell : Math.floor((cell * blockCount) / cellCount);
}

/** The cell at a point, or undefined where there is none. */
export function cellAt({ columns, pitch, cellCount }: MapLayout, x: number, y: number): number | undefined {
  const column = Math.floor(x / pitch);
  if (x < 0 || y < 0 || column >= columns) return undefined;
  const cell = Math.floor(y / pitch) * columns + column;
  return cell < cellCount ? cell : undefined;
}

/** The cell that a key leads to from `cell`; undefined for keys that lead nowhere. */
export function cellAfterKey({ columns, rows, cellCount }: MapLayout, cell: number, key: string): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * Math.ceil(rows / 4),
    PageDown: columns * Math.ceil(rows / 4),
    Home: -cellCount,
    End: cellCount,
  };
  const move = moves[key];
  return move === undefined ? undefined : Math.min(cellCount - 1, Math.max(0, cell + move));
}
