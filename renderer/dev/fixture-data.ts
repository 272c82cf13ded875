/** Plausible volumes and images, so that every state of the window can be looked at without an engine. */
import type { ImageDetails, ImageSummary, Mount, Reading, Volume, VolumePartition } from '#contract';
import { manyVolumes, oddVolumes } from './fixture-odd-volumes.ts';
import { FILE_TABLE, NVME_TABLE, partitionedDisks, USB_TABLE } from './fixture-partitions.ts';
import { readingOf } from './fixture-snapshots.ts';

const GIB = 1024 ** 3;

const BLANK: Volume = {
  name: '',
  kind: 'partition',
  sizeBytes: 0,
  logicalSectorBytes: 512,
  physicalSectorBytes: 4096,
  fsType: '',
  label: '',
  uuid: '',
  partUuid: '',
  model: '',
  serial: '',
  transport: '',
  removable: false,
  readOnly: false,
  system: false,
  mounts: [],
  holders: [],
  readable: true,
  writable: true,
  needs: '',
};

function mountedAt(mountPoint: string, fsType: string): Pick<Volume, 'mounts' | 'holders'> {
  const mount: Mount = { mountPoint, readOnly: false, options: 'rw,relatime', fsType };
  return { mounts: [mount], holders: [{ kind: 'mount', name: mountPoint, writable: true }] };
}

const NVME = { parent: '/dev/nvme0n1', model: 'Samsung SSD 980 PRO 1TB', serial: 'S5GXNX0T', transport: 'nvme' };
const USB = { parent: '/dev/sdb', model: 'WD Elements 25A2', serial: 'WXK1A', transport: 'usb', removable: true };

export const VOLUMES: readonly Volume[] = [
  {
    ...BLANK,
    name: '/dev/nvme0n1',
    kind: 'disk',
    sizeBytes: 1000204886016,
    model: NVME.model,
    system: true,
    partitionTable: NVME_TABLE,
  },
  {
    ...BLANK,
    ...NVME,
    name: '/dev/nvme0n1p1',
    sizeBytes: 512 * 1024 ** 2,
    fsType: 'vfat',
    label: 'EFI',
    system: true,
    ...mountedAt('/boot/efi', 'vfat'),
    usedBytes: 34 * 1024 ** 2,
  },
  {
    ...BLANK,
    ...NVME,
    name: '/dev/nvme0n1p2',
    sizeBytes: 231 * GIB,
    fsType: 'ext4',
    label: 'root',
    uuid: '0b5a8a1c-53a5-4f5e-9a0c-1d2f3e4a5b6c',
    system: true,
    ...mountedAt('/', 'ext4'),
    usedBytes: 142 * GIB,
  },
  { ...BLANK, ...NVME, name: '/dev/nvme0n1p3', sizeBytes: 500 * GIB, fsType: 'LVM2_member', system: true },
  {
    ...BLANK,
    ...NVME,
    parent: '/dev/nvme0n1p3',
    name: '/dev/mapper/vg0-home',
    kind: 'lv',
    sizeBytes: 490 * GIB,
    fsType: 'ext4',
    label: 'home',
    uuid: '7d1f40c2-9b5e-4c7b-8e58-20a4b3c1d9e0',
    ...mountedAt('/home', 'ext4'),
    usedBytes: 210 * GIB,
  },
  {
    ...BLANK,
    ...NVME,
    parent: '/dev/nvme0n1p3',
    name: '/dev/mapper/vg0-mail',
    kind: 'lv',
    sizeBytes: 60 * GIB,
    fsType: 'xfs',
    label: 'mail',
    ...mountedAt('/srv/mail', 'xfs'),
    usedBytes: 31 * GIB,
  },
  {
    ...BLANK,
    ...NVME,
    parent: '/dev/nvme0n1p3',
    name: '/dev/mapper/vg0-projects--of--the--last--ten--years--and--their--build--outputs',
    kind: 'lv',
    sizeBytes: 320 * GIB,
    fsType: 'ext4',
    label: 'projects-of-the-last-ten-years-and-their-build-outputs',
    ...mountedAt('/srv/projects', 'ext4'),
    usedBytes: 188 * GIB,
  },
  {
    ...BLANK,
    name: '/dev/sdb',
    kind: 'disk',
    sizeBytes: 2000398934016,
    model: USB.model,
    removable: true,
    partitionTable: USB_TABLE,
  },
  {
    ...BLANK,
    ...USB,
    name: '/dev/sdb1',
    sizeBytes: 900 * GIB,
    fsType: 'ext4',
    label: 'archive-2024-photos-and-everything-else-from-the-old-computer',
    usedBytes: 611 * GIB,
  },
  {
    ...BLANK,
    ...USB,
    name: '/dev/sdb5',
    sizeBytes: 750 * GIB,
    fsType: 'xfs',
    label: '',
    usedBytes: 12 * GIB,
    readable: false,
    writable: false,
    needs: 'Reading /dev/sdb5 needs root rights or membership in the group “disk”.',
  },
  ...partitionedDisks(BLANK),
  ...oddVolumes(BLANK),
  {
    ...BLANK,
    name: '/dev/loop7',
    kind: 'loop',
    sizeBytes: 4 * GIB,
    fsType: 'ext4',
    label: 'scratch',
    usedBytes: Math.round(2.4 * GIB),
  },
  { ...BLANK, name: '/dev/loop8', kind: 'loop', sizeBytes: 1 * GIB, fsType: '', readOnly: true, writable: false },
  {
    ...BLANK,
    name: '/srv/machines/debian-12.img',
    kind: 'file',
    sizeBytes: 20 * GIB,
    partitionTable: FILE_TABLE,
  },
];

/** With forty more. */
export const MANY_VOLUMES: readonly Volume[] = [...VOLUMES, ...manyVolumes(BLANK)];

const MADE = Date.now();
const hex = (seed: number) =>
  Array.from({ length: 64 }, (_, index) => ((seed * 31 + index * 7) % 16).toString(16)).join('');

function image(seed: number, volume: string, hoursAgo: number, facts: Partial<ImageSummary> = {}): ImageSummary {
  const source = VOLUMES.find((each) => each.name === volume) ?? BLANK;
  return {
    id: hex(seed),
    volume,
    time: new Date(MADE - hoursAgo * 3_600_000).toISOString(),
    hostname: 'workbench',
    imageSize: source.sizeBytes,
    usedSize: source.usedBytes ?? source.sizeBytes,
    newSize: Math.round(3.4 * GIB),
    fsType: source.fsType,
    fsLabel: source.label,
    mgmtClass: 'STANDARD',
    active: true,
    imageType: 'static',
    provider: 'NONE',
    consistency: 'filesystem',
    mode: 'selective',
    unreadableBytes: 0,
    origin: 'stillframe',
    ...facts,
  };
}

export const IMAGES: readonly ImageSummary[] = [
  image(1, '/dev/mapper/vg0-home', 50, { imageType: 'snapshot', provider: 'LINUX_LVM', mode: 'incremental' }),
  image(2, '/dev/mapper/vg0-home', 74, {
    newSize: 812 * 1024 ** 2,
    imageType: 'dynamic',
    consistency: 'fuzzy',
    active: false,
    mgmtClass: 'CRITICAL',
  }),
  image(3, '/dev/mapper/vg0-home', 170, {
    newSize: Math.round(11.8 * GIB),
    unreadableBytes: 8192,
    active: false,
    pinned: { at: new Date(MADE - 160 * 3_600_000).toISOString(), reason: 'Before the move to the new disk' },
  }),
  image(4, '/dev/mapper/vg0-home', 900, { newSize: 96 * GIB, active: false }),
  image(9, '/dev/mapper/vg0-home', 1100, { newSize: 3 * GIB, active: false, deletedAt: new Date(MADE).toISOString() }),
  image(5, '/dev/loop7', 3, { newSize: Math.round(1.1 * GIB) }),
  image(6, '/dev/loop7', 29, { newSize: 88 * 1024 ** 2, origin: 'restic', consistency: 'crash', active: false }),
  image(7, '/srv/machines/debian-12.img', 5000, { newSize: Math.round(4.9 * GIB), mgmtClass: 'ARCHIVE' }),
  image(8, '/dev/nvme0n1p2', 20, { newSize: Math.round(2.1 * GIB) }),
];

const SCRIPT = [
  '# sfdisk --wipe never --wipe-partitions never DISK < this script',
  'label: gpt',
  'label-id: 1B9A23F4-0D2C-4A7B-8C2E-9F1A0B3C4D5E',
  'unit: sectors',
  'first-lba: 34',
  'last-lba: 1953525134',
  'sector-size: 512',
  '',
  '1 : start=2048, size=1048576, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, uuid=0B5A8A1C-53A5-4F5E-9A0C-000000000001, name="EFI System Partition"',
  '2 : start=1050624, size=484442112, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, uuid=0B5A8A1C-53A5-4F5E-9A0C-000000000002',
  '',
].join('\n');

function partitionOf(volume: string): VolumePartition | undefined {
  const { entries, problems: _problems, ...disk } = NVME_TABLE;
  const found = entries.find(({ device }) => device === volume);
  return found && { ...found, disk, others: entries.filter((entry) => entry !== found) };
}

export function detailsOf(summary: ImageSummary): ImageDetails {
  const source = VOLUMES.find((each) => each.name === summary.volume) ?? BLANK;
  const storedSize = Math.round(summary.usedSize * 0.47);
  const partition = partitionOf(summary.volume);
  return {
    summary: { ...summary, storedSize },
    storedSize,
    blockCount: Math.ceil(summary.imageSize / 524_288),
    uniqueBlockCount: Math.ceil(summary.usedSize / 540_000),
    resticCommand: `restic -r /mnt/backup/stillframe dump ${summary.id.slice(0, 8)} /${summary.fsLabel}/volume.img > ${summary.volume}`,
    ...(partition ? { partitionScript: SCRIPT } : {}),
    ...(summary.origin === 'restic'
      ? {}
      : {
          manifest: {
            version: 1,
            volume: {
              name: summary.volume,
              kind: source.kind,
              sizeBytes: summary.imageSize,
              logicalSectorBytes: 512,
              physicalSectorBytes: 4096,
              fsUuid: source.uuid,
              fsLabel: source.label,
              partUuid: '',
              model: source.model,
              serial: source.serial,
              mountPoint: source.mounts[0]?.mountPoint ?? '',
              ...(partition ? { partition } : {}),
            },
            fileSystem: {
              type: source.fsType,
              label: source.label,
              uuid: source.uuid,
              blockSizeBytes: 4096,
              totalBytes: source.sizeBytes,
              usedBytes: summary.usedSize,
              freeBytes: source.sizeBytes - summary.usedSize,
              features: ['extent', '64bit', 'flex_bg'],
              state: 'clean',
            },
            imageType: summary.imageType,
            provider: summary.provider,
            consistency: summary.consistency,
            mode: summary.mode,
            options: { imagegapsize: '32 KB' },
            gridBytes: 524_288,
            gapBytes: 32_768,
            extents: {
              mode: 'used',
              count: 48_211,
              usedBytes: summary.usedSize,
              skipped: { count: 48_210, bytes: summary.imageSize - summary.usedSize },
            },
            unreadable: summary.unreadableBytes > 0 ? [{ offsetBytes: 731_906_048, lengthBytes: 8192 }] : [],
            warnings: summary.unreadableBytes > 0 ? ['8,192 bytes could not be read and are stored as zeros.'] : [],
            counters: countersOf(summary, readingOf(summary, summary)),
            reading: readingOf(summary, summary),
            startedAt: summary.time,
            finishedAt: new Date(Date.parse(summary.time) + 312_000).toISOString(),
            engineVersion: '0.1.0',
            managementClass: summary.mgmtClass,
            merkleRoot: hex(91),
          },
        }),
  };
}

export function countersOf(
  summary: ImageSummary,
  { unchangedBytes }: Pick<Reading, 'unchangedBytes'>,
): NonNullable<ImageDetails['manifest']>['counters'] {
  return {
    scannedBytes: summary.imageSize,
    readBytes: summary.usedSize - unchangedBytes,
    ...(unchangedBytes > 0 ? { unchangedBytes } : {}),
    changedBytes: summary.newSize * 2,
    storedBytes: summary.newSize,
    deduplicatedBytes: Math.max(0, summary.usedSize - unchangedBytes - summary.newSize * 2),
    zeroBytes: Math.round(summary.usedSize * 0.02),
    freeBytes: summary.imageSize - summary.usedSize,
    unreadableBytes: summary.unreadableBytes,
  };
}
