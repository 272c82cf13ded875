/**
 * The boot sector of FAT12, FAT16 and FAT32: parsing and the checks without which nothing else may be believed.
 * Source: Microsoft's FAT specification 1.03 ("fatgen103"), "Boot Sector and BPB" and "FAT Type Determination".
 */
import { volumeSerial } from '../text.ts';
import { isForeign, typeText } from './look-alikes.ts';

/** Bytes of the boot sector that matter, whatever the sector size. */
export const BOOT_SECTOR_BYTES = 512;

/** What the parser needs of a boot sector. All offsets and lengths are bytes from the start of the volume. */
export interface BootSector {
  version: 'FAT12' | 'FAT16' | 'FAT32';
  /** Bits of one entry of the FAT. */
  entryBits: 12 | 16 | 32;
  bytesPerSector: number;
  clusterBytes: number;
  totalBytes: number;
  /** Where the first FAT starts; the others follow it directly. */
  tableOffset: number;
  /** Length of one FAT. */
  tableBytes: number;
  tableCount: number;
  /** FAT32 with mirroring switched off: the only FAT that counts. `undefined`: all are kept alike. */
  activeTable: number | undefined;
  /** FAT12 and FAT16: the root directory's place; length 0 on FAT32. */
  rootOffset: number;
  rootBytes: number;
  /** FAT32: first cluster of the root directory; 0 otherwise. */
  rootCluster: number;
  /** Where cluster 2 starts. */
  dataOffset: number;
  clusterCount: number;
  /** Highest cluster number: `clusterCount + 1`. */
  lastCluster: number;
  /** FAT32: place of the FSInfo sector; 0 = none. */
  infoOffset: number;
  /** FAT32: place of the copy of the boot sector; 0 = none. */
  backupOffset: number;
  /** `BPB_FSVer`, 0 for every FAT32 that was ever made. */
  fileSystemVersion: number;
  /** Linux's and Windows's byte: bit 0 = in use, bit 1 = errors met. */
  stateByte: number;
  uuid: string;
  /** `BS_VolLab`, empty for "NO NAME". */
  label: string;
  /** `BS_FilSysType` without spaces (`FAT16`, or just `FAT`): many formatters write it, no driver needs it. */
  typeText: string | undefined;
}

/** A boot sector, or why these bytes are none: `foreign` = another thing altogether, `damaged` = it once was one. */
export type BootSectorReading =
  | { kind: 'bootSector'; bootSector: BootSector }
  | { kind: 'foreign' }
  | { kind: 'damaged'; reason: string };

/** Below these counts of clusters a volume with a 16-bit FAT length is FAT12, then FAT16. */
const FAT12_CLUSTERS_BELOW = 4085;
const FAT16_CLUSTERS_BELOW = 65525;
const WINDOWS_FAT12_CLUSTERS_BELOW = 4087;
/** Cluster numbers from 0x0ffffff7 on have other meanings. */
const FAT32_MOST_CLUSTERS = 0x0ffffff5;
/** mkfs.fat makes at most four. */
const MOST_TABLES = 4;
const DIRECTORY_ENTRY_BYTES = 32;
const MIRRORING_OFF = 0x80;
const ACTIVE_TABLE = 0x0f;
const NO_SECTOR = 0xffff;

function isPowerOfTwo(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0;
}

/** A name padded with spaces; "NO NAME" stands for none. The code page is not recorded, so bytes are characters. */
export function paddedName(bytes: Buffer): string {
  const name = bytes.toString('latin1').replace(/[\0 ]+$/, '');
  return name === 'NO NAME' ? '' : name;
}

/** As blkid prints it; a serial number of zero is none. */
function spelledSerial(serial: Buffer): string {
  return serial.readUInt32LE(0) === 0 ? '' : volumeSerial(serial);
}

/** What is wrong with the parameter block, or its values. Never throws on any content. */
function parse(bytes: Buffer, text: string | undefined): BootSector | string {
  const bytesPerSector = bytes.readUInt16LE(11);
  const sectorsPerCluster = bytes.readUInt8(13);
  const reservedSectors = bytes.readUInt16LE(14);
  const tableCount = bytes.readUInt8(16);
  const rootEntries = bytes.readUInt16LE(17);
  const media = bytes.readUInt8(21);
  const tableSectors16 = bytes.readUInt16LE(22);
  // Every driver goes by the 16-bit fields first, and by the 32-bit ones where those are zero.
  const isFat32 = tableSectors16 === 0;
  const tableSectors = isFat32 ? bytes.readUInt32LE(36) : tableSectors16;
  const totalSectors = bytes.readUInt16LE(19) || bytes.readUInt32LE(32);
  if (!isPowerOfTwo(bytesPerSector) || bytesPerSector < 512 || bytesPerSector > 4096) {
    return 'its sector size is impossible';
  }
  if (!isPowerOfTwo(sectorsPerCluster)) return 'its cluster size is impossible';
  if (reservedSectors === 0) return 'it has no reserved sectors';
  if (tableCount === 0 || tableCount > MOST_TABLES) return 'its number of FATs is impossible';
  if (media !== 0xf0 && media < 0xf8) return 'its media byte is impossible';
  if (tableSectors === 0) return 'its FATs have no length';
  const rootBytes = rootEntries * DIRECTORY_ENTRY_BYTES;
  if (isFat32 ? rootEntries !== 0 : rootEntries === 0 || rootBytes % bytesPerSector !== 0) {
    return 'its number of root directory entries is impossible';
  }

  const tableOffset = reservedSectors * bytesPerSector;
  const tableBytes = tableSectors * bytesPerSector;
  const rootOffset = tableOffset + tableCount * tableBytes;
  const dataOffset = rootOffset + rootBytes;
  const totalBytes = totalSectors * bytesPerSector;
  const clusterBytes = sectorsPerCluster * bytesPerSector;
  const clusterCount = Math.floor((totalBytes - dataOffset) / clusterBytes);
  if (clusterCount < 1) return 'it leaves no room for clusters';
  // The specification goes by the count alone, yet small FAT32 volumes exist (mkfs.fat -F 32, EFI system partitions),
  // and Linux, Windows and fsck.fat all take a 16-bit FAT length of zero for FAT32.
  if (clusterCount > (isFat32 ? FAT32_MOST_CLUSTERS : FAT16_CLUSTERS_BELOW - 1)) {
    return 'it has more clusters than its FAT can number';
  }
  const version = isFat32 ? 'FAT32' : clusterCount < FAT12_CLUSTERS_BELOW ? 'FAT12' : 'FAT16';
  const rootCluster = isFat32 ? bytes.readUInt32LE(44) : 0;
  if (isFat32 && (rootCluster < 2 || rootCluster > clusterCount + 1)) return 'its root directory cluster is impossible';

  const flags = isFat32 ? bytes.readUInt16LE(40) : 0;
  const reservedPlace = (sector: number) =>
    isFat32 && sector !== NO_SECTOR && sector < reservedSectors ? sector * bytesPerSector : 0;
  const extension = isFat32 ? 64 : 36;
  // 0x28: a serial number without label and type text; 0x29: with both; else the bytes are boot code.
  const extended = bytes.readUInt8(extension + 2);
  const serial = bytes.subarray(extension + 3, extension + 7);
  return {
    version,
    entryBits: version === 'FAT12' ? 12 : version === 'FAT16' ? 16 : 32,
    bytesPerSector,
    clusterBytes,
    totalBytes,
    tableOffset,
    tableBytes,
    tableCount,
    activeTable: (flags & MIRRORING_OFF) === 0 ? undefined : flags & ACTIVE_TABLE,
    rootOffset,
    rootBytes,
    rootCluster,
    dataOffset,
    clusterCount,
    lastCluster: clusterCount + 1,
    infoOffset: isFat32 ? reservedPlace(bytes.readUInt16LE(48)) : 0,
    backupOffset: isFat32 ? reservedPlace(bytes.readUInt16LE(50)) : 0,
    fileSystemVersion: isFat32 ? bytes.readUInt16LE(42) : 0,
    stateByte: bytes.readUInt8(extension + 1),
    uuid: extended === 0x28 || extended === 0x29 ? spelledSerial(serial) : '',
    label: extended === 0x29 ? paddedName(bytes.subarray(extension + 7, extension + 18)) : '',
    typeText: text,
  };
}

/**
 * True if not everybody reads entries of the same width here. By the specification and Linux FAT16 starts at 4085
 * clusters, by Windows at 4087; some programs go by the text alone.
 */
export function widthIsDisputed({ version, typeText, clusterCount }: BootSector): boolean {
  if (typeText !== undefined && typeText !== 'FAT') return typeText !== version;
  return version === 'FAT16' && clusterCount < WINDOWS_FAT12_CLUSTERS_BELOW;
}

/** Parses `BOOT_SECTOR_BYTES` bytes. Never throws on any content. */
export function readBootSector(bytes: Buffer): BootSectorReading {
  if (bytes.length < BOOT_SECTOR_BYTES || isForeign(bytes)) return { kind: 'foreign' };
  const text = typeText(bytes);
  const jump = bytes.readUInt8(0);
  const jumps = jump === 0xeb || jump === 0xe9;
  const signed = bytes.readUInt16LE(510) === 0xaa55;
  const wrong = !jumps ? 'it does not start with a jump' : !signed ? 'its signature is missing' : parse(bytes, text);
  if (typeof wrong !== 'string') return { kind: 'bootSector', bootSector: wrong };
  // Boot sectors of other things jump and are signed too: only the text makes it a damaged one.
  return text !== undefined && (jumps || signed) ? { kind: 'damaged', reason: wrong } : { kind: 'foreign' };
}
