import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { PartitionEntry, PartitionedDisk } from '#contract';
import { dumped, emptyDisk, feedSfdisk, MIB } from '../../testing/partition-tables.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { sfdiskScript } from './sfdisk-script.ts';

const entry = (number: number, startSector: number, sectors: number, facts: Partial<PartitionEntry> = {}) => ({
  number,
  role: number > 4 ? ('logical' as const) : ('primary' as const),
  startBytes: startSector * 512,
  sizeBytes: sectors * 512,
  typeId: '0x83',
  typeName: 'Linux file system',
  partUuid: '',
  name: '',
  attributes: [],
  active: false,
  ...facts,
});

const MBR: PartitionedDisk = { scheme: 'mbr', diskId: '0x1a2b3c4d', diskSizeBytes: 2 ** 26, sectorBytes: 512 };

it('puts the entries in order, whichever of them the image is of', () => {
  const frame = entry(2, 4096, 8192, { role: 'extended', typeId: '0x05' });
  const others = [frame, entry(1, 2048, 2048, { active: true, typeId: '0x07' })];
  expect(sfdiskScript({ ...entry(5, 6144, 1024), disk: MBR, others }).split('\n')).toEqual([
    '# sfdisk --wipe never --wipe-partitions never DISK < this script',
    'label: dos',
    'label-id: 0x1a2b3c4d',
    'unit: sectors',
    'sector-size: 512',
    '',
    '1 : start=2048, size=2048, type=7, bootable',
    '2 : start=4096, size=8192, type=5',
    '5 : start=6144, size=1024, type=83',
    '',
  ]);
});

it('leaves out a logical partition whose record would be written into another one', () => {
  const frame = entry(1, 2048, 20_000, { role: 'extended', typeId: '0x05' });
  const lines = sfdiskScript({ ...entry(5, 2111, 2048), disk: MBR, others: [frame, entry(6, 4159, 1000)] }).split('\n');
  expect(lines.slice(-4, -1)).toEqual([
    '5 : start=2111, size=2048, type=83',
    '# Left out, because sfdisk would write its record into partition 5:',
    '# 6 : start=4159, size=1000, type=83',
  ]);
});

it('escapes names, so that nothing in them is read as a part of the script', () => {
  const gpt: PartitionedDisk = {
    ...MBR,
    scheme: 'gpt',
    diskId: 'aa',
    firstUsableLba: 34,
    lastUsableLba: 99,
    slotCount: 8,
  };
  const name = 'a"b\\c$d`e\nlabel: dos\u0007ü';
  const script = sfdiskScript({ ...entry(1, 2048, 8, { name, attributes: [0, 48, 63] }), disk: gpt });
  expect(script).toContain(
    'name="a\\x22b\\x5cc\\x24d\\x60e\\x0alabel: dos\\x07\\xc3\\xbc", attrs="RequiredPartition GUID:48,63"\n',
  );
  expect(script).toContain('first-lba: 34\nlast-lba: 99\ntable-length: 8\n');
});

it('says which partitions sfdisk may refuse', async () => {
  await using workspace = await createWorkspace();
  const frame = entry(1, 2048, 100_000, { role: 'extended', typeId: '0x05' });
  const squeezed = sfdiskScript({ ...entry(5, 4096, 1999), disk: MBR, others: [frame, entry(6, 6096, 1000)] });
  const remark = '# sfdisk may refuse partition 6: less than 1 MiB is free before it. parted takes it.';
  expect(squeezed).toContain(`${remark}\n6 : `);
  const disk = await emptyDisk(workspace, 'disk.img', 64 * MIB);
  await expect(feedSfdisk(disk, squeezed)).rejects.toThrow('Start sector 6096 out of range');
  // Refused as a whole: nothing was written.
  expect((await readFile(disk)).every((byte) => byte === 0)).toBe(true);

  const old = sfdiskScript({ ...entry(5, 2111, 1999), disk: MBR, others: [frame, entry(6, 4111, 1000)] });
  expect(old).not.toContain('may refuse');
  await feedSfdisk(disk, old);
  expect(await dumped(disk)).toMatch(/6 : start= +4111, size= +1000, type=83/);
});
