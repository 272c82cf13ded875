/** One volume of the tree. */
import { Checkbox } from '@mantine/core';
import { IconTrash, IconX } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { Volume } from '#contract';
import { Ago } from '../../components/Ago.tsx';
import { UsageBar } from '../../components/UsageBar.tsx';
import { t } from '../../i18n/t.ts';
import { formatWord, PARTITION_SCHEME_WORDS } from '../../i18n/words.ts';
import { TreeStrip } from './TreeStrip.tsx';
import type { RowProps } from './tree-props.ts';
import { VolumeBadges } from './VolumeBadges.tsx';
import { type TreeRow, volumeTitle, whyNotSelectable } from './volume-tree.ts';

/** Deeper levels are not told apart any more: their names need the room. */
const DEEPEST = 5;

/** What is on a volume without a file system. */
function contentWord({ partitionTable }: Volume): string {
  return partitionTable === undefined ? t('backup:tree.raw') : PARTITION_SCHEME_WORDS[partitionTable.scheme];
}

interface RowButtonProps {
  label: string;
  hint: string;
  onClick(): void;
  children: ReactNode;
}

function RowButton({ label, hint, onClick, children }: RowButtonProps) {
  return (
    <button type="button" className="sf-tree-toggle" tabIndex={-1} aria-label={label} title={hint} onClick={onClick}>
      {children}
    </button>
  );
}

type VolumeRowProps = RowProps & { row: TreeRow };

function Row({ row, ...props }: VolumeRowProps) {
  const { volume, level, offline } = row;
  const title = volumeTitle(volume);
  const reason = offline ? t('backup:refuse.offline') : whyNotSelectable(volume);
  const mounted = offline ? '' : volume.mounts.map((mount) => mount.mountPoint).join(', ');
  const checked = props.selected.includes(volume.name);
  const notes = props.notesOf(volume);
  const removes = t('backup:tree.removeOffline', { title });
  return (
    <tr
      className="sf-tree-row"
      aria-level={level}
      aria-selected={checked}
      data-current={props.inspected === volume.name || undefined}
      data-unavailable={reason !== '' || undefined}
      {...props.roving.row(volume.name)}
    >
      <td className="sf-tree-name" data-level={Math.min(level, DEEPEST)}>
        <Checkbox
          tabIndex={-1}
          aria-label={`${title}, ${volume.name}`}
          disabled={reason !== '' && !checked}
          title={reason}
          checked={checked}
          onChange={(event) => props.onChoose([volume.name], event.currentTarget.checked)}
        />
        <span className="sf-tree-titles">
          <span className="sf-clip" title={title}>
            {title}
          </span>
          <span className="sf-clip sf-clip-start sf-mono sf-dim" title={volume.name}>
            <bdi dir="ltr">{volume.name}</bdi>
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
      <td className="sf-small sf-clip sf-dim">
        {notes.lastImage ? <Ago instant={notes.lastImage} now={props.now} /> : t('backup:tree.never')}
      </td>
      <td className="sf-tree-state">
        <VolumeBadges volume={volume} offline={offline} tooLarge={notes.tooLarge} excluded={notes.excluded} />
        {offline && checked ? (
          <RowButton label={removes} hint={removes} onClick={() => props.onChoose([volume.name], false)}>
            <IconX size={14} aria-hidden />
          </RowButton>
        ) : null}
        {volume.kind === 'file' && !offline ? (
          <RowButton
            label={t('backup:tree.removeFile', { title })}
            hint={t('backup:tree.removeFileHint')}
            onClick={() => props.onRemoveFile(volume.name)}
          >
            <IconTrash size={14} aria-hidden />
          </RowButton>
        ) : null}
      </td>
      {volume.partitionTable ? (
        <td className="sf-tree-strip">
          <TreeStrip disk={volume} title={title} {...props} />
        </td>
      ) : null}
    </tr>
  );
}

/** Whether a row would look the same; what people can do in it never changes. */
function looksTheSame(before: VolumeRowProps, after: VolumeRowProps): boolean {
  const [one, other] = [before, after].map((props) => {
    const { volume, level, offline } = props.row;
    const { lastImage, tooLarge, excluded } = props.notesOf(volume);
    const { name, partitionTable } = volume;
    return [
      volume,
      level,
      offline,
      lastImage,
      tooLarge,
      excluded,
      props.selected.includes(name),
      props.inspected === name,
      props.roving.row(name).tabIndex,
      props.now,
      // Its strip shows other volumes.
      partitionTable && props.selected,
      partitionTable && props.volumes,
    ];
  });
  return one?.every((value, index) => Object.is(value, other?.[index])) ?? false;
}

/** Drawn again only when it looks otherwise: there may be many, and answers about each arrive by themselves. */
export const VolumeRow = memo(Row, looksTheSame);
