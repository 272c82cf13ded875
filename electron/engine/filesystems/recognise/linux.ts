/**
 * File systems of Linux whose maps are not read here. Sources: the kernel's include/linux/f2fs_fs.h,
 * include/uapi/linux/nilfs2_ondisk.h, fs/jfs/jfs_superblock.h, fs/erofs/erofs_fs.h and
 * Documentation/filesystems/squashfs.rst; reiserfsprogs' and reiser4progs' superblocks.
 */
import { crc32 } from 'node:zlib';
import { dashedUuid } from '../text.ts';
import { type Content, isBlockSize, nameIn, wideNameIn } from './content.ts';
import { packedImage, unparsed } from './sentences.ts';

const f2fs: Content = {
  type: 'f2fs',
  async find(volume) {
    const bytes = await volume.at(1024, 0x7c + 1024);
    if (bytes.readUInt32LE(0) !== 0xf2f52010) return undefined;
    return {
      version: `${bytes.readUInt16LE(4)}.${bytes.readUInt16LE(6)}`,
      uuid: dashedUuid(bytes.subarray(0x6c, 0x7c)),
      label: wideNameIn(bytes.subarray(0x7c)),
    };
  },
  why: unparsed('F2FS file systems'),
};

/** CRC-32 that starts at `seed` and is not inverted, as the kernel's crc32_le. */
function plainCrc32(seed: number, bytes: Buffer): number {
  return ~crc32(bytes, ~seed >>> 0) >>> 0;
}

const NILFS_SUM_AT = 16;
const NILFS_MOST_BYTES = 1024;

/** The mark has two bytes only, so the checksum must be right as well. */
const nilfs2: Content = {
  type: 'nilfs2',
  async find(volume) {
    const bytes = await volume.at(1024, NILFS_MOST_BYTES);
    const length = bytes.readUInt16LE(8);
    if (bytes.readUInt16LE(6) !== 0x3434 || length < 152 || length > NILFS_MOST_BYTES) return undefined;
    const summed = Buffer.from(bytes.subarray(0, length));
    summed.writeUInt32LE(0, NILFS_SUM_AT);
    if (plainCrc32(bytes.readUInt32LE(12), summed) !== bytes.readUInt32LE(NILFS_SUM_AT)) return undefined;
    return {
      version: `${bytes.readUInt32LE(0)}`,
      uuid: dashedUuid(bytes.subarray(152, 168)),
      label: nameIn(bytes.subarray(168, 248)),
    };
  },
  why: unparsed('NILFS2 file systems'),
};

/** Places of the superblock and of the mark in it; the last is that of the oldest versions. */
const REISERFS_MARKS = [
  { superblock: 65536, at: 52 },
  { superblock: 8192, at: 52 },
  { superblock: 8192, at: 20 },
] as const;
const REISERFS_VERSIONS = [
  ['ReIsErFs', '3.5'],
  ['ReIsEr2Fs', '3.6'],
  ['ReIsEr3Fs', 'JR'],
] as const;

const reiserfs: Content = {
  type: 'reiserfs',
  async find(volume) {
    for (const { superblock, at } of REISERFS_MARKS) {
      const bytes = await volume.at(superblock, 116);
      const mark = bytes.toString('latin1', at, at + 9);
      const version = REISERFS_VERSIONS.find(([known]) => mark.startsWith(known))?.[1];
      if (version === undefined) continue;
      if (version === '3.5') return { version };
      return { version, uuid: dashedUuid(bytes.subarray(84, 100)), label: nameIn(bytes.subarray(100, 116)) };
    }
    return undefined;
  },
  why: unparsed('ReiserFS file systems'),
};

const reiser4: Content = {
  type: 'reiser4',
  async find(volume) {
    const bytes = await volume.at(65536, 52);
    if (bytes.toString('latin1', 0, 7) !== 'ReIsEr4') return undefined;
    return { version: '4', uuid: dashedUuid(bytes.subarray(20, 36)), label: nameIn(bytes.subarray(36, 52)) };
  },
  why: unparsed('Reiser4 file systems'),
};

const JFS_AT = 32768;
/** FM_CLEAN of `s_state`. */
const JFS_CLEAN = 0;

const jfs: Content = {
  type: 'jfs',
  async find(volume) {
    const bytes = await volume.at(JFS_AT, 184);
    const blockBytes = bytes.readUInt32LE(16);
    if (bytes.toString('latin1', 0, 4) !== 'JFS1' || blockBytes !== 2 ** bytes.readUInt16LE(20)) return undefined;
    return {
      version: `${bytes.readUInt32LE(4)}`,
      uuid: dashedUuid(bytes.subarray(136, 152)),
      label: nameIn(bytes.subarray(152, 168)),
      state: bytes.readUInt32LE(40) === JFS_CLEAN ? 'clean' : 'dirty',
    };
  },
  why: unparsed('JFS file systems'),
};

/** Version 4 is little-endian; before, either order. */
const squashfs: Content = {
  type: 'squashfs',
  async find(volume) {
    const bytes = await volume.at(0, 32);
    const major = bytes.readUInt16LE(28);
    if (bytes.toString('latin1', 0, 4) !== 'hsqs' || major < 4) return undefined;
    return { version: `${major}.${bytes.readUInt16LE(30)}` };
  },
  why: packedImage('SquashFS'),
};

const oldSquashfs: Content = {
  type: 'squashfs3',
  async find(volume) {
    const bytes = await volume.at(0, 32);
    const mark = bytes.toString('latin1', 0, 4);
    if (mark !== 'hsqs' && mark !== 'sqsh') return undefined;
    const at = (offset: number) => (mark === 'sqsh' ? bytes.readUInt16BE(offset) : bytes.readUInt16LE(offset));
    return { version: `${at(28)}.${at(30)}` };
  },
  why: packedImage('SquashFS'),
};

const erofs: Content = {
  type: 'erofs',
  async find(volume) {
    const bytes = await volume.at(1024, 80);
    if (bytes.readUInt32LE(0) !== 0xe0f5e1e2 || !isBlockSize(2 ** bytes.readUInt8(12))) return undefined;
    return { uuid: dashedUuid(bytes.subarray(48, 64)), label: nameIn(bytes.subarray(64, 80)) };
  },
  why: packedImage('EROFS'),
};

export const linuxFileSystems: readonly Content[] = [
  f2fs,
  nilfs2,
  reiserfs,
  reiser4,
  jfs,
  squashfs,
  oldSquashfs,
  erofs,
];
