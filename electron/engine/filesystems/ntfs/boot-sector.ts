/**
 * The boot sector of NTFS and its copy behind the last cluster: sizes and where the master file table lies.
 * Source: Microsoft's "NTFS boot sector" (BIOS parameter block) and the notes in ntfs-3g's layout.h.
 */
import { EngineError } from '../../base/errors.ts';
import { fileSystemDamaged, readStructure } from '../damage.ts';
import type { HeaderReading } from '../header-reading.ts';
import { hexSerial } from '../text.ts';
import type { ByteSource } from '../types.ts';
import { isPowerOfTwo, unsigned64 } from './numbers.ts';

/** Bytes that hold every field, whatever the size of a sector. */
export const BOOT_SECTOR_BYTES = 512;

const OEM_ID = 'NTFS    ';
const SMALLEST_SECTOR_BYTES = 512;
const LARGEST_SECTOR_BYTES = 4096;
const LARGEST_CLUSTER_BYTES = 2 * 1024 * 1024;
const SMALLEST_RECORD_BYTES = 512;
const LARGEST_RECORD_BYTES = 65536;

/** What the boot sector says. Bytes, clusters and sectors are numbers below 2^53. */
export interface Geometry {
  bytesPerSector: number;
  clusterBytes: number;
  /** Whole clusters; a rest of sectors behind the last one belongs to no file. */
  clusterCount: number;
  /** All sectors of the file system without the copy of the boot sector behind them, bytes. */
  totalBytes: number;
  /** First cluster of `$MFT`. */
  mftLcn: number;
  /** First cluster of `$MFTMirr`. */
  mftMirrorLcn: number;
  mftRecordBytes: number;
  /** Volume serial number as blkid prints it. */
  serial: string;
}

/** What `readBootSector` found. */
export type BootSectorReading = HeaderReading<'geometry', Geometry>;

function damaged(what: string): BootSectorReading {
  return { kind: 'damaged', reason: `The boot sector says ${what}.` };
}

/** Up to 128 the number itself, above it a power of two as a negative exponent: 0xf4 = 2^12. */
function sectorsPerCluster(code: number): number {
  return code <= 128 ? code : 2 ** (256 - code);
}

/** Positive: clusters; negative: bytes as a power of two, for records smaller than a cluster. */
function recordBytes(code: number, clusterBytes: number): number {
  return code < 0 ? 2 ** -code : code * clusterBytes;
}

/** Fields of FAT's parameter block that are zero on NTFS. */
function foreignFieldsAreZero(bytes: Buffer): boolean {
  const reservedSectorsAndFatsAndRootEntriesAndSectors = bytes.subarray(0x0e, 0x15).every((byte) => byte === 0);
  return (
    reservedSectorsAndFatsAndRootEntriesAndSectors && bytes.readUInt16LE(0x16) === 0 && bytes.readUInt32LE(0x20) === 0
  );
}

/** Parses `BOOT_SECTOR_BYTES` bytes. Never throws on any content. */
export function readBootSector(bytes: Buffer): BootSectorReading {
  if (bytes.toString('latin1', 3, 11) !== OEM_ID) return { kind: 'foreign' };
  const bytesPerSector = bytes.readUInt16LE(0x0b);
  if (
    !isPowerOfTwo(bytesPerSector) ||
    bytesPerSector < SMALLEST_SECTOR_BYTES ||
    bytesPerSector > LARGEST_SECTOR_BYTES
  ) {
    return damaged(`that a sector has ${bytesPerSector} bytes, which is impossible`);
  }
  const clusterBytes = bytesPerSector * sectorsPerCluster(bytes.readUInt8(0x0d));
  if (!isPowerOfTwo(clusterBytes) || clusterBytes > LARGEST_CLUSTER_BYTES) {
    return damaged(`that a cluster has ${clusterBytes} bytes, which is impossible`);
  }
  if (!foreignFieldsAreZero(bytes)) return damaged('something in fields that are empty on NTFS');
  const totalBytes = unsigned64(bytes, 0x28) * bytesPerSector;
  const clusterCount = Math.floor(totalBytes / clusterBytes);
  if (!Number.isSafeInteger(totalBytes) || clusterCount === 0) return damaged('an impossible number of sectors');
  const mftLcn = unsigned64(bytes, 0x30);
  const mftMirrorLcn = unsigned64(bytes, 0x38);
  const inside = (lcn: number) => lcn > 0 && lcn < clusterCount;
  if (!inside(mftLcn) || !inside(mftMirrorLcn) || mftLcn === mftMirrorLcn) {
    return damaged('an impossible place of the master file table or of its mirror');
  }
  const mftRecordBytes = recordBytes(bytes.readInt8(0x40), clusterBytes);
  if (
    !isPowerOfTwo(mftRecordBytes) ||
    mftRecordBytes < SMALLEST_RECORD_BYTES ||
    mftRecordBytes > LARGEST_RECORD_BYTES
  ) {
    return damaged('an impossible size of records of the master file table');
  }
  const serial = hexSerial(bytes.subarray(0x48, 0x50));
  return {
    kind: 'geometry',
    geometry: {
      bytesPerSector,
      clusterBytes,
      clusterCount,
      totalBytes,
      mftLcn,
      mftMirrorLcn,
      mftRecordBytes,
      serial,
    },
  };
}

/**
 * The copy in the volume's last sector. Believed only where it says that it is in the right place, so that a leftover
 * of another file system is not.
 */
export async function readCopy(source: ByteSource, signal: AbortSignal | undefined): Promise<Geometry | undefined> {
  for (let sector = SMALLEST_SECTOR_BYTES; sector <= LARGEST_SECTOR_BYTES; sector *= 2) {
    const at = source.sizeBytes - sector;
    if (at < BOOT_SECTOR_BYTES) return undefined;
    let reading: BootSectorReading;
    try {
      reading = readBootSector(await readStructure(source, 'copy of the boot sector', at, BOOT_SECTOR_BYTES, signal));
    } catch (error) {
      if (error instanceof EngineError && error.code === 'FILESYSTEM_DAMAGED') continue;
      throw error;
    }
    if (reading.kind !== 'geometry') continue;
    const { geometry } = reading;
    if (geometry.bytesPerSector === sector && geometry.totalBytes === at) return geometry;
  }
  return undefined;
}

/**
 * The geometry, from the copy with a warning where the boot sector carries NTFS's name but is damaged; `undefined`:
 * not NTFS. Throws `FILESYSTEM_DAMAGED` where neither is good.
 */
export async function findGeometry(
  source: ByteSource,
  warnings: string[],
  signal: AbortSignal | undefined,
): Promise<Geometry | undefined> {
  if (source.sizeBytes < BOOT_SECTOR_BYTES) return undefined;
  const reading = readBootSector(await readStructure(source, 'boot sector', 0, BOOT_SECTOR_BYTES, signal));
  if (reading.kind === 'foreign') return undefined;
  if (reading.kind === 'geometry') return reading.geometry;
  const copy = await readCopy(source, signal);
  if (copy === undefined) throw fileSystemDamaged('boot sector', 0, reading.reason);
  warnings.push(`The boot sector is damaged (${reading.reason}); the copy at byte ${copy.totalBytes} was used.`);
  return copy;
}
