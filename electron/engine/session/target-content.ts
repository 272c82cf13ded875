/** What a restore would overwrite, in words that people recognise it by. */
import type { ListedPartition, Volume } from '#contract';

/** Partitions that are named; of the others there is only the number. */
const NAMED = 4;

function named(type: string, label = ''): string {
  return label === '' ? type : `${type} “${label}”`;
}

function describePartitions(partitions: readonly ListedPartition[]): string {
  const names = partitions
    .slice(0, NAMED)
    .map(({ number, fsType, typeName, label }) => named(fsType || typeName || `#${number}`, label));
  const list = [...names, ...(partitions.length > NAMED ? ['…'] : [])].join(', ');
  return partitions.length === 1 ? `1 partition: ${list}` : `${partitions.length} partitions: ${list}`;
}

/** The file system of `target`, or its partitions: overwriting a disk takes all of them. */
export function describeContent(target: Pick<Volume, 'fsType' | 'label' | 'partitionTable'>): string {
  const partitions = target.partitionTable?.entries.filter(({ role }) => role !== 'extended') ?? [];
  if (partitions.length > 0) return describePartitions(partitions);
  if (target.fsType) return named(target.fsType, target.label);
  return target.partitionTable ? 'a partition table without partitions' : 'no known file system';
}
