/** Real loop devices and file systems; nothing may be written to them, and nothing may stay mounted. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import type { TaskSnapshot } from '#contract';
import { requireLoopDevices } from '../testing/machine-limits.ts';
import { runProgram } from '../testing/run-program.ts';
import { testPorts } from '../testing/test-ports.ts';
import { createTestVolume, type TestVolume } from '../testing/test-volume.ts';
import { findVolume } from '../volumes/discover.ts';
import { fileIdentity } from '../volumes/file-identity.ts';
import { loopDevices } from '../volumes/loop-devices.ts';
import { readMountTable } from '../volumes/mount-table.ts';
import { ownIdentity } from '../volumes/process-identity.ts';
import { sweepRuns } from '../volumes/run-journal.ts';
import { acquireStatic } from '../volumes/static-access.ts';
import { assessTarget } from '../volumes/target.ts';
import { FileVolumes } from './file-volumes.ts';
import { LookMounts } from './look-mounts.ts';
import { VolumeService } from './volume-service.ts';

const MiB = 1024 * 1024;
const PROGRAM = fileURLToPath(new URL('../testing/look-mount-program.ts', import.meta.url));

function looksAt(volume: TestVolume, tasks: TaskSnapshot[] = []): LookMounts {
  const { folder } = volume.workspace;
  const ports = testPorts(folder);
  const volumes = new VolumeService(new FileVolumes(ports.directories.config));
  return new LookMounts({ ports, volumes, tasks: { list: () => tasks }, folder: `${folder}/look` });
}

/** What is mounted below the volume's folder, and the loop devices over its file or device besides its own. */
async function leftovers(volume: TestVolume): Promise<string[]> {
  const mounts = (await readMountTable()).filter((entry) => entry.mountPoint.startsWith(volume.workspace.folder));
  const identity = await fileIdentity(volume.file);
  const loops = (await loopDevices()).filter(
    (loop) => loop.path !== volume.device && (loop.identity === identity || loop.file === volume.device),
  );
  const folders = await readdir(`${volume.workspace.folder}/look`).catch(() => []);
  const records = await readdir(`${volume.workspace.folder}/state/runs`).catch(() => []);
  return [...mounts.map((entry) => entry.mountPoint), ...loops.map((loop) => loop.path), ...folders, ...records];
}

async function digest(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

const ext4 = () => createTestVolume({ sizeBytes: 32 * MiB, mkfs: ['ext4', '-L', 'holiday pictures'] });

async function codeOf(work: Promise<unknown>) {
  return work.then(
    () => 'fine',
    (error: { code?: string }) => error.code,
  );
}

describe('mounts to look at a volume', { timeout: 60_000 }, () => {
  for (const type of ['ext2', 'ext4', 'xfs', 'btrfs'] as const) {
    it(`${type}: shows the files, writes nothing, and goes again`, async (context) => {
      requireLoopDevices(context);
      const sizeBytes = (type === 'xfs' || type === 'btrfs' ? 320 : 32) * MiB;
      await using volume = await createTestVolume({ sizeBytes, mkfs: [type], fill: { seed: 3, bytes: 2 * MiB } });
      const before = await digest(volume.file);
      {
        await using looks = looksAt(volume);
        const { mountPoint } = await looks.mount(volume.device);
        expect((await readdir(mountPoint)).length).toBeGreaterThan(0);
        await expect(writeFile(`${mountPoint}/new`, 'x')).rejects.toMatchObject({ code: 'EROFS' });
        const [entry] = (await readMountTable()).filter((each) => each.mountPoint === mountPoint);
        expect(entry?.mountOptions.split(',')).toEqual(expect.arrayContaining(['ro', 'nosuid', 'nodev', 'noexec']));
        await looks.unmount(volume.device);
        expect(await leftovers(volume)).toEqual([]);
      }
      expect(await digest(volume.file)).toBe(before);
    });
  }

  it('a journal that waits for its replay still waits afterwards', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4();
    // Taken while it was mounted and written to: the copy needs recovery.
    const copy = volume.workspace.path('crashed.img');
    {
      await using mount = await volume.mount();
      await writeFile(`${mount.mountPoint}/file`, 'x'.repeat(100_000));
      await runProgram('sync', ['-f', mount.mountPoint]);
      await runProgram('cp', [volume.device, copy]);
    }
    const before = await digest(copy);
    expect(await runProgram('dumpe2fs', ['-h', copy])).toContain('needs_recovery');
    await using looks = looksAt(volume);
    const { mountPoint } = await looks.mount(copy);
    await readdir(mountPoint);
    await looks.unmount(copy);
    expect(await digest(copy)).toBe(before);
  });

  it('an image file, whose name its folder carries; disposing unmounts it even while somebody looks', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 32 * MiB, mkfs: ['ext4', '-L', 'a b'], fileOnly: true });
    const looks = looksAt(volume);
    const { mountPoint } = await looks.mount(volume.file);
    expect(mountPoint).toMatch(/\/look\/a-b-[0-9a-f]{8}$/);
    const reader = spawn('sleep', ['60'], { cwd: mountPoint });
    await once(reader, 'spawn');
    expect(await codeOf(looks.unmount(volume.file))).toBe('VOLUME_BUSY');
    await looks[Symbol.asyncDispose]();
    expect((await readMountTable()).some((entry) => entry.mountPoint === mountPoint)).toBe(false);
    reader.kill();
    await once(reader, 'close');
    await vi.waitFor(async () => expect(await leftovers(volume)).toEqual([]));
  });

  it('refuses what is mounted, in use, worked on or without a known file system', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4();
    {
      await using mount = await volume.mount();
      await using looks = looksAt(volume);
      await expect(looks.mount(volume.device)).rejects.toMatchObject({
        code: 'TARGET_MOUNTED',
        details: { mountPoint: mount.mountPoint },
      });
      expect(await codeOf(looks.unmount(volume.device))).toBe('VOLUME_NOT_FOUND');
      expect((await readMountTable()).some((entry) => entry.mountPoint === mount.mountPoint)).toBe(true);
    }
    const task = { id: 't', kind: 'restore', subject: volume.device, state: 'queued' } as TaskSnapshot;
    await using working = looksAt(volume, [task]);
    expect(await codeOf(working.mount(volume.device))).toBe('TASK_CONFLICT');
    await using looks = looksAt(volume, [{ ...task, state: 'succeeded' }]);
    // Its file is attached: what looks at the file would not see what is written through the device.
    expect(await codeOf(looks.mount(volume.file))).toBe('VOLUME_BUSY');
    const { mountPoint } = await looks.mount(volume.device);
    await expect(looks.mount(volume.device)).rejects.toMatchObject({
      code: 'TARGET_MOUNTED',
      details: { mountPoint },
    });
    await looks.unmount(volume.device);
    await using empty = await createTestVolume({ sizeBytes: MiB });
    expect(await codeOf(looks.mount(empty.device))).toBe('FILESYSTEM_UNSUPPORTED');
    expect(await codeOf(looks.mount('/dev/nothing-here'))).toBe('VOLUME_NOT_FOUND');
    expect(await leftovers(volume)).toEqual([]);
  });

  it('while somebody looks, a static image can be taken and a restore is refused', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4();
    await using looks = looksAt(volume);
    const { mountPoint } = await looks.mount(volume.device);
    const seen = await findVolume(volume.device);
    expect(seen.mounts).toMatchObject([{ mountPoint, readOnly: true }]);
    expect((await assessTarget(seen, { repositoryLocation: '/nowhere' })).map(({ code }) => code)).toContain(
      'TARGET_MOUNTED',
    );
    {
      await using access = await acquireStatic(seen, { ports: testPorts(volume.workspace.folder) });
      await access.assertStill();
    }
    expect(await readdir(mountPoint)).toEqual(['lost+found']);
    await looks.unmount(volume.device);
    expect(await leftovers(volume)).toEqual([]);
  });

  it('two at once: one mounts, the other is told where', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4();
    await using looks = looksAt(volume);
    const codes = await Promise.all([1, 2].map(() => codeOf(looks.mount(volume.device))));
    expect(codes.sort()).toEqual(['TARGET_MOUNTED', 'fine']);
  });

  it('nothing is mounted after an engine ended, although it was asked to before', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4();
    const looks = looksAt(volume);
    const asked = codeOf(looks.mount(volume.device));
    await looks[Symbol.asyncDispose]();
    expect(await asked).toBe('ENGINE_GONE');
    expect(await leftovers(volume)).toEqual([]);
  });

  it('asked twice to unmount, it is done once and both are told that it is done', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4();
    await using looks = looksAt(volume);
    await looks.mount(volume.device);
    const codes = await Promise.all([1, 2].map(() => codeOf(looks.unmount(volume.device))));
    expect(codes.filter((code) => code !== 'VOLUME_NOT_FOUND')).toContain('fine');
    expect(await leftovers(volume)).toEqual([]);
    expect(await codeOf(looks.mount(volume.device))).toBe('fine');
  });

  it('what this computer has no driver for is said so', async (context) => {
    requireLoopDevices(context);
    if ((await readFile('/proc/filesystems', 'utf8')).includes('jfs')) context.skip('this kernel has a driver for jfs');
    await using volume = await createTestVolume({ sizeBytes: 32 * MiB, mkfs: ['jfs'] });
    await using looks = looksAt(volume);
    await expect(looks.mount(volume.device)).rejects.toMatchObject({
      code: 'FILESYSTEM_UNSUPPORTED',
      details: { reason: 'This computer has no driver for jfs.' },
    });
    expect(await leftovers(volume)).toEqual([]);
  });

  it('a damaged file system leaves nothing behind', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4();
    // Group descriptors; the superblock still says ext4.
    await runProgram('dd', ['if=/dev/urandom', `of=${volume.file}`, 'bs=1024', 'seek=2', 'count=64', 'conv=notrunc']);
    await runProgram('blockdev', ['--flushbufs', volume.device]);
    await using looks = looksAt(volume);
    expect(await codeOf(looks.mount(volume.device))).toBe('FILESYSTEM_UNSUPPORTED');
    expect(await leftovers(volume)).toEqual([]);
  });
});

describe('an engine that was killed', { timeout: 60_000 }, () => {
  async function killedLook(volume: TestVolume): Promise<string> {
    const child = spawn(process.execPath, [PROGRAM, volume.device, volume.workspace.folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [mountPoint] = await once(createInterface({ input: child.stdout }), 'line');
    child.kill('SIGKILL');
    await once(child, 'close');
    return String(mountPoint);
  }

  it('its mount is gone after the next start', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4();
    const mountPoint = await killedLook(volume);
    expect((await readMountTable()).some((entry) => entry.mountPoint === mountPoint)).toBe(true);
    const texts = await sweepRuns({ ports: testPorts(volume.workspace.folder) });
    expect(texts.join()).toContain(`left mounted read-only at ${mountPoint}; it is unmounted`);
    expect(await leftovers(volume)).toEqual([]);
    expect(await sweepRuns({ ports: testPorts(volume.workspace.folder) })).toEqual([]);
  });

  it('what somebody mounted over it is left alone, and the note stays', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4();
    const mountPoint = await killedLook(volume);
    await using other = await createTestVolume({ sizeBytes: 32 * MiB, mkfs: ['ext4'] });
    await using stack = new AsyncDisposableStack();
    await runProgram('mount', [other.device, mountPoint]);
    stack.defer(async () => {
      await runProgram('umount', [mountPoint]);
      await sweepRuns({ ports: testPorts(volume.workspace.folder) });
      expect(await leftovers(volume)).toEqual([]);
    });
    const texts = await sweepRuns({ ports: testPorts(volume.workspace.folder) });
    expect(texts.join()).toContain('something else is mounted');
    expect((await readMountTable()).filter((entry) => entry.mountPoint === mountPoint)).toHaveLength(2);
  });

  it('a note about a mount that was never made is struck out', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4();
    const { folder } = volume.workspace;
    await mkdir(`${folder}/state/runs`, { recursive: true });
    const changes = [{ kind: 'look', volume: volume.device, mountPoint: `${folder}/look/never`, below: '7:0' }];
    const owner = { ...(await ownIdentity()), pid: 4_194_305 };
    await writeFile(`${folder}/state/runs/a.json`, JSON.stringify({ version: 1, runId: 'a', owner, changes }));
    expect(await sweepRuns({ ports: testPorts(folder) })).toEqual([]);
    expect(await readdir(`${folder}/state/runs`)).toEqual([]);
  });
});
