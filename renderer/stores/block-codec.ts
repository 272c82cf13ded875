/** Block maps as they arrive, made into plain bytes. */
import type { BlockMap, BlockMapEvent } from '#contract';

/** A map in memory. `states` are changed in place: `version` is another number then. */
export interface ShownMap {
  states: Uint8Array<ArrayBuffer>;
  version: number;
  gridBytes: number;
  sizeBytes: number;
}

/** The engine never makes more blocks than this. */
const MOST_BLOCKS = 2 * 1024 * 1024;

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** Unpacks a map; the browser inflates it on a thread of its own. Rejects where it is not what it says it is. */
export async function decodeBlockMap({
  states: packed,
  blockCount,
  gridBytes,
  sizeBytes,
}: BlockMap): Promise<ShownMap> {
  if (blockCount > MOST_BLOCKS) throw new RangeError(`A map of ${blockCount} blocks is too large.`);
  const states = new Uint8Array(blockCount);
  const inflated = new Blob([fromBase64(packed)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  let at = 0;
  for await (const part of partsOf(inflated)) {
    if (at + part.length > blockCount) throw new RangeError('A block map is longer than it says.');
    states.set(part, at);
    at += part.length;
  }
  if (at !== blockCount) throw new RangeError('A block map is shorter than it says.');
  return { states, version: 0, gridBytes, sizeBytes };
}

/** Not every browser can iterate over a stream. */
async function* partsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    // What was not read is not unpacked either.
    await reader.cancel().catch(() => undefined);
  }
}

/** Changes `states` in place. Runs outside of the map are left out. */
export function applyChanges(states: Uint8Array, { runs }: Extract<BlockMapEvent, { kind: 'changes' }>): void {
  for (let i = 0; i + 2 < runs.length; i += 3) {
    const first = runs[i] ?? 0;
    states.fill(runs[i + 2] ?? 0, first, first + (runs[i + 1] ?? 0));
  }
}
