/**
 * Contents known by their marks. All but swap are imaged whole, so a mark that is found wrongly costs space, while one
 * that is overlooked can cost data: what lies beneath may carry another, older file system's marks as well.
 *
 * VeraCrypt and TrueCrypt volumes have no mark by design, so that nothing can be said of them.
 */
import { apple } from './recognise/apple.ts';
import { clusterFileSystems } from './recognise/clusters.ts';
import { recognising } from './recognise/content.ts';
import { discs } from './recognise/discs.ts';
import { closedEncryption, luksWithoutFirstHeader } from './recognise/encrypted.ts';
import { foreignFileSystems } from './recognise/foreign.ts';
import { linuxFileSystems } from './recognise/linux.ts';
import { raidMembers } from './recognise/raid.ts';
import { smallFileSystems } from './recognise/small.ts';
import { managedVolumes } from './recognise/volume-managers.ts';
import { zfs } from './recognise/zfs.ts';
import { swap } from './swap/family.ts';
import type { FileSystemFamily } from './types.ts';

/** Asked before everybody else: what lies inside these may look like a file system of its own. */
export const recognisedContainers: FileSystemFamily = recognising('container', [
  ...raidMembers,
  ...closedEncryption,
  ...managedVolumes,
  zfs,
]);

/**
 * File systems whose maps are not read here. They are asked beside the parsed families: most of their mkfs leave the
 * marks of XFS, NTFS or FAT (byte 0), ext (1024) or btrfs (65536) in place, and a map of what was on the volume before
 * would leave out all it holds.
 */
export const recognisedFileSystems: FileSystemFamily = recognising('recognised file system', [
  ...foreignFileSystems,
  ...linuxFileSystems,
  ...smallFileSystems,
  ...clusterFileSystems,
  ...apple,
  ...discs,
  luksWithoutFirstHeader,
]);

/** Asked when nobody else knows the volume: most mkfs leave swap's signature at the end of the first page in place. */
export const recognisedLast: readonly FileSystemFamily[] = [swap];
