/** Volumes on which more than one thing is found: nothing may be left out because of a leftover. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { expectReadWhole } from '../testing/expect-used-map.ts';
import { HAND_MADE } from '../testing/hand-made-marks.ts';
import { memorySource } from '../testing/memory-source.ts';
import { runProgram } from '../testing/run-program.ts';
import { createSparseFile, makeFileSystem } from '../testing/test-volume.ts';
import { createWorkspace, type Workspace } from '../testing/workspace.ts';
import { probeFileSystem } from './registry.ts';

const MiB = 1024 * 1024;
const SIZE = 64 * MiB;

/** A volume on which file systems were made one after the other. */
async function volumeOf(workspace: Workspace, ...all: [string, ...string[]][]): Promise<string> {
  const path = workspace.path('volume');
  await createSparseFile(path, SIZE);
  for (const mkfs of all) await makeFileSystem(path, mkfs);
  return path;
}

describe('two file systems on one volume', () => {
  it('the first sector of an NTFS over ext4', async () => {
    await using workspace = await createWorkspace();
    const path = await volumeOf(workspace, ['ntfs']);
    const sector = (await readFile(path)).subarray(0, 512);
    await makeFileSystem(path, ['ext4']);
    const bytes = await readFile(path);
    sector.copy(bytes);
    await expectReadWhole(bytes, /more than one content \(ntfs, ext4\)/, false);
  });

  it('btrfs, whose superblock lies where FAT has data', async () => {
    await using workspace = await createWorkspace();
    const path = await volumeOf(workspace, ['btrfs', '--mixed']);
    const superblock = (await readFile(path)).subarray(65536, 65536 + 4096);
    await makeFileSystem(path, ['vfat', '-F', '32', '-s', '1']);
    const bytes = await readFile(path);
    superblock.copy(bytes, 65536);
    await expectReadWhole(bytes, /more than one content \(btrfs, vfat\)/, false);
  });

  it('one that is known by name only', async () => {
    await using workspace = await createWorkspace();
    const bytes = await readFile(await volumeOf(workspace, ['ext4']));
    bytes.writeUInt32LE(0x19540119, 65536 + 1372);
    await expectReadWhole(bytes, /more than one content \(ext4, ufs\)/, false);
  });

  it.for([
    ['HPFS', 'hpfs'],
    ['BeFS at 512, little-endian', 'befs'],
    ['NSS', 'nss'],
    ['QNX6', 'qnx6'],
  ])('%s, whose mkfs leaves the first sector as it was', async ([name, type]) => {
    const newer = HAND_MADE.find((one) => one.name === name)?.volume() ?? Buffer.alloc(0);
    await using workspace = await createWorkspace();
    for (const former of ['ext4', 'ntfs', 'exfat']) {
      const bytes = await readFile(await volumeOf(workspace, [former]));
      for (let at = 512; at < newer.length; at += 512) {
        const sector = newer.subarray(at, at + 512);
        if (sector.some((byte) => byte !== 0)) sector.copy(bytes, at);
      }
      await expectReadWhole(bytes, new RegExp(`more than one content \\(${former}, ${type}\\)`), false);
    }
  });

  it('mkfs over mkfs, as people do it, leaves one', async () => {
    await using workspace = await createWorkspace();
    const kinds: [string, ...string[]][] = [['ntfs'], ['ext4'], ['vfat', '-F', '32', '-s', '1'], ['exfat'], ['ext2']];
    for (const before of kinds) {
      for (const after of kinds) {
        if (before === after) continue;
        const path = await volumeOf(workspace, before, after);
        const probe = await probeFileSystem(memorySource(await readFile(path)));
        // A leftover that cannot be told from the real thing costs space, never data.
        expect([after[0], 'raw']).toContain(probe?.facts.type);
      }
    }
  });
});

describe('a partition table beside a file system', () => {
  const SIMPLE = 'start=2048, size=40960, type=83\n';

  it.each([
    ['ext4', []],
    ['btrfs', ['--mixed']],
    ['xfs', ['--unsupported']],
  ] as const)('%s that filled the disk before, MBR', async (type, options) => {
    await using workspace = await createWorkspace();
    const path = await volumeOf(workspace, [type, ...options]);
    const script = workspace.path('script');
    await writeFile(script, `label: dos\n${SIMPLE}`);
    await runProgram('bash', ['-c', `sfdisk -q --wipe never "${path}" < "${script}"`]);
    const bytes = await readFile(path);
    // XFS keeps its superblock in the first sector, of which the table takes a part.
    const damaged = /more than one content \(xfs, a partition table\)/;
    await expectReadWhole(bytes, type === 'xfs' ? damaged : new RegExp(`partition table as well as ${type}`), false);
  });

  it('btrfs and a GPT, which does not reach its superblock', async () => {
    await using workspace = await createWorkspace();
    const path = await volumeOf(workspace, ['btrfs', '--mixed']);
    const script = workspace.path('script');
    await writeFile(script, 'label: gpt\nstart=2048, size=40960\n');
    await runProgram('bash', ['-c', `sfdisk -q --wipe never "${path}" < "${script}"`]);
    await expectReadWhole(await readFile(path), /partition table as well as btrfs/, false);
  });

  it('a Sun label, which leaves the superblock of an ext4 in place', async () => {
    await using workspace = await createWorkspace();
    const path = await volumeOf(workspace, ['ext4']);
    await runProgram('bash', ['-c', `printf 'label: sun\\n' | sfdisk -q --wipe never "${path}"`]);
    await expectReadWhole(await readFile(path), /partition table as well as ext4/, false);
  });
});
