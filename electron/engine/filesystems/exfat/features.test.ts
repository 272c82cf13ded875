/** Facts of exFAT file systems, and those whose map would be a guess: they are read whole. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  EXFAT_IMAGE,
  exfatChanges,
  exfatImage,
  exfatOffset,
  exfatRootEntry,
  markExfat,
  setExfatEntry,
  signExfat,
} from '../../testing/exfat-image.ts';
import { expectReadWhole } from '../../testing/expect-used-map.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { runProgram } from '../../testing/run-program.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { readUsedMap } from '../used-map.ts';
import { exfat } from './family.ts';

const { regionBytes: REGION, clusters: CLUSTERS, bitmap: BITMAP, root: ROOT } = EXFAT_IMAGE;
const pristine = await exfatImage();

const { setField, changed, expectMapped } = exfatChanges(pristine);

describe('file systems whose map would be a guess are read whole', () => {
  it('in use', async () => {
    const image = changed(106, 2);
    await expectReadWhole(image, /was not unmounted cleanly \(run fsck\.exfat\).*whole volume is read/, false);
    const plan = await readUsedMap(memorySource(image), { gapBytes: 1, estimate: true });
    expect(plan.summary).toMatchObject({ mode: 'used', usedBytes: plan.facts.usedBytes });
    expect(plan.facts.state).toBe('dirty');
  });

  it('failures of the medium noted, a plan too', async () => {
    await expectReadWhole(changed(106, 4), /failures of the medium/);
    await expectReadWhole(changed(106, 6), /failures of the medium/);
  });

  it.each([
    [4, '10'],
    [7, '80'],
  ])('unknown volume flag, bit %i', async (bit, hex) => {
    await expectReadWhole(changed(106, 1 << bit), new RegExp(`unknown volume flags \\(0x${hex}\\)`));
  });

  it('clear-to-zero says nothing about the map', async () => {
    await expectMapped(changed(106, 8));
  });

  it('two FATs, and the second active', async () => {
    const image = setField(110, 2);
    // Room for a second FAT is there where there are fewer clusters.
    for (const start of [0, REGION]) {
      image.writeUInt32LE(32, start + 84);
      image.writeUInt32LE(4000, start + 92);
    }
    await expectReadWhole(signExfat(image), /two FATs and two allocation bitmaps \(TexFAT\)/);
    expect((await exfat.probe(memorySource(image)))?.facts.features).toEqual(['TexFAT']);
    await expectReadWhole(changed(106, 1), /TexFAT/);
  });

  it('another revision', async () => {
    await expectReadWhole(setField(104, 0, 2), /revision 2\.0 of exFAT/);
    const { facts } = await readUsedMap(memorySource(setField(104, 3, 1)), { gapBytes: 1 });
    expect(facts.version).toBe('1.3');
  });

  it('a file system longer than its volume', async () => {
    await expectReadWhole(pristine.subarray(0, 3 * 1024 * 1024), /volume has only 3\.00 MiB/);
  });

  it('a partition table around which the boot sector was left', async () => {
    await expectReadWhole(
      changed(446, ...Buffer.from('00000000830000000008000000100000', 'hex')),
      /partition table as well as exfat/,
    );
  });

  it('a partitioned disk: sfdisk keeps the boot sector of an earlier file system', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('disk');
    await writeFile(path, pristine);
    await runProgram('sh', ['-c', `printf 'label: dos\n2048,,83\n' | sfdisk -q --wipe never ${path}`]);
    await expectReadWhole(await readFile(path), /partition table as well as exfat/);
  });

  it.each([0x84, 0x86, 0x9f, 0x80, 0xc2])(
    'an entry of unknown critical type %i in the root directory',
    async (type) => {
      const image = changed(exfatRootEntry(pristine, 0x82) + 32, type);
      await expectReadWhole(image, new RegExp(`unknown critical types \\(0x${type.toString(16)}\\)`));
    },
  );

  it.each([0xa0, 0xa5, 0xe0, 0x05, 0x84 & 0x7f])('an entry of type %i may be ignored', async (type) => {
    await expectMapped(changed(exfatRootEntry(pristine, 0x82) + 32, type));
  });

  it('a bitmap in several pieces, which drivers read in different ways', async () => {
    const image = setExfatEntry(
      markExfat(setExfatEntry(Buffer.from(pristine), BITMAP, 100), 100, true),
      100,
      0xffffffff,
    );
    await expectReadWhole(image, /allocation bitmap is in several pieces/);
  });
});

describe('facts', () => {
  it('as dump.exfat and blkid see them', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('image');
    await createSparseFile(path, 64 * 1024 * 1024);
    await makeFileSystem(path, ['exfat', '-L', 'Fotos', '-c', '8K']);
    const image = await readFile(path);
    const { facts } = await readUsedMap(memorySource(image), { gapBytes: 1 });
    const dump = await runProgram('dump.exfat', [path]);
    const blkid = await runProgram('blkid', ['-p', '-o', 'export', path]);
    expect(facts).toMatchObject({ type: 'exfat', version: '1.0', label: 'Fotos', blockSizeBytes: 8192 });
    expect(facts).toMatchObject({ totalBytes: image.length, features: [], state: 'clean' });
    expect(facts.freeBytes).toBe(Number(/Free Clusters:\s+(\d+)/.exec(dump)?.[1]) * 8192);
    expect(facts.usedBytes + facts.freeBytes).toBe(facts.totalBytes);
    expect(blkid).toContain(`UUID=${facts.uuid}\n`);
  });

  it('a label of eleven characters of any script', async () => {
    const image = Buffer.from(pristine);
    const label = 'Größe 写真 ✓!';
    image.writeUInt8(label.length, exfatRootEntry(pristine, 0x83) + 1);
    image.write(label, exfatRootEntry(pristine, 0x83) + 2, 'utf16le');
    expect((await exfat.probe(memorySource(image)))?.facts.label).toBe(label);
  });

  it('by the percents where the root directory cannot be followed', async () => {
    const image = changed(112, 25);
    image.fill(0, exfatOffset(ROOT), exfatOffset(ROOT) + 32 * 4);
    expect((await exfat.probe(memorySource(image)))?.facts.freeBytes).toBe(Math.floor(CLUSTERS * 0.75) * 512);
    image.writeUInt8(0xff, 112);
    expect((await exfat.probe(memorySource(image)))?.facts).toMatchObject({ freeBytes: 0, label: '' });
  });

  it('bad clusters are read like any other: an entry of the FAT may be older than its cluster’s data', async () => {
    const image = setExfatEntry(markExfat(Buffer.from(pristine), 200, true), 200, 0xfffffff7);
    const extents = (await (await exfat.probe(memorySource(image)))?.usedExtents()) ?? [];
    expect([...extents.slice(-2)]).toEqual([exfatOffset(200), 512]);
  });
});
