/**
 * Boot sectors of file systems end in 55 AA as a master boot record does. Layouts: Microsoft's FAT specification
 * (BPB), exFAT section 3.1, NTFS and ReFS volume boot records, BitLocker's OEM id.
 */

const OEM_AT = 3;
const OEM_NAMES = ['NTFS    ', 'EXFAT   ', 'ReFS\0\0\0\0', '-FVE-FS-', 'MSWIN4.1', 'HPFS    '];
const BYTES_PER_SECTOR = 11;
const SECTORS_PER_CLUSTER = 13;
const RESERVED_SECTORS = 14;
const FAT_COPIES = 16;
const MEDIA = 21;

const isPowerOfTwo = (value: number): boolean => value > 0 && (value & (value - 1)) === 0;

/** A BIOS parameter block as every FAT has it. */
function hasParameterBlock(sector: Buffer): boolean {
  const jump = sector.readUInt8(0);
  const bytesPerSector = sector.readUInt16LE(BYTES_PER_SECTOR);
  const copies = sector.readUInt8(FAT_COPIES);
  const media = sector.readUInt8(MEDIA);
  return (
    (jump === 0xeb || jump === 0xe9) &&
    isPowerOfTwo(bytesPerSector) &&
    bytesPerSector >= 512 &&
    bytesPerSector <= 4096 &&
    isPowerOfTwo(sector.readUInt8(SECTORS_PER_CLUSTER)) &&
    sector.readUInt16LE(RESERVED_SECTORS) > 0 &&
    (copies === 1 || copies === 2) &&
    (media === 0xf0 || media >= 0xf8)
  );
}

/** Whether a first sector is, or once was, the boot sector of a file system. */
export function looksLikeBootSector(sector: Buffer): boolean {
  const oem = sector.toString('latin1', OEM_AT, OEM_AT + 8);
  return OEM_NAMES.includes(oem) || hasParameterBlock(sector);
}
