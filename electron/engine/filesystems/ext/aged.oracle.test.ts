/** Our map of ext volumes that the kernel has used hard, against what dumpe2fs says is free. */
import { copyFile, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { age, fillUp } from '../../testing/aging.ts';
import { differences, toBlockMap } from '../../testing/block-map.ts';
import { dumpe2fsMap } from '../../testing/ext-oracle.ts';
import { requireLoopDevices } from '../../testing/machine-limits.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { runProgram } from '../../testing/run-program.ts';
import { createTestVolume } from '../../testing/test-volume.ts';
import { readUsedMap } from '../used-map.ts';

const MiB = 1024 * 1024;
const SIZE = 96 * MiB;

async function expectAgreement(path: string): Promise<void> {
  const map = await readUsedMap(memorySource(await readFile(path)), { gapBytes: 1 });
  expect(map.summary).toMatchObject({ mode: 'used', warnings: [] });
  const theirs = await dumpe2fsMap(path);
  expect(differences(toBlockMap(map.extents, map.facts.blockSizeBytes, theirs.length), theirs)).toEqual([]);
}

describe('ext volumes after months of use', () => {
  const AGED: [string, ...string[]][] = [
    ['ext2', '-b', '1024'],
    ['ext3', '-b', '2048'],
    ['ext4', '-b', '4096'],
    ['ext4', '-b', '1024', '-O', 'bigalloc'],
  ];
  it.for(AGED)('%s %s %s: thousands of creates and deletes', async (mkfs, context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: SIZE, mkfs });
    {
      await using mount = await volume.mount();
      await age(mount.mountPoint, { seed: 21, operations: 4000 });
    }
    await runProgram('blockdev', ['--flushbufs', volume.device]);
    await expectAgreement(volume.file);
  });

  it('full, then in pieces', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: SIZE, mkfs: ['ext4', '-b', '1024'] });
    {
      await using mount = await volume.mount();
      await fillUp(mount.mountPoint, { seed: 22, fileBytes: 9000 });
      await runProgram('sync', ['-f', mount.mountPoint]);
    }
    await runProgram('blockdev', ['--flushbufs', volume.device]);
    await expectAgreement(volume.file);
    {
      await using mount = await volume.mount();
      await runProgram('bash', ['-c', 'rm "$1"/full/*[13579]', 'bash', mount.mountPoint]);
    }
    await runProgram('blockdev', ['--flushbufs', volume.device]);
    await expectAgreement(volume.file);
  });

  it('copied while in use: whole until the journal was replayed', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: SIZE, mkfs: ['ext4'] });
    const copy = volume.workspace.path('copy');
    {
      await using mount = await volume.mount();
      await age(mount.mountPoint, { seed: 23, operations: 1500 });
      await runProgram('sync', ['-f', mount.mountPoint]);
      await age(mount.mountPoint, { seed: 24, operations: 200 });
      await copyFile(volume.file, copy);
    }
    const dirty = await readUsedMap(memorySource(await readFile(copy)), { gapBytes: 1 });
    expect(dirty.summary).toMatchObject({ mode: 'raw' });
    expect(dirty.summary.warnings.join()).toMatch(/not replayed yet/);
    await runProgram('e2fsck', ['-fy', copy]).catch(() => '');
    await runProgram('e2fsck', ['-fn', copy]);
    await expectAgreement(copy);
  });
});
