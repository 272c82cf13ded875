/**
 * Feature flags of ext2/3/4 by the names that dumpe2fs prints, and which of them leave the block bitmaps a true map.
 * Source: the kernel's Documentation/filesystems/ext4/super.rst and ext4(5).
 */
import { namesOfBits } from '../whole-volume.ts';

/** The superblock's three feature words. */
export interface FeatureWords {
  compat: number;
  incompat: number;
  roCompat: number;
}

export const COMPAT = { hasJournal: 0x4, resizeInode: 0x10, sparseSuper2: 0x200 } as const;
export const INCOMPAT = {
  recover: 0x4,
  journalDev: 0x8,
  metaBg: 0x10,
  bit64: 0x80,
  flexBg: 0x200,
  checksumSeed: 0x2000,
} as const;
export const RO_COMPAT = { sparseSuper: 0x1, gdtChecksum: 0x10, bigalloc: 0x200, metadataChecksum: 0x400 } as const;

/** Bit number → name. */
type Names = Readonly<Record<number, string>>;

const COMPAT_NAMES: Names = {
  0: 'dir_prealloc',
  1: 'imagic_inodes',
  2: 'has_journal',
  3: 'ext_attr',
  4: 'resize_inode',
  5: 'dir_index',
  6: 'lazy_bg',
  8: 'snapshot_bitmap',
  9: 'sparse_super2',
  10: 'fast_commit',
  11: 'stable_inodes',
  12: 'orphan_file',
};

const INCOMPAT_NAMES: Names = {
  0: 'compression',
  1: 'filetype',
  2: 'needs_recovery',
  3: 'journal_dev',
  4: 'meta_bg',
  6: 'extent',
  7: '64bit',
  8: 'mmp',
  9: 'flex_bg',
  10: 'ea_inode',
  12: 'dirdata',
  13: 'metadata_csum_seed',
  14: 'large_dir',
  15: 'inline_data',
  16: 'encrypt',
  17: 'casefold',
};

const RO_COMPAT_NAMES: Names = {
  0: 'sparse_super',
  1: 'large_file',
  3: 'huge_file',
  4: 'uninit_bg',
  5: 'dir_nlink',
  6: 'extra_isize',
  7: 'snapshot',
  8: 'quota',
  9: 'bigalloc',
  10: 'metadata_csum',
  11: 'replica',
  12: 'read-only',
  13: 'project',
  14: 'shared_blocks',
  15: 'verity',
  16: 'orphan_present',
};

/**
 * Named features under which the bitmaps may not say everything: dead or out-of-tree formats, and `shared_blocks`,
 * whose allocation rules are its maker's.
 */
const MAP_IS_A_GUESS = new Set(['lazy_bg', 'snapshot_bitmap', 'compression', 'snapshot', 'replica', 'shared_blocks']);

/** Features of ext3 and older; anything else makes it ext4 (as libblkid tells them apart). */
const EXT3_INCOMPAT = 0x2 | 0x4 | 0x10;
const EXT3_RO_COMPAT = 0x1 | 0x2 | 0x4;

/** All features in dumpe2fs's order and spelling; unknown ones as `FEATURE_I30`. */
export function featureNames(words: FeatureWords): string[] {
  return [
    ...namesOfBits(words.compat, COMPAT_NAMES, 'FEATURE_C'),
    ...namesOfBits(words.incompat, INCOMPAT_NAMES, 'FEATURE_I'),
    ...namesOfBits(words.roCompat, RO_COMPAT_NAMES, 'FEATURE_R'),
  ];
}

/**
 * Features that make a used-block map a guess. Unknown compatible and read-only-compatible bits count too: they
 * promise that an old driver may read, not that it knows every place where blocks are in use.
 */
export function featuresThatHideBlocks(words: FeatureWords): string[] {
  return featureNames(words).filter((name) => name.startsWith('FEATURE_') || MAP_IS_A_GUESS.has(name));
}

/** `ext2`, `ext3`, `ext4`, or `jbd` for an external journal device. */
export function kernelName(words: FeatureWords): string {
  if ((words.incompat & INCOMPAT.journalDev) !== 0) return 'jbd';
  const newer = (words.incompat & ~EXT3_INCOMPAT) !== 0 || (words.roCompat & ~EXT3_RO_COMPAT) !== 0;
  if (newer) return 'ext4';
  return (words.compat & COMPAT.hasJournal) !== 0 ? 'ext3' : 'ext2';
}
