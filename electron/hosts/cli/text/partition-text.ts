/** What is printed for people about partitions and their tables. */
import type { PartitionEntry, PartitionedDisk, PartitionTable, VolumeKind, VolumePartition } from '#contract';
import { formatBytes, formatBytesExactly, plural } from '../figures.ts';
import { formatPairs, formatTable } from '../text-table.ts';

type Pairs = readonly (readonly [string, string])[];

const SCHEMES = { gpt: 'GPT', mbr: 'MBR' } as const satisfies Record<PartitionTable['scheme'], string>;

/** A terminal obeys control characters; names come from disks of strangers. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '�');
}

function typeOf({ typeId, typeName }: PartitionEntry): string {
  return typeName === '' ? typeId : `${typeName} (${typeId})`;
}

function flagsOf({ active, attributes }: PartitionEntry): string {
  return [...(active ? ['active'] : []), ...attributes.map((bit) => `bit ${bit}`)].join(', ');
}

/** One partition's entry. */
export function partitionPairs(partition: VolumePartition): Pairs {
  const { scheme } = partition.disk;
  const role = partition.role === 'logical' ? ', logical' : '';
  return [
    ['Partition', `${partition.number} (${SCHEMES[scheme]}${role})`],
    ['Partition type', typeOf(partition)],
    ['Partition name', printable(partition.name)],
    ['Partition start', formatBytesExactly(partition.startBytes)],
    ['Partition size', formatBytesExactly(partition.sizeBytes)],
    ['Partition flags', flagsOf(partition)],
  ];
}

/** The disk around a partition. */
export function diskPairs(disk: PartitionedDisk): Pairs {
  return [
    ['Disk id', disk.diskId],
    ['Disk size', formatBytesExactly(disk.diskSizeBytes)],
    ['Disk sectors', `${disk.sectorBytes} bytes`],
  ];
}

/** A table, of a disk or in an image file: one line a partition, then what is wrong with it. */
export function tableLines(table: PartitionTable, kind: VolumeKind): string[] {
  const { diskId, entries, problems, scheme } = table;
  const heading = [SCHEMES[scheme], diskId, plural(entries.length, 'partition')]
    .filter((word) => word !== '')
    .join(', ');
  const rows = formatTable<PartitionTable['entries'][number]>(
    [
      { title: '', align: 'right', cell: ({ number }) => String(number) },
      { title: 'Start', align: 'right', cell: ({ startBytes }) => formatBytes(startBytes) },
      { title: 'Size', align: 'right', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
      { title: 'Type', cell: ({ typeId, typeName }) => typeName || typeId },
      { title: 'Name', cell: ({ name }) => printable(name) },
      { title: 'Device', cell: ({ device }) => device ?? (kind === 'file' ? '' : 'not known to the kernel') },
      { title: 'FSType', cell: ({ fsType }) => fsType ?? '' },
      { title: 'Label', cell: ({ label }) => printable(label ?? '') },
    ],
    entries,
  );
  return [
    ...formatPairs([['Partition table', heading]], '  '),
    ...(entries.length === 0 ? [] : rows.map((row) => `    ${row}`)),
    ...formatPairs(
      problems.map((problem) => ['Table problem', problem] as const),
      '  ',
    ),
  ];
}
