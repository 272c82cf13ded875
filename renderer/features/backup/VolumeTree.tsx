/** Disks and their volumes as a tree grid with check boxes. */
import { useMemo, useState } from 'react';
import { t } from '../../i18n/t.ts';
import { GroupRow } from './GroupRow.tsx';
import type { RowProps } from './tree-props.ts';
import { useTreeKeys } from './use-tree-keys.ts';
import { VolumeRow } from './VolumeRow.tsx';
import type { VolumeGroup } from './volume-tree.ts';

interface VolumeTreeProps extends Omit<RowProps, 'roving' | 'volumes'> {
  groups: readonly VolumeGroup[];
  /** For the element that rows must not move in while somebody points at it. */
  pointer: { onPointerEnter(): void; onPointerLeave(): void };
}

const COLUMNS = ['volume', 'format', 'mountedAt', 'used', 'lastImage', 'state'] as const;

export function VolumeTree({ groups, pointer, ...props }: VolumeTreeProps) {
  const [closed, setClosed] = useState<readonly string[]>([]);
  const isOpen = (group: VolumeGroup) => !closed.includes(group.key);
  const setOpen = (key: string, open: boolean) =>
    setClosed((before) =>
      open ? before.filter((each) => each !== key) : [...before.filter((each) => each !== key), key],
    );
  const volumes = useMemo(() => groups.flatMap((group) => group.rows.map(({ volume }) => volume)), [groups]);
  const keys = groups.flatMap((group) => [
    group.key,
    ...(isOpen(group) ? group.rows.map(({ volume }) => volume.name) : []),
  ]);
  const { roving, container } = useTreeKeys({ groups, keys, setOpen, ...props });

  return (
    <table aria-label={t('backup:tree.name')} className="sf-tree" {...container} {...pointer}>
      <thead>
        <tr className="sf-tree-row sf-tree-head">
          {COLUMNS.map((column) => (
            <th scope="col" key={column}>
              {t(`backup:tree.${column}`)}
            </th>
          ))}
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
            ? group.rows.map((row) => (
                <VolumeRow key={row.volume.name} row={row} volumes={volumes} roving={roving} {...props} />
              ))
            : null}
        </tbody>
      ))}
    </table>
  );
}
