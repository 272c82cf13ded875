/**
 * What lies before a superblock that does not begin its volume. A later content that never reaches the superblock
 * (closed plain dm-crypt, a label that is not known here, a format without any mark) leaves an old map in place that
 * would leave out all it holds. So these bytes must be zero, as mkfs leaves them, or the boot loader of Linux that is
 * installed exactly there; a boot sector that nobody knows is no explanation.
 * Sources: GRUB's boot.S, diskboot.S and legacy stage1.S; Syslinux' diskstart.inc and libinstaller/setadv.c; LILO's
 * first.S.
 */
import { readStructure } from './damage.ts';
import type { ByteSource } from './types.ts';

const SECTOR_BYTES = 512;
const BOOT_SIGNATURE = 0xaa55;

/** GRUB's messages end the first sector of every version. */
const GRUB = Buffer.from('GRUB \0Geom\0Hard Disk\0Read\0 Error', 'latin1');
/** Where a list of blocks ends that the first embedded sector loads: the segment they go to. */
const GRUB_SEGMENT_AT = 2 * SECTOR_BYTES - 2;
const GRUB_SEGMENT = 0x0820;

const SYSLINUX_MAGIC = 0x3eb202fe;
const SYSLINUX_MAGIC_AT = 504;
/** Its two sectors of settings end the room before the superblock of btrfs. */
const SETTINGS_MAGIC = 0x5a2d2fa5;
const SETTINGS_BYTES = 1024;

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

/** True for the boot sector of a known loader that says where the rest of `bytes` comes from. */
function isBootLoader(bytes: Buffer): boolean {
  const sector = bytes.subarray(0, SECTOR_BYTES);
  if (sector.readUInt16LE(SECTOR_BYTES - 2) !== BOOT_SIGNATURE) return false;
  const rest = bytes.subarray(SECTOR_BYTES);
  if (sector.includes(GRUB)) return isZero(rest) || bytes.readUInt16LE(GRUB_SEGMENT_AT) === GRUB_SEGMENT;
  const name = sector.toString('latin1', 3, 11);
  if (['SYSLINUX', 'EXTLINUX'].includes(name) && sector.readUInt32LE(SYSLINUX_MAGIC_AT) === SYSLINUX_MAGIC) {
    const hasSettings =
      rest.length > SETTINGS_BYTES && rest.readUInt32LE(rest.length - SETTINGS_BYTES) === SETTINGS_MAGIC;
    return isZero(rest) || hasSettings;
  }
  return sector.toString('latin1', 6, 10) === 'LILO' && isZero(rest);
}

/** What precedes the superblock of an ext (1 KiB) or btrfs (64 KiB) file system. Throws where it cannot be read. */
export async function isStartExplained(
  source: ByteSource,
  superblockOffset: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const bytes = await readStructure(source, 'start of the volume', 0, superblockOffset, signal);
  return isZero(bytes) || isBootLoader(bytes);
}
