/**
 * Every file system there and back: aged by thousands of changes, backed up, restored onto a device full of 0xAA,
 * judged by its own checker, every file compared.
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { crc32c } from '#engine/filesystems/crc32c.ts';
import { bootChecksum } from '#engine/filesystems/exfat/checksum.ts';
import { age, fillUp } from '#engine/testing/aging.ts';
import { requireFuse } from '#engine/testing/machine-limits.ts';
import { makeFileSystem } from '#engine/testing/test-volume.ts';
import { checkFileSystem, editFiles, fileHashes } from '#engine/testing/volume-files.ts';
import { run, Stand } from './stand.ts';
import { MIB, sparseFile, wreck } from './volumes.ts';

interface Row {
  name: string;
  type: string;
  /** mkfs's own options. */
  options?: string[];
  mebibytes: number;
  operations: number;
  largestFileBytes?: number;
  /** Filled until nothing fits, then every third file deleted. */
  full?: boolean;
}

const ROWS: Row[] = [
  { name: 'ext4', type: 'ext4', mebibytes: 96, operations: 3000 },
  { name: 'XFS', type: 'xfs', mebibytes: 320, operations: 4000 },
  {
    name: 'XFS, 1 KiB blocks',
    type: 'xfs',
    options: ['-b', 'size=1024'],
    mebibytes: 320,
    operations: 2000,
  },
  {
    name: 'XFS, full and in pieces',
    type: 'xfs',
    options: ['-m', 'reflink=1,rmapbt=1'],
    mebibytes: 320,
    operations: 500,
    full: true,
  },
  { name: 'btrfs', type: 'btrfs', mebibytes: 256, operations: 4000 },
  { name: 'btrfs, mixed block groups', type: 'btrfs', options: ['--mixed'], mebibytes: 96, operations: 2000 },
  { name: 'NTFS', type: 'ntfs', mebibytes: 96, operations: 2000 },
  {
    name: 'NTFS, clusters of 64 KiB, full and in pieces',
    type: 'ntfs',
    options: ['-c', '65536'],
    mebibytes: 128,
    operations: 300,
    full: true,
  },
  { name: 'FAT12', type: 'vfat', options: ['-F', '12'], mebibytes: 8, operations: 400, largestFileBytes: 64 * 1024 },
  { name: 'FAT16', type: 'vfat', options: ['-F', '16'], mebibytes: 64, operations: 1000 },
  { name: 'FAT32', type: 'vfat', options: ['-F', '32'], mebibytes: 128, operations: 2000 },
  { name: 'exFAT', type: 'exfat', mebibytes: 96, operations: 1500 },
];

/** A device with a new file system on it. */
async function deviceWith(stand: Stand, row: Pick<Row, 'type' | 'options' | 'mebibytes'>): Promise<string> {
  const file = await sparseFile(join(stand.folder, `${row.type}.img`), row.mebibytes * MIB);
  await makeFileSystem(file, [row.type, ...(row.options ?? [])]);
  return stand.attach(file);
}

interface Backup {
  image: { id: string; fsType: string };
  warnings: string[];
  counters: { scannedBytes: number; readBytes: number; freeBytes: number };
}

async function backUp(stand: Stand, device: string): Promise<Backup> {
  return (await stand.backup(device)) as unknown as Backup;
}

describe('there and back', () => {
  test.for(ROWS)('$name', async (row, context) => {
    if (row.type === 'ntfs' || row.type === 'exfat') requireFuse(context);
    await using stand = await Stand.create();
    const device = await deviceWith(stand, row);
    await editFiles(row.type, device, async (folder) => {
      await age(folder, {
        seed: 7,
        operations: row.operations,
        ...(row.largestFileBytes ? { largestFileBytes: row.largestFileBytes } : {}),
      });
      if (row.full) await fillUp(folder, { seed: 8, fileBytes: 300 * 1024, deleteEvery: 3 });
    });
    const before = await fileHashes(row.type, device);
    expect(Object.keys(before).length).toBeGreaterThan(20);

    await stand.ok('init');
    const { image, counters, warnings } = await backUp(stand, device);
    expect(warnings).toEqual([]);
    expect(image.fsType).toBe(row.type);
    expect(counters.scannedBytes).toBe(row.mebibytes * MIB);
    expect(counters.readBytes).toBeLessThan(row.mebibytes * MIB * (row.full ? 0.95 : 0.8));
    await stand.restic(['check', '--read-data']);

    await wreck(device, row.mebibytes * MIB);
    await stand.ok('restore', 'image', device, '-noprompt');
    await checkFileSystem(row.type, device);
    expect(await fileHashes(row.type, device)).toEqual(before);
  });

  test('a swap area: only its header', async () => {
    await using stand = await Stand.create();
    const device = await deviceWith(stand, { type: 'swap', options: ['-L', 'swap-1'], mebibytes: 64 });
    const label = await checkFileSystem('swap', device);
    await stand.ok('init');
    const { image, counters } = await backUp(stand, device);
    expect(image.fsType).toBe('swap');
    expect(counters.readBytes).toBeLessThanOrEqual(64 * 1024);
    await wreck(device, 64 * MIB);
    await stand.ok('restore', 'image', device, '-noprompt');
    expect(await checkFileSystem('swap', device)).toBe(label);
  });
});

/** Sets a feature bit that nobody knows, with the family's own tool or by hand, so that only the bit is strange. */
const STRANGE: {
  type: string;
  options?: string[];
  mebibytes: number;
  change: (device: string) => Promise<unknown>;
  says: RegExp;
}[] = [
  {
    type: 'ext4',
    options: ['-O', '^metadata_csum'],
    mebibytes: 16,
    change: (device) => setBits(device, 1024 + 0x60, 0x40000000, 'LE'),
    says: /FEATURE_I30/,
  },
  {
    type: 'xfs',
    mebibytes: 320,
    // xfs_db knows how to sign what it writes.
    change: (device) => run('xfs_db', ['-x', '-c', 'sb 0', '-c', 'write -d features_incompat 0x4000000b', device]),
    says: /features whose block usage is not known/,
  },
  {
    type: 'ntfs',
    mebibytes: 16,
    change: (device) => setNtfsVersion(device),
    says: /version/i,
  },
  {
    type: 'btrfs',
    options: ['--mixed'],
    mebibytes: 32,
    change: setBtrfsFeature,
    says: /features whose block usage is not known/,
  },
  {
    type: 'exfat',
    mebibytes: 16,
    change: setExfatRevision,
    says: /revision/i,
  },
  {
    type: 'vfat',
    options: ['-F', '32', '-s', '1'],
    mebibytes: 64,
    change: (device) => setBits(device, 42, 0x7, 'LE'),
    says: /version/i,
  },
];

async function setBits(device: string, at: number, bits: number, order: 'LE' | 'BE'): Promise<void> {
  await using file = await open(device, 'r+');
  const word = Buffer.alloc(4);
  await file.read(word, 0, 4, at);
  if (order === 'LE') word.writeUInt32LE((word.readUInt32LE() | bits) >>> 0);
  else word.writeUInt32BE((word.readUInt32BE() | bits) >>> 0);
  await file.write(word, 0, 4, at);
  await file.sync();
}

/** An incompatible feature of the superblock at 64 KiB, whose checksum is over all but its own field. */
async function setBtrfsFeature(device: string): Promise<void> {
  await using file = await open(device, 'r+');
  const superblock = Buffer.alloc(4096);
  await file.read(superblock, 0, superblock.length, 65536);
  superblock.writeUInt32LE(superblock.readUInt32LE(0xbc + 4) | 0x40, 0xbc + 4);
  superblock.writeUInt32LE((crc32c(0xffffffff, superblock.subarray(32)) ^ 0xffffffff) >>> 0, 0);
  await file.write(superblock, 0, superblock.length, 65536);
  await file.sync();
}

/** The revision of the boot sector; the checksum of the region's eleven sectors fills the twelfth. */
async function setExfatRevision(device: string): Promise<void> {
  await using file = await open(device, 'r+');
  const region = Buffer.alloc(12 * 512);
  await file.read(region, 0, region.length, 0);
  region.writeUInt8(2, 105);
  const sum = bootChecksum(region.subarray(0, 11 * 512));
  for (let at = 11 * 512; at < region.length; at += 4) region.writeUInt32LE(sum, at);
  await file.write(region, 0, region.length, 0);
  await file.sync();
}

/** The version lies in $VOLUME_INFORMATION of MFT record 3, behind eight reserved bytes. */
async function setNtfsVersion(device: string): Promise<void> {
  await using file = await open(device, 'r+');
  const boot = Buffer.alloc(512);
  await file.read(boot, 0, 512, 0);
  const clusterBytes = boot.readUInt16LE(11) * boot.readUInt8(13);
  const record = Number(boot.readBigUInt64LE(0x30)) * clusterBytes + 3 * 1024;
  const bytes = Buffer.alloc(1024);
  await file.read(bytes, 0, 1024, record);
  for (let at = bytes.readUInt16LE(0x14); at + 24 < 1024 && bytes.readUInt32LE(at) !== 0xffffffff; ) {
    if (bytes.readUInt32LE(at) === 0x70) bytes.writeUInt8(9, at + bytes.readUInt16LE(at + 0x14) + 8);
    at += Math.max(16, bytes.readUInt32LE(at + 4));
  }
  await file.write(bytes, 0, 1024, record);
  await file.sync();
}

describe('strange features: read whole, restored bit for bit', () => {
  test.each(STRANGE)('$type', async ({ type, options, mebibytes, change, says }) => {
    await using stand = await Stand.create();
    const device = await deviceWith(stand, { type, ...(options ? { options } : {}), mebibytes });
    await change(device);
    const copy = join(stand.folder, 'copy.img');
    await run('cp', ['--sparse=always', device, copy]);
    await stand.ok('init');
    const { warnings, counters } = await backUp(stand, device);
    expect(warnings.join('\n')).toMatch(says);
    expect(counters.readBytes).toBe(mebibytes * MIB);
    await wreck(device, mebibytes * MIB);
    await stand.ok('restore', 'image', device, '-noprompt');
    await run('cmp', [device, copy]);
  });
});
