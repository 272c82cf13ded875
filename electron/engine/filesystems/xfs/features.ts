/**
 * Features of XFS by the names that `xfs_db -c version` prints, and which of them leave the free space trees a true map.
 * Source: the kernel's fs/xfs/libxfs/xfs_format.h (6.18).
 */
import { namesOfBits } from '../whole-volume.ts';

/** The feature words of the superblock; the last four are zero before version 5. */
export interface FeatureWords {
  /** Format version, the low four bits of `sb_versionnum`. */
  version: number;
  /** The other bits of `sb_versionnum`. */
  versionnum: number;
  features2: number;
  compat: number;
  roCompat: number;
  incompat: number;
  logIncompat: number;
}

type Word = Exclude<keyof FeatureWords, 'version'>;

export const VERSION = { logV2: 0x400, extflg: 0x1000, dirV2: 0x2000, morebits: 0x8000 } as const;
export const FEATURES2 = { lazySuperblockCounters: 0x2 } as const;
export const INCOMPAT = { metaUuid: 0x4, needsRepair: 0x10 } as const;

/** Word, bit number and name, in xfs_db's order. */
const NAMES: readonly (readonly [Word, number, string])[] = [
  ['versionnum', 5, 'NLINK'],
  ['versionnum', 9, 'SHARED'],
  ['versionnum', 13, 'DIRV2'],
  ['versionnum', 4, 'ATTR'],
  ['versionnum', 6, 'QUOTA'],
  ['versionnum', 7, 'ALIGN'],
  ['versionnum', 8, 'DALIGN'],
  ['versionnum', 10, 'LOGV2'],
  ['versionnum', 12, 'EXTFLG'],
  ['versionnum', 11, 'SECTOR'],
  ['versionnum', 14, 'ASCII_CI'],
  ['versionnum', 15, 'MOREBITS'],
  ['features2', 3, 'ATTR2'],
  ['features2', 1, 'LAZYSBCOUNT'],
  ['features2', 7, 'PROJID32BIT'],
  ['features2', 8, 'CRC'],
  ['features2', 9, 'FTYPE'],
  ['incompat', 0, 'FTYPE'],
  ['roCompat', 0, 'FINOBT'],
  ['incompat', 1, 'SPARSE_INODES'],
  ['incompat', 2, 'META_UUID'],
  ['roCompat', 1, 'RMAPBT'],
  ['roCompat', 2, 'REFLINK'],
  ['roCompat', 3, 'INOBTCNT'],
  ['incompat', 3, 'BIGTIME'],
  ['incompat', 4, 'NEEDSREPAIR'],
  ['incompat', 5, 'NREXT64'],
  ['incompat', 6, 'EXCHANGE'],
  ['incompat', 7, 'PARENT'],
  ['incompat', 8, 'METADIR'],
  ['incompat', 9, 'ZONED'],
  ['incompat', 10, 'ZONE_GAPS'],
  ['logIncompat', 0, 'LOG_XATTRS'],
];

/** Prefixes of unknown bits, as `FEATURE_I30`. */
const PREFIXES: readonly (readonly [Word, string])[] = [
  ['versionnum', 'FEATURE_V'],
  ['features2', 'FEATURE_F'],
  ['compat', 'FEATURE_C'],
  ['roCompat', 'FEATURE_R'],
  ['incompat', 'FEATURE_I'],
  ['logIncompat', 'FEATURE_L'],
];

/**
 * Named features under which the free space trees of the allocation groups may not say everything: a bit that nobody
 * ever implemented, and realtime groups and zones, whose space lies outside the allocation groups.
 */
const MAP_IS_A_GUESS = new Set(['SHARED', 'METADIR', 'ZONED', 'ZONE_GAPS']);

const REQUIRED_BY_VERSION_4 = VERSION.dirV2 | VERSION.extflg;
/** NLINK, ALIGN, LOGV2, EXTFLG, DIRV2, MOREBITS. */
const REQUIRED_BY_VERSION_5 = 0xb4a0;
/** LAZYSBCOUNT, ATTR2, PROJID32BIT, CRC. */
const REQUIRED_FEATURES2_BY_VERSION_5 = 0x18a;

function isKnown(words: FeatureWords, word: Word, bit: number): boolean {
  if (word === 'features2' && bit === 8) return words.version === 5;
  return NAMES.some(([ofWord, number]) => ofWord === word && number === bit);
}

/** All features in xfs_db's order and spelling, without the version; unknown ones as `FEATURE_I30`. */
export function featureNames(words: FeatureWords): string[] {
  const known = NAMES.filter(([word, bit]) => ((words[word] >>> bit) & 1) === 1 && isKnown(words, word, bit));
  const unknown = PREFIXES.flatMap(([word, prefix]) => {
    let bits = words[word];
    for (let bit = 0; bit < 32; bit++) if (isKnown(words, word, bit)) bits &= ~(1 << bit);
    return namesOfBits(bits >>> 0, {}, prefix);
  });
  return [...new Set([...known.map(([, , name]) => name), ...unknown])];
}

/**
 * Features that make a used-block map a guess. Unknown compatible and read-only-compatible bits count too: they
 * promise that an old driver may read, not that it knows every place where blocks are in use.
 */
export function featuresThatHideBlocks(words: FeatureWords): string[] {
  return featureNames(words).filter((name) => name.startsWith('FEATURE_') || MAP_IS_A_GUESS.has(name));
}

/** Why this is no format that Linux ever mounted; `undefined`: it is version 4 or 5 with all that these require. */
export function whyFormatUnknown(words: FeatureWords): string | undefined {
  const { version, versionnum, features2 } = words;
  if (version !== 4 && version !== 5) {
    return `The file system has XFS format version ${version}, whose block usage is not known here.`;
  }
  const required = version === 4 ? REQUIRED_BY_VERSION_4 : REQUIRED_BY_VERSION_5;
  const required2 = version === 4 ? 0 : REQUIRED_FEATURES2_BY_VERSION_5;
  if ((versionnum & required) === required && (features2 & required2) === required2) return undefined;
  return `The file system lacks features that XFS format version ${version} requires, so its block usage is not known here.`;
}
