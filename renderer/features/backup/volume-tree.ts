/** The flat list of volumes as the tree that people see. */
import type { Volume } from '#contract';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';

/** A volume in its group; on disks those that stand on another volume lie deeper. */
export interface TreeRow {
  volume: Volume;
  /** From 2, below the group's own 1. */
  level: number;
  /** Other volumes of the tree stand on it: it holds their bytes, and says nothing by itself. */
  carries: boolean;
  /** It was here, and is not any more. */
  offline: boolean;
  /** A rule excludes it from image backup: the engine refuses it. */
  excluded: boolean;
}

/** What is known of volumes by their name. */
export interface VolumeMarks {
  isOffline(name: string): boolean;
  isExcluded(name: string): boolean;
}

/** A disk with the volumes on it, or a heading over volumes that have no disk. */
export interface VolumeGroup {
  key: string;
  kind: 'disk' | 'loose' | 'files';
  /** The disk itself, for `disk`. */
  disk: Volume | null;
  rows: TreeRow[];
}

/**
 * Disks first, then devices without partitions, then image files (always there: files can be added). Below their disk,
 * volumes stand under what they are on: logical volumes under the partition of their group.
 */
export function groupVolumes(volumes: readonly Volume[], marks: VolumeMarks): VolumeGroup[] {
  const files = volumes.filter((volume) => volume.kind === 'file');
  const devices = volumes.filter((volume) => volume.kind !== 'file');
  const childrenOf = new Map<string, Volume[]>();
  for (const volume of devices) {
    if (volume.parent !== undefined) childrenOf.set(volume.parent, [...(childrenOf.get(volume.parent) ?? []), volume]);
  }
  const disks = devices.filter((volume) => childrenOf.has(volume.name) && volume.parent === undefined);
  const placed = new Set(disks.map(({ name }) => name));

  function row(volume: Volume, level: number): TreeRow {
    const { name } = volume;
    return {
      volume,
      level,
      carries: childrenOf.has(name),
      offline: marks.isOffline(name),
      excluded: marks.isExcluded(name),
    };
  }

  /** Each volume once, whatever the parents say. */
  function below(parent: string, level: number): TreeRow[] {
    return (childrenOf.get(parent) ?? []).flatMap((volume) => {
      if (placed.has(volume.name)) return [];
      placed.add(volume.name);
      return [row(volume, level), ...below(volume.name, level + 1)];
    });
  }

  const groups: VolumeGroup[] = disks.map((disk) => ({
    key: disk.name,
    kind: 'disk',
    disk,
    rows: below(disk.name, 2),
  }));
  const loose: TreeRow[] = [];
  for (const volume of devices) {
    // Its parent comes first, and brings it along.
    const waits = devices.some(({ name, parent }) => name === volume.parent && parent !== volume.name);
    if (placed.has(volume.name) || waits) continue;
    placed.add(volume.name);
    loose.push(row(volume, 2), ...below(volume.name, 3));
  }
  // What stands in a circle, as no machine has it, is listed all the same.
  for (const volume of devices) if (!placed.has(volume.name)) loose.push(row(volume, 2));
  if (loose.length > 0) groups.push({ key: 'loose', kind: 'loose', disk: null, rows: loose });
  groups.push({ key: 'files', kind: 'files', disk: null, rows: files.map((volume) => row(volume, 2)) });
  return groups;
}

/** The last part of a path: `home` of `/dev/mapper/vg0-home` stays `vg0-home`. */
export function baseName(path: string): string {
  return path.split('/').filter(Boolean).at(-1) ?? path;
}

/** What people call the volume: its label, else its device or file name. */
export function volumeTitle(volume: Pick<Volume, 'label' | 'kind' | 'name'>): string {
  return volume.label !== '' && volume.kind !== 'file' ? volume.label : baseName(volume.name);
}

/** What people call the group: the disk's model, else its device name. */
export function groupTitle({ disk, kind, rows }: VolumeGroup): string {
  if (disk) return disk.model === '' ? baseName(disk.name) : disk.model;
  return kind === 'files' ? t('backup:tree.files', { count: rows.length }) : t('backup:tree.loose');
}

/** Why the volume cannot be chosen for a backup; empty when it can. */
export function whyNotSelectable(volume: Pick<Volume, 'sizeBytes' | 'readable' | 'needs'>): string {
  if (volume.sizeBytes === 0) return t('backup:refuse.noMedium');
  if (!volume.readable) return volume.needs === '' ? t('backup:refuse.noRights') : translateSentence(volume.needs);
  return '';
}

/** The volumes that “all of them” means: what can be backed up now, without what only carries another of them. */
export function selectableNames(rows: readonly TreeRow[]): string[] {
  return rows
    .filter(
      ({ volume, carries, offline, excluded }) => !carries && !offline && !excluded && whyNotSelectable(volume) === '',
    )
    .map(({ volume }) => volume.name);
}

/** Mount points that a static backup has to unmount or remount read-only. */
export function writableMounts(volumes: readonly Volume[]): string[] {
  return volumes.flatMap((volume) => volume.mounts.filter((mount) => !mount.readOnly).map((mount) => mount.mountPoint));
}
