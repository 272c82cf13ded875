/** Discovery, names, holders and target rules on real loop devices. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { requireLoopDevices } from '../testing/machine-limits.ts';
import { addPartition } from '../testing/partition.ts';
import { runProgram } from '../testing/run-program.ts';
import { attachLoop, createSparseFile, createTestVolume } from '../testing/test-volume.ts';
import { createWorkspace } from '../testing/workspace.ts';
import { discoverVolumes, findVolume } from './discover.ts';
import { holdsPath, volumeHolding } from './holds-path.ts';
import { assessTarget } from './target.ts';

const MiB = 1024 * 1024;

describe('finding volumes', { timeout: 60_000 }, () => {
  it('a file without root', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume.img');
    await createSparseFile(path, 16 * MiB);
    await runProgram('mke2fs', ['-q', '-F', '-t', 'ext4', '-L', 'data', path]);
    await symlink(path, workspace.path('link'));
    const volume = await findVolume(workspace.path('link'));
    expect(volume).toMatchObject({ name: path, kind: 'file', sizeBytes: 16 * MiB, fsType: 'ext4', label: 'data' });
    expect(volume).toMatchObject({ system: false, mounts: [], holders: [], readable: true, needs: '' });
    expect(volume.usedBytes).toBeGreaterThan(0);
    const listed = await discoverVolumes({ fileVolumes: [path, workspace.path('gone')] });
    expect(listed.filter((candidate) => candidate.kind === 'file')).toEqual([volume]);
    expect(await assessTarget(volume, { repositoryLocation: workspace.folder })).toEqual([]);
    expect(await assessTarget(volume, { repositoryLocation: 's3:host/bucket' })).toEqual([]);
  });

  it('what is no volume is said to be none', async () => {
    await using workspace = await createWorkspace();
    await expect(findVolume(workspace.path('gone'))).rejects.toMatchObject({ code: 'VOLUME_NOT_FOUND' });
    await expect(findVolume(workspace.folder)).rejects.toMatchObject({ code: 'VOLUME_NOT_FOUND' });
    await expect(findVolume('/dev/null')).rejects.toMatchObject({ code: 'VOLUME_NOT_FOUND' });
  });

  it('a mounted loop device by every name, with its users', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 32 * MiB, mkfs: ['ext4', '-L', 'loopdata'] });
    await using mount = await volume.mount();
    const link = volume.workspace.path('by-name');
    await symlink(volume.device, link);
    for (const name of [volume.device, link, mount.mountPoint]) {
      const found = await findVolume(name);
      expect(found).toMatchObject({ name: volume.device, kind: 'loop', fsType: 'ext4', label: 'loopdata' });
      expect(found.mounts).toMatchObject([{ mountPoint: mount.mountPoint, readOnly: false, fsType: 'ext4' }]);
      expect(found.holders).toContainEqual({ kind: 'mount', name: mount.mountPoint, writable: true });
    }
    const file = await findVolume(volume.file);
    expect(file.mounts.map((entry) => entry.mountPoint)).toEqual([mount.mountPoint]);
    expect(file.holders).toContainEqual({ kind: 'loop', name: volume.device });
    const codes = async (name: string, repositoryLocation: string) =>
      (await assessTarget(await findVolume(name), { repositoryLocation })).map((refusal) => refusal.code);
    expect(await codes(volume.device, '/nowhere')).toEqual(['TARGET_MOUNTED']);
    expect(await codes(volume.file, '/nowhere')).toEqual(['TARGET_MOUNTED', 'TARGET_BUSY']);
    const inside = `${mount.mountPoint}/new/repository`;
    expect(await codes(volume.device, inside)).toEqual(['TARGET_HOLDS_REPOSITORY', 'TARGET_MOUNTED']);
    expect(await codes(volume.file, inside)).toContain('TARGET_HOLDS_REPOSITORY');
    expect(await volumeHolding(inside)).toBe(volume.device);
    expect(await holdsPath(await findVolume(volume.device), volume.workspace.folder)).toBe(false);
  });

  it('the running system is never a target', async (context) => {
    const system = (await discoverVolumes()).find((volume) => volume.system);
    if (system === undefined) {
      context.skip('SKIPPED: this machine shows no block device under its root');
      return;
    }
    const refusals = await assessTarget(system, { repositoryLocation: '/nowhere' });
    expect(refusals[0]?.code).toBe('TARGET_SYSTEM');
  });

  it('partitions in use keep their disk from being a target', async (context) => {
    requireLoopDevices(context);
    await using workspace = await createWorkspace();
    const file = workspace.path('disk.img');
    await createSparseFile(file, 64 * MiB);
    await using stack = new AsyncDisposableStack();
    const { device: disk } = stack.use(await attachLoop(file));
    const { device: partition } = stack.use(await addPartition(disk, 40 * MiB));
    await runProgram('mke2fs', ['-q', '-F', partition]);
    const mountPoint = workspace.path('mount');
    await mkdir(mountPoint);
    await runProgram('mount', [partition, mountPoint]);
    stack.defer(async () => {
      await runProgram('umount', [mountPoint]);
    });
    await writeFile(`${mountPoint}/file`, 'x');
    const refusals = await assessTarget(await findVolume(disk), { repositoryLocation: `${mountPoint}/repository` });
    expect(refusals.map((refusal) => refusal.code)).toEqual(['TARGET_HOLDS_REPOSITORY', 'TARGET_MOUNTED']);
    expect((await findVolume(partition)).parent).toBe(disk);
  });
});
