import { expect, test } from 'vitest';
import {
  type BackupPlan,
  fileSystemName,
  type PartitionTable,
  type RestorePlan,
  type Volume,
  type VolumePartition,
} from '#contract';
import { formatInstant } from '../figures.ts';
import { planLines, sentLines, summaryLines } from './backup-text.ts';
import { checkLines } from './check-text.ts';
import { detailLines, imageTable } from './image-text.ts';
import { prunePlanLines, pruneResultLines } from './prune-text.ts';
import { readinessLines } from './readiness-text.ts';
import { confirmationLines, restoredLines } from './restore-text.ts';
import { sampleCounters, sampleDetails, sampleSummary } from './sample-image.ts';
import { volumeDetailLines, volumeTable } from './volume-text.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
/** The machine's zone must not decide whether a test passes. */
const when = formatInstant(sampleSummary.time);

const volume: Volume = {
  name: '/dev/sdb1',
  kind: 'partition',
  parent: '/dev/sdb',
  sizeBytes: 4 * GIB,
  logicalSectorBytes: 512,
  physicalSectorBytes: 4096,
  fsType: 'ext4',
  label: 'home',
  uuid: 'f5-uuid',
  partUuid: '',
  model: 'Portable T7',
  serial: 'S1',
  transport: 'usb',
  removable: true,
  readOnly: false,
  system: false,
  mounts: [{ mountPoint: '/home', readOnly: false, options: 'rw', fsType: 'ext4' }],
  holders: [
    { kind: 'mount', name: '/home' },
    { kind: 'process', name: 'bash', pid: 7 },
  ],
  usedBytes: 2 * GIB,
  readable: true,
  writable: true,
  needs: '',
};

test('the plan of a backup', () => {
  const plan: BackupPlan = {
    volume,
    imageType: 'static',
    readBytes: 2 * GIB,
    why: 'Only used blocks are read.',
    expectedNewBytes: { low: GIB, high: 2 * GIB },
    used: { mode: 'used', warnings: [], extentCount: 3, usedBytes: 2 * GIB, skippedCount: 3, skippedBytes: 2 * GIB },
    gridBytes: 524_288,
    willRemount: ['/home'],
    obstacles: [],
    warnings: ['It is mounted.'],
    provider: 'NONE',
    command: '',
    consistency: 'filesystem',
  };
  expect(planLines(plan)).toEqual([
    '  Volume               4.00 GiB ext4 “home”',
    '  To read              2.00 GiB. Only used blocks are read.',
    '  Expected new         1.00 GiB to 2.00 GiB',
    '  Read-only meanwhile  /home',
    '  Note                 It is mounted.',
    "Using static image backup for volume '/dev/sdb1'",
  ]);
  const lvm = {
    provider: 'LINUX_LVM',
    ready: true,
    method: 'thick LVM snapshot',
    reason: '',
    remedy: '',
    space: { neededBytes: GIB, presentBytes: 8 * GIB },
    blocksWriters: false,
    tracksChanges: false,
  } as const;
  const snapshot = {
    volume: volume.name,
    providers: [lvm],
    provider: 'LINUX_LVM',
    failover: true,
    defaultImageType: 'snapshot',
  } as const;
  const lines = planLines({
    ...plan,
    imageType: 'snapshot',
    provider: 'LINUX_LVM',
    willRemount: [],
    snapshot: { ...snapshot, providers: [lvm] },
  });
  expect(lines).toContain('  Snapshot      thick LVM snapshot, needs 1.00 GiB of 8.00 GiB free');
  expect(lines.at(-1)).toBe("Using snapshot image backup (LINUX_LVM) for volume '/dev/sdb1'");
});

test('which snapshots a volume can have', () => {
  const no = { ready: false, method: '', blocksWriters: false, tracksChanges: false } as const;
  expect(
    readinessLines({
      volume: '/dev/sdb1',
      provider: 'NONE',
      failover: true,
      defaultImageType: 'static',
      providers: [
        { ...no, provider: 'LINUX_LVM', reason: 'It is no logical volume.', remedy: 'Put it on LVM.' },
        { ...no, provider: 'FREEZE', ready: true, method: 'freeze', reason: '', remedy: '', blocksWriters: true },
      ],
    }),
  ).toEqual([
    'Snapshots of /dev/sdb1: none; a snapshot image becomes a static image',
    '  LINUX_LVM  It is no logical volume. Put it on LVM.',
    '  FREEZE     ready: freeze; programs cannot write meanwhile.',
    '',
  ]);
});

test('a volume that was sent', () => {
  const reading = {
    scope: 'used',
    why: 'Everything in use is read.',
    unchangedBytes: 0,
    auditedBlocks: 0,
    auditMismatches: 0,
  } as const;
  expect(sentLines({ image: sampleSummary, counters: sampleCounters, reading, warnings: [] })).toEqual([
    'Volume -->        2,147,483,648 /dev/sdb1 [Sent]',
    'Everything in use is read.',
    'Image 12ab34cd: static image, consistency filesystem, class STANDARD',
    "Image backup of '/dev/sdb1' finished without failure.",
  ]);
  const counters = { ...sampleCounters, unreadableBytes: 4096 };
  expect(sentLines({ image: sampleSummary, counters, reading, warnings: [] }).at(-1)).toBe(
    "Image backup of '/dev/sdb1' finished with warnings.",
  );
});

test('the counters of a backup', () => {
  const tally = { inspected: 2, backedUp: 1, skipped: 0, failed: 1, counters: [sampleCounters] };
  expect(summaryLines(tally, 10)).toEqual([
    'Volumes inspected:                2',
    'Volumes backed up:                1',
    'Volumes skipped:                  0',
    'Volumes failed:                   1',
    'Bytes scanned:             4.00 GiB',
    'Bytes read:                2.00 GiB',
    'Bytes changed:             1.00 GiB',
    'Bytes stored:               512 MiB',
    'Bytes deduplicated:        1.00 GiB',
    'Bytes zero:                     0 B',
    'Bytes free, not read:      2.00 GiB',
    'Reduced by:                  75.0 %',
    'Aggregate read rate:      205 MiB/s',
    'Elapsed processing time:   00:00:10',
  ]);
});

test('the table of images', () => {
  const older = { ...sampleSummary, active: false, imageSize: 100 * MIB, volume: '/srv/disk.img' };
  expect(imageTable([sampleSummary, older])).toEqual([
    '   Image Size  Stored Size  FSType  Backup Date          Mgmt Class  A/I  Image Name     Id',
    `1    4.00 GiB     1.00 GiB  ext4    ${when}  STANDARD    A    /dev/sdb1      12ab34cd`,
    `2     100 MiB     1.00 GiB  ext4    ${when}  STANDARD    I    /srv/disk.img  12ab34cd`,
  ]);
  const [title, , foreign] = imageTable([sampleSummary, { ...older, hostname: 'elsewhere' }]);
  expect([title, foreign]).toEqual([expect.stringContaining('  Node '), expect.stringContaining('  elsewhere  ')]);
});

test('file details', () => {
  const lines = detailLines(sampleDetails);
  expect(lines.slice(0, 7)).toEqual([
    `File Details of '/dev/sdb1', ${when}`,
    '  Sizes',
    '    Image size       4.00 GiB (4,294,967,296 bytes)',
    '    Used             2.00 GiB (2,147,483,648 bytes)',
    '    Stored size      1.00 GiB (1,073,741,824 bytes)',
    '    New in this run  512 MiB (536,870,912 bytes)',
    '    Blocks           8,192, 2,049 distinct',
  ]);
  for (const line of [
    '    FS features     extents 64bit',
    '    Extents            1,234 runs, used blocks',
    '    Options            mode=selective imagegapsize=32k',
    '    restic -r /repo dump 12ab34cd /sdb1/volume.img > /dev/sdb1',
  ]) {
    expect(lines).toContain(line);
  }
});

test('file details of an image that restic made', () => {
  const { manifest: _, ...foreign } = sampleDetails;
  expect(detailLines(foreign)).toContain('    Made by            restic');
});

test('the table of volumes', () => {
  const sealed = { ...volume, name: '/dev/sdc', readable: false, needs: 'Run as root.', mounts: [] };
  expect(volumeTable([volume, sealed])).toEqual([
    'Volume     Kind           Size      Used  FSType  Label  Mounted at  State',
    '/dev/sdb1  partition  4.00 GiB  2.00 GiB  ext4    home   /home       mounted, removable',
    '/dev/sdc   partition  4.00 GiB  2.00 GiB  ext4    home               Run as root.',
  ]);
});

test('the details of a volume', () => {
  const lines = volumeDetailLines(volume);
  expect(lines[0]).toBe('/dev/sdb1');
  expect(lines).toContain('  Mounted at  /home (ext4, read-write)');
  expect(lines).toContain('  In use by   process bash (7)');
});

test('what a restore would overwrite', () => {
  const plan: RestorePlan = {
    planId: 'shown',
    image: sampleSummary,
    target: volume,
    targetName: '/dev/sdb1',
    targetExists: true,
    writeBytes: 2 * GIB,
    freeBytes: 2 * GIB,
    targetContent: 'ext4 “home”, 2.00 GiB used',
    refusals: [],
    warnings: [],
  };
  expect(confirmationLines(plan)).toEqual([
    '',
    'Everything on this target will be overwritten:',
    '  Target     /dev/sdb1',
    '  Size       4.00 GiB',
    '  Model      Portable T7, serial S1',
    '  Holds now  ext4 “home”, 2.00 GiB used',
    `  Image      /dev/sdb1 on desk, ${when}, 4.00 GiB, 12ab34cd`,
    '',
  ]);
});

test('how a restore ended', () => {
  const result = {
    imageId: sampleSummary.id,
    target: '/dev/sdc1',
    writtenBytes: 2 * GIB,
    skippedBytes: 2 * GIB,
    discardedBytes: 0,
    zeroedBytes: 0,
    verifiedBytes: 2 * GIB,
    writeSeconds: 4,
    verifySeconds: 3,
    elapsedSeconds: 7,
    warnings: [],
    nextSteps: ['Run e2fsck -f /dev/sdc1.'],
  };
  expect(restoredLines(result, '/dev/sdb1')).toEqual([
    "Restore of '/dev/sdb1' to '/dev/sdc1' finished without failure.",
    '',
    'Bytes written:               2.00 GiB',
    'Bytes left as they were:     2.00 GiB',
    'Bytes zeroed:                     0 B',
    'Bytes discarded:                  0 B',
    'Bytes read back and equal:   2.00 GiB',
    'Write rate:                 512 MiB/s',
    'Elapsed processing time:     00:00:07',
    '',
    'Next:',
    '  Run e2fsck -f /dev/sdc1.',
  ]);
});

test('the verdict of a check', () => {
  const result = { readData: true, packs: 3, blobs: 1200, snapshots: 2, readBytes: GIB, elapsedSeconds: 2 };
  expect(checkLines({ ...result, problems: [] }).at(-1)).toBe(
    'The repository is undamaged: every stored block was read and verified.',
  );
  const problem = { kind: 'pack', file: 'ab12', problem: 'the MAC is wrong', severity: 'error' } as const;
  const notice = { kind: 'pack', file: 'cd34', problem: 'is in no index', severity: 'notice' } as const;
  const lines = checkLines({ ...result, problems: [problem, notice] });
  expect(lines.slice(0, 2)).toEqual([
    'SFR9004S Damage: pack ab12: the MAC is wrong',
    'Notice: pack cd34: is in no index',
  ]);
  expect(lines.at(-1)).toBe('SFR9004S The repository is damaged: 1 problem. Copy it before you repair anything.');
  expect(checkLines({ ...result, readData: false, problems: [notice] }).at(-1)).toBe(
    'The structure of the repository is undamaged. Use -readdata to verify every stored block.',
  );
});

const partition: VolumePartition = {
  number: 5,
  role: 'logical',
  startBytes: MIB,
  sizeBytes: 4 * GIB,
  typeId: '0x83',
  typeName: 'Linux file system',
  partUuid: '1a2b3c4d-05',
  name: '',
  attributes: [],
  active: true,
  disk: { scheme: 'mbr', diskId: '0x1a2b3c4d', diskSizeBytes: 8 * GIB, sectorBytes: 512 },
};

test('a partition and a table', () => {
  const lines = volumeDetailLines({ ...volume, partition });
  for (const line of [
    '  Partition        5 (MBR, logical)',
    '  Partition type   Linux file system (0x83)',
    '  Partition start  1.00 MiB (1,048,576 bytes)',
    '  Partition flags  active',
  ]) {
    expect(lines).toContain(line);
  }
  const { disk, ...entry } = partition;
  const partitionTable: PartitionTable = {
    ...disk,
    entries: [
      { ...entry, device: '/dev/sdb5' },
      { ...entry, number: 6, typeId: '0x99', typeName: '', name: 'x\u001b[2J', fsType: 'ext4', label: 'old' },
    ],
    problems: ['Partitions 5 and 6 overlap.'],
  };
  expect(volumeDetailLines({ ...volume, kind: 'disk', partitionTable }).slice(-6)).toEqual([
    '  Partition table  MBR, 0x1a2b3c4d, 2 partitions',
    '          Start      Size  Type               Name   Device                   FSType  Label',
    '    5  1.00 MiB  4.00 GiB  Linux file system         /dev/sdb5',
    '    6  1.00 MiB  4.00 GiB  0x99               x�[2J  not known to the kernel  ext4    old',
    '  Table problem  Partitions 5 and 6 overlap.',
    '',
  ]);
});

test('file details of a partition', () => {
  const { manifest } = sampleDetails;
  if (manifest === undefined) throw new Error('the sample has a manifest');
  const lines = detailLines({
    ...sampleDetails,
    manifest: {
      ...manifest,
      volume: { ...manifest.volume, partition },
      fileSystem: { ...manifest.fileSystem, type: 'vfat', version: 'FAT32' },
    },
    partitionScript: '# how\nlabel: dos\n\n5 : start=2048\n',
  });
  expect(lines).toContain('    FS type         vfat (FAT32)');
  expect(lines.slice(lines.indexOf('  Partition'), lines.indexOf('  Image'))).toEqual([
    '  Partition',
    '    Partition        5 (MBR, logical)',
    '    Partition type   Linux file system (0x83)',
    '    Partition start  1.00 MiB (1,048,576 bytes)',
    '    Partition size   4.00 GiB (4,294,967,296 bytes)',
    '    Partition flags  active',
    '    Disk id          0x1a2b3c4d',
    '    Disk size        8.00 GiB (8,589,934,592 bytes)',
    '    Disk sectors     512 bytes',
  ]);
  expect(lines.slice(-6)).toEqual([
    '  The partition table again',
    '    # how',
    '    label: dos',
    '',
    '    5 : start=2048',
    '',
  ]);
});

test('names of file systems', () => {
  expect(fileSystemName({ type: 'ext4' })).toBe('ext4');
  expect(fileSystemName({ type: 'xfs', version: '5' })).toBe('xfs (v5)');
  expect(fileSystemName({ type: 'ntfs', version: '3.1' })).toBe('ntfs 3.1');
  expect(fileSystemName({ type: 'vfat', version: 'FAT32' })).toBe('vfat (FAT32)');
});

test('what a prune would do, and what it did', () => {
  const plan = {
    packs: 40,
    totalBytes: 4 * GIB,
    usedBytes: 3 * GIB,
    removePacks: 3,
    removeBytes: 96 * MIB,
    repackPacks: 20,
    repackBytes: 400 * MIB,
    repackFreesBytes: 160 * MIB,
    remainingUnusedBytes: 10 * MIB,
    freedBytes: 256 * MIB,
  };
  const lines = prunePlanLines(plan);
  expect(lines).toContainEqual(expect.stringMatching(/^Packs to write anew: +20$/));
  expect(lines.at(-1)).toBe('A prune would free 256 MiB (268,435,456 bytes). Nothing was changed.');
  expect(prunePlanLines({ ...plan, removePacks: 0, repackPacks: 0 }).at(-1)).toBe('There is nothing to prune.');

  const result = {
    removedPacks: 3,
    repackedPacks: 20,
    repackedBytes: 400 * MIB,
    freedBytes: 256 * MIB,
    remainingUnusedBytes: 10 * MIB,
    totalBytes: 4 * GIB,
    elapsedSeconds: 75,
    warnings: [],
  };
  expect(pruneResultLines(result).at(-1)).toBe('Freed 256 MiB (268,435,456 bytes) in 23 packs.');
  expect(pruneResultLines(result)).toContainEqual(expect.stringMatching(/^Elapsed processing time: +00:01:15$/));
  expect(pruneResultLines({ ...result, removedPacks: 0, repackedPacks: 0 }).at(-1)).toBe('There was nothing to prune.');
});
