/** Facts of FAT file systems, those whose map would be a guess, and what only looks like one. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { expectDamaged, expectReadWhole, usedMapOf } from '../../testing/expect-used-map.ts';
import { fatBoot, fatEntryOffset, fatImage, setFatEntry, setFatField } from '../../testing/fat-image.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { runProgram } from '../../testing/run-program.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { readUsedMap } from '../used-map.ts';
import { fat } from './family.ts';

function uint16(value: number): number[] {
  return [value & 0xff, value >>> 8];
}

async function probeOf(image: Buffer) {
  return await fat.probe(memorySource(image));
}

const STATE_BYTE = { FAT12: 0x25, FAT16: 0x25, FAT32: 0x41 } as const;

describe('file systems whose map would be a guess are read whole', () => {
  it.each(['FAT12', 'FAT16', 'FAT32'] as const)('%s in use by Linux', async (version) => {
    const image = setFatField(await fatImage(version), STATE_BYTE[version], [1], false);
    await expectReadWhole(
      image,
      /was not unmounted cleanly \(run fsck\.fat\).* whole volume is read \([\d.]+ \w+ in/,
      false,
    );
    expect((await usedMapOf(image)).facts.state).toBe('dirty');
    const plan = await readUsedMap(memorySource(image), { gapBytes: 1, estimate: true });
    expect(plan.summary).toMatchObject({ mode: 'used', usedBytes: plan.facts.usedBytes });
  });

  it.each([
    ['FAT16', 0x7fff, [0, 1]],
    ['FAT16', 0x7fff, [1]],
    ['FAT32', 0x07ffffff, [0, 1]],
  ] as const)('%s in use by Windows, in FATs %s %s', async (version, value, tables) => {
    await expectReadWhole(setFatEntry(await fatImage(version), 1, value, [...tables]), /not unmounted cleanly/, false);
  });

  it.each([
    ['FAT16', 0xbfff],
    ['FAT32', 0x0bffffff],
    ['FAT32', 0],
  ] as const)('%s with disk errors noted, a plan too', async (version, value) => {
    const image = setFatEntry(await fatImage(version), 1, value);
    await expectReadWhole(image, /marked as having met disk errors \(run fsck\.fat\)/);
    expect((await usedMapOf(image)).facts.state).toBe('errors');
  });

  it('errors noted in the boot sector', async () => {
    await expectReadWhole(setFatField(await fatImage('FAT16'), 0x25, [2]), /met disk errors/);
  });

  it('a version of FAT32 that nobody made', async () => {
    await expectReadWhole(setFatField(await fatImage('FAT32'), 42, [1, 0]), /version 0x0001 of FAT32/);
  });

  it('a file system longer than its volume', async () => {
    const image = await fatImage('FAT32');
    await expectReadWhole(image.subarray(0, 20 * 1024 * 1024), /volume has only 20\.0 MiB/);
    expect((await usedMapOf(image.subarray(0, 4096))).summary.mode).toBe('raw');
  });

  it('a partition table around which the boot sector was left', async () => {
    for (const version of ['FAT16', 'FAT32'] as const) {
      const image = await fatImage(version);
      Buffer.from('00000000830000000008000000100000', 'hex').copy(image, 446);
      await expectReadWhole(image, /partition table as well as vfat/);
      // What was put where the FAT was does not start as one: nothing says that this is FAT any longer.
      image.fill(0x90, fatEntryOffset(image, 0), fatEntryOffset(image, 0) + 512);
      expect(await probeOf(image)).toBeUndefined();
      setFatField(image, 13, [3], false);
      if (version === 'FAT32') expect(await probeOf(image)).toBeUndefined();
    }
  });

  it('a partitioned disk: sfdisk keeps the boot sector of an earlier file system', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('disk');
    await writeFile(path, await fatImage('FAT32'));
    await runProgram('sh', ['-c', `printf 'label: dos\n2048,,83\n' | sfdisk -q --wipe never ${path}`]);
    await expectReadWhole(await readFile(path), /partition table as well as vfat/);
  });

  it('a boot sector whose text and number of clusters name different widths', async () => {
    const image = setFatField(await fatImage('FAT16'), 54, [...Buffer.from('FAT12   ')]);
    await expectReadWhole(image, /do not agree on whether this is FAT12, FAT16 or FAT32/);
    expect((await usedMapOf(setFatField(image, 54, [...Buffer.from('FAT     ')]))).summary.mode).toBe('used');
    // From here to 4086 it is FAT16 by the specification, and FAT12 to Windows.
    const fewest = await fatImage('FAT16');
    const { dataOffset } = fatBoot(fewest);
    const setClusters = (clusters: number) => setFatField(fewest, 19, [...uint16(dataOffset / 512 + clusters)]);
    expect((await usedMapOf(setClusters(4086))).summary.mode).toBe('used');
    setFatField(fewest, 54, Array<number>(8).fill(0));
    await expectReadWhole(setClusters(4086), /do not agree on whether/);
    await expectReadWhole(setClusters(4085), /do not agree on whether/);
    expect((await usedMapOf(setClusters(4087))).facts.version).toBe('FAT16');
    expect((await usedMapOf(setClusters(4087))).summary.mode).toBe('used');
  });

  it('a boot sector that disagrees with its copy', async () => {
    await expectReadWhole(setFatField(await fatImage('FAT32'), 13, [2], false), /boot sector and its copy disagree/);
  });

  it('an active FAT that does not exist', async () => {
    await expectReadWhole(setFatField(await fatImage('FAT32'), 40, [0x85, 0]), /active FAT that does not exist/);
  });

  it('a FAT too short for the clusters', async () => {
    const image = await fatImage('FAT16');
    const tableSectors = image.readUInt16LE(22);
    image.writeUInt16LE(tableSectors - 4, 22);
    image.copyWithin(fatEntryOffset(image, 0, 1), fatEntryOffset(image, 0), fatEntryOffset(image, 0) + 512);
    await expectReadWhole(image, /FAT is too short/);
  });
});

describe('facts', () => {
  it.each(['FAT12', 'FAT16', 'FAT32'] as const)('%s: as fsck.fat and blkid see it', async (version) => {
    const image = await fatImage(version, '-i', 'A1B2C3D4');
    const { facts } = await usedMapOf(image);
    expect(facts).toMatchObject({
      type: 'vfat',
      version,
      label: 'VOLUME',
      uuid: 'A1B2-C3D4',
      blockSizeBytes: 512,
      totalBytes: image.length,
      features: [],
      state: 'clean',
    });
    const { clusterCount } = fatBoot(image);
    const rootClusters = version === 'FAT32' ? 1 : 0;
    expect(facts.freeBytes).toBe((clusterCount - 10 - rootClusters) * 512);
    expect(facts.usedBytes + facts.freeBytes).toBe(facts.totalBytes);
  });

  it('free clusters of FAT32 are counted where FSInfo has no possible count', async () => {
    const image = await fatImage('FAT32');
    const { facts } = await usedMapOf(image);
    const { infoOffset } = fatBoot(image);
    image.writeUInt32LE(0xffffffff, infoOffset + 488);
    expect((await usedMapOf(image)).facts).toEqual(facts);
    // A hint, so a wrong one is no damage.
    image.writeUInt32LE(5, infoOffset + 488);
    const wrong = await usedMapOf(image);
    expect(wrong.facts.freeBytes).toBe(5 * 512);
    expect(wrong.summary).toMatchObject({ mode: 'used', usedBytes: facts.usedBytes });
  });

  it('the label comes from the root directory, then from the boot sector', async () => {
    const image = await fatImage('FAT16');
    const { rootOffset } = fatBoot(image);
    const label = async () => (await usedMapOf(image)).facts.label;
    image.write('OTHER      ', 43, 'latin1');
    expect(await label()).toBe('VOLUME');
    image.write('\x05BC        ', rootOffset, 'latin1');
    expect(await label()).toBe('åBC');
    image.writeUInt8(0xe5, rootOffset);
    expect(await label()).toBe('OTHER');
    image.write('NO NAME    ', 43, 'latin1');
    expect(await label()).toBe('');
  });

  it('a label that a cycle of root directory clusters hides comes from the boot sector', async () => {
    const image = setFatEntry(setFatEntry(await fatImage('FAT32'), 2, 500), 500, 2);
    const { dataOffset } = fatBoot(image);
    for (const cluster of [0, 498]) {
      image.fill(0xe5, dataOffset + cluster * 512, dataOffset + cluster * 512 + 512);
    }
    expect((await probeOf(image))?.facts.label).toBe('VOLUME');
    await expectDamaged(image, 'root directory', fatEntryOffset(image, 500), /comes back to itself/);
  });
});

describe('what is no FAT file system', () => {
  it.each([
    ['NTFS', 3, 'NTFS    '],
    ['exFAT', 3, 'EXFAT   '],
    ['ReFS', 3, 'ReFS\0\0\0\0'],
    ['BitLocker', 3, '-FVE-FS-'],
    ['HPFS', 54, 'HPFS    '],
  ])('%s, whatever its parameter block', async (_, at, text) => {
    const image = await fatImage('FAT16');
    image.write(text, at, 'latin1');
    expect(await probeOf(image)).toBeUndefined();
  });

  it.each(['3bd66749292ed84a8399f6a339e3d001', '3b4da89280dd0e4d9e4eb1e3284eaed8'])(
    'BitLocker To Go, whose files cover an encrypted volume (%s)',
    async (identifier) => {
      const image = await fatImage('FAT32');
      Buffer.from(identifier, 'hex').copy(image, 424);
      expect(await probeOf(image)).toBeUndefined();
    },
  );

  it('a boot sector without text whose FAT is none', async () => {
    const image = await fatImage('FAT16');
    image.fill(0, 54, 62);
    // Old DOS wrote no text, and that is FAT.
    expect((await usedMapOf(image)).summary.mode).toBe('used');
    image.fill(0, fatEntryOffset(image, 0), fatEntryOffset(image, 0) + 4);
    expect(await probeOf(image)).toBeUndefined();
    image.writeUInt8(3, 13);
    expect(await probeOf(image)).toBeUndefined();
  });

  it('partition tables, other file systems, noise', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('disk');
    await createSparseFile(path, 16 * 1024 * 1024);
    await runProgram('sh', ['-c', `printf 'label: dos\n2048,8192,c\n' | sfdisk -q ${path}`]);
    expect(await probeOf(await readFile(path))).toBeUndefined();
    for (const mkfs of [['ext4'], ['ntfs'], ['exfat']] as const) {
      await makeFileSystem(path, [...mkfs]);
      expect(await probeOf(await readFile(path))).toBeUndefined();
    }
    expect(await probeOf(Buffer.alloc(1024, 0xeb))).toBeUndefined();
    expect(await probeOf(Buffer.alloc(100))).toBeUndefined();
  });
});
