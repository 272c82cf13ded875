/** A volume in memory, to be damaged at will. */
import type { ByteSource } from '../filesystems/types.ts';

/** Reads are bounds-checked as the interface asks, and counted. */
export interface MemorySource extends ByteSource {
  readonly bytes: Buffer;
  /** Bytes read so far. */
  readonly readBytes: number;
}

/** Reads at or after one of `badOffsets`' bytes fail with EIO, as on a bad sector. */
export function memorySource(bytes: Buffer, badOffsets: readonly number[] = []): MemorySource {
  let readBytes = 0;
  return {
    bytes,
    sizeBytes: bytes.length,
    get readBytes() {
      return readBytes;
    },
    async read(offsetBytes, lengthBytes) {
      const end = offsetBytes + lengthBytes;
      if (!Number.isSafeInteger(end) || offsetBytes < 0 || lengthBytes < 0 || end > bytes.length) {
        throw new RangeError(`${lengthBytes} bytes at ${offsetBytes} are outside`);
      }
      if (badOffsets.some((bad) => bad >= offsetBytes && bad < end)) {
        throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
      }
      readBytes += lengthBytes;
      return Buffer.from(bytes.subarray(offsetBytes, end));
    },
  };
}
