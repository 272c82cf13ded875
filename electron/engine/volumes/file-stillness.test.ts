/** Image files as volumes: nothing keeps other programs from writing to them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, open, rename, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { requireLoopDevices } from '../testing/machine-limits.ts';
import { runProgram } from '../testing/run-program.ts';
import { testPorts } from '../testing/test-ports.ts';
import { attachLoop, createSparseFile, createTestVolume } from '../testing/test-volume.ts';
import { createWorkspace } from '../testing/workspace.ts';
import { findVolume } from './discover.ts';
import { assertSameVolume } from './same-volume.ts';
import { acquireStatic } from './static-access.ts';

const MiB = 1024 * 1024;

describe('an image file', { timeout: 60_000 }, () => {
  it('that a program has open for writing is busy, by whatever path', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume.img');
    await createSparseFile(path, MiB);
    await link(path, workspace.path('link.img'));
    await using file = await open(workspace.path('link.img'), 'r+');
    const child = spawn('sleep', ['60'], { stdio: ['ignore', file.fd, 'ignore'] });
    const ended = once(child, 'exit');
    try {
      await once(child, 'spawn');
      const ports = testPorts(workspace.folder);
      await expect(acquireStatic(await findVolume(path), { ports })).rejects.toMatchObject({
        code: 'VOLUME_BUSY',
        details: { holders: [{ kind: 'process', name: 'sleep', pid: child.pid, writable: true }] },
      });
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  });

  it('that was written to in the meantime is no image of one moment', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume.img');
    await createSparseFile(path, MiB);
    await using access = await acquireStatic(await findVolume(path), { ports: testPorts(workspace.folder) });
    await access.assertStill();
    await wait(20);
    await using file = await open(path, 'r+');
    await file.write('x', 100);
    // A program may hide what it did from the time of modification only.
    await utimes(path, new Date(0), new Date(0));
    await expect(access.assertStill()).rejects.toMatchObject({
      code: 'VOLUME_BUSY',
      details: { reason: expect.stringContaining('was changed while it was imaged') },
    });
  });

  it('stands still once the mount over it is read-only, however much was written just before', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 64 * MiB, mkfs: ['ext4'] });
    await using mount = await volume.mount();
    await writeFile(`${mount.mountPoint}/file`, Buffer.alloc(24 * MiB, 7));
    const described = await findVolume(volume.file);
    await using access = await acquireStatic(described, { ports: testPorts(volume.workspace.folder) });
    await runProgram('cmp', [volume.file, volume.device]);
    await runProgram('sync', []);
    await access.assertStill();
  });
});

describe('a loop device', { timeout: 60_000 }, () => {
  it('whose file is mounted through another one is busy', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 32 * MiB, mkfs: ['ext4'] });
    await using alias = await attachLoop(volume.file);
    await using _mount = await volume.mount();
    const ports = testPorts(volume.workspace.folder);
    await expect(acquireStatic(await findVolume(alias.device), { ports })).rejects.toMatchObject({
      code: 'VOLUME_BUSY',
      details: { holders: [{ kind: 'loop', name: volume.device }] },
    });
  });
});

describe('the volume that was chosen', { timeout: 60_000 }, () => {
  it('is told from another file of the same name', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume.img');
    await createSparseFile(path, MiB);
    const described = await findVolume(path);
    assertSameVolume(described, await findVolume(path));
    await createSparseFile(workspace.path('other.img'), MiB);
    await rename(workspace.path('other.img'), path);
    await expect(acquireStatic(described, { ports: testPorts(workspace.folder) })).rejects.toMatchObject({
      code: 'VOLUME_VANISHED',
      details: { volume: path, reason: expect.stringContaining('inode') },
    });
  });

  it('is told from another file system on the same device', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 32 * MiB, mkfs: ['ext4'] });
    const described = await findVolume(volume.device);
    await runProgram('mke2fs', ['-q', '-F', '-t', 'ext4', volume.device]);
    await expect(acquireStatic(described, { ports: testPorts(volume.workspace.folder) })).rejects.toMatchObject({
      code: 'VOLUME_VANISHED',
      details: { reason: expect.stringContaining('file system UUID') },
    });
  });

  it('is told from another one attached under the same name', async (context) => {
    requireLoopDevices(context);
    await using workspace = await createWorkspace();
    for (const name of ['first.img', 'second.img']) await createSparseFile(workspace.path(name), MiB);
    await using loop = await attachLoop(workspace.path('first.img'));
    const described = await findVolume(loop.device);
    assertSameVolume(described, await findVolume(loop.device));
    await runProgram('losetup', ['--detach', loop.device]);
    await runProgram('losetup', [loop.device, workspace.path('second.img')]);
    const now = await findVolume(loop.device);
    expect(() => assertSameVolume(described, now)).toThrow(expect.objectContaining({ code: 'VOLUME_VANISHED' }));
  });

  it('is told from another device by file system, partition and serial', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume.img');
    await createSparseFile(path, MiB);
    const volume = { ...(await findVolume(path)), uuid: 'A', partUuid: 'B', serial: 'C' };
    for (const fact of ['uuid', 'partUuid', 'serial'] as const) {
      expect(() => assertSameVolume(volume, { ...volume, [fact]: 'other' })).toThrow(
        expect.objectContaining({ code: 'VOLUME_VANISHED' }),
      );
      expect(() => assertSameVolume(volume, { ...volume, [fact]: '' })).not.toThrow();
    }
  });
});
