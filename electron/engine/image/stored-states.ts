/** What a stored image says about each of its blocks. */
import type { Manifest } from '#contract';
import { BLOCK, type BlockStates } from '../base/block-map.ts';
import type { Extents } from '../base/extents.ts';
import { type ContentIds, IdTable, idCount, sameId } from './content-ids.ts';

export interface StoredStatesOptions {
  ids: ContentIds;
  /** Id of a whole block of zeros, and of a last one of the length that this image has. */
  zeroIds: ContentIds;
  manifest: Pick<Manifest, 'counters' | 'gridBytes' | 'reading' | 'unreadable'>;
  sizeBytes: number;
  /** What the image holds. */
  used: Extents;
  /** The image before it of the same volume, if there is one. */
  previous: ContentIds | undefined;
}

/**
 * `free`, `zero` and `unreadable` are as the run had them. A block counts as `stored` when the image before has it
 * nowhere and this image nowhere earlier. That is what the run added, unless an older image or another volume had it:
 * whether it is, is told by the run's own counter. Where the counter disagrees these blocks are only `used`. The other
 * blocks are `deduplicated`, or, in a run that read only what changed and where the image before has them at the same
 * place, `unchanged` (a few of them were read all the same, to check the change tracking).
 */
export function storedStates(options: StoredStatesOptions): BlockStates {
  const { ids, zeroIds, manifest, sizeBytes, used, previous } = options;
  const { gridBytes, counters } = manifest;
  const count = idCount(ids);
  const states = new Uint8Array(count);
  const usedBytes = usedBytesOf(used, gridBytes, count);
  const samePlace = manifest.reading?.scope === 'changed' ? BLOCK.unchanged : BLOCK.deduplicated;
  const shortLast = sizeBytes % gridBytes === 0 ? -1 : count - 1;
  let fresh = 0;
  for (let block = 0; block < count; block++) {
    if (usedBytes[block] === 0) continue;
    if (sameId(ids, block, zeroIds, block === shortLast ? 1 : 0)) states[block] = BLOCK.zero;
    else if (previous && sameId(ids, block, previous, block)) states[block] = samePlace;
    else {
      states[block] = BLOCK.stored;
      fresh++;
    }
  }
  const storedBytes = markRepeated(states, options, fresh, usedBytes);
  if (storedBytes !== counters.changedBytes) {
    for (let block = 0; block < count; block++) if (states[block] === BLOCK.stored) states[block] = BLOCK.used;
  }
  for (const { offsetBytes, lengthBytes } of manifest.unreadable) {
    const end = Math.ceil((offsetBytes + lengthBytes) / gridBytes);
    states.fill(BLOCK.unreadable, Math.floor(offsetBytes / gridBytes), end);
  }
  return states;
}

/** Of the `stored` ones, those that are here earlier or anywhere in the image before: used bytes of the rest. */
function markRepeated(
  states: BlockStates,
  { ids, previous }: StoredStatesOptions,
  fresh: number,
  usedBytes: Float64Array,
): number {
  const table = new IdTable(ids, fresh);
  let bytes = 0;
  for (let block = 0; block < states.length; block++) {
    if (states[block] !== BLOCK.stored) continue;
    if (table.add(block) === block) bytes += usedBytes[block] ?? 0;
    else states[block] = BLOCK.deduplicated;
  }
  if (fresh === 0 || previous === undefined) return bytes;
  for (let block = 0; block < idCount(previous); block++) {
    const found = table.find(previous, block);
    if (found < 0 || states[found] !== BLOCK.stored) continue;
    states[found] = BLOCK.deduplicated;
    bytes -= usedBytes[found] ?? 0;
  }
  return bytes;
}

/** Used bytes of each block. */
function usedBytesOf(used: Extents, gridBytes: number, count: number): Float64Array {
  const bytes = new Float64Array(count);
  for (let i = 0; i < used.length; i += 2) {
    let start = used[i] ?? 0;
    const end = start + (used[i + 1] ?? 0);
    while (start < end) {
      const block = Math.floor(start / gridBytes);
      const stop = Math.min(end, (block + 1) * gridBytes);
      bytes[block] = (bytes[block] ?? 0) + stop - start;
      start = stop;
    }
  }
  return bytes;
}
