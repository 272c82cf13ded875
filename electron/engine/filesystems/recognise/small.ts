/**
 * Small and old file systems of Linux and its forebears. Sources: the kernel's include/uapi/linux/cramfs_fs.h,
 * romfs_fs.h, minix_fs.h, bfs_fs.h and qnxtypes.h; fs/qnx6/qnx6.h.
 */
import { type Content, type Finding, nameIn } from './content.ts';
import { packedImage, unparsed } from './sentences.ts';

/** Of either byte order, at the volume's start or behind 512 bytes of room for a boot sector. */
const cramfs: Content = {
  type: 'cramfs',
  async find(volume) {
    for (const at of [0, 512]) {
      const bytes = await volume.at(at, 64);
      const isOurs = [bytes.readUInt32LE(0), bytes.readUInt32BE(0)].includes(0x28cd3d45);
      if (!isOurs || bytes.toString('latin1', 16, 32) !== 'Compressed ROMFS') continue;
      return { label: nameIn(bytes.subarray(48, 64)) };
    }
    return undefined;
  },
  why: packedImage('CramFS'),
};

const romfs: Content = {
  type: 'romfs',
  async find(volume) {
    const bytes = await volume.at(0, 32);
    return bytes.toString('latin1', 0, 8) === '-rom1fs-' ? { label: nameIn(bytes.subarray(16)) } : undefined;
  },
  why: packedImage('ROMFS'),
};

/** UnixWare's boot file system. */
const bfs: Content = {
  type: 'bfs',
  async find(volume) {
    const bytes = await volume.at(0, 4);
    return bytes.readUInt32LE(0) === 0x1badface ? {} : undefined;
  },
  why: unparsed('BFS file systems'),
};

const MINIX_BLOCK_BITS = 8192;
const MINIX_MAGICS: Readonly<Record<number, string>> = { 4991: '1', 5007: '1', 9320: '2', 9336: '2' };
const MINIX_THIRD = 0x4d5a;
const EXT_MAGIC = 0xef53;

/** One byte order's view; the mark has two bytes only, so that the maps must be large enough for what they map too. */
function minixIn(bytes: Buffer, big: boolean): Finding | undefined {
  const short = (at: number) => (big ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at));
  const long = (at: number) => (big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  const early = MINIX_MAGICS[short(16)];
  const version = early ?? (short(24) === MINIX_THIRD ? '3' : undefined);
  if (version === undefined) return undefined;
  const isThird = version === '3';
  const inodes = isThird ? long(0) : short(0);
  const zones = version === '1' ? short(2) : long(20);
  const [inodeMap = 0, zoneMap = 0, firstZone = 0, zoneShift = 0] = isThird
    ? [short(6), short(8), short(10), short(12)]
    : [short(4), short(6), short(8), short(10)];
  const mapped = inodes > 0 && inodeMap * MINIX_BLOCK_BITS > inodes;
  const placed = firstZone <= zones && zoneMap * MINIX_BLOCK_BITS > zones - firstZone;
  return zoneShift === 0 && mapped && placed ? { version } : undefined;
}

const minix: Content = {
  type: 'minix',
  async find(volume) {
    const bytes = await volume.at(1024, 64);
    // Counts of an ext superblock may look like the mark; mkfs of Minix clears what tells ext.
    if (bytes.readUInt16LE(56) === EXT_MAGIC) return undefined;
    return minixIn(bytes, false) ?? minixIn(bytes, true);
  },
  why: unparsed('Minix file systems'),
};

/** Behind 8 KiB that belong to the boot loader and are left as they were. */
const qnx6: Content = {
  type: 'qnx6',
  async find(volume) {
    const bytes = await volume.at(8192, 4);
    return [bytes.readUInt32LE(0), bytes.readUInt32BE(0)].includes(0x68191122) ? {} : undefined;
  },
  why: unparsed('QNX6 file systems'),
};

export const smallFileSystems: readonly Content[] = [cramfs, romfs, bfs, minix, qnx6];
