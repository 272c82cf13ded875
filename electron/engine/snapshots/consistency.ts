/** How much the moment of an image is worth: the consistency class. */
import type { Consistency, FileSystemFacts, ImageType, Volume } from '#contract';

/** Families whose probe tells a clean file system from one that was not unmounted. */
const STATE_IS_KNOWN = new Set(['ext2', 'ext3', 'ext4', 'jbd', 'xfs', 'btrfs', 'ntfs', 'vfat', 'exfat', 'swap']);

/**
 * - dynamic: `fuzzy`.
 * - mounted and kept read-only for the run, or unmounted with a file system that says it is clean: `filesystem`.
 * - everything else that stood still (raw data, a journal to replay, a state that is not known): `crash`.
 *
 * `facts` are those found while the volume stood still; without them (in a plan) a known type is taken to be clean.
 */
export function consistencyOf(input: {
  imageType: ImageType;
  volume: Pick<Volume, 'fsType' | 'mounts'>;
  facts?: FileSystemFacts | undefined;
}): Consistency {
  const { imageType, volume, facts } = input;
  if (imageType === 'dynamic') return 'fuzzy';
  if (imageType === 'snapshot') return 'crash';
  if (facts && facts.state !== 'clean') return 'crash';
  if (volume.mounts.length > 0) return 'filesystem';
  return STATE_IS_KNOWN.has(facts?.type ?? volume.fsType) ? 'filesystem' : 'crash';
}
