/** What `query volume` prints for people. */
import type { Volume } from '#contract';
import { formatBytes, formatBytesExactly } from '../figures.ts';
import { formatPairs, formatTable } from '../text-table.ts';
import { partitionPairs, tableLines } from './partition-text.ts';

/** One line a volume. */
export function volumeTable(volumes: readonly Volume[]): string[] {
  return formatTable(
    [
      { title: 'Volume', cell: ({ name }) => name },
      { title: 'Kind', cell: ({ kind }) => kind },
      { title: 'Size', align: 'right', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
      {
        title: 'Used',
        align: 'right',
        cell: ({ usedBytes }) => (usedBytes === undefined ? '' : formatBytes(usedBytes)),
      },
      { title: 'FSType', cell: ({ fsType }) => fsType },
      { title: 'Label', cell: ({ label }) => label },
      { title: 'Mounted at', cell: ({ mounts }) => mounts.map(({ mountPoint }) => mountPoint).join(', ') },
      { title: 'State', cell: stateOf },
    ],
    volumes,
  );
}

/** Everything that is known about one volume. */
export function volumeDetailLines(volume: Volume): string[] {
  const pairs = formatPairs(
    [
      ['Kind', volume.kind],
      ['Part of', volume.parent ?? ''],
      ['Size', formatBytesExactly(volume.sizeBytes)],
      ['Used', volume.usedBytes === undefined ? '' : formatBytesExactly(volume.usedBytes)],
      ['FS type', volume.fsType],
      ['Label', volume.label],
      ['UUID', volume.uuid],
      ...(volume.partition ? partitionPairs(volume.partition) : []),
      ['Partition UUID', volume.partUuid],
      ['Model', volume.model],
      ['Serial', volume.serial],
      ['Transport', volume.transport],
      ['Sectors', `${volume.logicalSectorBytes} bytes logical, ${volume.physicalSectorBytes} bytes physical`],
      ...volume.mounts.map(
        ({ mountPoint, fsType, readOnly }) =>
          ['Mounted at', `${mountPoint} (${fsType}, ${readOnly ? 'read-only' : 'read-write'})`] as const,
      ),
      ...volume.holders
        .filter(({ kind }) => kind !== 'mount')
        .map(({ kind, name, pid }) => ['In use by', `${kind} ${name}${pid === undefined ? '' : ` (${pid})`}`] as const),
      ['State', stateOf(volume)],
    ],
    '  ',
  );
  return [volume.name, ...pairs, ...(volume.partitionTable ? tableLines(volume.partitionTable, volume.kind) : []), ''];
}

function stateOf({ readable, needs, system, readOnly, removable, mounts }: Volume): string {
  if (!readable) return needs;
  const words = [
    ...(system ? ['system'] : []),
    ...(mounts.some((mount) => !mount.readOnly) ? ['mounted'] : []),
    ...(readOnly ? ['read-only'] : []),
    ...(removable ? ['removable'] : []),
  ];
  return words.length === 0 ? 'ready' : words.join(', ');
}
