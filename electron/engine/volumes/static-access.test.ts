/** Static access on real loop mounts: other people's mounts may not be left changed on any path. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { readUsedMapOf } from '../filesystems/used-map.ts';
import { differences, toBlockMap } from '../testing/block-map.ts';
import { dumpe2fsMap } from '../testing/ext-oracle.ts';
import { requireLoopDevices } from '../testing/machine-limits.ts';
import { randomTree } from '../testing/random-tree.ts';
import { runProgram } from '../testing/run-program.ts';
import { testPorts } from '../testing/test-ports.ts';
import { createTestVolume, type TestVolume } from '../testing/test-volume.ts';
import { findVolume } from './discover.ts';
import { readMountTable } from './mount-table.ts';
import { sweepRuns } from './run-journal.ts';
import { acquireStatic } from './static-access.ts';

const MiB = 1024 * 1024;
const HOLDER = fileURLToPath(new URL('fixtures/hold-static.ts', import.meta.url));

async function ext4Volume(): Promise<TestVolume> {
  return createTestVolume({ sizeBytes: 64 * MiB, mkfs: ['ext4'] });
}

/** Mount table lines of a volume, as they are to be found again. */
async function mountLines(volume: TestVolume): Promise<string[]> {
  const table = await readMountTable();
  return table
    .filter((entry) => entry.source === volume.device || entry.mountPoint.startsWith(volume.workspace.folder))
    .map((entry) => `${entry.mountPoint} ${entry.mountOptions} ${entry.superOptions}`);
}

async function errorOf(promise: Promise<unknown>): Promise<EngineError> {
  const error: unknown = await promise.catch((thrown: unknown) => thrown);
  if (error instanceof EngineError) return error;
  throw new Error(`expected an EngineError, got ${String(error)}`);
}

/** A process of ours, killed and awaited when disposed. */
function owned(child: ChildProcess): AsyncDisposable & { child: ChildProcess; pid: number } {
  const ended = once(child, 'exit');
  return {
    child,
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** `sleep` with a file open. */
async function sleeperOn(path: string, flags: string) {
  await using file = await open(path, flags);
  const sleeper = owned(spawn('sleep', ['60'], { stdio: ['ignore', file.fd, 'ignore'] }));
  await once(sleeper.child, 'spawn');
  return sleeper;
}

const runFiles = (folder: string) => readdir(`${folder}/state/runs`).catch(() => []);

describe('static access', { timeout: 60_000 }, () => {
  it('remounts read-only for the run, and back with the same options on every mount', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    await using mount = await volume.mount('noatime,nodev,nosuid,errors=remount-ro');
    const bind = volume.workspace.path('bind');
    const nested = `${mount.mountPoint}/nested`;
    await mkdir(bind);
    await mkdir(nested);
    await writeFile(`${mount.mountPoint}/file`, 'content');
    await using stack = new AsyncDisposableStack();
    await runProgram('mount', ['--bind', mount.mountPoint, bind]);
    stack.defer(async () => {
      await runProgram('umount', [bind]);
    });
    await runProgram('mount', ['-t', 'tmpfs', 'none', nested]);
    stack.defer(async () => {
      await runProgram('umount', [nested]);
    });
    const reader = stack.use(await open(`${mount.mountPoint}/file`, 'r'));
    const before = await mountLines(volume);
    const ports = testPorts(volume.workspace.folder);
    {
      await using access = await acquireStatic(await findVolume(volume.device), { ports });
      expect(access.mountedReadOnly).toBe(true);
      expect(access.remounted).toContain(mount.mountPoint);
      await access.assertStill();
      await expect(writeFile(`${mount.mountPoint}/other`, 'x')).rejects.toMatchObject({ code: 'EROFS' });
      await expect(writeFile(`${bind}/other`, 'x')).rejects.toMatchObject({ code: 'EROFS' });
      await writeFile(`${nested}/other`, 'x');
      expect((await reader.readFile('utf8')).toString()).toBe('content');
      expect(await runFiles(volume.workspace.folder)).toHaveLength(1);
      const map = await readUsedMapOf(volume.device, { gapBytes: 1 });
      expect(map.facts.state).toBe('clean');
      expect(map.summary).toMatchObject({ mode: 'used', warnings: [] });
    }
    expect(await mountLines(volume)).toEqual(before);
    expect(await runFiles(volume.workspace.folder)).toEqual([]);
    await writeFile(`${bind}/other`, 'x');
  });

  for (const mkfs of [
    ['ext2'],
    ['ext3'],
    ['ext4', '-O', '^has_journal'],
    ['ext4', '-b', '4096', '-O', 'bigalloc'],
  ] as const) {
    it(`the bitmaps of a volume in use are true once it is read-only: ${mkfs.join(' ')}`, async (context) => {
      requireLoopDevices(context);
      await using volume = await createTestVolume({ sizeBytes: 64 * MiB, mkfs });
      await using mount = await volume.mount();
      await randomTree(mount.mountPoint, { seed: 5, bytes: 8 * MiB });
      await using _access = await acquireStatic(await findVolume(volume.device), {
        ports: testPorts(volume.workspace.folder),
      });
      const { facts, summary, extents } = await readUsedMapOf(volume.device, { gapBytes: 1 });
      expect(facts.state).toBe('clean');
      expect(summary).toMatchObject({ mode: 'used', warnings: [] });
      const theirs = await dumpe2fsMap(volume.device);
      expect(differences(toBlockMap(extents, facts.blockSizeBytes, theirs.length), theirs)).toEqual([]);
    });
  }

  it('says who holds the volume, and changes nothing', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    await using mount = await volume.mount();
    await using sleeper = await sleeperOn(`${mount.mountPoint}/log`, 'w');
    const before = await mountLines(volume);
    const ports = testPorts(volume.workspace.folder);
    const error = await errorOf(acquireStatic(await findVolume(mount.mountPoint), { ports }));
    expect(error.code).toBe('VOLUME_BUSY');
    expect(error.details.holders).toEqual([{ kind: 'process', name: 'sleep', pid: sleeper.pid, writable: true }]);
    expect(error.details.reason).toContain(`sleep (pid ${sleeper.pid})`);
    expect(await mountLines(volume)).toEqual(before);
    expect(await runFiles(volume.workspace.folder)).toEqual([]);
    await writeFile(`${mount.mountPoint}/other`, 'x');
  });

  it('names a loop device whose file lies on the volume', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    await using mount = await volume.mount();
    await using stack = new AsyncDisposableStack();
    await writeFile(`${mount.mountPoint}/inner.img`, Buffer.alloc(MiB));
    const inner = (await runProgram('losetup', ['-f', '--show', `${mount.mountPoint}/inner.img`])).trim();
    stack.defer(async () => {
      await runProgram('losetup', ['-d', inner]);
    });
    const ports = testPorts(volume.workspace.folder);
    const error = await errorOf(acquireStatic(await findVolume(volume.device), { ports }));
    expect(error.details.holders).toEqual([{ kind: 'loop', name: inner }]);
  });

  it('a volume that is not mounted needs nothing; one that is open for writing is busy', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    const ports = testPorts(volume.workspace.folder);
    {
      await using access = await acquireStatic(await findVolume(volume.device), { ports });
      expect(access).toMatchObject({ mountedReadOnly: false, remounted: [] });
    }
    await using sleeper = await sleeperOn(volume.device, 'r+');
    const error = await errorOf(acquireStatic(await findVolume(volume.device), { ports }));
    expect(error.code).toBe('VOLUME_BUSY');
    expect(error.details.holders).toMatchObject([{ name: 'sleep', pid: sleeper.pid }]);
  });

  it('a file volume is made still through its loop device', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    await using mount = await volume.mount('strictatime,noexec');
    const before = await mountLines(volume);
    const ports = testPorts(volume.workspace.folder);
    // The state folder lies beside the mount, not on it.
    const described = await findVolume(volume.file);
    expect(described.holders).toContainEqual({ kind: 'loop', name: volume.device });
    {
      await using access = await acquireStatic(described, { ports });
      expect(access.remounted).toEqual([mount.mountPoint]);
      const map = await readUsedMapOf(volume.file, { gapBytes: 1 });
      expect(map).toMatchObject({ facts: { state: 'clean' }, summary: { mode: 'used' } });
    }
    expect(await mountLines(volume)).toEqual(before);
  });

  it('a file volume that is mounted in another mount namespace is busy', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    const inside = volume.workspace.path('inside');
    await mkdir(inside);
    const script = 'mount "$0" "$1" && echo mounted && exec sleep 60';
    await using other = owned(
      spawn('unshare', ['-m', '--propagation', 'private', 'sh', '-c', script, volume.device, inside], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
    const { stdout } = other.child;
    const said = stdout ? await Promise.race([once(stdout, 'data'), once(other.child, 'exit')]) : [];
    // In a chroot the root is no mount point, and unshare(1) cannot make it private.
    if (other.child.exitCode !== null) context.skip('SKIPPED: no mount namespace of its own can be made here');
    expect(String(said[0])).toBe('mounted\n');
    const ports = testPorts(volume.workspace.folder);
    const error = await errorOf(acquireStatic(await findVolume(volume.file), { ports }));
    expect(error.code).toBe('VOLUME_BUSY');
    expect(error.details.holders).toEqual([{ kind: 'loop', name: volume.device }]);
  });

  it('one that is mounted read-only already stays so', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    await using _mount = await volume.mount('ro');
    const before = await mountLines(volume);
    {
      const ports = testPorts(volume.workspace.folder);
      await using access = await acquireStatic(await findVolume(volume.device), { ports });
      expect(access).toMatchObject({ mountedReadOnly: true, remounted: [] });
    }
    expect(await mountLines(volume)).toEqual(before);
  });

  it('two runs do not share a volume', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    await using _mount = await volume.mount();
    const ports = testPorts(volume.workspace.folder);
    await using _first = await acquireStatic(await findVolume(volume.device), { ports });
    const error = await errorOf(acquireStatic(await findVolume(volume.device), { ports }));
    expect(error.details.reason).toMatch(/Another run/);
  });

  it('a cancelled run changes nothing', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    await using _mount = await volume.mount();
    const before = await mountLines(volume);
    const ports = testPorts(volume.workspace.folder);
    const error = await errorOf(acquireStatic(await findVolume(volume.device), { ports, signal: AbortSignal.abort() }));
    expect(error.code).toBe('CANCELLED');
    expect(await mountLines(volume)).toEqual(before);
  });

  it('notices when somebody makes the volume writable in the meantime', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    await using mount = await volume.mount();
    await using access = await acquireStatic(await findVolume(volume.device), {
      ports: testPorts(volume.workspace.folder),
    });
    await runProgram('mount', ['-o', 'remount,rw', mount.mountPoint]);
    expect((await errorOf(access.assertStill())).code).toBe('VOLUME_BUSY');
  });

  it('says what is left when it cannot be made writable again, and keeps it on record', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    await using mount = await volume.mount();
    const ports = testPorts(volume.workspace.folder);
    const access = await acquireStatic(await findVolume(volume.device), { ports });
    await runProgram('blockdev', ['--setro', volume.device]);
    const error = await errorOf(Promise.resolve(access[Symbol.asyncDispose]()));
    expect(error.code).toBe('VOLUME_REMOUNT_FAILED');
    expect(error.details.leftBehind).toEqual([`${volume.device} is mounted read-only at ${mount.mountPoint}`]);
    expect(await runFiles(volume.workspace.folder)).toHaveLength(1);
    await runProgram('blockdev', ['--setrw', volume.device]);
  });
});

describe('what a killed run leaves', { timeout: 60_000 }, () => {
  it('is put back at the next start; a living run is left alone', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    await using mount = await volume.mount('noatime');
    const before = await mountLines(volume);
    const ports = testPorts(volume.workspace.folder);
    {
      await using holder = owned(
        spawn(process.execPath, [HOLDER, volume.device, ports.directories.state], {
          stdio: ['ignore', 'pipe', 'inherit'],
        }),
      );
      const output = holder.child.stdout;
      expect(output).not.toBeNull();
      if (output) expect(String((await once(output, 'data'))[0])).toBe('held 1\n');
      expect(await mountLines(volume)).not.toEqual(before);
      expect(await sweepRuns({ ports })).toEqual([]);
      expect(await mountLines(volume)).not.toEqual(before);
    }
    expect(await mountLines(volume)).not.toEqual(before);
    expect(await sweepRuns({ ports })).toEqual([
      `${volume.device} was left read-only at ${mount.mountPoint} by a stopped run; it is writable again.`,
    ]);
    expect(await mountLines(volume)).toEqual(before);
    expect(await runFiles(volume.workspace.folder)).toEqual([]);
    expect(await sweepRuns({ ports })).toEqual([]);
  });

  it('is left alone where another file system is mounted from the device now', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    const ports = testPorts(volume.workspace.folder);
    {
      await using _mount = await volume.mount();
      await using holder = owned(
        spawn(process.execPath, [HOLDER, volume.device, ports.directories.state], {
          stdio: ['ignore', 'pipe', 'inherit'],
        }),
      );
      if (holder.child.stdout) await once(holder.child.stdout, 'data');
    }
    await runProgram('mke2fs', ['-q', '-F', volume.device]);
    await using _mount = await volume.mount('ro');
    const before = await mountLines(volume);
    expect((await sweepRuns({ ports })).join()).toMatch(/another file system is on it now/);
    expect(await mountLines(volume)).toEqual(before);
    expect(await runFiles(volume.workspace.folder)).toEqual([]);
  });

  it('records that cannot be read are set aside, unknown changes are kept', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    const ports = testPorts(volume.workspace.folder);
    const folder = `${ports.directories.state}/runs`;
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}/a.json`, '{"version":1');
    const owner = { pid: 4194305, startTicks: '1', bootId: 'another boot', pidNamespace: 'x' };
    const later = { version: 1, runId: 'b', owner, changes: [{ kind: 'lv', name: 'vg0/stillframe-b' }] };
    await writeFile(`${folder}/b.json`, JSON.stringify(later));
    const texts = await sweepRuns({ ports });
    expect(texts).toHaveLength(2);
    expect(texts.join()).toMatch(/a\.json\.damaged.*cannot undo \(lv\)/);
    expect(JSON.parse(await readFile(`${folder}/b.json`, 'utf8'))).toEqual(later);
  });
});
