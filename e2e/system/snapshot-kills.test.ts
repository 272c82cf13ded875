/**
 * `kill -9` of the whole program at random moments of a snapshot backup: after the next start there is no clone but the one
 * that a record keeps, nothing is frozen, read-only, attached or locked, and older images are whole. (LVM: e2e/uml; the
 * freeze program alone: electron/engine/snapshots/kills.test.ts.) `STILLFRAME_KILLS` says how often.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seeded } from '#engine/testing/seeded.ts';
import { makeReflinkVolume } from '../snapshots/reflink-stand.ts';
import { startStamping } from '../snapshots/writers.ts';
import { lockCount, mountOptions, run, Stand } from './stand.ts';
import { fill, MIB } from './volumes.ts';

const KILLS = Number(process.env.STILLFRAME_KILLS ?? 5);
const SEED = Number(process.env.STILLFRAME_SEED ?? 20261125);

test.each(['REFLINK', 'FREEZE'])(
  `${KILLS} kill -9s of a run with %s leave nothing`,
  { timeout: 3_600_000 },
  async (provider) => {
    await using stand = await Stand.create();
    const random = seeded(SEED);
    const volume = await makeReflinkVolume(stand, {
      kind: 'xfs',
      inner: 'ext4',
      belowBytes: 3 * 1024 * MIB,
      sizeBytes: 256 * MIB,
    });
    await fill(volume.point, 60);
    await stand.ok('init');
    const options = [
      '-imagetype=snapshot',
      `-snapshotproviderimage=${provider}`,
      '-mode=incremental',
      '-snapshotfailover=no',
    ];
    const started = performance.now();
    await stand.ok('backup', 'image', volume.device, ...options);
    let fullMs = performance.now() - started;
    await using writer = await startStamping(join(volume.point, 'stamps'), 500, SEED);
    let midway = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      await fill(volume.point, 8, 100 + kill);
      await run('bash', ['-c', `rm -f ${volume.point}/*/*-${100 + kill - 3}-*`]);
      const running = stand.start('backup', 'image', volume.device, ...options);
      await sleep(random() * fullMs);
      if (running.child.exitCode === null) midway++;
      running.child.kill('SIGKILL');
      await running.outcome;

      // Any start cleans up.
      await stand.ok('query', 'volume');
      expect((await volume.clones()).length).toBeLessThanOrEqual(1);
      expect(await mountOptions(volume.point)).toMatch(/^rw/);
      await run('timeout', ['20', 'touch', join(volume.point, 'writable')]);
      await stand.restic(['unlock']);
      expect(await lockCount(stand)).toBe(0);
      const before = performance.now();
      await stand.ok('backup', 'image', volume.device, ...options);
      fullMs = performance.now() - before;
      expect(((await stand.ok('sweep')) as { removed: string[] }).removed).toEqual([]);
    }
    expect(await writer.sequence()).toBeGreaterThan(500);
    expect(midway).toBeGreaterThan(KILLS / 3);
    await stand.restic(['check', '--read-data']);
    const attached = (await run('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE'])).stdout;
    expect(attached.split('\n').filter((line) => line.startsWith(stand.folder))).toHaveLength(2);
    console.log(`${provider}: ${KILLS} kills, of which in the middle of a run: ${midway}, seed ${SEED}`);
  },
);

test('a frozen volume thaws at its time limit, and the run says so', { timeout: 120_000 }, async () => {
  await using stand = await Stand.create();
  const volume = await makeReflinkVolume(stand, {
    kind: 'xfs',
    inner: 'ext4',
    belowBytes: 3 * 1024 * MIB,
    sizeBytes: 700 * MIB,
  });
  // Text that takes zstd long.
  await run('bash', ['-c', `head -c 110M /dev/urandom | od -An -v -tx1 > ${volume.point}/text`]);
  await stand.ok('init');
  const running = stand.start(
    'backup',
    'image',
    volume.device,
    '-imagetype=snapshot',
    '-snapshotproviderimage=FREEZE',
    '-freezetimelimit=1',
    '-compressionlevel=19',
  );
  await running.line((line) => line.type === 'progress' && line.phase === 'store');
  await run('timeout', ['20', 'touch', join(volume.point, 'writable')]);
  const outcome = await running.outcome;
  expect(JSON.stringify(outcome.lines.at(-1))).toMatch(/SNAPSHOT_LOST/);
  expect(outcome.code).toBe(12);
  const { results } = outcome.lines.at(-1) as { results: { error?: { code: string; details: { reason?: string } } }[] };
  expect(results[0]?.error?.code).toBe('SNAPSHOT_LOST');
  expect(results[0]?.error?.details.reason).toMatch(/freezetimelimit|time limit|thaw/);
  expect((await stand.ok('query', 'image')).images).toEqual([]);
});
