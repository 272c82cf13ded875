/**
 * `kill -9` at random moments of a backup of a mounted volume: older images stay whole, restic agrees, the next run
 * resumes, and nothing is left read-only, locked or attached. `STILLFRAME_KILLS` says how often (npm run soak: 100).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seeded } from '#engine/testing/seeded.ts';
import { lockCount, mountOptions, run, Stand } from './stand.ts';
import { ext4File, fill, hashes, MIB } from './volumes.ts';

const KILLS = Number(process.env.STILLFRAME_KILLS ?? 6);
const SEED = Number(process.env.STILLFRAME_SEED ?? 20261121);
const SIZE = 512 * MIB;

test(`${KILLS} kill -9s at random moments of a backup lose nothing and leave nothing`, {
  timeout: 3_600_000,
}, async () => {
  await using stand = await Stand.create();
  const random = seeded(SEED);
  const device = await stand.attach(await ext4File(stand, 'volume.ext4', SIZE));
  const point = await stand.mount(device);
  await fill(point, 120);
  await stand.ok('init');
  await stand.ok('backup', 'image', device);
  const oldest = ((await stand.ok('query', 'image')).images as { id: string }[])[0]?.id ?? '';
  const expected = await hashes(point);
  const target = await stand.attach(await ext4File(stand, 'target.ext4', SIZE));

  let killedMidway = 0;
  let fullMs = 1500;
  for (let kill = 0; kill < KILLS; kill++) {
    // What was written four rounds ago makes room, so that any number of rounds fits.
    await run('bash', ['-c', `rm -f ${point}/*/*-${100 + kill - 4}-*`]);
    await fill(point, 24, 100 + kill);
    const running = stand.start('backup', 'image', device);
    await sleep(random() * fullMs);
    const finishedBefore = running.child.exitCode !== null;
    running.child.kill('SIGKILL');
    await running.outcome;
    if (!finishedBefore) killedMidway++;

    // restic itself must find our lock stale, and the repository whole.
    await stand.restic(['unlock']);
    expect(await lockCount(stand)).toBe(0);
    await stand.restic(['check']);

    const started = performance.now();
    await stand.ok('backup', 'image', device);
    fullMs = Math.max(400, performance.now() - started);
    expect(await lockCount(stand)).toBe(0);
    expect(await mountOptions(point)).toMatch(/^rw/);
    await run('touch', [`${point}/still-writable`]);
  }
  expect(killedMidway).toBeGreaterThan(KILLS / 3);

  await stand.restic(['check', '--read-data']);
  await stand.ok('restore', 'image', oldest, target, '-noprompt');
  await run('e2fsck', ['-fn', target]);
  const restored = await stand.mount(target, 'ro');
  expect(await hashes(restored)).toEqual(expected);
  const attached = (await run('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE'])).stdout;
  expect(attached.split('\n').filter((line) => line.startsWith(stand.folder))).toHaveLength(2);
  console.log(`kills: ${KILLS}, of which in the middle of a run: ${killedMidway}, seed ${SEED}`);
});

test('SIGTERM in the middle of a backup puts the mount back and leaves no lock', async () => {
  await using stand = await Stand.create();
  const device = await stand.attach(await ext4File(stand, 'volume.ext4', SIZE));
  const point = await stand.mount(device, 'rw,noatime');
  await fill(point, 160);
  const before = await mountOptions(point);
  await stand.ok('init');
  const running = stand.start('backup', 'image', device);
  await running.line((line) => line.type === 'progress');
  running.child.kill('SIGTERM');
  const outcome = await running.outcome;
  expect(outcome.code).toBe(12);
  expect(JSON.stringify(outcome.lines.at(-1))).toContain('CANCELLED');
  expect(await mountOptions(point)).toBe(before);
  expect(await lockCount(stand)).toBe(0);
  expect((await stand.ok('query', 'image')).images).toEqual([]);
  await stand.restic(['check']);
});
