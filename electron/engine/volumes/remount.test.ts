/** mount(8) may fail after its work is done; real mounts, with a `mount` in front of the real one that does so. */
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { requireLoopDevices } from '../testing/machine-limits.ts';
import { runProgram } from '../testing/run-program.ts';
import { testPorts } from '../testing/test-ports.ts';
import { createTestVolume, type TestVolume } from '../testing/test-volume.ts';
import { findVolume } from './discover.ts';
import { readMountTable } from './mount-table.ts';
import { sweepRuns } from './run-journal.ts';
import { acquireStatic } from './static-access.ts';

const MiB = 1024 * 1024;

/** Puts a shell script named `mount` first in the path; `$REAL` is the system's. */
async function mountScript(volume: TestVolume, script: string): Promise<Disposable> {
  const real = (await runProgram('sh', ['-c', 'command -v mount'])).trim();
  const folder = volume.workspace.path('programs');
  await mkdir(folder);
  await writeFile(`${folder}/mount`, `#!/bin/sh\nREAL=${real}\n${script}\n`);
  await chmod(`${folder}/mount`, 0o755);
  const before = process.env.PATH;
  process.env.PATH = `${folder}:${before}`;
  return {
    [Symbol.dispose]: () => {
      process.env.PATH = before;
    },
  };
}

async function mountLines(volume: TestVolume): Promise<string[]> {
  const lines = (await readMountTable()).filter((entry) => entry.source === volume.device);
  return lines.map((entry) => `${entry.mountPoint} ${entry.mountOptions} ${entry.superOptions}`);
}

const ext4Volume = () => createTestVolume({ sizeBytes: 32 * MiB, mkfs: ['ext4'] });
const runFiles = (folder: string) => readdir(`${folder}/state/runs`).catch(() => []);

describe('mount(8) that fails', { timeout: 60_000 }, () => {
  for (const [how, end] of [
    ['says so after its work', 'exit 16'],
    ['is killed after its work', 'kill -INT $$'],
  ] as const) {
    it(`and ${how}: the volume is writable again, and nothing is on record`, async (context) => {
      requireLoopDevices(context);
      await using volume = await ext4Volume();
      await using mount = await volume.mount('noatime');
      const before = await mountLines(volume);
      const ports = testPorts(volume.workspace.folder);
      {
        using _script = await mountScript(volume, `"$REAL" "$@"\n${end}`);
        const described = await findVolume(volume.device);
        await expect(acquireStatic(described, { ports })).rejects.toMatchObject({ code: 'VOLUME_BUSY' });
      }
      expect(await mountLines(volume)).toEqual(before);
      expect(await runFiles(volume.workspace.folder)).toEqual([]);
      await writeFile(`${mount.mountPoint}/file`, 'x');
    });
  }

  it('and cannot be undone: says what is left and keeps it on record', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    await using mount = await volume.mount();
    const ports = testPorts(volume.workspace.folder);
    {
      using _script = await mountScript(volume, 'case "$*" in *remount,rw*) exit 1;; esac\n"$REAL" "$@"\nexit 16');
      await expect(acquireStatic(await findVolume(volume.device), { ports })).rejects.toMatchObject({
        code: 'VOLUME_REMOUNT_FAILED',
        details: { leftBehind: [`${volume.device} is mounted read-only at ${mount.mountPoint}`] },
      });
    }
    const [record] = await runFiles(volume.workspace.folder);
    expect(record).toBeDefined();
    // As the next start finds it, once this process has ended.
    const path = `${volume.workspace.folder}/state/runs/${record}`;
    const stored = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...stored, owner: { ...stored.owner, pid: 4_194_305 } }));
    expect((await sweepRuns({ ports })).join()).toMatch(/it is writable again/);
    await writeFile(`${mount.mountPoint}/file`, 'x');
  });

  it('Ctrl+C in a terminal does not reach it', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    await using _mount = await volume.mount();
    const seen = volume.workspace.path('seen');
    {
      using _script = await mountScript(volume, `cut -d' ' -f1,5,6 /proc/$$/stat >> ${seen}\nexec "$REAL" "$@"`);
      await using _access = await acquireStatic(await findVolume(volume.device), {
        ports: testPorts(volume.workspace.folder),
      });
    }
    const lines = (await readFile(seen, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      const [pid, group, session] = line.split(' ');
      expect([group, session]).toEqual([pid, pid]);
    }
  });
});

describe('a bind mount that is read-only by itself', { timeout: 60_000 }, () => {
  it('does not become writable with its file system', async (context) => {
    requireLoopDevices(context);
    await using volume = await ext4Volume();
    const bind = volume.workspace.path('bind');
    await mkdir(bind);
    await using stack = new AsyncDisposableStack();
    {
      await using mount = await volume.mount('noatime');
      await runProgram('mount', ['--bind', mount.mountPoint, bind]);
      stack.defer(async () => {
        await runProgram('umount', [bind]);
      });
      await runProgram('mount', ['-o', 'remount,bind,ro,noatime', bind]);
    }
    const before = await mountLines(volume);
    expect(before).toHaveLength(1);
    {
      await using access = await acquireStatic(await findVolume(volume.device), {
        ports: testPorts(volume.workspace.folder),
      });
      expect(access.remounted).toEqual([bind]);
      expect(await mountLines(volume)).not.toEqual(before);
    }
    expect(await mountLines(volume)).toEqual(before);
  });
});
