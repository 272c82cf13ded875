/** Which volumes the wizard speaks of. */
import type { Volume } from '#contract';

/** Contents that are part of something else, or not worth an image. */
const NOT_CANDIDATES = new Set(['swap', 'LVM2_member', 'linux_raid_member', 'crypto_LUKS', 'iso9660', 'squashfs']);

/** Volumes with a file system that can be read, in the order of the list. */
export function candidatesOf(volumes: readonly Volume[]): Volume[] {
  return volumes.filter(
    (volume) =>
      volume.readable &&
      volume.sizeBytes > 0 &&
      volume.fsType !== '' &&
      volume.kind !== 'rom' &&
      !NOT_CANDIDATES.has(volume.fsType) &&
      // The table of a whole disk; its partitions are in the list themselves.
      volume.partitionTable === undefined,
  );
}
