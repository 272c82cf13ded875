/**
 * FAT32's copy of the boot sector: for reading a volume whose first sector is damaged, and for doubting one whose first
 * sector looks fine. Source: Microsoft's FAT specification 1.03, `BPB_BkBootSec`.
 */
import { EngineError } from '../../base/errors.ts';
import { readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { BOOT_SECTOR_BYTES, type BootSector, readBootSector } from './boot-sector.ts';

/** The place that the specification asks for. */
const USUAL_SECTOR = 6;
const SECTOR_SIZES = [512, 1024, 2048, 4096];

async function bootSectorAt(
  source: ByteSource,
  offset: number,
  signal: AbortSignal | undefined,
): Promise<BootSector | undefined> {
  if (offset + BOOT_SECTOR_BYTES > source.sizeBytes) return undefined;
  try {
    const reading = readBootSector(
      await readStructure(source, 'backup boot sector', offset, BOOT_SECTOR_BYTES, signal),
    );
    return reading.kind === 'bootSector' && reading.bootSector.version === 'FAT32' ? reading.bootSector : undefined;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'FILESYSTEM_DAMAGED') return undefined;
    throw error;
  }
}

/** A good copy at the usual place that says itself that it lies there; `undefined` where there is none. */
export async function findBackup(source: ByteSource, signal: AbortSignal | undefined): Promise<BootSector | undefined> {
  for (const sectorBytes of SECTOR_SIZES) {
    const copy = await bootSectorAt(source, USUAL_SECTOR * sectorBytes, signal);
    if (copy?.backupOffset === USUAL_SECTOR * sectorBytes) return copy;
  }
  return undefined;
}

/** Everything that decides where clusters lie. */
const GEOMETRY = [
  'bytesPerSector',
  'clusterBytes',
  'totalBytes',
  'tableOffset',
  'tableBytes',
  'tableCount',
  'rootCluster',
] as const satisfies (keyof BootSector)[];

/**
 * True if there is a good copy that lays out the volume in another way. The boot sector has no checksum: a flipped bit
 * in it may move every cluster and still look like a file system.
 */
export async function backupDisagrees(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (boot.backupOffset === 0) return false;
  const copy = await bootSectorAt(source, boot.backupOffset, signal);
  return copy !== undefined && GEOMETRY.some((field) => copy[field] !== boot[field]);
}
