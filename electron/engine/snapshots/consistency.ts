/** How much the moment of an image is worth: the consistency class. */
import type { Consistency, FileSystemFacts, ImageType, Volume } from '#contract';

/** Families whose probe tells a clean file system from one that was not unmounted. */
const STATE_IS_KNOWN = new Set(['ext2', 'ext3', 'ext4', 'jbd', 'xfs', 'btrfs', 'ntfs', 'vfat', 'exfat', 'swap']);

/**
 * - dynamic: `fuzzy`.
 * - the snapshot command that makes the application stand still succeeded (`quiesced`): `application`.
 * - a snapshot of a frozen file system; mounted and kept read-only for the run; unmounted with a file system that says
 *   it is clean: `filesystem`.
 * - everything else that stood still (raw data, a journal to replay, a state that is not known): `crash`.
 *
 * `facts` are those found while the volume stood still; without them (in a plan) a known type is taken to be clean.
 */
export function consistencyOf(input: {
  imageType: ImageType;
  volume: Pick<Volume, 'fsType' | 'mounts'>;
  facts?: FileSystemFacts | undefined;
  /** Of snapshots: the mounted file system was frozen when it was taken. */
  frozen?: boolean | undefined;
  /** Of snapshots: `presnapshotcmd` succeeded. */
  quiesced?: boolean | undefined;
}): Consistency {
  const { imageType, volume, facts, frozen = false, quiesced = false } = input;
  if (imageType === 'dynamic') return 'fuzzy';
  if (imageType === 'snapshot' && quiesced) return 'application';
  const mounted = volume.mounts.length > 0;
  if (imageType === 'snapshot' && mounted) {
    if (!frozen || facts?.state === 'errors') return 'crash';
    // A journal to replay after a freeze means that somebody wrote past the file system.
    return facts && STATE_IS_KNOWN.has(facts.type) && facts.state !== 'clean' ? 'crash' : 'filesystem';
  }
  if (facts && facts.state !== 'clean') return 'crash';
  if (mounted) return 'filesystem';
  return STATE_IS_KNOWN.has(facts?.type ?? volume.fsType) ? 'filesystem' : 'crash';
}
