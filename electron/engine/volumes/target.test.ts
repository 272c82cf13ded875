/** Targets in use under another name: hard links, bind mounts, a second loop device, programs that have them open. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { requireLoopDevices } from '../testing/machine-limits.ts';
import { runProgram } from '../testing/run-program.ts';
import { attachLoop, createSparseFile, createTestVolume } from '../testing/test-volume.ts';
import { createWorkspace } from '../testing/workspace.ts';
import { findVolume } from './discover.ts';
import { holdsPath } from './holds-path.ts';
import { assessTarget } from './target.ts';

const MiB = 1024 * 1024;

async function refusalsOf(name: string, repositoryLocation = '/nowhere') {
  return assessTarget(await findVolume(name), { repositoryLocation });
}

const codesOf = async (name: string, repositoryLocation?: string) =>
  (await refusalsOf(name, repositoryLocation)).map((refusal) => refusal.code);

/** `sleep` with a file open; ended when disposed. */
async function sleeperOn(path: string, flags: string): Promise<AsyncDisposable & { pid: number }> {
  await using file = await open(path, flags);
  const child = spawn('sleep', ['60'], { stdio: ['ignore', file.fd, 'ignore'] });
  const ended = once(child, 'exit');
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

describe('targets under another name', { timeout: 60_000 }, () => {
  it('a file that a program has open, by a hard link', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('target.img');
    await createSparseFile(path, MiB);
    await link(path, workspace.path('link.img'));
    expect(await refusalsOf(path)).toEqual([]);
    {
      await using sleeper = await sleeperOn(workspace.path('link.img'), 'r+');
      const text = `${path} is open for writing in sleep (pid ${sleeper.pid}).`;
      expect(await refusalsOf(path)).toEqual([{ code: 'TARGET_BUSY', text }]);
    }
    await using reader = await sleeperOn(path, 'r');
    const text = `${path} is open in sleep (pid ${reader.pid}).`;
    expect(await refusalsOf(path)).toEqual([{ code: 'TARGET_BUSY', text }]);
  });

  it('a file that is mounted through a loop device over a hard link, even a deleted one', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 32 * MiB, mkfs: ['ext4'] });
    await using mount = await volume.mount();
    const other = volume.workspace.path('other.img');
    await link(volume.file, other);
    const repository = `${mount.mountPoint}/repository`;
    for (const step of ['linked', 'unlinked']) {
      if (step === 'unlinked') await unlink(volume.file);
      expect(await codesOf(other, repository)).toEqual(['TARGET_HOLDS_REPOSITORY', 'TARGET_MOUNTED', 'TARGET_BUSY']);
      expect((await findVolume(other)).holders).toContainEqual({ kind: 'loop', name: volume.device });
    }
  });

  it('a file that is mounted through a loop device, seen through a bind mount', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 32 * MiB, mkfs: ['ext4'] });
    await using _mount = await volume.mount();
    await using outside = await createWorkspace();
    const bind = outside.path('bind');
    await mkdir(bind);
    await runProgram('mount', ['--bind', volume.workspace.folder, bind]);
    await using stack = new AsyncDisposableStack();
    stack.defer(async () => {
      await runProgram('umount', [bind]);
    });
    expect(await codesOf(`${bind}/volume.img`)).toEqual(['TARGET_MOUNTED', 'TARGET_BUSY']);
  });

  it('a loop device whose file is mounted through another one', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 32 * MiB, mkfs: ['ext4'] });
    const second = volume.workspace.path('second.img');
    await link(volume.file, second);
    await using alias = await attachLoop(second);
    expect(await codesOf(alias.device)).toEqual(['TARGET_BUSY']);
    await using mount = await volume.mount();
    const repository = `${mount.mountPoint}/repository`;
    const expected = ['TARGET_HOLDS_REPOSITORY', 'TARGET_MOUNTED', 'TARGET_BUSY'];
    const refusals = await refusalsOf(alias.device, repository);
    expect(
      refusals.map((refusal) => refusal.code),
      JSON.stringify(refusals),
    ).toEqual(expected);
    expect(await holdsPath(await findVolume(alias.device), volume.workspace.folder)).toBe(false);
  });

  it('loop devices over different parts of one file do not disturb each other', async (context) => {
    requireLoopDevices(context);
    await using workspace = await createWorkspace();
    const path = workspace.path('disk.img');
    await createSparseFile(path, 32 * MiB);
    await using first = await attachLoop(path, ['--sizelimit', String(8 * MiB)]);
    await using second = await attachLoop(path, ['--offset', String(8 * MiB)]);
    expect(await codesOf(first.device)).toEqual([]);
    expect(await codesOf(second.device)).toEqual([]);
    expect(await codesOf(path)).toEqual(['TARGET_BUSY', 'TARGET_BUSY']);
  });

  it('a loop device whose file a program writes to', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 8 * MiB });
    await using sleeper = await sleeperOn(volume.file, 'r+');
    const text = `The file beneath ${volume.device} is open for writing in sleep (pid ${sleeper.pid}).`;
    expect(await refusalsOf(volume.device)).toEqual([{ code: 'TARGET_BUSY', text }]);
  });

  it('a device that a program keeps open; not one that is only looked at for a moment', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 8 * MiB });
    {
      await using sleeper = await sleeperOn(volume.device, 'r');
      const text = `${volume.device} is open in sleep (pid ${sleeper.pid}).`;
      expect(await refusalsOf(volume.device)).toEqual([{ code: 'TARGET_BUSY', text }]);
    }
    const sleeper = await sleeperOn(volume.device, 'r');
    const described = await findVolume(volume.device);
    expect(described.holders).toContainEqual({ kind: 'process', name: 'sleep', pid: sleeper.pid });
    await sleeper[Symbol.asyncDispose]();
    expect(await assessTarget(described, { repositoryLocation: '/nowhere' })).toEqual([]);
  });
});
