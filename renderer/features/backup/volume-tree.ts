/** The flat list of volumes as the tree that people see. */
import type { Volume } from '#contract';

/** A disk with the volumes on it, or a heading over volumes that have no disk. */
export interface VolumeGroup {
  key: string;
  kind: 'disk' | 'loose' | 'files';
  /** The disk itself, for `disk`. */
  disk: Volume | null;
  volumes: Volume[];
}

/** Disks first, then devices without partitions, then image files (always there: files can be added). */
export function groupVolumes(volumes: readonly Volume[]): VolumeGroup[] {
  const files = volumes.filter((volume) => volume.kind === 'file');
  const devices = volumes.filter((volume) => volume.kind !== 'file');
  const parents = new Set(devices.map((volume) => volume.parent).filter((name) => name !== undefined));
  const disks = devices.filter((volume) => parents.has(volume.name) && volume.parent === undefined);
  const diskNames = new Set(disks.map((disk) => disk.name));
  const onDisk = (volume: Volume) => volume.parent !== undefined && diskNames.has(volume.parent);
  const loose = devices.filter((volume) => !diskNames.has(volume.name) && !onDisk(volume));

  const groups: VolumeGroup[] = disks.map((disk) => ({
    key: disk.name,
    kind: 'disk',
    disk,
    volumes: devices.filter((volume) => volume.parent === disk.name),
  }));
  if (loose.length > 0) groups.push({ key: 'loose', kind: 'loose', disk: null, volumes: loose });
  groups.push({ key: 'files', kind: 'files', disk: null, volumes: files });
  return groups;
}

/** The last part of a path: `home` of `/dev/mapper/vg0-home` stays `vg0-home`. */
export function baseName(path: string): string {
  return path.split('/').filter(Boolean).at(-1) ?? path;
}

/** What people call the volume: its label, else its device or file name. */
export function volumeTitle(volume: Volume): string {
  return volume.label !== '' && volume.kind !== 'file' ? volume.label : baseName(volume.name);
}

/** Why the volume cannot be chosen for a backup; empty when it can. */
export function whyNotSelectable(volume: Volume): string {
  if (volume.sizeBytes === 0) return 'There is no medium in it.';
  if (!volume.readable) return volume.needs === '' ? 'It cannot be read with your rights.' : volume.needs;
  return '';
}

/** Mount points that a static backup has to unmount or remount read-only. */
export function writableMounts(volumes: readonly Volume[]): string[] {
  return volumes.flatMap((volume) => volume.mounts.filter((mount) => !mount.readOnly).map((mount) => mount.mountPoint));
}
