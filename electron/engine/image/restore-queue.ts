/** The order of a restore: which blob goes where, grouped by pack, packs in the order of the device. */
import { ID_BYTES, type OpenTasks } from '../native.ts';
import type { BlobIndex } from '../repository/types.ts';
import { BLOCK_DATA, type ContentMap } from './content-map.ts';

/** Blocks of one pack range that is fetched with one read and opened with one native call. */
export interface PackFetch {
  packId: string;
  /** Range of the pack, bytes. */
  offsetBytes: number;
  lengthBytes: number;
  tasks: OpenTasks;
}

/** Blobs closer than this in a pack are fetched with one read. */
const FETCH_GAP_BYTES = 256 * 1024;
/** A fetch never exceeds this, unless a single blob does. */
export const FETCH_BYTES = 32 * 1024 * 1024;

/**
 * Plans all fetches. Only blocks below `limitBytes` of the device are wanted (a smaller target); memory is a few
 * dozen bytes a block.
 */
export function planFetches(map: ContentMap, index: BlobIndex, limitBytes: number): (() => PackFetch)[] {
  const blocks = locateBlocks(map, index, limitBytes);
  return orderByDevice(splitIntoFetches(blocks)).map(
    ({ first, end }) =>
      () =>
        buildFetch(map, index, blocks, first, end),
  );
}

/** Data blocks in columns, sorted by pack and offset in the pack. */
interface LocatedBlocks {
  order: Uint32Array;
  pack: Uint32Array;
  offset: Uint32Array;
  length: Uint32Array;
}

function locateBlocks(map: ContentMap, index: BlobIndex, limitBytes: number): LocatedBlocks {
  const pack = new Uint32Array(map.count);
  const offset = new Uint32Array(map.count);
  const length = new Uint32Array(map.count);
  const wanted = new Uint32Array(map.count);
  let count = 0;
  for (let i = 0; i < map.count; i++) {
    if (map.states[i] !== BLOCK_DATA || (map.starts[i + 1] ?? 0) > limitBytes) continue;
    const location = index.find(map.ids, i * ID_BYTES, 'data');
    if (!location) continue;
    pack[i] = location.packNumber;
    offset[i] = location.offsetBytes;
    length[i] = location.storedBytes;
    wanted[count++] = i;
  }
  const order = wanted.slice(0, count).sort((a, b) => {
    return (pack[a] ?? 0) - (pack[b] ?? 0) || (offset[a] ?? 0) - (offset[b] ?? 0) || a - b;
  });
  return { order, pack, offset, length };
}

interface FetchSpan {
  first: number;
  end: number;
  /** Lowest block index, so that fetches can follow the device. */
  lowest: number;
}

function splitIntoFetches({ order, pack, offset, length }: LocatedBlocks): FetchSpan[] {
  const spans: FetchSpan[] = [];
  let current: (FetchSpan & { pack: number; start: number; stop: number }) | undefined;
  order.forEach((block, position) => {
    const blockPack = pack[block] ?? 0;
    const start = offset[block] ?? 0;
    const stop = start + (length[block] ?? 0);
    const joins =
      current &&
      current.pack === blockPack &&
      start - current.stop <= FETCH_GAP_BYTES &&
      stop - current.start <= FETCH_BYTES;
    if (current && joins) {
      current.end = position + 1;
      current.stop = Math.max(current.stop, stop);
      current.lowest = Math.min(current.lowest, block);
    } else {
      current = { first: position, end: position + 1, lowest: block, pack: blockPack, start, stop };
      spans.push(current);
    }
  });
  return spans;
}

function orderByDevice(spans: FetchSpan[]): FetchSpan[] {
  return spans.sort((a, b) => a.lowest - b.lowest);
}

function buildFetch(map: ContentMap, index: BlobIndex, blocks: LocatedBlocks, first: number, end: number): PackFetch {
  const { order } = blocks;
  const rows: number[] = [];
  for (let position = first; position < end; position++) {
    const block = order[position] ?? 0;
    const previous = order[position - 1];
    const same = position > first && previous !== undefined && blocks.offset[previous] === blocks.offset[block];
    if (!same) rows.push(position);
  }
  const firstBlock = order[first] ?? 0;
  const lastBlock = order[rows.at(-1) ?? first] ?? 0;
  const offsetBytes = blocks.offset[firstBlock] ?? 0;
  const lengthBytes = (blocks.offset[lastBlock] ?? 0) + (blocks.length[lastBlock] ?? 0) - offsetBytes;
  const count = rows.length;
  const tasks: OpenTasks = {
    count,
    ids: new Uint8Array(count * ID_BYTES),
    offsets: new Uint32Array(count),
    lengths: new Uint32Array(count),
    uncompressedLengths: new Uint32Array(count),
    destinationStarts: new Uint32Array(count + 1),
    destinations: new Float64Array(end - first),
  };
  rows.forEach((position, row) => {
    const block = order[position] ?? 0;
    const location = index.find(map.ids, block * ID_BYTES, 'data');
    tasks.ids.set(map.ids.subarray(block * ID_BYTES, (block + 1) * ID_BYTES), row * ID_BYTES);
    tasks.offsets[row] = (blocks.offset[block] ?? 0) - offsetBytes;
    tasks.lengths[row] = blocks.length[block] ?? 0;
    tasks.uncompressedLengths[row] = location?.compressed ? location.plainBytes : 0;
    tasks.destinationStarts[row] = position - first;
  });
  tasks.destinationStarts[count] = end - first;
  for (let position = first; position < end; position++) {
    tasks.destinations[position - first] = map.starts[order[position] ?? 0] ?? 0;
  }
  return { packId: index.packIds[blocks.pack[firstBlock] ?? 0] ?? '', offsetBytes, lengthBytes, tasks };
}
