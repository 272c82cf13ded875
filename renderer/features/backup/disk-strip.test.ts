import { expect, it } from 'vitest';
import type { ListedPartition, PartitionTable, Volume } from '#contract';
import type { StripPart } from '../../components/DiskStrip.tsx';
import { volumeNamed } from '../../stores/canned-engine.ts';
import { stripLabel, stripParts } from './disk-strip.ts';

const GIB = 1024 ** 3;
const DISK = '/dev/sda';

function entry(
  number: number,
  startGib: number,
  sizeGib: number,
  facts: Partial<ListedPartition> = {},
): ListedPartition {
  return {
    number,
    role: 'primary',
    startBytes: startGib * GIB,
    sizeBytes: sizeGib * GIB,
    typeId: '0x83',
    typeName: 'Linux file system',
    partUuid: '',
    name: '',
    attributes: [],
    active: false,
    ...facts,
  };
}

function diskWith(entries: ListedPartition[], facts: Partial<Volume> = {}): Volume {
  const table: PartitionTable = {
    scheme: 'mbr',
    diskId: '0x1a2b3c4d',
    diskSizeBytes: 100 * GIB,
    sectorBytes: 512,
    entries,
    problems: [],
  };
  return volumeNamed(DISK, { kind: 'disk', sizeBytes: 100 * GIB, partitionTable: table, ...facts });
}

/** Kind, label and share in per cent of each part; frames with what is inside. */
function shape(parts: readonly StripPart[]): unknown[] {
  const total = parts.reduce((sum, part) => sum + part.share, 0);
  return parts.map(({ kind, label, share, parts: inner }) => [
    kind,
    label,
    Math.round((share / total) * 100),
    ...(inner.length > 0 ? [shape(inner)] : []),
  ]);
}

it('shows partitions, their volumes, and the space between them', () => {
  const volumes = [
    volumeNamed('/dev/sda1', { parent: DISK, sizeBytes: 20 * GIB, usedBytes: 5 * GIB, label: 'root' }),
    volumeNamed('/dev/sda2', { parent: DISK, sizeBytes: 30 * GIB, readable: false, needs: 'Needs root.' }),
  ];
  const disk = diskWith([
    entry(2, 40, 30, { device: '/dev/sda2' }),
    entry(1, 0, 20, { device: '/dev/sda1' }),
    entry(3, 70, 10, { fsType: 'swap', typeName: 'Linux swap' }),
  ]);
  const parts = stripParts({ disk, volumes, selected: ['/dev/sda1'] });
  expect(shape(parts)).toEqual([
    ['volume', 'root', 20],
    ['free', 'free', 20],
    ['volume', 'sda2', 30],
    ['unknown', 'Linux swap', 10],
    ['free', 'free', 20],
  ]);
  expect(parts.map(({ description }) => description)).toEqual([
    'root · ext4 · 20 GiB · partition 1 · Linux file system',
    'Not partitioned · 20 GiB',
    'sda2 · ext4 · 30 GiB · partition 2 · Linux file system · Needs root.',
    'Linux swap · swap · 10 GiB · partition 3 · Linux swap · not known to the kernel',
    'Not partitioned · 20 GiB',
  ]);
  expect(parts[0]).toMatchObject({ name: '/dev/sda1', selected: true, usedShare: 0.25 });
  expect(parts[2]).toMatchObject({ name: undefined, selected: false });
  expect(stripLabel('Samsung', disk)).toBe('Partitions of Samsung, MBR');
});

it('frames logical partitions', () => {
  const disk = diskWith([
    entry(1, 0, 50),
    entry(2, 50, 50, { role: 'extended' }),
    entry(5, 50, 20, { role: 'logical', label: 'inner' }),
    entry(6, 80, 20, { role: 'logical', name: 'last' }),
  ]);
  expect(shape(stripParts({ disk, volumes: [], selected: [] }))).toEqual([
    ['unknown', 'Linux file system', 50],
    [
      'frame',
      '',
      50,
      [
        ['unknown', 'inner', 40],
        ['free', 'free', 20],
        ['unknown', 'last', 40],
      ],
    ],
  ]);
});

it('says nothing of the kernel where there is none between', () => {
  const disk = diskWith([entry(1, 0, 100)], { kind: 'file' });
  expect(stripParts({ disk, volumes: [], selected: [] })[0]?.description).toBe(
    'Linux file system · 100 GiB · partition 1 · Linux file system',
  );
});

it('draws no part too thin to be clicked, and many parts within the room', () => {
  const tiny = diskWith([entry(1, 0, 0.001), entry(2, 1, 99)]);
  expect(shape(stripParts({ disk: tiny, volumes: [], selected: [] }))[0]).toEqual(['unknown', 'Linux file system', 3]);
  const many = diskWith(Array.from({ length: 200 }, (_, index) => entry(index + 1, index * 0.5, 0.5)));
  const parts = stripParts({ disk: many, volumes: [], selected: [] });
  expect(parts).toHaveLength(200);
  expect(Math.min(...parts.map(({ share }) => share))).toBeGreaterThanOrEqual(0.3 * GIB);
});

it('survives entries that overlap or leave the disk', () => {
  const disk = diskWith([entry(1, 0, 60), entry(2, 30, 200), entry(3, 500, 10)]);
  const parts = stripParts({ disk, volumes: [], selected: [] });
  expect(parts.map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'unknown']);
  for (const { share } of parts) expect(share).toBeGreaterThan(0);
});

it('without a table shows the volumes of the disk and the rest', () => {
  const disk = volumeNamed(DISK, { kind: 'disk', sizeBytes: 100 * GIB });
  const volumes = [volumeNamed('/dev/sda1', { parent: DISK, sizeBytes: 40 * GIB }), volumeNamed('/dev/sdb1')];
  expect(shape(stripParts({ disk, volumes, selected: [] }))).toEqual([
    ['volume', 'sda1', 40],
    ['free', 'free', 60],
  ]);
  expect(stripLabel('Samsung', disk)).toBe('Volumes of Samsung');
});
