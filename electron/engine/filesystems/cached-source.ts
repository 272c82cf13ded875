/** A `ByteSource` that remembers what it read: parsers ask for many small structures that lie close together. */
import { throwIfCancelled } from '../base/errors.ts';
import { assertReadable } from './source.ts';
import type { ByteSource } from './types.ts';

const CHUNK_BYTES = 64 * 1024;
/** Longer reads (bitmaps) go through: they are asked for once, and would push everything else out. */
const MOST_CACHED_READ_BYTES = 4 * CHUNK_BYTES;
/** 16 MiB in all, whatever the volume's size. */
const MOST_CHUNKS = 256;

/**
 * Bounds-checks every read (`RangeError` outside the source) and keeps the most recently used pieces. A piece that
 * cannot be read whole, as around a bad sector, is read as exactly what was asked for. `forget` makes the next read
 * see the volume as it is then. The buffers returned are the caller's own.
 */
export function cachedSource(source: ByteSource): ByteSource & { forget(): void } {
  const { sizeBytes } = source;
  let chunks = new Map<number, Promise<Buffer>>();

  function chunk(index: number): Promise<Buffer> {
    const present = chunks.get(index);
    if (present !== undefined) {
      // Re-inserted: a map keeps the order of insertion, so its first key is the one unused for longest.
      chunks.delete(index);
      chunks.set(index, present);
      return present;
    }
    const start = index * CHUNK_BYTES;
    // Without the caller's signal: another caller may wait for the same piece.
    const reading = source.read(start, Math.min(CHUNK_BYTES, sizeBytes - start));
    const into = chunks;
    into.set(index, reading);
    reading.catch(() => into.delete(index));
    for (const [oldest] of into) {
      if (into.size <= MOST_CHUNKS) break;
      into.delete(oldest);
    }
    return reading;
  }

  async function readThroughChunks(offsetBytes: number, lengthBytes: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(lengthBytes);
    for (let done = 0; done < lengthBytes; ) {
      const at = offsetBytes + done;
      const index = Math.floor(at / CHUNK_BYTES);
      const from = at - index * CHUNK_BYTES;
      done += (await chunk(index)).copy(bytes, done, from, Math.min(CHUNK_BYTES, from + lengthBytes - done));
    }
    return bytes;
  }

  return {
    sizeBytes,
    async read(offsetBytes, lengthBytes, signal) {
      throwIfCancelled(signal);
      assertReadable(offsetBytes, lengthBytes, sizeBytes);
      if (lengthBytes > MOST_CACHED_READ_BYTES) return await source.read(offsetBytes, lengthBytes, signal);
      try {
        return await readThroughChunks(offsetBytes, lengthBytes);
      } catch {
        return await source.read(offsetBytes, lengthBytes, signal);
      }
    },
    forget() {
      chunks = new Map();
    },
  };
}
