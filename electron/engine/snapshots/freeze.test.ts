import { open, rm, symlink } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { requireLoopDevices, whyNoLoopDevices } from '../testing/machine-limits.ts';
import { runProgram } from '../testing/run-program.ts';
import { loopStand, waitUntilDetached } from '../testing/snapshot-stand.ts';
import { createTestVolume } from '../testing/test-volume.ts';
import { findVolume } from '../volumes/discover.ts';
import { createOptions, pause, startWriter } from './conformance/stand.ts';
import { describeProvider } from './conformance.ts';
import { freezeForTheRun } from './freeze.ts';

/** A mounted volume that is read-only. */
async function readOnlyVolume() {
  const made = await createTestVolume({ sizeBytes: 32 * 1024 * 1024, mkfs: ['ext4'] });
  await made.mount('ro');
  return { volume: await findVolume(made.device), [Symbol.asyncDispose]: () => made[Symbol.asyncDispose]() };
}

const SUBJECTS = [
  ['ext4', 'loop'],
  ['ext4', 'file'],
  ['xfs', 'loop'],
] as const;

for (const [type, kind] of SUBJECTS) {
  const subject = {
    name: `FREEZE (${type}, ${kind})`,
    provider: freezeForTheRun,
    makeVolume: () => loopStand(type, kind),
    makeUnfit: readOnlyVolume,
  };
  describeProvider(subject, whyNoLoopDevices());
}

describe('FREEZE', () => {
  test('refuses what cannot be frozen, with the reason', async (context) => {
    requireLoopDevices(context);
    const root = (await runProgram('findmnt', ['--noheadings', '--output', 'SOURCE', '/'])).trim();
    const refused = await freezeForTheRun.readiness(await findVolume(root), {});
    expect(refused).toMatchObject({ ready: false, reason: expect.stringMatching(/holds the running system/) });
    await using unmounted = await createTestVolume({ sizeBytes: 32 * 1024 * 1024, mkfs: ['ext4'] });
    const idle = await freezeForTheRun.readiness(await findVolume(unmounted.device), {});
    expect(idle).toMatchObject({ ready: false, reason: expect.stringMatching(/is not mounted read-write/) });
  });

  test('refuses a volume that another mounted file system lies on', async (context) => {
    requireLoopDevices(context);
    await using host = await loopStand('ext4');
    const file = `${host.folder}/upper.img`;
    await runProgram('truncate', ['--size', '16M', file]);
    await runProgram('mke2fs', ['-q', '-F', file]);
    const folder = host.workspace.path('upper');
    await runProgram('mkdir', [folder]);
    await runProgram('mount', ['-o', 'loop', file, folder]);
    try {
      const { ready, reason } = await freezeForTheRun.readiness(await host.volume(), {});
      expect([ready, reason]).toEqual([false, expect.stringMatching(/lies on .* and would stand still with it/)]);
    } finally {
      await runProgram('umount', [folder]);
      await waitUntilDetached(file);
    }
  });

  test('refuses a volume that is mounted in another mount namespace only', async (context) => {
    requireLoopDevices(context);
    await using made = await createTestVolume({ sizeBytes: 32 * 1024 * 1024, mkfs: ['ext4'] });
    const script = 'mount "$0" /mnt && echo mounted && exec sleep 600';
    const { spawn } = await import('node:child_process');
    const other = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script, made.device]);
    try {
      await new Promise((resolve) => other.stdout.once('data', resolve));
      const { ready, reason } = await freezeForTheRun.readiness(await findVolume(made.device), {});
      expect([ready, reason]).toEqual([false, expect.stringMatching(/another mount namespace/)]);
    } finally {
      const ended = new Promise((resolve) => other.once('close', resolve));
      other.kill('SIGKILL');
      await ended;
    }
  });

  test('refuses a volume on which this process has a file open', async (context) => {
    requireLoopDevices(context);
    await using stand = await loopStand('ext4');
    {
      await using _output = await open(`${stand.folder}/output`, 'w');
      const { ready, reason } = await freezeForTheRun.readiness(await stand.volume(), {});
      expect([ready, reason]).toEqual([false, expect.stringMatching(/output, which Stillframe has open/)]);
    }
    {
      await using _removed = await open(`${stand.folder}/removed`, 'w');
      await rm(`${stand.folder}/removed`);
      const creating = freezeForTheRun.create(await stand.volume(), await createOptions());
      await expect(creating).rejects.toMatchObject({ code: 'SNAPSHOT_UNAVAILABLE' });
    }
    expect((await freezeForTheRun.readiness(await stand.volume(), {})).ready).toBe(true);
  });

  test.for(['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME'])(
    'refuses a volume that holds %s',
    async (variable, context) => {
      requireLoopDevices(context);
      await using stand = await loopStand('ext4');
      // By a link, below which nothing is there yet.
      const link = stand.workspace.path('base');
      await symlink(stand.folder, link);
      vi.stubEnv(variable, link);
      try {
        const { ready, reason } = await freezeForTheRun.readiness(await stand.volume(), {});
        expect([ready, reason]).toEqual([false, expect.stringMatching(/base, which Stillframe itself needs/)]);
      } finally {
        vi.unstubAllEnvs();
      }
    },
  );

  test('that is killed while it freezes leaves nothing frozen', { timeout: 120_000 }, async (context) => {
    requireLoopDevices(context);
    await using stand = await loopStand('ext4');
    for (let round = 0; round < 8; round++) {
      // Much to flush makes the freeze take its time.
      await runProgram('dd', ['if=/dev/urandom', `of=${stand.folder}/big`, 'bs=1M', 'count=24', 'status=none']);
      const options = await createOptions();
      const creating = freezeForTheRun.create(await stand.volume(), options).then(
        (snapshot) => snapshot,
        (error: unknown) => error,
      );
      let killed = false;
      for (let look = 0; look < 4000 && !killed; look++) {
        // Both processes: whoever is left would thaw.
        killed = await runProgram('pkill', ['-KILL', '-f', `^[^ ]*stillframe-freeze .*${options.runId}`]).then(
          () => true,
          () => false,
        );
      }
      const outcome = await creating;
      if (outcome instanceof Error) {
        expect(outcome).toMatchObject({ code: expect.stringMatching(/^SNAPSHOT_/) });
        // Nobody waits.
        await runProgram('timeout', ['20', 'touch', `${stand.folder}/written`]);
      } else {
        const snapshot = outcome as Awaited<ReturnType<typeof freezeForTheRun.create>>;
        expect((await freezeForTheRun.status(snapshot)).valid).toBe(false);
        await snapshot[Symbol.asyncDispose]();
        await runProgram('timeout', ['20', 'touch', `${stand.folder}/written`]);
      }
    }
  });

  test('says that somebody else thawed it', async (context) => {
    requireLoopDevices(context);
    await using stand = await loopStand('ext4');
    await using snapshot = await freezeForTheRun.create(await stand.volume(), await createOptions());
    await using writer = await startWriterLater(stand.folder);
    expect((await freezeForTheRun.status(snapshot)).valid).toBe(true);
    await runProgram('fsfreeze', ['--unfreeze', stand.folder]);
    const { valid, reason } = await freezeForTheRun.status(snapshot);
    expect([valid, reason]).toEqual([false, expect.stringMatching(/thawed by another program/)]);
    const before = await writer.written();
    while ((await writer.written()) === before) await pause(20);
  });

  test('does not thaw what somebody else froze after it', async (context) => {
    requireLoopDevices(context);
    await using stand = await loopStand('ext4');
    const snapshot = await freezeForTheRun.create(await stand.volume(), await createOptions({ deadlineMs: 400 }));
    while ((await freezeForTheRun.status(snapshot)).valid) await pause(20);
    await runProgram('fsfreeze', ['--freeze', stand.folder]);
    await freezeForTheRun.release(snapshot);
    // Succeeds only on what is frozen.
    await runProgram('fsfreeze', ['--unfreeze', stand.folder]);
  });
});

/** A writer that was stopped by a freeze before it wrote anything. */
async function startWriterLater(folder: string) {
  const starting = startWriter(folder);
  return {
    written: async () => (await starting).written(),
    [Symbol.asyncDispose]: async () => (await starting)[Symbol.asyncDispose](),
  };
}
