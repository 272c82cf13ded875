/** Disks with tables of many kinds for the window's fixtures: ordinary, crowded, empty, damaged. */
import type { ListedPartition, PartitionTable, Volume } from '#contract';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const EFI = 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b';
const LINUX = '0fc63daf-8483-4772-8e79-3d69d8477de4';
const LVM = 'e6d6d379-f507-44c2-a23c-238f2a3df928';
const NAMES: Readonly<Record<string, string>> = {
  [EFI]: 'EFI system',
  [LINUX]: 'Linux file system',
  [LVM]: 'Linux LVM',
  '0x05': 'Extended',
  '0x07': 'NTFS or exFAT',
  '0x82': 'Linux swap',
  '0x83': 'Linux file system',
};

function entry(
  number: number,
  startBytes: number,
  sizeBytes: number,
  typeId: string,
  facts: Partial<ListedPartition> = {},
): ListedPartition {
  return {
    number,
    role: 'primary',
    startBytes,
    sizeBytes,
    typeId,
    typeName: NAMES[typeId] ?? '',
    partUuid: `0b5a8a1c-53a5-4f5e-9a0c-${String(number).padStart(12, '0')}`,
    name: '',
    attributes: [],
    active: false,
    ...facts,
  };
}

function gpt(diskSizeBytes: number, entries: ListedPartition[], problems: string[] = []): PartitionTable {
  return {
    scheme: 'gpt',
    diskId: '1b9a23f4-0d2c-4a7b-8c2e-9f1a0b3c4d5e',
    diskSizeBytes,
    sectorBytes: 512,
    firstUsableLba: 34,
    lastUsableLba: Math.floor(diskSizeBytes / 512) - 34,
    slotCount: 128,
    entries,
    problems,
  };
}

/** The laptop's own disk: three partitions, the rest free. */
export const NVME_TABLE = gpt(1000204886016, [
  entry(1, MIB, 512 * MIB, EFI, { name: 'EFI System Partition', device: '/dev/nvme0n1p1' }),
  entry(2, 513 * MIB, 231 * GIB, LINUX, { device: '/dev/nvme0n1p2' }),
  entry(3, 232 * GIB, 500 * GIB, LVM, { device: '/dev/nvme0n1p3' }),
]);

/** The archive: one large volume, two encrypted ones. */
export const ARCHIVE_TABLE = gpt(8001563222016, [
  entry(1, MIB, 4096 * GIB, LINUX, { name: 'media', device: '/dev/sdf1' }),
  entry(2, 4097 * GIB, 500 * GIB, LINUX, { device: '/dev/sdf2', fsType: 'crypto_LUKS' }),
  entry(3, 4597 * GIB, 800 * GIB, LINUX, { device: '/dev/sdf3', fsType: 'crypto_LUKS' }),
]);

/** The USB disk: an MBR with logical partitions, one of which the kernel does not know. */
export const USB_TABLE: PartitionTable = {
  scheme: 'mbr',
  diskId: '0x1a2b3c4d',
  diskSizeBytes: 2000398934016,
  sectorBytes: 512,
  entries: [
    entry(1, MIB, 900 * GIB, '0x83', { active: true, device: '/dev/sdb1' }),
    entry(2, 901 * GIB, 900 * GIB, '0x05', { role: 'extended' }),
    entry(5, 901 * GIB + MIB, 750 * GIB, '0x83', { role: 'logical', device: '/dev/sdb5' }),
    entry(6, 1660 * GIB, 64 * GIB, '0x82', { role: 'logical', fsType: 'swap' }),
  ],
  problems: [],
};

const CROWDED_BYTES = 256 * GIB;
const crowdedSizes = [
  100 * MIB,
  16 * MIB,
  60 * GIB,
  900 * MIB,
  8 * GIB,
  30 * GIB,
  40 * GIB,
  512 * MIB,
  20 * GIB,
  GIB,
  5 * GIB,
  12 * GIB,
  700 * MIB,
  24 * GIB,
];

function crowdedEntries(): ListedPartition[] {
  let at = MIB;
  return crowdedSizes.map((sizeBytes, index) => {
    const made = entry(index + 1, at, sizeBytes, LINUX, { device: `/dev/sdc${index + 1}` });
    at += sizeBytes + (index === 6 ? 30 * GIB : 0);
    return made;
  });
}

/** Further disks: crowded, empty, damaged; each `blank` with what is its own. */
export function partitionedDisks(blank: Volume): Volume[] {
  const crowded = gpt(CROWDED_BYTES, crowdedEntries());
  const damaged = gpt(
    64 * GIB,
    [
      entry(1, MIB, 40 * GIB, LINUX, { fsType: 'ext4', label: 'lost and found again' }),
      entry(2, 40 * GIB + MIB, 8 * GIB, LINUX),
    ],
    [
      'The partition table at the start of the disk is damaged (its checksum is wrong); what is shown is its backup at the end. Mend it with a tool such as gdisk before you write to the disk.',
      'The protective MBR in front of the partition table is missing, so the kernel does not see the table.',
    ],
  );
  return [
    {
      ...blank,
      name: '/dev/sdc',
      kind: 'disk',
      sizeBytes: CROWDED_BYTES,
      model: 'Multi-boot workstation',
      partitionTable: crowded,
    },
    ...crowdedSizes.map(
      (sizeBytes, index): Volume => ({
        ...blank,
        name: `/dev/sdc${index + 1}`,
        parent: '/dev/sdc',
        sizeBytes,
        fsType: index % 3 === 0 ? 'vfat' : 'ext4',
        label: index === 2 ? 'windows-recovery-and-other-long-names' : `part ${index + 1}`,
        usedBytes: Math.round(sizeBytes * ((index * 7 + 3) % 10) * 0.1),
      }),
    ),
    { ...blank, name: '/dev/sdd', kind: 'disk', sizeBytes: 64 * GIB, model: 'Damaged stick', partitionTable: damaged },
    {
      ...blank,
      name: '/dev/sde',
      kind: 'disk',
      sizeBytes: 8 * GIB,
      model: 'New stick',
      partitionTable: gpt(8 * GIB, []),
    },
  ];
}

/** A raw image of a disk. */
export const FILE_TABLE = gpt(20 * GIB, [
  entry(1, MIB, 300 * MIB, EFI, { fsType: 'vfat', label: 'ESP' }),
  entry(2, 301 * MIB, 17 * GIB, LINUX, { fsType: 'ext4', label: 'debian' }),
]);
