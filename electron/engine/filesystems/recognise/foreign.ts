/**
 * File systems of other systems. Sources: Microsoft's FILE_SYSTEM_RECOGNITION_STRUCTURE and libyal's documentation of
 * ReFS; FreeBSD's sys/ufs/ffs/fs.h; the kernel's fs/freevxfs/vxfs.h.
 */
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

export const foreignFileSystems: readonly Content[] = [refs, ufs, vxfs];
