/**
 * Feature bits and superblock flags of btrfs by the names that the kernel shows in /sys/fs/btrfs/features, and which of
 * them leave the extent tree a true map. Source: the kernel's include/uapi/linux/btrfs.h and btrfs_tree.h,
 * btrfs-progs' kernel-shared/uapi/btrfs_tree.h.
 */

/** The superblock's three feature words, 64 bits each. */
export interface FeatureWords {
  compat: bigint;
  compatRo: bigint;
  incompat: bigint;
}

export const INCOMPAT = { mixedBackref: 1n << 0n, metadataUuid: 1n << 10n } as const;
export const COMPAT_RO = { blockGroupTree: 1n << 3n } as const;

/** Bit number → name. */
type Names = Readonly<Record<number, string>>;

const COMPAT_RO_NAMES: Names = {
  0: 'free_space_tree',
  1: 'free_space_tree_valid',
  2: 'verity',
  3: 'block_group_tree',
};

const INCOMPAT_NAMES: Names = {
  0: 'mixed_backref',
  1: 'default_subvol',
  2: 'mixed_groups',
  3: 'compress_lzo',
  4: 'compress_zstd',
  5: 'big_metadata',
  6: 'extended_iref',
  7: 'raid56',
  8: 'skinny_metadata',
  9: 'no_holes',
  10: 'metadata_uuid',
  11: 'raid1c34',
  12: 'zoned',
  13: 'extent_tree_v2',
  14: 'raid_stripe_tree',
  16: 'simple_quota',
  17: 'remap_tree',
};

/**
 * Named features that change where blocks lie or how they are accounted for: zones with their own superblock logs,
 * several extent trees, addresses that are looked up in a further tree.
 */
const MAP_IS_A_GUESS = new Set(['zoned', 'extent_tree_v2', 'raid_stripe_tree', 'remap_tree']);

const ERROR_FLAG = 1n << 2n;
const SEEDING_FLAG = 1n << 32n;

/** Flags of a finished file system: `WRITTEN` and `RELOC` say nothing about what is in use. */
const PLAIN_FLAGS = 0b11n;

const FLAG_NAMES: Names = {
  33: 'METADUMP',
  34: 'METADUMP_V2',
  35: 'CHANGING_FSID',
  36: 'CHANGING_FSID_V2',
  37: 'CHANGING_CSUM',
  38: 'CHANGING_BG_TREE',
  39: 'CHANGING_DATA_CSUM',
  40: 'CHANGING_META_CSUM',
};

function namesOfWord(word: bigint, names: Names, prefix: string): string[] {
  const found: string[] = [];
  for (let bit = 0; bit < 64; bit++) {
    if (((word >> BigInt(bit)) & 1n) === 1n) found.push(names[bit] ?? `${prefix}${bit}`);
  }
  return found;
}

/** All features, in the order of `btrfs inspect-internal dump-super`; unknown ones as `FEATURE_I63`. */
export function featureNames(words: FeatureWords): string[] {
  return [
    ...namesOfWord(words.compat, {}, 'FEATURE_C'),
    ...namesOfWord(words.compatRo, COMPAT_RO_NAMES, 'FEATURE_R'),
    ...namesOfWord(words.incompat, INCOMPAT_NAMES, 'FEATURE_I'),
  ];
}

/**
 * Features that make a map of used blocks a guess. Unknown compatible bits count too: they promise that an old driver
 * may mount, not that it knows every place where blocks are in use.
 */
export function featuresThatHideBlocks(words: FeatureWords): string[] {
  return featureNames(words).filter((name) => name.startsWith('FEATURE_') || MAP_IS_A_GUESS.has(name));
}

/** Whether the file system noted errors of its own. */
export function errorsAreNoted(flags: bigint): boolean {
  return (flags & ERROR_FLAG) !== 0n;
}

/** Whether this is a seed: read-only ground that other file systems stand on. */
export function isSeed(flags: bigint): boolean {
  return (flags & SEEDING_FLAG) !== 0n;
}

/** Flags of a conversion that was not finished, of a dump without data, or unknown; by name. */
export function strangeFlags(flags: bigint): string[] {
  return namesOfWord(flags & ~(PLAIN_FLAGS | ERROR_FLAG | SEEDING_FLAG), FLAG_NAMES, 'FLAG_');
}
