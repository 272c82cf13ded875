/** Names and identifiers as file systems store them, in the spelling that blkid prints. */

/** Text up to the first zero byte. */
export function zeroTerminated(bytes: Buffer, encoding: BufferEncoding = 'utf8'): string {
  const end = bytes.indexOf(0);
  return bytes.toString(encoding, 0, end < 0 ? bytes.length : end);
}

/** 16 bytes as `00112233-4455-6677-8899-aabbccddeeff`; empty where all are zero. */
export function dashedUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  if (/^0*$/.test(hex)) return '';
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A 32-bit volume serial number, little-endian, as FAT and exFAT print it: `1A2B-3C4D`. */
export function volumeSerial(bytes: Buffer): string {
  const digits = Buffer.from(bytes.subarray(0, 4)).reverse().toString('hex').toUpperCase();
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}

/** Up to 8 bytes, little-endian, in upper-case hexadecimal, as NTFS serial numbers are printed. */
export function hexSerial(bytes: Buffer): string {
  return Buffer.from(bytes).reverse().toString('hex').toUpperCase();
}
