/** Keeps a canvas showing a block map: through changes of the map, of the window's size, of the screen and of the theme. */
import type { StateCounts } from './map-cells.ts';
import { layoutOf, type MapLayout } from './map-layout.ts';
import { MapPainter } from './map-painter.ts';
import { paletteOf } from './map-palette.ts';

/** What is on the canvas now. */
export interface CanvasView {
  layout: MapLayout;
  /** Device pixels a CSS pixel. */
  scale: number;
  totals: StateCounts;
}

export class LiveCanvas implements Disposable {
  readonly #canvas: HTMLCanvasElement;
  readonly #onView: (view: CanvasView) => void;
  readonly #painter = new MapPainter();
  readonly #sizes: ResizeObserver;
  readonly #schemes: MutationObserver;
  #states: Uint8Array = new Uint8Array();
  #layout: MapLayout | undefined;
  #frame: number | undefined;

  /** `onView` is told after every painting. */
  constructor(canvas: HTMLCanvasElement, onView: (view: CanvasView) => void) {
    this.#canvas = canvas;
    this.#onView = onView;
    // Painted before the frame is shown in which the size changed, so that nothing flickers.
    this.#sizes = new ResizeObserver(() => {
      if (this.#isAnotherSize()) this.#start();
    });
    this.#sizes.observe(canvas);
    this.#schemes = new MutationObserver(() => this.#start());
    this.#schemes.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
  }

  /** Shows `states` in the next frame; `version` tells that they were changed in place. */
  show(states: Uint8Array, _version: number): void {
    const isAnother = states !== this.#states;
    this.#states = states;
    if (isAnother) this.#start();
    else this.#frame ??= requestAnimationFrame(() => this.#paint());
  }

  [Symbol.dispose](): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#sizes.disconnect();
    this.#schemes.disconnect();
  }

  #size(): { width: number; height: number } {
    const { clientWidth, clientHeight } = this.#canvas;
    return {
      width: Math.round(clientWidth * devicePixelRatio),
      height: Math.round(clientHeight * devicePixelRatio),
    };
  }

  #isAnotherSize(): boolean {
    const { width, height } = this.#size();
    return width !== this.#canvas.width || height !== this.#canvas.height;
  }

  /** From an empty canvas of the right size. */
  #start(): void {
    const canvas = this.#canvas;
    const { width, height } = this.#size();
    if (width === 0 || height === 0) return;
    // Setting a size empties the canvas.
    canvas.width = width;
    canvas.height = height;
    const style = getComputedStyle(canvas);
    this.#layout = layoutOf(width, height, this.#states.length, devicePixelRatio);
    this.#painter.reset(
      this.#layout,
      paletteOf((name) => style.getPropertyValue(name)),
    );
    this.#paint();
  }

  #paint(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    const ground = this.#canvas.getContext('2d');
    if (ground === null || this.#layout === undefined) return;
    const totals = this.#painter.paint(ground, this.#states);
    this.#onView({ layout: this.#layout, scale: devicePixelRatio, totals });
  }
}
