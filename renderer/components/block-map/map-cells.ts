/**
 * What a cell of a block map shows. A cell that stands for several blocks shows the most telling state among them, in a
 * shade that says how much of the cell is in it: a quarter, half, three quarters, or all of it. Blocks that could not be
 * read always show in full. Pure: knows nothing of pixels and colours.
 */
import { BLOCK_STATES, type BlockState } from '#contract';
import { firstBlockOf, type MapLayout } from './map-layout.ts';

export const STATE_COUNT = BLOCK_STATES.length;
/** Shades of a state; the last one is the state's own colour. */
export const SHADES = 4;
export const CODE_COUNT = STATE_COUNT * SHADES;

/** The most telling one first. */
const TELLING: readonly BlockState[] = [
  'unreadable',
  'stored',
  'changed',
  'deduplicated',
  'used',
  'unchanged',
  'zero',
  'free',
];
const NUMBERS = TELLING.map((state) => BLOCK_STATES.indexOf(state));
const UNREADABLE = BLOCK_STATES.indexOf('unreadable');

/** Blocks in each state, by the state's number. */
export type StateCounts = Uint32Array;

/** State and shade of a cell as one number: `state * SHADES + shade`. */
export function codeOf(counts: ArrayLike<number>, blocks: number): number {
  for (const state of NUMBERS) {
    const count = counts[state] ?? 0;
    if (count === 0) continue;
    const shade = state === UNREADABLE ? SHADES - 1 : Math.ceil((count * SHADES) / blocks) - 1;
    return state * SHADES + shade;
  }
  return SHADES - 1;
}

/**
 * Puts the code of every cell into `codes` and returns how many blocks are in each state. Some three milliseconds for
 * two million blocks. State numbers that nobody knows count as one that somebody does: they are cut to three bits.
 */
export function aggregate(states: Uint8Array, layout: MapLayout, codes: Uint8Array): StateCounts {
  const totals = new Uint32Array(STATE_COUNT);
  const counts = new Uint32Array(STATE_COUNT);
  let block = 0;
  for (let cell = 0; cell < layout.cellCount; cell++) {
    const first = block;
    const end = firstBlockOf(layout, cell + 1);
    counts.fill(0);
    for (; block < end; block++) {
      const state = (states[block] ?? 0) & 7;
      counts[state] = (counts[state] ?? 0) + 1;
    }
    codes[cell] = codeOf(counts, end - first);
    for (let state = 0; state < STATE_COUNT; state++) totals[state] = (totals[state] ?? 0) + (counts[state] ?? 0);
  }
  return totals;
}

/** Blocks of `[first, end)` in each state. */
export function countStates(states: Uint8Array, first: number, end: number): StateCounts {
  const counts = new Uint32Array(STATE_COUNT);
  for (let block = first; block < end; block++) {
    const state = (states[block] ?? 0) & 7;
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

/** Bytes in a state. `lastState`: of the volume's last block, which may be short. */
export function bytesInState(
  counts: ArrayLike<number>,
  state: number,
  map: { sizeBytes: number; gridBytes: number; blockCount: number; lastState: number | undefined },
): number {
  const bytes = (counts[state] ?? 0) * map.gridBytes;
  const missing = map.blockCount * map.gridBytes - map.sizeBytes;
  return state === map.lastState ? bytes - missing : bytes;
}
