/** Which volumes the wizard speaks of. */
import type { Volume } from '#contract';

/** Contents that are part of something else, or not worth an image. */
const NOT_CANDIDATES = new Set(['swap', 'LVM2_member', 'linux_raid_member', 'crypto_LUKS', 'iso9660', 'squashfs']);

const isMounted = (volume: Volume): boolean => volume.mounts.length > 0;

/** Volumes with a file system that can be read: those in use first, otherwise in the order of the list. */
export function candidatesOf(volumes: readonly Volume[]): Volume[] {
  const candidates = volumes.filter(
    (volume) =>
      volume.readable &&
      volume.sizeBytes > 0 &&
      volume.fsType !== '' &&
      volume.kind !== 'rom' &&
      !NOT_CANDIDATES.has(volume.fsType) &&
      // The table of a whole disk; its partitions are in the list themselves.
      volume.partitionTable === undefined &&
      // The firmware's own partition is made again by whoever installs a boot loader.
      !volume.mounts.some(({ mountPoint }) => /^\/(boot\/)?efi$/.test(mountPoint)),
  );
  return [...candidates.filter(isMounted), ...candidates.filter((volume) => !isMounted(volume))];
}
