import { expect, it } from 'vitest';
import type { ListedPartition } from '#contract';
import { describeContent } from './target-content.ts';

function partition(number: number, facts: Partial<ListedPartition> = {}): ListedPartition {
  const entry = {
    role: 'primary',
    startBytes: 0,
    sizeBytes: 1,
    typeId: '0x83',
    typeName: 'Linux',
    partUuid: '',
  } as const;
  return { ...entry, number, name: '', attributes: [], active: false, ...facts };
}

function disk(...entries: ListedPartition[]) {
  const header = { scheme: 'gpt', diskId: '', diskSizeBytes: 8, sectorBytes: 512, problems: [] } as const;
  return { fsType: '', label: '', partitionTable: { ...header, problems: [], entries } };
}

it('names the file system', () => {
  expect(describeContent({ fsType: 'ext4', label: 'holiday' })).toBe('ext4 “holiday”');
  expect(describeContent({ fsType: 'xfs', label: '' })).toBe('xfs');
  expect(describeContent({ fsType: '', label: '' })).toBe('no known file system');
});

it('names the partitions of a disk, which would be lost with it', () => {
  const home = partition(1, { fsType: 'ext4', label: 'home' });
  expect(describeContent(disk(home))).toBe('1 partition: ext4 “home”');
  expect(describeContent(disk(home, partition(2)))).toBe('2 partitions: ext4 “home”, Linux');
  const many = [home, ...[2, 3, 4, 5, 6].map((number) => partition(number, { typeName: '' }))];
  expect(describeContent(disk(...many))).toBe('6 partitions: ext4 “home”, #2, #3, #4, …');
  expect(describeContent(disk())).toBe('a partition table without partitions');
});

it('does not count what only frames logical partitions', () => {
  const frame = partition(1, { role: 'extended' });
  expect(describeContent(disk(frame, partition(5, { role: 'logical', fsType: 'ntfs' })))).toBe('1 partition: ntfs');
});
