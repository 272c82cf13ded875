/** Draws the cells of a block map, and draws again only those that look different than before. */
import { aggregate, CODE_COUNT, type StateCounts } from './map-cells.ts';
import type { MapLayout } from './map-layout.ts';

/** The part of a canvas context that is needed. */
export type Ground = Pick<CanvasRenderingContext2D, 'clearRect' | 'fillRect' | 'fillStyle'>;

export class MapPainter {
  #layout: MapLayout | undefined;
  #codes = new Uint8Array();
  /** What lies on the canvas; `CODE_COUNT` where nothing does. */
  #drawn = new Uint8Array();
  #palette: readonly string[] = [];

  /** Cells drawn by the last `paint`. */
  drawnCells = 0;

  /** The canvas is empty after this. */
  reset(layout: MapLayout, palette: readonly string[]): void {
    if (layout.cellCount !== this.#codes.length) {
      this.#codes = new Uint8Array(layout.cellCount);
      this.#drawn = new Uint8Array(layout.cellCount);
    }
    this.#drawn.fill(CODE_COUNT);
    this.#layout = layout;
    this.#palette = palette;
  }

  /** Brings the canvas up to date with `states`; how many blocks are in each state. */
  paint(ground: Ground, states: Uint8Array): StateCounts {
    const layout = this.#layout;
    if (layout === undefined) return new Uint32Array(8);
    const codes = this.#codes;
    const totals = aggregate(states, layout, codes);
    const present = new Uint8Array(CODE_COUNT);
    this.drawnCells = 0;
    for (let cell = 0; cell < codes.length; cell++) {
      if (codes[cell] === this.#drawn[cell]) continue;
      present[codes[cell] ?? 0] = 1;
      this.drawnCells++;
    }
    // Colour by colour: setting one costs more than a cell.
    for (let code = 0; code < CODE_COUNT; code++) if (present[code] === 1) this.#paintCode(ground, layout, code);
    this.#drawn.set(codes);
    return totals;
  }

  #paintCode(ground: Ground, { columns, pitch, gap }: MapLayout, code: number): void {
    ground.fillStyle = this.#palette[code] ?? '#000';
    const codes = this.#codes;
    const drawn = this.#drawn;
    const side = pitch - gap;
    let row = 0;
    for (let start = 0; start < codes.length; start += columns, row++) {
      const end = Math.min(codes.length, start + columns);
      for (let cell = start; cell < end; cell++) {
        if (codes[cell] !== code || drawn[cell] === code) continue;
        ground.fillRect((cell - start) * pitch, row * pitch, side, side);
      }
    }
  }
}
