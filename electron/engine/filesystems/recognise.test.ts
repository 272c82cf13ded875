/** Contents known by name, judged by blkid where the tool that makes them is here. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../testing/memory-source.ts';
import { runProgram } from '../testing/run-program.ts';
import { createSparseFile } from '../testing/test-volume.ts';
import { createWorkspace } from '../testing/workspace.ts';
import { readUsedMap } from './used-map.ts';

const MiB = 1024 * 1024;

/** A volume of zeros with bytes at places. */
function volumeWith(...places: [offset: number, bytes: Buffer | string][]): Buffer {
  const volume = Buffer.alloc(2 * MiB);
  for (const [offset, bytes] of places) Buffer.from(bytes).copy(volume, offset);
  return volume;
}

describe('contents that are read whole', () => {
  it.each([{ type: 'swap', mebibytes: 4, make: ['mkswap', '-q', '-L', 'data'] }])(
    '$type is named as blkid names it',
    { timeout: 30_000 },
    async ({ type, mebibytes, make }) => {
      await using workspace = await createWorkspace();
      const path = workspace.path('volume');
      await createSparseFile(path, mebibytes * MiB);
      const [program = '', ...args] = make;
      await runProgram(program, [...args, path]);
      const { facts, summary } = await readUsedMap(memorySource(await readFile(path)), { gapBytes: 1 });
      const blkid = await runProgram('blkid', ['-p', '-o', 'export', path]);
      expect(facts).toMatchObject({ type, label: 'data' });
      expect(blkid).toContain(`TYPE=${type}`);
      expect(blkid).toContain(`UUID=${facts.uuid}`);
      expect(summary.mode).toBe('raw');
      expect(summary.warnings.join()).toMatch(/^Images of .* read the whole volume\.$/);
    },
  );

  const uuid = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
  it.each([
    [
      'crypto_LUKS',
      volumeWith([0, Buffer.from('4c554b53babe0002', 'hex')], [24, 'secret'], [168, 'abc-def']),
      'abc-def',
    ],
    ['linux_raid_member', volumeWith([4096, Buffer.from('fc4e2ba9', 'hex')], [4112, uuid]), undefined],
    ['linux_raid_member', volumeWith([2 * MiB - 8192, Buffer.from('fc4e2ba9', 'hex')]), undefined],
    [
      'LVM2_member',
      volumeWith([512, 'LABELONE'], [536, 'LVM2 001'], [544, 'abcdefghijklmnopqrstuvwxyz012345']),
      undefined,
    ],
  ] as const)('%s by its magic', async (type, volume, id) => {
    const { facts, summary } = await readUsedMap(memorySource(volume), { gapBytes: 1 });
    expect(facts.type).toBe(type);
    if (id !== undefined) expect(facts.uuid).toBe(id);
    expect(summary).toMatchObject({ mode: 'raw', usedBytes: volume.length });
  });

  it('a RAID member whose data starts with a file system is not read as that file system', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    await createSparseFile(path, 16 * MiB);
    await runProgram('mke2fs', ['-q', '-F', path]);
    const bytes = await readFile(path);
    Buffer.from('fc4e2ba9', 'hex').copy(bytes, 16 * MiB - 8192);
    expect((await readUsedMap(memorySource(bytes), { gapBytes: 1 })).facts.type).toBe('linux_raid_member');
  });
});
