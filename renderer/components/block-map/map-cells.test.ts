import { describe, expect, it } from 'vitest';
import { BLOCK_STATES, type BlockState } from '#contract';
import { aggregate, bytesInState, CODE_COUNT, codeOf, countStates, SHADES } from './map-cells.ts';
import { cellAfterKey, cellAt, firstBlockOf, layoutOf } from './map-layout.ts';
import { MapPainter } from './map-painter.ts';
import { paletteOf, parseColour } from './map-palette.ts';

const number = (state: BlockState): number => BLOCK_STATES.indexOf(state);

/** A map whose blocks look random and are the same each time. */
function someStates(count: number): Uint8Array {
  let seed = 1;
  return Uint8Array.from({ length: count }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % 8;
  });
}

/** Remembers what was drawn instead of drawing it. */
function canvas() {
  const drawn: { x: number; y: number; width: number; colour: string }[] = [];
  return {
    drawn,
    fillStyle: '',
    clearRect: () => undefined,
    fillRect(x: number, y: number, width: number) {
      drawn.push({ x, y, width, colour: this.fillStyle });
    },
  };
}

describe('the layout', () => {
  it('gives every block a cell where that fits, and large ones where there is room', () => {
    const few = layoutOf(800, 120, 8, 1);
    expect(few).toMatchObject({ cellCount: 8, pitch: 16 });
    const more = layoutOf(800, 120, 2000, 1);
    expect(more.cellCount).toBe(2000);
    expect(more.pitch).toBeLessThan(16);
    expect(more.columns * more.rows).toBeGreaterThanOrEqual(2000);
  });

  it.each([3863, 400_000, 2 * 1024 * 1024])('shares %i blocks out without losing one', (blockCount) => {
    const layout = layoutOf(803, 120, blockCount, 1);
    let end = 0;
    for (let cell = 0; cell < layout.cellCount; cell++) {
      expect(firstBlockOf(layout, cell)).toBe(end);
      end = firstBlockOf(layout, cell + 1);
      expect(end).toBeGreaterThan(firstBlockOf(layout, cell));
    }
    expect(end).toBe(blockCount);
    expect(layout.columns * layout.pitch - layout.gap).toBeLessThanOrEqual(803);
    expect(layout.rows * layout.pitch - layout.gap).toBeLessThanOrEqual(120);
  });

  it('has a cell under every point of it and none beside it', () => {
    const layout = layoutOf(100, 50, 10_000, 2);
    expect(cellAt(layout, 0, 0)).toBe(0);
    expect(cellAt(layout, layout.pitch, layout.pitch)).toBe(layout.columns + 1);
    expect(cellAt(layout, layout.columns * layout.pitch, 0)).toBeUndefined();
    expect(cellAt(layout, 0, layout.rows * layout.pitch)).toBeUndefined();
    expect(cellAt(layout, -1, 0)).toBeUndefined();
  });

  it('is walked with keys, never beyond its ends', () => {
    const layout = layoutOf(100, 50, 10_000, 1);
    const last = layout.cellCount - 1;
    expect(cellAfterKey(layout, 5, 'ArrowRight')).toBe(6);
    expect(cellAfterKey(layout, 5, 'ArrowUp')).toBe(0);
    expect(cellAfterKey(layout, 5, 'ArrowDown')).toBe(5 + layout.columns);
    expect(cellAfterKey(layout, 5, 'End')).toBe(last);
    expect(cellAfterKey(layout, last, 'PageDown')).toBe(last);
    expect(cellAfterKey(layout, last, 'Home')).toBe(0);
    expect(cellAfterKey(layout, 5, 'Enter')).toBeUndefined();
  });

  it('survives a volume without blocks', () => {
    expect(layoutOf(100, 50, 0, 1).cellCount).toBe(0);
  });
});

describe('a cell', () => {
  const code = (counts: Partial<Record<BlockState, number>>): { state: BlockState | undefined; shade: number } => {
    const list = BLOCK_STATES.map((state) => counts[state] ?? 0);
    const value = codeOf(
      list,
      list.reduce((a, b) => a + b, 0),
    );
    return { state: BLOCK_STATES[Math.floor(value / SHADES)], shade: value % SHADES };
  };

  it('shows the most telling state', () => {
    expect(code({ free: 50, deduplicated: 49, unreadable: 1 })).toEqual({ state: 'unreadable', shade: SHADES - 1 });
    expect(code({ deduplicated: 99, stored: 1 })).toEqual({ state: 'stored', shade: 0 });
    expect(code({ unchanged: 99, changed: 1 }).state).toBe('changed');
    expect(code({ free: 99, zero: 1 }).state).toBe('zero');
    expect(code({ free: 4 })).toEqual({ state: 'free', shade: SHADES - 1 });
  });

  it('is the paler the less of it is in that state', () => {
    expect([1, 25, 26, 50, 51, 75, 76, 100].map((stored) => code({ stored, free: 100 - stored }).shade)).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3,
    ]);
  });

  it('counts every block once', () => {
    const states = someStates(100_003);
    const layout = layoutOf(640, 96, states.length, 1);
    const totals = aggregate(states, layout, new Uint8Array(layout.cellCount));
    expect([...totals]).toEqual([...countStates(states, 0, states.length)]);
    expect(totals.reduce((a, b) => a + b, 0)).toBe(states.length);
  });

  it('takes numbers that nobody knows without failing', () => {
    const layout = layoutOf(640, 96, 100, 1);
    const codes = new Uint8Array(layout.cellCount);
    aggregate(new Uint8Array(100).fill(255), layout, codes);
    expect(Math.max(...codes)).toBeLessThan(CODE_COUNT);
  });

  it('knows that the last block may be short', () => {
    const map = { sizeBytes: 2500, gridBytes: 1000, blockCount: 3, lastState: number('stored') };
    const counts = countStates(Uint8Array.of(4, 0, 4), 0, 3);
    expect(bytesInState(counts, number('stored'), map)).toBe(1500);
    expect(bytesInState(counts, number('free'), map)).toBe(1000);
  });
});

describe('the painter', () => {
  const palette = Array.from({ length: CODE_COUNT }, (_, code) => `colour ${code}`);

  it('draws each cell once, and later only those that look different', () => {
    const states = new Uint8Array(20_000);
    const layout = layoutOf(400, 80, states.length, 1);
    const painter = new MapPainter();
    painter.reset(layout, palette);
    const ground = canvas();
    painter.paint(ground, states);
    expect(ground.drawn).toHaveLength(layout.cellCount);
    expect(new Set(ground.drawn.map(({ x, y }) => `${x} ${y}`)).size).toBe(layout.cellCount);
    ground.drawn.length = 0;
    painter.paint(ground, states);
    expect(ground.drawn).toHaveLength(0);
    states[firstBlockOf(layout, layout.columns + 2)] = number('unreadable');
    const totals = painter.paint(ground, states);
    expect(ground.drawn).toEqual([
      {
        x: 2 * layout.pitch,
        y: layout.pitch,
        width: layout.pitch - layout.gap,
        colour: palette[number('unreadable') * SHADES + SHADES - 1],
      },
    ]);
    expect(totals[number('unreadable')]).toBe(1);
    painter.reset(layout, palette);
    painter.paint(ground, states);
    expect(painter.drawnCells).toBe(layout.cellCount);
  });
});

describe('the palette', () => {
  it('has the colour of each state as its last shade, and paler ones before', () => {
    const palette = paletteOf((name) => (name === '--sf-free' ? '#ffffff' : '#000'));
    expect(palette).toHaveLength(CODE_COUNT);
    expect(palette.slice(4, 8)).toEqual(['rgb(153 153 153)', 'rgb(102 102 102)', 'rgb(51 51 51)', 'rgb(0 0 0)']);
    expect(parseColour(' #0072b2')).toEqual([0, 0x72, 0xb2]);
    expect(parseColour('nonsense')).toEqual([0, 0, 0]);
  });
});
