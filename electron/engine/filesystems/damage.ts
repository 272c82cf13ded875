/** Reading a file system's own structures, where failing to read is a finding about the file system. */
import { EngineError, errnoOf, isDeviceGone, throwIfCancelled } from '../base/errors.ts';
import type { ByteSource } from './types.ts';

/** Errors of a medium that still answers: the structure cannot be had, the volume is still there. */
const UNREADABLE = new Set(['EIO', 'EILSEQ', 'ENODATA', 'EREMOTEIO', 'ETIMEDOUT', 'EBADMSG']);

/** `FILESYSTEM_DAMAGED` that names the structure, its place on the volume in bytes, and what is wrong with it. */
export function fileSystemDamaged(
  structure: string,
  offsetBytes: number,
  reason: string,
  options?: ErrorOptions,
): EngineError {
  return new EngineError('FILESYSTEM_DAMAGED', { structure, offsetBytes, reason }, options);
}

/**
 * Reads a structure. Throws `FILESYSTEM_DAMAGED` where it lies outside the volume or cannot be read (`unreadable`
 * in the details), `VOLUME_VANISHED` where the device is gone, `CANCELLED`.
 */
export async function readStructure(
  source: ByteSource,
  structure: string,
  offsetBytes: number,
  lengthBytes: number,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  throwIfCancelled(signal);
  try {
    return await source.read(offsetBytes, lengthBytes, signal);
  } catch (error) {
    if (error instanceof RangeError) {
      const reason = `The ${structure} would lie outside the volume.`;
      throw fileSystemDamaged(structure, offsetBytes, reason, { cause: error });
    }
    const errno = errnoOf(error);
    if (errno !== undefined && UNREADABLE.has(errno)) {
      const reason = `The ${structure} cannot be read from the volume (${errno}).`;
      throw new EngineError(
        'FILESYSTEM_DAMAGED',
        { structure, offsetBytes, reason, unreadable: true },
        { cause: error },
      );
    }
    if (isDeviceGone(errno)) {
      throw new EngineError(
        'VOLUME_VANISHED',
        { reason: `The device stopped answering (${errno}).` },
        { cause: error },
      );
    }
    throw error;
  }
}
