/** Which grid blocks an image may take over from the image before, because nothing in them can have changed. */
import { ExtentBuilder, type Extents } from '../base/extents.ts';
import { ID_BYTES } from '../native.ts';
import type { BlobIndex } from '../repository/types.ts';
import { gridBlockCount } from './grid.ts';

/** The image that changes are counted from. */
export interface BaseImage {
  /** Blob ids of its grid blocks, `ID_BYTES` each. */
  content: Uint8Array;
  /** What it read; everything else is zeros in it. */
  extents: Extents;
  /** Ranges that could not be read then. */
  unreadable: Extents;
}

/** One byte a grid block; what it means is said where it is made. */
export type BlockMask = Uint8Array;

/** Calls `visit` for each block that has a byte in `extents`, ascending; a block may be visited more than once. */
export function forEachBlock(extents: Extents, gridBytes: number, visit: (block: number) => void): void {
  for (let i = 0; i < extents.length; i += 2) {
    const start = extents[i] ?? 0;
    const end = start + (extents[i + 1] ?? 0);
    for (let block = Math.floor(start / gridBytes); block * gridBytes < end; block++) visit(block);
  }
}

/** Bytes that are in one of the two lists, but not in both. */
export function differenceOf(a: Extents, b: Extents): Extents {
  const builder = new ExtentBuilder();
  const edges = [cursorOf(a), cursorOf(b)] as const;
  let at = 0;
  for (;;) {
    const next = Math.min(edges[0].edge(), edges[1].edge());
    if (next > at && edges[0].inside !== edges[1].inside) builder.add(at, next - at);
    if (next === Number.POSITIVE_INFINITY) return builder.build();
    at = next;
    for (const cursor of edges) if (cursor.edge() === next) cursor.step();
  }
}

/** Walks the starts and ends of runs. */
function cursorOf(extents: Extents): { inside: boolean; edge(): number; step(): void } {
  let run = 0;
  return {
    inside: false,
    edge() {
      if (run >= extents.length) return Number.POSITIVE_INFINITY;
      const start = extents[run] ?? 0;
      return this.inside ? start + (extents[run + 1] ?? 0) : start;
    },
    step() {
      if (this.inside) run += 2;
      this.inside = !this.inside;
    },
  };
}

/**
 * Blocks (1) whose blob of the base image is what reading them now would give: they hold used bytes, none of these may
 * have changed, the same of their bytes count as used as then (others are zeros in an image), all of them could be
 * read then, and the blob is still in the repository. Both images have the same size and grid.
 */
export function unchangedBlocks(options: {
  base: BaseImage;
  /** May have changed since. */
  changed: Extents;
  /** What this image has to hold. */
  used: Extents;
  gridBytes: number;
  sizeBytes: number;
  index: BlobIndex;
}): BlockMask {
  const { base, changed, used, gridBytes, sizeBytes, index } = options;
  const mask = new Uint8Array(gridBlockCount(sizeBytes, gridBytes));
  if (base.content.length !== mask.length * ID_BYTES) return mask;
  forEachBlock(used, gridBytes, (block) => {
    mask[block] = 1;
  });
  for (const differing of [changed, differenceOf(base.extents, used), base.unreadable]) {
    forEachBlock(differing, gridBytes, (block) => {
      if (block < mask.length) mask[block] = 0;
    });
  }
  for (let block = 0; block < mask.length; block++) {
    if (mask[block] === 1 && !index.find(base.content, block * ID_BYTES, 'data')) mask[block] = 0;
  }
  return mask;
}

/** The parts of `extents` that lie in blocks whose mask is `value`. */
export function extentsIn(extents: Extents, mask: BlockMask, value: 0 | 1, gridBytes: number): Extents {
  const builder = new ExtentBuilder();
  for (let i = 0; i < extents.length; i += 2) {
    let start = extents[i] ?? 0;
    const end = start + (extents[i + 1] ?? 0);
    while (start < end) {
      const block = Math.floor(start / gridBytes);
      const stop = Math.min(end, (block + 1) * gridBytes);
      if ((mask[block] ?? 0) === value) builder.add(start, stop - start);
      start = stop;
    }
  }
  return builder.build();
}

/**
 * A random sample (1) of the blocks in `mask`: `percent` of them, rounded up, at least `minimum` (or all there are).
 * `below` gives a uniform integer in [0, limit).
 */
export function sampleBlocks(
  mask: BlockMask,
  percent: number,
  minimum: number,
  below: (limit: number) => number,
): BlockMask {
  const sample = new Uint8Array(mask.length);
  let left = 0;
  for (const value of mask) left += value;
  let wanted = Math.min(left, percent === 0 ? 0 : Math.max(minimum, Math.ceil((left * percent) / 100)));
  // Each block is taken with the chance that makes every set of that many equally likely (Knuth's algorithm S).
  for (let block = 0; block < mask.length && wanted > 0; block++) {
    if (mask[block] !== 1) continue;
    if (below(left) < wanted) {
      sample[block] = 1;
      wanted--;
    }
    left--;
  }
  return sample;
}

/** Blocks of `mask` whose ids differ between two contents: how many. */
export function countDifferent(mask: BlockMask, a: Uint8Array, b: Uint8Array): number {
  let different = 0;
  for (let block = 0; block < mask.length; block++) {
    if (mask[block] !== 1) continue;
    const at = block * ID_BYTES;
    if (Buffer.compare(a.subarray(at, at + ID_BYTES), b.subarray(at, at + ID_BYTES)) !== 0) different++;
  }
  return different;
}

/** Copies the ids of the blocks in `mask` from one content into another. */
export function copyBlocks(mask: BlockMask, from: Uint8Array, to: Uint8Array): void {
  for (let block = 0; block < mask.length; block++) {
    if (mask[block] !== 1) continue;
    const at = block * ID_BYTES;
    to.set(from.subarray(at, at + ID_BYTES), at);
  }
}
