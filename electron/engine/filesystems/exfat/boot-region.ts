/**
 * The boot regions of exFAT, main and backup: parsing and the checks without which nothing else may be believed.
 * Source: Microsoft's "exFAT file system specification", section 3.
 */
import { EngineError } from '../../base/errors.ts';
import { fileSystemDamaged, readStructure } from '../damage.ts';
import { volumeSerial } from '../text.ts';
import type { ByteSource } from '../types.ts';
import { bootChecksum, checksumHolds } from './checksum.ts';

/** What the parser needs of a boot sector. All offsets and lengths are bytes from the start of the volume. */
export interface BootSector {
  bytesPerSector: number;
  clusterBytes: number;
  totalBytes: number;
  tableOffset: number;
  /** Where cluster 2 starts. */
  heapOffset: number;
  clusterCount: number;
  /** Highest cluster number: `clusterCount + 1`. */
  lastCluster: number;
  rootCluster: number;
  tableCount: number;
  uuid: string;
  revisionMajor: number;
  revisionMinor: number;
  /** `VolumeFlags`. */
  flags: number;
  /** `PercentInUse`; above 100 = not known. */
  percentInUse: number;
}

/** Bits of `VolumeFlags`. */
export const VOLUME_FLAGS = { activeFat: 1, volumeDirty: 2, mediaFailure: 4, clearToZero: 8 } as const;

/** The boot sector that is believed. */
export interface BootRegion {
  boot: BootSector;
  warnings: string[];
}

const SECTOR_BYTES = 512;
const REGION_SECTORS = 12;
const SMALLEST_SHIFT = 9;
const LARGEST_SHIFT = 12;
/** Clusters are at most 32 MiB. */
const LARGEST_CLUSTER_SHIFT = 25;
const FIRST_FAT_SECTOR = 24;
const MOST_CLUSTERS = 2 ** 32 - 11;
const NAME = 'EXFAT   ';
const JUMP = Buffer.from('eb7690', 'hex');

/** What is wrong with the sector as such, whatever its fields say. */
function sectorFault(sector: Buffer): string | undefined {
  if (!sector.subarray(0, 3).equals(JUMP)) return 'it does not start with the jump';
  if (sector.subarray(11, 64).some((byte) => byte !== 0)) return 'bytes that must be zero are not';
  if (sector.readUInt16LE(510) !== 0xaa55) return 'its signature is missing';
  return undefined;
}

/** What is wrong with the fields, or their values. Never throws on any content. */
function parse(sector: Buffer): BootSector | string {
  const fault = sectorFault(sector);
  if (fault !== undefined) return fault;
  const sectorShift = sector.readUInt8(108);
  const clusterShift = sector.readUInt8(109);
  if (sectorShift < SMALLEST_SHIFT || sectorShift > LARGEST_SHIFT) return 'its sector size is impossible';
  if (sectorShift + clusterShift > LARGEST_CLUSTER_SHIFT) return 'its cluster size is impossible';
  const bytesPerSector = 2 ** sectorShift;
  const clusterBytes = bytesPerSector * 2 ** clusterShift;
  const totalBytes = Number(sector.readBigUInt64LE(72)) * bytesPerSector;
  if (!Number.isSafeInteger(totalBytes)) return 'its length is impossible';

  const fatOffset = sector.readUInt32LE(80);
  const fatLength = sector.readUInt32LE(84);
  const heapSector = sector.readUInt32LE(88);
  const clusterCount = sector.readUInt32LE(92);
  const rootCluster = sector.readUInt32LE(96);
  const tableCount = sector.readUInt8(110);
  if (tableCount !== 1 && tableCount !== 2) return 'its number of FATs is impossible';
  if (clusterCount === 0 || clusterCount > MOST_CLUSTERS) return 'its number of clusters is impossible';
  if (fatOffset < FIRST_FAT_SECTOR) return 'its FAT lies in the boot regions';
  if (fatLength * bytesPerSector < (clusterCount + 2) * 4) return 'its FAT is too short for its clusters';
  if (heapSector < fatOffset + fatLength * tableCount) return 'its clusters lie in the FAT';
  const heapOffset = heapSector * bytesPerSector;
  if (heapOffset + clusterCount * clusterBytes > totalBytes) return 'it has more clusters than fit';
  if (rootCluster < 2 || rootCluster > clusterCount + 1) return 'its root directory cluster is impossible';
  return {
    bytesPerSector,
    clusterBytes,
    totalBytes,
    tableOffset: fatOffset * bytesPerSector,
    heapOffset,
    clusterCount,
    lastCluster: clusterCount + 1,
    rootCluster,
    tableCount,
    uuid: volumeSerial(sector.subarray(100, 104)),
    revisionMajor: sector.readUInt8(105),
    revisionMinor: sector.readUInt8(104),
    flags: sector.readUInt16LE(106),
    percentInUse: sector.readUInt8(112),
  };
}

/** The region that starts at `offset` with `sector`, checked against its checksum; a string says what is wrong. */
async function readRegion(
  source: ByteSource,
  structure: string,
  offset: number,
  sector: Buffer,
  signal: AbortSignal | undefined,
): Promise<BootSector | string> {
  const boot = parse(sector);
  if (typeof boot === 'string') return boot;
  const length = REGION_SECTORS * boot.bytesPerSector;
  if (offset + length > source.sizeBytes) return 'it lies outside the volume';
  const region = await readStructure(source, structure, offset, length, signal);
  const body = region.subarray(0, length - boot.bytesPerSector);
  return checksumHolds(bootChecksum(body), region.subarray(body.length)) ? boot : 'its checksum is wrong';
}

/** The backup region where it is good, whatever the main one is; `undefined`: it is not. */
export async function findBackup(
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<{ boot: BootSector; offset: number } | undefined> {
  const structure = 'backup boot region';
  for (let shift = SMALLEST_SHIFT; shift <= LARGEST_SHIFT; shift++) {
    const offset = REGION_SECTORS * 2 ** shift;
    if (offset + SECTOR_BYTES > source.sizeBytes) return undefined;
    try {
      const sector = await readStructure(source, structure, offset, SECTOR_BYTES, signal);
      if (sector.toString('latin1', 3, 11) !== NAME || sector.readUInt8(108) !== shift) continue;
      const boot = await readRegion(source, structure, offset, sector, signal);
      if (typeof boot !== 'string') return { boot, offset };
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'FILESYSTEM_DAMAGED') throw error;
    }
  }
  return undefined;
}

/**
 * The boot region of an exFAT volume; `undefined` where its first sector does not name exFAT: backups outlive the file
 * system when a volume is given another one. Throws `FILESYSTEM_DAMAGED` where neither region is good.
 */
export async function readBootRegion(
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<BootRegion | undefined> {
  if (source.sizeBytes < SECTOR_BYTES) return undefined;
  const sector = await readStructure(source, 'boot sector', 0, SECTOR_BYTES, signal);
  if (sector.toString('latin1', 3, 11) !== NAME) return undefined;
  const main = await readRegion(source, 'main boot region', 0, sector, signal);
  if (typeof main !== 'string') return { boot: main, warnings: [] };
  const backup = await findBackup(source, signal);
  if (backup === undefined) {
    throw fileSystemDamaged('main boot region', 0, `The main boot region is damaged: ${main}.`);
  }
  // The backup's flags are those of the day it was written (section 3.1.13); the main sector's are outside its
  // checksum. Where not even that sector is whole the volume counts as in use.
  const flags = sectorFault(sector) === undefined ? sector.readUInt16LE(106) : VOLUME_FLAGS.volumeDirty;
  const boot = { ...backup.boot, flags: backup.boot.flags | flags, percentInUse: sector.readUInt8(112) };
  const warning = `The main boot region is damaged (${main}); its copy at byte ${backup.offset} was used.`;
  return { boot, warnings: [warning] };
}
