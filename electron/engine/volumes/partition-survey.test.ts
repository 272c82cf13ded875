/** Tables in lists of volumes: which device an entry has, and what a partition's description carries. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Volume } from '#contract';
import { requireLoopDevices } from '../testing/machine-limits.ts';
import { feedSfdisk, MIB, sfdiskImage } from '../testing/partition-tables.ts';
import { runProgram } from '../testing/run-program.ts';
import { attachLoop, createSparseFile, makeFileSystem } from '../testing/test-volume.ts';
import { createWorkspace, type Workspace } from '../testing/workspace.ts';
import { discoverVolumes, findVolume } from './discover.ts';
import { entryOf } from './partition-survey.ts';

const GPT = [
  'label: gpt',
  'label-id: 1B9A23F4-0D2C-4A7B-8C2E-9F1A0B3C4D5E',
  '1 : start=2048, size=40960, name="data", uuid=0B3C4D5E-0D2C-4A7B-8C2E-9F1A1B9A23F4',
  '2 : start=43008, size=40960, type=swap',
  '',
].join('\n');

const MBR = [
  'label: dos',
  'label-id: 0x1a2b3c4d',
  '1 : start=2048, size=2048, type=83, bootable',
  '2 : start=6144, size=16384, type=5',
  '5 : start=8192, size=4096, type=83',
  '6 : start=16384, size=4096, type=82',
  '',
].join('\n');

/** A disk with a file system in its first partition, as a file. */
async function diskFile(workspace: Workspace): Promise<string> {
  const path = await sfdiskImage(workspace, GPT);
  const inner = workspace.path('inner.img');
  await createSparseFile(inner, 20 * MIB);
  await makeFileSystem(inner, ['ext4', '-L', 'inside']);
  await runProgram('dd', [`if=${inner}`, `of=${path}`, 'bs=1M', 'seek=1', 'conv=notrunc', 'status=none']);
  return path;
}

/** Tells the kernel of a partition until the stack is disposed; places in sectors of 512 bytes. */
async function tellKernel(stack: AsyncDisposableStack, disk: string, number: number, start: number, size: number) {
  await runProgram('addpart', [disk, String(number), String(start), String(size)]);
  stack.defer(async () => {
    await runProgram('delpart', [disk, String(number)]);
  });
}

const entriesOf = ({ partitionTable }: Volume) =>
  partitionTable?.entries.map(({ number, device, fsType = '', label = '' }) => [number, device, fsType, label]);

describe('partitions in lists of volumes', { timeout: 60_000 }, () => {
  it('an image file shows its table and what is in it', async () => {
    await using workspace = await createWorkspace();
    const path = await diskFile(workspace);
    const volume = await findVolume(path);
    expect(volume).toMatchObject({ kind: 'file', fsType: '' });
    expect(volume.partitionTable).toMatchObject({ scheme: 'gpt', diskId: '1b9a23f4-0d2c-4a7b-8c2e-9f1a0b3c4d5e' });
    expect(entriesOf(volume)).toEqual([
      [1, undefined, 'ext4', 'inside'],
      [2, undefined, '', ''],
    ]);
  });

  it('a file system that fills the volume is no table', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('plain.img');
    await createSparseFile(path, 16 * MIB);
    for (const mkfs of [['ext4'], ['vfat']] as const) {
      await makeFileSystem(path, mkfs);
      expect((await findVolume(path)).partitionTable).toBeUndefined();
    }
    await writeFile(path, Buffer.alloc(100));
    expect((await findVolume(path)).partitionTable).toBeUndefined();
  });

  it('a GPT disk whose kernel knows one partition rightly and one wrongly', async (context) => {
    requireLoopDevices(context);
    await using workspace = await createWorkspace();
    const path = await diskFile(workspace);
    await using stack = new AsyncDisposableStack();
    const { device: disk } = stack.use(await attachLoop(path));
    await tellKernel(stack, disk, 1, 2048, 40_960);
    await tellKernel(stack, disk, 2, 43_008, 20_480);

    const found = await findVolume(disk);
    expect(entriesOf(found)).toEqual([
      [1, `${disk}p1`, 'ext4', 'inside'],
      [2, undefined, '', ''],
    ]);
    expect(found.partitionTable?.problems).toEqual([
      `The kernel knows ${disk}p2 otherwise than the table has it, until it reads it again.`,
    ]);
    expect(found.partition).toBeUndefined();

    const first = await findVolume(`${disk}p1`);
    expect(first).toMatchObject({ kind: 'partition', parent: disk, fsType: 'ext4', label: 'inside' });
    expect(first.partUuid).toBe('0b3c4d5e-0d2c-4a7b-8c2e-9f1a1b9a23f4');
    expect(first.partition).toMatchObject({
      number: 1,
      startBytes: MIB,
      sizeBytes: 20 * MIB,
      name: 'data',
      typeName: 'Linux file system',
      disk: { scheme: 'gpt', diskSizeBytes: 64 * MIB, sectorBytes: 512, lastUsableLba: 131_038, slotCount: 128 },
      others: [{ number: 2, typeName: 'Linux swap' }],
    });
    expect((await findVolume(`${disk}p2`)).partition).toBeUndefined();
    const listed = (await discoverVolumes()).find(({ name }) => name === `${disk}p1`);
    expect(listed?.partition).toEqual({ ...first.partition, others: undefined });
  });

  it('an MBR disk with logical partitions', async (context) => {
    requireLoopDevices(context);
    await using workspace = await createWorkspace();
    await using stack = new AsyncDisposableStack();
    const { device: disk } = stack.use(await attachLoop(await sfdiskImage(workspace, MBR)));
    await tellKernel(stack, disk, 1, 2048, 2048);
    // The kernel makes devices of extended partitions two sectors long.
    await tellKernel(stack, disk, 2, 6144, 2);
    const found = await findVolume(disk);
    expect(entriesOf(found)?.map(([number, device]) => [number, device])).toEqual([
      [1, `${disk}p1`],
      [2, `${disk}p2`],
      [5, undefined],
      [6, undefined],
    ]);
    const logical = found.partitionTable?.entries.find(({ number }) => number === 5);
    expect(logical).toMatchObject({ role: 'logical', partUuid: '1a2b3c4d-05' });
    expect((await findVolume(`${disk}p1`)).partition).toMatchObject({ active: true, typeId: '0x83' });
  });

  it('a table that was written after the kernel looked', async (context) => {
    requireLoopDevices(context);
    await using workspace = await createWorkspace();
    const path = workspace.path('disk.img');
    await createSparseFile(path, 64 * MIB);
    await using stack = new AsyncDisposableStack();
    const { device: disk } = stack.use(await attachLoop(path));
    expect((await findVolume(disk)).partitionTable).toBeUndefined();
    await feedSfdisk(path, MBR);
    expect(entriesOf(await findVolume(disk))).toHaveLength(4);
  });
});

it('device-mapper’s partitions are told by their PARTUUID', () => {
  const entry = {
    number: 1,
    role: 'primary' as const,
    startBytes: MIB,
    sizeBytes: MIB,
    typeId: '0x83',
    typeName: '',
    partUuid: '1a2b3c4d-01',
    name: '',
    attributes: [],
    active: false,
  };
  const table = {
    scheme: 'mbr' as const,
    diskId: '0x1a2b3c4d',
    diskSizeBytes: 4 * MIB,
    sectorBytes: 512,
    entries: [entry],
    problems: [],
  };
  expect(entryOf(table, { partUuid: '1A2B3C4D-01', sizeBytes: MIB }, undefined)).toBe(entry);
  expect(entryOf(table, { partUuid: '1a2b3c4d-01', sizeBytes: MIB / 2 }, undefined)).toBeUndefined();
  expect(entryOf(table, { partUuid: '', sizeBytes: MIB }, undefined)).toBeUndefined();
  expect(entryOf(table, { partUuid: '1a2b3c4d-01', sizeBytes: MIB }, { number: 1, startBytes: 0 })).toBeUndefined();
});
