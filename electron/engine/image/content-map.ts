/** Which bytes of a volume lie in which blob: fixed grid for our images, restic's own cuts for the ones it made. */
import { EngineError } from '../base/errors.ts';
import type { Extents } from '../base/extents.ts';
import { ID_BYTES, native } from '../native.ts';
import type { BlobIndex } from '../repository/types.ts';
import { gridBlockBytes } from './grid.ts';
import type { StoredImage } from './image-files.ts';

/** What a block of an image is at restore time. */
export const BLOCK_FREE = 0;
export const BLOCK_ZERO = 1;
export const BLOCK_DATA = 2;

/** The blocks of one image, in device order, in columns. */
export interface ContentMap {
  readonly count: number;
  readonly sizeBytes: number;
  /** `ID_BYTES` each. */
  readonly ids: Uint8Array;
  /** Byte offset of each block, and the end as one more entry. */
  readonly starts: Float64Array;
  /** `BLOCK_FREE`, `BLOCK_ZERO` or `BLOCK_DATA` of each block. */
  readonly states: Uint8Array;
}

/** Builds the map; `IMAGE_DAMAGED` where a blob is in no index or the sizes do not add up to the volume. */
export function buildContentMap(image: StoredImage, index: BlobIndex): ContentMap {
  const ids = image.content;
  const count = ids.length / ID_BYTES;
  const starts = new Float64Array(count + 1);
  const gridBytes = image.manifest?.gridBytes;
  let at = 0;
  let missing = 0;
  for (let i = 0; i < count; i++) {
    starts[i] = at;
    const location = index.find(ids, i * ID_BYTES, 'data');
    if (!location) missing++;
    const plainBytes = location?.plainBytes ?? gridBytes ?? 0;
    if (gridBytes && location && plainBytes !== gridBlockBytes(i, image.sizeBytes, gridBytes)) {
      throw new EngineError('IMAGE_DAMAGED', { file: image.path, reason: `block ${i} has the wrong length` });
    }
    at += plainBytes;
  }
  if (missing > 0) {
    throw new EngineError('IMAGE_DAMAGED', {
      file: image.path,
      reason: `${missing} of ${count} blocks are missing from the repository`,
      remedy: 'Run “check” to see what is damaged; another image of this volume may be whole.',
    });
  }
  starts[count] = at;
  if (at !== image.sizeBytes) {
    throw new EngineError('IMAGE_DAMAGED', { file: image.path, reason: 'the blocks do not add up to the volume' });
  }
  return { count, sizeBytes: at, ids, starts, states: blockStates(image, starts, ids) };
}

function blockStates(image: StoredImage, starts: Float64Array, ids: Uint8Array): Uint8Array {
  const count = starts.length - 1;
  const states = new Uint8Array(count).fill(BLOCK_DATA);
  const zeroIds = new Map<number, Buffer>();
  for (let i = 0; i < count; i++) {
    const length = (starts[i + 1] ?? 0) - (starts[i] ?? 0);
    // restic cuts runs of zeros into blocks of a few lengths only; a length met once is not worth a hash of zeros.
    let zeroId = zeroIds.get(length);
    if (!zeroId && (image.manifest || length === RESTIC_ZERO_BLOCK_BYTES)) {
      zeroId = Buffer.from(native().sha256(new Uint8Array(length)), 'hex');
      zeroIds.set(length, zeroId);
    }
    if (zeroId?.equals(ids.subarray(i * ID_BYTES, (i + 1) * ID_BYTES))) states[i] = BLOCK_ZERO;
  }
  if (image.extents) markFree(states, starts, image.extents);
  return states;
}

/** restic's chunker cuts a long run of zeros at its minimum chunk size. */
const RESTIC_ZERO_BLOCK_BYTES = 512 * 1024;

/** A zero block without any used extent is free. */
function markFree(states: Uint8Array, starts: Float64Array, extents: Extents): void {
  let run = 0;
  for (let i = 0; i < states.length; i++) {
    const start = starts[i] ?? 0;
    const end = starts[i + 1] ?? 0;
    while (run < extents.length && (extents[run] ?? 0) + (extents[run + 1] ?? 0) <= start) run += 2;
    const touched = run < extents.length && (extents[run] ?? 0) < end;
    if (!touched && states[i] === BLOCK_ZERO) states[i] = BLOCK_FREE;
  }
}

/** Calls `visit` for each run of neighbouring blocks in `state`. */
export function forEachRun(
  map: ContentMap,
  state: number,
  visit: (offsetBytes: number, lengthBytes: number) => void,
): void {
  for (let i = 0; i < map.count; ) {
    if (map.states[i] !== state) {
      i++;
      continue;
    }
    const first = i;
    while (i < map.count && map.states[i] === state) i++;
    const start = map.starts[first] ?? 0;
    visit(start, (map.starts[i] ?? 0) - start);
  }
}

/** Bytes of the blocks in `state`. */
export function bytesInState(map: ContentMap, state: number): number {
  let sum = 0;
  forEachRun(map, state, (_, lengthBytes) => {
    sum += lengthBytes;
  });
  return sum;
}
