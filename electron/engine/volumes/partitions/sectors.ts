/** Reading a disk by sectors: what cannot be read is a finding about the table, not a failure of the list of volumes. */
import { EngineError } from '../../base/errors.ts';
import { readStructure } from '../../filesystems/damage.ts';
import type { ByteSource } from '../../filesystems/types.ts';

/** A disk with the size of the sectors that its table counts in. */
export interface Disk {
  source: ByteSource;
  sectorBytes: number;
  signal: AbortSignal | undefined;
}

/** Sectors that the disk has; a rest at the end does not count. */
export function sectorCount({ source, sectorBytes }: Disk): number {
  return Math.floor(source.sizeBytes / sectorBytes);
}

/**
 * `lengthBytes` bytes from the start of a sector; `undefined` where they lie outside the disk or cannot be read. Throws
 * `VOLUME_VANISHED`, `CANCELLED`, and the system's error where it is no read error of the medium.
 */
export async function readAt(disk: Disk, lba: number, lengthBytes: number): Promise<Buffer | undefined> {
  try {
    return await readStructure(disk.source, 'partition table', lba * disk.sectorBytes, lengthBytes, disk.signal);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'FILESYSTEM_DAMAGED') return undefined;
    throw error;
  }
}
