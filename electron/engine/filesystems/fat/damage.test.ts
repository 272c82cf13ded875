/** What is done about damaged FAT file systems: never a map that leaves out used clusters. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { expectDamaged, expectReadWhole, usedMapOf } from '../../testing/expect-used-map.ts';
import { fatBoot, fatEntryOffset, fatImage, setFatEntry, setFatField } from '../../testing/fat-image.ts';
import { mtools } from '../../testing/fat-oracle.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { readUsedMap } from '../used-map.ts';
import { fat } from './family.ts';

async function probeOf(image: Buffer) {
  return await fat.probe(memorySource(image));
}

describe('damage is named with its place', () => {
  it.each([
    ['FAT12', 0xff6],
    ['FAT16', 0xfff0],
    ['FAT32', 0x0ffffff6],
    ['FAT32', 0xf0000001],
    ['FAT12', 1],
  ] as const)('%s: an entry of %i', async (version, value) => {
    const image = setFatEntry(await fatImage(version), 100, value);
    await expectDamaged(image, 'first FAT', fatEntryOffset(image, 100), /from cluster 100 to \d+, which is no cluster/);
    const plan = await readUsedMap(memorySource(image), { gapBytes: 1, estimate: true });
    expect(plan.summary.mode).toBe('used');
  });

  it('the first number behind the last cluster is no cluster, the last one is', async () => {
    const image = await fatImage('FAT16');
    const { lastCluster } = fatBoot(image);
    setFatEntry(image, lastCluster, 0xffff);
    expect((await usedMapOf(setFatEntry(image, 100, lastCluster))).summary.mode).toBe('used');
    await expectDamaged(setFatEntry(image, 100, lastCluster + 1), 'first FAT', fatEntryOffset(image, 100));
  });

  it('an entry of the second FAT alone', async () => {
    const image = setFatEntry(await fatImage('FAT16'), 100, 0xfff1, [1]);
    await expectDamaged(image, 'second FAT', fatEntryOffset(image, 100, 1));
  });

  it.each([
    ['FAT12', 0xff7],
    ['FAT16', 0xfff7],
    ['FAT32', 0x0ffffff7],
  ] as const)('%s: a chain that leads to a bad or a free cluster', async (version, bad) => {
    const image = setFatEntry(await fatImage(version), 200, bad);
    expect((await usedMapOf(image)).summary.mode).toBe('used');
    for (const value of [bad, 0]) {
      setFatEntry(setFatEntry(image, 200, value), 100, 200);
      const at = fatEntryOffset(image, 200);
      await expectDamaged(image, 'first FAT', at, /leads to cluster 200, which is marked as free or bad/);
      const plan = await readUsedMap(memorySource(image), { gapBytes: 1, estimate: true });
      expect(plan.summary.mode).toBe('used');
    }
    setFatEntry(image, 200, 2 ** Math.min(fatBoot(image).entryBits, 28) - 1);
    expect((await usedMapOf(image)).summary.mode).toBe('used');
  });

  it('a sector of both FATs that was zeroed under a file', async () => {
    const image = await fatImage('FAT32');
    const { lastCluster } = fatBoot(image);
    for (let cluster = 100; cluster < 500; cluster++) setFatEntry(image, cluster, cluster + 1);
    setFatEntry(image, 500, 0x0fffffff);
    expect((await usedMapOf(image)).summary.mode).toBe('used');
    expect(lastCluster).toBeGreaterThan(500);
    for (const table of [0, 1]) {
      const at = fatEntryOffset(image, 256, table);
      image.fill(0, at, at + 512);
    }
    await expectDamaged(image, 'first FAT', fatEntryOffset(image, 256), /leads to cluster 256/);
  });

  it.each([0, 0x0ffffff7])('a root directory whose cluster has entry %i', async (value) => {
    const image = setFatEntry(await fatImage('FAT32'), 2, value);
    await expectDamaged(image, 'root directory', fatBoot(image).dataOffset);
  });

  it.each(['FAT12', 'FAT16', 'FAT32'] as const)(
    '%s: a file whose first cluster is free, bad or none',
    async (version) => {
      const image = await fatImage(version);
      const { rootOffset, dataOffset, rootCluster, lastCluster, entryBits } = fatBoot(image);
      const root = rootCluster > 0 ? dataOffset : rootOffset;
      const entry = image.indexOf('FILE       ', root, 'latin1');
      const first = image.readUInt16LE(entry + 26);
      const value = { 12: 0xff7, 16: 0xfff7, 32: 0x0ffffff7 }[entryBits];
      for (const wrong of [0, value]) {
        await expectDamaged(
          setFatEntry(image, first, wrong),
          'root directory',
          entry,
          /starts with cluster \d+, which is not/,
        );
      }
      setFatEntry(image, first, first + 1);
      image.writeUInt16LE((lastCluster + 1) % 0x10000, entry + 26);
      image.writeUInt16LE(Math.floor((lastCluster + 1) / 0x10000), entry + 20);
      await expectDamaged(image, 'root directory', entry, /starts with \d+, which is no cluster/);
      // The upper half is something else on FAT12 and FAT16, and an empty file has no cluster.
      image.writeUInt32LE(0, entry + 26);
      image.writeUInt16LE(0, entry + 20);
      expect((await usedMapOf(image)).summary.mode).toBe('used');
      image.writeUInt16LE(first, entry + 26);
      image.writeUInt16LE(7, entry + 20);
      if (version !== 'FAT32') expect((await usedMapOf(image)).summary.mode).toBe('used');
    },
  );

  it.each([0, 1])('FAT %i overwritten at its start', async (table) => {
    const image = await fatImage('FAT16');
    image.fill(0x33, fatEntryOffset(image, 0, table), fatEntryOffset(image, 0, table) + 3);
    const name = table === 0 ? 'first FAT' : 'second FAT';
    await expectDamaged(image, name, fatEntryOffset(image, 0, table), /does not start as one/);
  });

  it('the boot sector of FAT16, which has no copy', async () => {
    for (const [at, value] of [
      [13, 3],
      [11, 1],
      [16, 0],
      [14, 0],
      [17, 1],
      [21, 0x10],
      [510, 0],
      [0, 0x90],
    ] as const) {
      const image = await fatImage('FAT16');
      image.writeUInt8(value, at);
      if (at === 14) image.writeUInt8(0, 15);
      await expectDamaged(image, 'boot sector', 0);
    }
  });

  it('both boot sectors of FAT32', async () => {
    await expectDamaged(setFatField(await fatImage('FAT32'), 13, [3]), 'boot sector', 0, /cluster size is impossible/);
    await expectDamaged(
      setFatField(await fatImage('FAT32'), 44, [1, 0, 0, 0]),
      'boot sector',
      0,
      /root directory cluster/,
    );
    await expectDamaged(setFatField(await fatImage('FAT32'), 17, [16]), 'boot sector', 0, /root directory entries/);
    await expectDamaged(setFatField(await fatImage('FAT32'), 36, [0, 0, 0, 0]), 'boot sector', 0, /no length/);
    await expectDamaged(
      setFatField(await fatImage('FAT32'), 32, [9, 0, 0, 0]),
      'boot sector',
      0,
      /no room for clusters/,
    );
  });
});

describe('the layout', () => {
  it('that does not lead to the folders is in doubt', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('image');
    await writeFile(path, await fatImage('FAT16'));
    await mtools('mmd', path, '::/FOLDER');
    const image = await readFile(path);
    expect((await usedMapOf(image)).summary.mode).toBe('used');
    for (const [at, value] of [
      [13, 2],
      [14, 2],
      [17, 0x10],
    ] as const) {
      const moved = Buffer.from(image);
      moved.writeUInt8(value, at);
      const map = await readUsedMap(memorySource(moved), { gapBytes: 1, allowRaw: true });
      expect(map.summary.mode).toBe('raw');
      if (at === 13) await expectReadWhole(moved, /folder is not where the boot sector puts it/, false);
    }
  });
});

describe('the copy of the boot sector', () => {
  it('gives the same map, with a warning', async () => {
    const image = await fatImage('FAT32');
    const { extents } = await usedMapOf(image);
    for (const [at, value] of [
      [13, 3],
      [32, 0],
      [0, 0],
    ] as const) {
      const damaged = Buffer.from(image);
      damaged.fill(value, at, at + 4);
      const map = await usedMapOf(damaged);
      expect(map.summary.mode).toBe('used');
      expect(map.summary.warnings.join()).toMatch(/boot sector is damaged \(.*\); its copy at byte 3072 was used/);
      expect([...map.extents]).toEqual([...extents]);
    }
  });

  it('does not hide that the volume is in use', async () => {
    const image = setFatField(setFatField(await fatImage('FAT32'), 13, [3], false), 0x41, [1], false);
    await expectReadWhole(image, /not unmounted cleanly/, false);
    const unsigned = setFatField(await fatImage('FAT32'), 510, [0, 0], false);
    await expectReadWhole(unsigned, /not unmounted cleanly/, false);
  });

  it('of an earlier FAT32 is no copy of a FAT16', async () => {
    const image = await fatImage('FAT16', '-R', '16');
    (await fatImage('FAT32')).copy(image, 6 * 512, 6 * 512, 7 * 512);
    image.writeUInt8(3, 13);
    await expectDamaged(image, 'boot sector', 0, /cluster size is impossible/);
  });

  it('is no find behind a first sector that says nothing of FAT', async () => {
    const image = await fatImage('FAT32');
    image.fill(0, 0, 512);
    expect(await probeOf(image)).toBeUndefined();
  });
});

describe('what the FATs say', () => {
  it('a cluster in use by either FAT is read, with a warning', async () => {
    for (const table of [0, 1]) {
      const image = setFatEntry(await fatImage('FAT16'), 300, 0xffff, [table]);
      const { dataOffset } = fatBoot(image);
      const probe = await probeOf(image);
      const extents = await probe?.usedExtents();
      expect([...(extents?.slice(-2) ?? [])]).toEqual([dataOffset + 298 * 512, 512]);
      expect(probe?.warnings.join()).toMatch(/copies of the FAT differ/);
      await probe?.usedExtents();
      expect(probe?.warnings).toHaveLength(1);
    }
  });

  it('a cluster that one FAT calls bad and the other uses is read', async () => {
    const image = setFatEntry(setFatEntry(await fatImage('FAT32'), 300, 0x0fffffff), 300, 0x0ffffff7, [0]);
    const extents = (await (await probeOf(image))?.usedExtents()) ?? [];
    expect([...extents.slice(-2)]).toEqual([fatBoot(image).dataOffset + 298 * 512, 512]);
  });

  it('with mirroring off every FAT counts, and only the active one must be right', async () => {
    const image = setFatField(await fatImage('FAT32'), 40, [0x81, 0]);
    setFatEntry(image, 300, 0x0fffffff, [1]);
    setFatEntry(image, 400, 0x0ffffff3, [0]);
    const probe = await probeOf(image);
    const extents = (await probe?.usedExtents()) ?? [];
    const { dataOffset } = fatBoot(image);
    expect([...extents.slice(-4)]).toEqual([dataOffset + 298 * 512, 512, dataOffset + 398 * 512, 512]);
    expect(probe?.warnings).toEqual([]);
    await expectDamaged(setFatEntry(image, 400, 0x0ffffff3, [1]), 'second FAT', fatEntryOffset(image, 400, 1));
  });

  it('the upper four bits of an entry of FAT32 mean nothing', async () => {
    const image = await fatImage('FAT32');
    const before = await usedMapOf(image);
    setFatEntry(image, 300, 0xf0000000);
    expect([...(await usedMapOf(image)).extents]).toEqual([...before.extents]);
  });

  it('bad clusters are not read and told about', async () => {
    const image = setFatEntry(setFatEntry(await fatImage('FAT12'), 300, 0xff7), 301, 0xff7);
    const before = await usedMapOf(await fatImage('FAT12'));
    const probe = await probeOf(image);
    expect([...((await probe?.usedExtents()) ?? [])]).toEqual([...before.extents]);
    expect(probe?.warnings).toEqual(['1024 bytes are marked as bad clusters and are not read.']);
  });
});

describe('what cannot be read off the medium', () => {
  // Not through the registry: other families read there, and may not know what they would have found.
  it.each(['FAT12', 'FAT16', 'FAT32'] as const)('%s: a bad sector in a FAT', async (version) => {
    const image = await fatImage(version);
    for (const table of [0, 1]) {
      const probe = await fat.probe(memorySource(image, [fatEntryOffset(image, 600, table)]));
      expect(probe?.facts).toMatchObject({ type: 'vfat', version, state: 'clean' });
      await expect(probe?.usedExtents()).rejects.toMatchObject({
        code: 'FILESYSTEM_DAMAGED',
        details: { structure: table === 0 ? 'first FAT' : 'second FAT', unreadable: true },
      });
    }
  });

  it('a bad sector in a FAT makes the image raw', async () => {
    // Behind the places where other contents have their marks.
    const image = await fatImage('FAT32');
    const map = await readUsedMap(memorySource(image, [fatEntryOffset(image, 65_000, 1)]), { gapBytes: 1 });
    expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
    expect(map.summary.warnings.join()).toMatch(/second FAT cannot be read .*\(EIO\).*whole volume/);
  });

  it('a bad sector in FSInfo, the backup or the root directory does not matter', async () => {
    const image = await fatImage('FAT32');
    const before = await usedMapOf(image);
    const { infoOffset, backupOffset, dataOffset } = fatBoot(image);
    const probe = await fat.probe(memorySource(image, [infoOffset, backupOffset, dataOffset]));
    expect([...((await probe?.usedExtents()) ?? [])]).toEqual([...before.extents]);
    expect(probe?.facts).toMatchObject({ label: 'VOLUME', state: 'clean' });
    // The FAT is counted where FSInfo cannot be read.
    const other = await fat.probe(memorySource(image, [infoOffset]));
    expect(other?.facts).toEqual(probe?.facts);
    expect(other?.facts.freeBytes).toBe((await usedMapOf(image)).facts.freeBytes);
  });
});

describe('a cancelled task', () => {
  it.each(['FAT12', 'FAT32'] as const)('ends the reading of %s', async (version) => {
    const image = await fatImage(version);
    const stop = new AbortController();
    const probe = await fat.probe(memorySource(image), stop.signal);
    stop.abort();
    await expect(fat.probe(memorySource(image), stop.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(probe?.usedExtents(stop.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
