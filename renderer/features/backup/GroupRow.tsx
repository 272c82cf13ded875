/** A disk, or a heading over volumes without one: opens, closes, and selects all that is below. */
import { Button, Checkbox } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconFilePlus } from '@tabler/icons-react';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { TreeStrip } from './TreeStrip.tsx';
import type { RowProps } from './tree-props.ts';
import { baseName, groupTitle, selectableNames, type VolumeGroup } from './volume-tree.ts';

interface GroupRowProps extends RowProps {
  group: VolumeGroup;
  open: boolean;
  onToggle(): void;
}

export function GroupRow({ group, open, onToggle, ...props }: GroupRowProps) {
  const names = selectableNames(group.rows);
  const own = group.rows.map(({ volume }) => volume.name).filter((name) => props.selected.includes(name));
  const all = names.length > 0 && names.every((name) => props.selected.includes(name));
  const title = groupTitle(group);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <tr
      className="sf-tree-row"
      data-group
      data-current={props.inspected === group.key || undefined}
      aria-level={1}
      aria-expanded={open}
      {...props.roving.row(group.key)}
    >
      <td className="sf-tree-name">
        <button
          type="button"
          className="sf-tree-toggle"
          tabIndex={-1}
          onClick={onToggle}
          aria-label={t(open ? 'backup:tree.close' : 'backup:tree.open', { title })}
        >
          <Chevron size={15} aria-hidden />
        </button>
        <Checkbox
          tabIndex={-1}
          aria-label={t('backup:tree.allOf', { title })}
          disabled={names.length === 0}
          checked={all}
          indeterminate={own.length > 0 && !all}
          onChange={(event) => props.onChoose(event.currentTarget.checked ? names : own, event.currentTarget.checked)}
        />
        <span className="sf-tree-titles">
          <span className="sf-clip" title={title}>
            {title}
          </span>
          {group.disk ? (
            <span className="sf-dim sf-small sf-clip sf-tree-size">
              {formatBytes(group.disk.sizeBytes)} · <span className="sf-mono">{baseName(group.disk.name)}</span>
            </span>
          ) : null}
        </span>
      </td>
      <td className="sf-tree-wide">
        {group.disk ? <TreeStrip disk={group.disk} title={title} {...props} /> : null}
        {group.kind === 'files' ? (
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconFilePlus size={14} aria-hidden />}
            onClick={props.onAddFile}
          >
            {t('backup:tree.addFile')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
