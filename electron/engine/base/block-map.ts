/** Block maps as plain bytes, and how they travel (contract `block-map.ts`). */
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { BlockMap, BlockState } from '#contract';

/** Numbers of the block states, as in the contract's `BLOCK_STATES`; the native sealer writes the last four itself. */
export const BLOCK = {
  free: 0,
  used: 1,
  unchanged: 2,
  changed: 3,
  stored: 4,
  deduplicated: 5,
  zero: 6,
  unreadable: 7,
} as const satisfies Record<BlockState, number>;

/** One byte a grid block: a number of `BLOCK`. */
export type BlockStates = Uint8Array;

/** The grid that a map is about. */
export interface BlockGrid {
  readonly sizeBytes: number;
  /** Bytes of a block; the last one may be shorter. */
  readonly gridBytes: number;
}

/** The states of a volume's blocks while somebody works on them. */
export interface BlockSource extends BlockGrid {
  readonly blockCount: number;
  /** Overwrites `states`, `blockCount` bytes, with the states of this moment; also when the work is over. */
  read(states: BlockStates): void;
}

const deflate = promisify(deflateRaw);

/** Maps are long runs: more effort makes them hardly smaller. */
const LEVEL = 3;

/** The map as it travels. `states` must not change until this resolves. */
export async function encodeBlockMap({ sizeBytes, gridBytes }: BlockGrid, states: BlockStates): Promise<BlockMap> {
  const packed = await deflate(states, { level: LEVEL });
  return { sizeBytes, gridBytes, blockCount: states.length, states: packed.toString('base64') };
}
