/** A disk of the tree, drawn to scale. */
import type { Volume } from '#contract';
import { DiskStrip } from '../../components/DiskStrip.tsx';
import { stripLabel, stripParts } from './disk-strip.ts';
import type { RowProps } from './tree-props.ts';

interface TreeStripProps extends Pick<RowProps, 'volumes' | 'selected' | 'onChoose' | 'onInspect'> {
  disk: Volume;
  title: string;
}

export function TreeStrip({ disk, title, volumes, selected, onChoose, onInspect }: TreeStripProps) {
  return (
    <DiskStrip
      label={stripLabel(title, disk)}
      parts={stripParts({ disk, volumes, selected })}
      problems={disk.partitionTable?.problems ?? []}
      onPick={(name) => {
        onChoose([name], !selected.includes(name));
        onInspect(name);
      }}
    />
  );
}
