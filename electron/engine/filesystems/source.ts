/** A volume's bytes through the system's page cache: for lists, and for files. See `device-source.ts` for maps. */
import { open } from 'node:fs/promises';
import { throwIfCancelled } from '../base/errors.ts';
import type { ByteSource } from './types.ts';

/** An open `ByteSource`; closing is the holder's duty. */
export interface FileSource extends ByteSource, AsyncDisposable {
  close(): Promise<void>;
}

/** No structure is read in one piece larger than this; a larger wish is a parser's mistake. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Throws `RangeError` where a read would leave a source of `sizeBytes`, or is larger than any structure. */
export function assertReadable(offsetBytes: number, lengthBytes: number, sizeBytes: number): void {
  const whole = Number.isSafeInteger(offsetBytes) && Number.isSafeInteger(lengthBytes);
  if (!whole || offsetBytes < 0 || lengthBytes < 0 || offsetBytes + lengthBytes > sizeBytes) {
    throw new RangeError(`${lengthBytes} bytes at ${offsetBytes} are outside the volume (${sizeBytes} bytes)`);
  }
  if (lengthBytes > MOST_BYTES) throw new RangeError(`${lengthBytes} bytes are too many for one read`);
}

/** Size of an open block device or file by its end, bytes: `stat` says 0 for devices. */
async function endOf(read: (position: number) => Promise<boolean>): Promise<number> {
  let beyond = 512;
  while ((await read(beyond - 1)) && beyond < Number.MAX_SAFE_INTEGER / 2) beyond *= 2;
  let low = 0;
  let high = beyond;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await read(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Opens a device node or regular file for reading. `sizeBytes` bounds the reads; without it the present end counts.
 * Throws the system's error (`ENOENT`, `EACCES`, …).
 */
export async function openFileSource(path: string, sizeBytes?: number): Promise<FileSource> {
  const handle = await open(path, 'r');
  try {
    const readable = async (position: number) =>
      (await handle.read(Buffer.allocUnsafe(1), 0, 1, position)).bytesRead === 1;
    const stats = await handle.stat();
    const size = sizeBytes ?? (stats.isFile() ? stats.size : await endOf(readable));
    return {
      sizeBytes: size,
      async read(offsetBytes, lengthBytes, signal) {
        throwIfCancelled(signal);
        assertReadable(offsetBytes, lengthBytes, size);
        const buffer = Buffer.allocUnsafeSlow(lengthBytes);
        for (let done = 0; done < lengthBytes; ) {
          const { bytesRead } = await handle.read(buffer, done, lengthBytes - done, offsetBytes + done);
          if (bytesRead === 0) throw new RangeError(`${path} ended at byte ${offsetBytes + done}`);
          done += bytesRead;
        }
        return buffer;
      },
      close: () => handle.close(),
      [Symbol.asyncDispose]: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
