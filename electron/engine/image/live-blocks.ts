/** The block map of an image while it is being made. */
import { BLOCK, type BlockSource, type BlockStates } from '../base/block-map.ts';
import type { Extents } from '../base/extents.ts';
import type { Sealer } from '../native.ts';
import { type BlockMask, forEachBlock } from './block-selection.ts';
import { gridBlockCount } from './grid.ts';

/**
 * Holds what was known before anything was read; outcomes come from the session that reads, when somebody looks. So a
 * map that nobody looks at costs its bytes and nothing else.
 */
export class LiveBlocks implements BlockSource {
  readonly sizeBytes: number;
  readonly gridBytes: number;
  readonly blockCount: number;
  readonly #states: BlockStates;
  #session: Pick<Sealer, 'blocks'> | undefined;

  /** `used`: what the image has to hold. */
  constructor({ sizeBytes, gridBytes, used }: { sizeBytes: number; gridBytes: number; used: Extents }) {
    this.sizeBytes = sizeBytes;
    this.gridBytes = gridBytes;
    this.blockCount = gridBlockCount(sizeBytes, gridBytes);
    const states = new Uint8Array(this.blockCount);
    forEachBlock(used, gridBytes, (block) => {
      states[block] = BLOCK.used;
    });
    this.#states = states;
  }

  /** What change tracking says: used blocks of neither mask changed; audited ones are read although they did not. */
  markTracked(skipped: BlockMask, audited: BlockMask): void {
    const states = this.#states;
    for (let block = 0; block < states.length; block++) {
      if (skipped[block] === 1) states[block] = BLOCK.unchanged;
      else if (states[block] === BLOCK.used && audited[block] !== 1) states[block] = BLOCK.changed;
    }
  }

  /** The tracking was wrong: what it called unchanged is still to be read. */
  voidTracking(): void {
    const states = this.#states;
    for (let block = states.indexOf(BLOCK.unchanged); block >= 0; block = states.indexOf(BLOCK.unchanged, block + 1)) {
      states[block] = BLOCK.used;
    }
  }

  /** Shows the outcomes of a session, and keeps them when disposed; the session may be closed by then. */
  follow(session: Pick<Sealer, 'blocks'>): Disposable {
    this.#session = session;
    return {
      [Symbol.dispose]: () => {
        session.blocks(this.#states);
        this.#session = undefined;
      },
    };
  }

  read(states: BlockStates): void {
    states.set(this.#states);
    this.#session?.blocks(states);
  }
}
