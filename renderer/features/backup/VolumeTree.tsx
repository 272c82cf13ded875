/** Disks and their volumes as a tree grid with check boxes. */
import { Button, Checkbox } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconFilePlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Volume } from '#contract';
import { Ago } from '../../components/Ago.tsx';
import { DiskStrip } from '../../components/DiskStrip.tsx';
import { UsageBar } from '../../components/UsageBar.tsx';
import { type RovingRows, useRovingRows } from '../../components/use-roving-rows.ts';
import { formatBytes } from '../../i18n/quantities.ts';
import { formatWord, PARTITION_SCHEME_WORDS } from '../../i18n/words.ts';
import { stripLabel, stripParts } from './disk-strip.ts';
import { VolumeBadges } from './VolumeBadges.tsx';
import { baseName, type VolumeGroup, volumeTitle, whyNotSelectable } from './volume-tree.ts';

interface VolumeTreeProps {
  groups: readonly VolumeGroup[];
  selected: readonly string[];
  /** Time of the newest image by volume name. */
  lastImages: ReadonlyMap<string, string>;
  now: number;
  onChoose(names: readonly string[], on: boolean): void;
  onAddFile(): void;
  onRemoveFile(path: string): void;
}

const isSelectable = (volume: Volume) => whyNotSelectable(volume) === '';

function groupTitle(group: VolumeGroup): string {
  if (group.disk) return group.disk.model === '' ? baseName(group.disk.name) : group.disk.model;
  if (group.kind === 'files') return `Image files (${group.volumes.length})`;
  return 'Other devices';
}

/** What is on a volume without a file system. */
function contentWord({ partitionTable }: Volume): string {
  return partitionTable === undefined ? 'raw' : PARTITION_SCHEME_WORDS[partitionTable.scheme];
}

interface RowProps extends Omit<VolumeTreeProps, 'groups'> {
  /** All of them: a strip may show volumes of other rows. */
  volumes: readonly Volume[];
  roving: RovingRows;
}

function Strip({
  disk,
  title,
  volumes,
  selected,
  onChoose,
}: Pick<RowProps, 'volumes' | 'selected' | 'onChoose'> & { disk: Volume; title: string }) {
  return (
    <DiskStrip
      label={stripLabel(title, disk)}
      parts={stripParts({ disk, volumes, selected })}
      problems={disk.partitionTable?.problems ?? []}
      onPick={(name) => onChoose([name], !selected.includes(name))}
    />
  );
}

function GroupRow({
  group,
  open,
  onToggle,
  ...props
}: RowProps & { group: VolumeGroup; open: boolean; onToggle(): void }) {
  const names = group.volumes.filter(isSelectable).map((volume) => volume.name);
  const chosen = names.filter((name) => props.selected.includes(name));
  const title = groupTitle(group);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <tr className="sf-tree-row" data-group aria-level={1} aria-expanded={open} {...props.roving.row(group.key)}>
      <td className="sf-tree-name">
        <button
          type="button"
          className="sf-tree-toggle"
          tabIndex={-1}
          onClick={onToggle}
          aria-label={`${open ? 'Close' : 'Open'} ${title}`}
        >
          <Chevron size={15} aria-hidden />
        </button>
        <Checkbox
          tabIndex={-1}
          aria-label={`All volumes of ${title}`}
          disabled={names.length === 0}
          checked={names.length > 0 && chosen.length === names.length}
          indeterminate={chosen.length > 0 && chosen.length < names.length}
          onChange={(event) => props.onChoose(names, event.currentTarget.checked)}
        />
        <span className="sf-clip" title={title}>
          {title}
        </span>
        {group.disk ? (
          <span className="sf-dim sf-small sf-nowrap">
            {formatBytes(group.disk.sizeBytes)} · <span className="sf-mono">{baseName(group.disk.name)}</span>
          </span>
        ) : null}
      </td>
      <td className="sf-tree-wide">
        {group.disk ? (
          <Strip
            disk={group.disk}
            volumes={props.volumes}
            title={title}
            selected={props.selected}
            onChoose={props.onChoose}
          />
        ) : null}
        {group.kind === 'files' ? (
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconFilePlus size={14} aria-hidden />}
            onClick={props.onAddFile}
          >
            Add image file…
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

function VolumeRow({ volume, ...props }: RowProps & { volume: Volume }) {
  const title = volumeTitle(volume);
  const reason = whyNotSelectable(volume);
  const lastImage = props.lastImages.get(volume.name);
  const mounted = volume.mounts.map((mount) => mount.mountPoint).join(', ');
  const checked = props.selected.includes(volume.name);
  return (
    <tr
      className="sf-tree-row"
      aria-level={2}
      aria-selected={checked}
      data-unavailable={reason !== '' || undefined}
      {...props.roving.row(volume.name)}
    >
      <td className="sf-tree-name" data-level={2}>
        <Checkbox
          tabIndex={-1}
          aria-label={`${title}, ${volume.name}`}
          disabled={reason !== ''}
          title={reason}
          checked={checked}
          onChange={(event) => props.onChoose([volume.name], event.currentTarget.checked)}
        />
        <span className="sf-tree-titles">
          <span className="sf-clip" title={title}>
            {title}
          </span>
          <span className="sf-clip sf-mono sf-dim" title={volume.name}>
            {volume.name}
          </span>
        </span>
      </td>
      <td className="sf-clip sf-mono" title={volume.fsType}>
        {volume.fsType === '' ? <span className="sf-dim">{contentWord(volume)}</span> : formatWord(volume.fsType)}
      </td>
      <td className="sf-clip sf-mono" title={mounted}>
        {mounted === '' ? <span className="sf-dim">–</span> : mounted}
      </td>
      <td>
        <UsageBar sizeBytes={volume.sizeBytes} usedBytes={volume.usedBytes} />
      </td>
      <td className="sf-small sf-clip sf-dim">{lastImage ? <Ago instant={lastImage} now={props.now} /> : 'never'}</td>
      <td className="sf-tree-state">
        <VolumeBadges volume={volume} />
        {volume.kind === 'file' ? (
          <button
            type="button"
            className="sf-tree-toggle"
            tabIndex={-1}
            aria-label={`Remove ${title} from the list`}
            title="Remove from the list. The file itself stays."
            onClick={() => props.onRemoveFile(volume.name)}
          >
            <IconTrash size={14} aria-hidden />
          </button>
        ) : null}
      </td>
      {volume.partitionTable ? (
        <td className="sf-tree-strip">
          <Strip
            disk={volume}
            volumes={props.volumes}
            title={title}
            selected={props.selected}
            onChoose={props.onChoose}
          />
        </td>
      ) : null}
    </tr>
  );
}

export function VolumeTree({ groups, ...props }: VolumeTreeProps) {
  const [closed, setClosed] = useState<readonly string[]>([]);
  const isOpen = (group: VolumeGroup) => !closed.includes(group.key);
  const setOpen = (key: string, open: boolean) =>
    setClosed((before) =>
      open ? before.filter((each) => each !== key) : [...before.filter((each) => each !== key), key],
    );
  const volumes = groups.flatMap((group) => group.volumes);
  const keys = groups.flatMap((group) => [group.key, ...(isOpen(group) ? group.volumes.map((each) => each.name) : [])]);

  const roving = useRovingRows('treegrid', keys, (rowKey, key) => {
    const group = groups.find((each) => each.key === rowKey);
    if (key === 'ArrowRight' && group) {
      setOpen(rowKey, true);
      return true;
    }
    if (key === 'ArrowLeft') {
      const owner = group ?? groups.find((each) => each.volumes.some((volume) => volume.name === rowKey));
      if (!owner) return false;
      if (group) setOpen(rowKey, false);
      else document.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(owner.key)}"]`)?.focus();
      return true;
    }
    if (key !== ' ' && key !== 'Enter') return false;
    const names = (
      group ? group.volumes : groups.flatMap((each) => each.volumes).filter((each) => each.name === rowKey)
    )
      .filter(isSelectable)
      .map((volume) => volume.name);
    props.onChoose(names, !names.every((name) => props.selected.includes(name)));
    return true;
  });

  return (
    <table aria-label="Volumes" className="sf-tree" {...roving.container}>
      <thead>
        <tr className="sf-tree-row sf-tree-head">
          <th scope="col">Volume</th>
          <th scope="col">Format</th>
          <th scope="col">Mounted at</th>
          <th scope="col">Used</th>
          <th scope="col">Last image</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.key}>
          <GroupRow
            group={group}
            open={isOpen(group)}
            onToggle={() => setOpen(group.key, !isOpen(group))}
            volumes={volumes}
            roving={roving}
            {...props}
          />
          {isOpen(group)
            ? group.volumes.map((volume) => (
                <VolumeRow key={volume.name} volume={volume} volumes={volumes} roving={roving} {...props} />
              ))
            : null}
        </tbody>
      ))}
    </table>
  );
}
