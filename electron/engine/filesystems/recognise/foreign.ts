/**
 * File systems of other systems. Sources: Microsoft's FILE_SYSTEM_RECOGNITION_STRUCTURE and libyal's documentation of
 * ReFS; FreeBSD's sys/ufs/ffs/fs.h; the kernel's fs/freevxfs/vxfs.h, fs/hpfs/hpfs.h and fs/befs/befs_fs_types.h;
 * util-linux's marks of NSS.
 */
import { dashedUuid, volumeSerial } from '../text.ts';
import { type Content, nameIn } from './content.ts';
import { unparsed } from './sentences.ts';

const refs: Content = {
  type: 'ReFS',
  async find(volume) {
    const boot = await volume.at(0, 48);
    if (boot.toString('latin1', 3, 11) !== 'ReFS\0\0\0\0') return undefined;
    return boot.toString('latin1', 16, 20) === 'FSRS' ? { version: `${boot.readUInt8(40)}.${boot.readUInt8(41)}` } : {};
  },
  why: unparsed('ReFS file systems'),
};

const UFS_SUPERBLOCKS = [0, 8192, 65536, 262144] as const;
const UFS_MAGIC_AT = 1372;
const UFS2_MAGIC = 0x19540119;
/** UFS1, and its descendants with large files, long names, security and more than 4 GiB. */
const UFS1_MAGICS = [0x00011954, 0x00195612, 0x00095014, 0x00612195, 0x05231994];

/** Its superblock leaves the first 8 KiB, and with them other formats' marks, as they were. */
const ufs: Content = {
  type: 'ufs',
  async find(volume) {
    for (const at of UFS_SUPERBLOCKS) {
      const bytes = await volume.at(at, UFS_MAGIC_AT + 4);
      for (const big of [false, true]) {
        const word = (offset: number) => (big ? bytes.readUInt32BE(offset) : bytes.readUInt32LE(offset));
        const isSecond = word(UFS_MAGIC_AT) === UFS2_MAGIC;
        if (!isSecond && !UFS1_MAGICS.includes(word(UFS_MAGIC_AT))) continue;
        const id = [word(144), word(148)].map((half) => half.toString(16).padStart(8, '0')).join('');
        return {
          version: isSecond ? '2' : '1',
          uuid: /^0*$/.test(id) ? '' : id,
          label: isSecond ? nameIn(bytes.subarray(680, 712)) : '',
        };
      }
    }
    return undefined;
  },
  why: unparsed('UFS file systems'),
};

/** Little-endian at the first place (SCO, Linux), big-endian at the second (HP-UX). */
const vxfs: Content = {
  type: 'vxfs',
  async find(volume) {
    const little = await volume.at(1024, 8);
    if (little.readUInt32LE(0) === 0xa501fcf5) return { version: `${little.readUInt32LE(4)}` };
    const big = await volume.at(8192, 8);
    return big.readUInt32BE(0) === 0xa501fcf5 ? { version: `${big.readUInt32BE(4)}` } : undefined;
  },
  why: unparsed('VxFS file systems'),
};

/** OS/2. The names stand in the boot sector, which need not be there. */
const hpfs: Content = {
  type: 'hpfs',
  async find(volume) {
    const superblock = await volume.at(8192, 9);
    const spare = await volume.at(8704, 4);
    if (superblock.readUInt32LE(0) !== 0xf995e849 || spare.readUInt32LE(0) !== 0xf9911849) return undefined;
    const version = `${superblock.readUInt8(8)}`;
    const boot = await volume.at(0, 512);
    const isNamed = boot.toString('latin1', 54, 58) === 'HPFS' && boot.readUInt8(38) === 0x28;
    if (!isNamed || boot.readUInt16LE(510) !== 0xaa55) return { version };
    return { version, uuid: volumeSerial(boot.subarray(39, 43)), label: nameIn(boot.subarray(43, 54)) };
  },
  why: unparsed('HPFS file systems'),
};

const BEFS_MAGICS = [
  [32, 0x42465331],
  [36, 0x42494745],
  [68, 0xdd121031],
  [112, 0x15b6830e],
] as const;

/** BeOS and Haiku: behind the boot sector on Intel, which is left as it was, else at the start. */
const befs: Content = {
  type: 'befs',
  async find(volume) {
    for (const at of [512, 0]) {
      const bytes = await volume.at(at, 116);
      for (const big of [false, true]) {
        const word = (offset: number) => (big ? bytes.readUInt32BE(offset) : bytes.readUInt32LE(offset));
        if (!BEFS_MAGICS.every(([offset, magic]) => word(offset) === magic)) continue;
        return { version: big ? 'big-endian' : 'little-endian', label: nameIn(bytes.subarray(0, 32)) };
      }
    }
    return undefined;
  },
  why: unparsed('BeFS file systems'),
};

/** A pool of Novell Storage Services. */
const nss: Content = {
  type: 'nss',
  async find(volume) {
    const bytes = await volume.at(4096, 12);
    if (bytes.toString('latin1', 0, 4) !== 'SPB5') return undefined;
    const minor = `${bytes.readUInt16LE(10)}`.padStart(2, '0');
    const pool = await volume.at(4096 + 348, 16);
    return { version: `${bytes.readUInt16LE(8)}.${minor}`, uuid: dashedUuid(pool) };
  },
  why: unparsed('NSS pools'),
};

export const foreignFileSystems: readonly Content[] = [refs, ufs, vxfs, hpfs, befs, nss];
