/**
 * `BTRFS`: btrfs, frozen for as long as it is read. Its own snapshots are of files: on the device their blocks lie among
 * those of the live file system, whose trees change all the time. Only a file system that stands still can be imaged
 * block by block.
 */
import { freezeProvider } from './freezing/freeze-provider.ts';

export const btrfs = freezeProvider({
  name: 'BTRFS',
  method: 'btrfs frozen while the image is taken (its own snapshots do not keep a block device still)',
  refuse: (volume) =>
    volume.fsType === 'btrfs'
      ? undefined
      : { reason: `There is no btrfs on ${volume.name}.`, remedy: 'Use the provider FREEZE, or a static image.' },
});
