/**
 * Boot sectors that have a FAT-like beginning and are something else: a parameter block alone does not make a FAT.
 * Sources: Microsoft's NTFS, exFAT and ReFS boot sectors; libbde's "BitLocker Drive Encryption format"; libblkid on
 * the pseudo boot sectors that OS/2 puts before HPFS and JFS.
 */

const TYPE_TEXT_16 = 54;
const TYPE_TEXT_32 = 82;
const TYPE_TEXTS_16 = new Set(['FAT12   ', 'FAT16   ', 'FAT     ']);
const FOREIGN_NAMES = ['NTFS    ', 'EXFAT   ', 'ReFS', '-FVE-FS-'];
const FOREIGN_TYPE_TEXTS = new Set(['HPFS    ', 'JFS     ']);

/**
 * BitLocker To Go hides its encrypted volume in a FAT32 that old Windows can mount; only BitLocker knows which of the
 * clusters hold data. Two identifiers, one for each way to encrypt.
 */
const BITLOCKER_TO_GO_OFFSET = 424;
const BITLOCKER_TO_GO = [
  Buffer.from('3bd66749292ed84a8399f6a339e3d001', 'hex'),
  Buffer.from('3b4da89280dd0e4d9e4eb1e3284eaed8', 'hex'),
];

function textAt(bytes: Buffer, offset: number, length: number): string {
  return bytes.toString('latin1', offset, offset + length);
}

/** The text by which a boot sector says that it is FAT's (`FAT16`, `FAT32`, …); `undefined` where there is none. */
export function typeText(bytes: Buffer): string | undefined {
  if (textAt(bytes, TYPE_TEXT_32, 8) === 'FAT32   ') return 'FAT32';
  const text = textAt(bytes, TYPE_TEXT_16, 8);
  return TYPE_TEXTS_16.has(text) ? text.trim() : undefined;
}

/** True if the sector is another format's, however much its parameter block looks like FAT's. */
export function isForeign(bytes: Buffer): boolean {
  const name = textAt(bytes, 3, 8);
  if (FOREIGN_NAMES.some((foreign) => name.startsWith(foreign))) return true;
  if (FOREIGN_TYPE_TEXTS.has(textAt(bytes, TYPE_TEXT_16, 8))) return true;
  const identifier = bytes.subarray(BITLOCKER_TO_GO_OFFSET, BITLOCKER_TO_GO_OFFSET + 16);
  return BITLOCKER_TO_GO.some((known) => known.equals(identifier));
}
