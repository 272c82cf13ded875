/** What sfdisk, sgdisk and partx (libblkid) say about tables that sfdisk made, and tables made again from our scripts. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { PartitionTable, VolumePartition } from '#contract';
import { openFileSource } from '../../filesystems/source.ts';
import { requireLoopDevices } from '../../testing/machine-limits.ts';
import { MATRIX } from '../../testing/partition-matrix.ts';
import { dumped, emptyDisk, feedSfdisk, MIB } from '../../testing/partition-tables.ts';
import { runProgram } from '../../testing/run-program.ts';
import { attachLoop } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { readPartitionTable } from './partition-table.ts';
import { sfdiskScript } from './sfdisk-script.ts';

const sfdiskSchema = z.object({
  partitiontable: z.object({
    label: z.enum(['gpt', 'dos']),
    id: z.string(),
    firstlba: z.number().optional(),
    lastlba: z.number().optional(),
    'table-length': z.string().optional(),
    sectorsize: z.number(),
    partitions: z
      .array(
        z.object({
          node: z.string(),
          start: z.number(),
          size: z.number(),
          type: z.string(),
          uuid: z.string().optional(),
          name: z.string().optional(),
          attrs: z.string().optional(),
          bootable: z.boolean().optional(),
        }),
      )
      .default([]),
  }),
});

async function read(path: string, sectorBytes = 512): Promise<PartitionTable> {
  await using source = await openFileSource(path);
  const table = await readPartitionTable(source, { sectorBytes, bare: true });
  if (table === undefined) throw new Error('no table was found');
  return table;
}

const WORDS: Record<string, number> = { RequiredPartition: 0, NoBlockIOProtocol: 1, LegacyBIOSBootable: 2 };

function bitsOf(attrs: string | undefined): number[] {
  return (attrs ?? '')
    .split(' ')
    .filter(Boolean)
    .flatMap((word) => (word.startsWith('GUID:') ? word.slice(5).split(',').map(Number) : [WORDS[word] ?? -1]));
}

/** sfdisk's view of the disk in our words. */
async function bySfdisk(path: string, sectorBytes: number) {
  const { partitiontable: table } = sfdiskSchema.parse(JSON.parse(await runProgram('sfdisk', ['--json', path])));
  const isGpt = table.label === 'gpt';
  return {
    scheme: isGpt ? 'gpt' : 'mbr',
    diskId: /^0x0+$/.test(table.id) ? '' : table.id.toLowerCase(),
    sectorBytes: table.sectorsize,
    ...(isGpt ? { firstUsableLba: table.firstlba, lastUsableLba: table.lastlba } : {}),
    entries: table.partitions.map((entry) => ({
      number: Number(entry.node.slice(path.length).replace('p', '')),
      startBytes: entry.start * sectorBytes,
      sizeBytes: entry.size * sectorBytes,
      typeId: isGpt ? entry.type.toLowerCase() : `0x${entry.type.padStart(2, '0')}`,
      name: entry.name ?? '',
      attributes: bitsOf(entry.attrs),
      active: entry.bootable ?? false,
      ...(isGpt ? { partUuid: entry.uuid?.toLowerCase() } : {}),
    })),
  };
}

/** libblkid's numbers, places and PARTUUIDs; it leaves the frames of logical partitions in. */
async function byPartx(path: string): Promise<string[]> {
  const args = ['--raw', '--noheadings', '--output', 'NR,START,SECTORS,UUID', path];
  return (await runProgram('partx', args)).trim().split('\n').filter(Boolean);
}

function asImaged({ entries, problems: _problems, ...disk }: PartitionTable): VolumePartition | undefined {
  const [first, ...others] = entries;
  return first && { ...first, disk, others };
}

describe('against other programs', { timeout: 60_000 }, () => {
  for (const row of MATRIX) {
    const { name, script, sizeBytes, sectorBytes = 512 } = row;
    it(name, async (context) => {
      await using workspace = await createWorkspace();
      await using loops = new AsyncDisposableStack();
      const disk = async (file: string): Promise<string> => {
        const path = await emptyDisk(workspace, file, sizeBytes ?? 64 * MIB);
        if (sectorBytes === 512) return path;
        requireLoopDevices(context);
        return loops.use(await attachLoop(path, ['--sector-size', String(sectorBytes)])).device;
      };
      const path = await disk('disk.img');
      await feedSfdisk(path, script);
      const table = await read(path, sectorBytes);
      expect(table).toMatchObject(await bySfdisk(path, sectorBytes));
      expect(table.problems).toEqual([]);

      const ours = table.entries.map(({ number, startBytes, sizeBytes: size, partUuid, role }) =>
        // The kernel shows two sectors of a frame only, and so does partx.
        [number, startBytes / 512, role === 'extended' ? 'frame' : size / 512, partUuid].join(' ').trim(),
      );
      const frames = new Set(table.entries.filter(({ role }) => role === 'extended').map(({ number }) => number));
      const theirs = (await byPartx(path)).map((line) => {
        const [number, start, sectors, uuid] = line.split(' ');
        return [number, start, frames.has(Number(number)) ? 'frame' : sectors, uuid].join(' ').trim();
      });
      expect(theirs).toEqual(ours);

      if (table.scheme === 'gpt' && (sizeBytes ?? 0) % 512 === 0) {
        expect(await runProgram('sgdisk', ['--verify', path])).toContain('No problems found');
      }
      const imaged = asImaged(table);
      if (imaged === undefined) return;
      const again = await disk('again.img');
      await feedSfdisk(again, sfdiskScript(imaged));
      expect(await dumped(again)).toBe(await dumped(path));
      expect((await read(again, sectorBytes)).entries).toEqual(table.entries);
    });
  }

  it('a GPT by sgdisk with a name beyond U+FFFF and a reserved attribute', async () => {
    await using workspace = await createWorkspace();
    const path = await emptyDisk(workspace, 'disk.img', 64 * MIB);
    await runProgram('sgdisk', ['-a1', '-n1:34:100', '-c1:x😀ß', '-A1:set:5', '-A1:set:63', '-n2:2048:4095', path]);
    const table = await read(path);
    expect(table.entries[0]).toMatchObject({ name: 'x😀ß', attributes: [5, 63], startBytes: 34 * 512 });
    const imaged = asImaged(table);
    if (imaged === undefined) throw new Error('no entries');
    expect(
      sfdiskScript(imaged)
        .split('\n')
        .filter((line) => line.startsWith('#')),
    ).toEqual([
      '# sfdisk --wipe never --wipe-partitions never DISK < this script',
      '# sfdisk cannot set the name of partition 1: set it with sgdisk.',
      '# sfdisk cannot set attribute bits 5 of partition 1.',
    ]);
  });

  it('a hybrid MBR by sgdisk', async () => {
    await using workspace = await createWorkspace();
    const path = await emptyDisk(workspace, 'disk.img', 64 * MIB);
    await runProgram('sgdisk', ['-n1:2048:4095', '-n2:8192:16383', '-h1', path]);
    const table = await read(path);
    expect(table).toMatchObject(await bySfdisk(path, 512));
    expect(table.problems).toEqual(['The disk has a hybrid MBR beside its GPT; what is shown is the GPT.']);
  });

  it('names the types as sfdisk does, or better', async () => {
    const known = (await runProgram('sfdisk', ['--list-types', '--label', 'gpt'])).toLowerCase();
    const { gptTypeName } = await import('./partition-types.ts');
    const named = known.match(/^[0-9a-f]{8}-[0-9a-f-]{27}/gm)?.filter((guid) => gptTypeName(guid) !== '') ?? [];
    expect(named.length).toBeGreaterThan(50);
  });
});
