/** Snapshot images of logical volumes in use, as people ask for them; judged by fsck, SQLite and restic. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BackupRow } from '../snapshots/images.ts';
import { expectOneMoment, expectWholeDatabase } from '../snapshots/judges.ts';
import { startDatabase, startStamping } from '../snapshots/writers.ts';
import { run, Stand } from '../system/stand.ts';
import { fill, sparseFile } from '../system/volumes.ts';
import { BY_LVM, expectNothingLeft, inventoryWithoutKept } from './backup-stand.ts';
import { VolumeGroup, whyNoLvm } from './lvm.ts';

const MIB = 1024 ** 2;
const SEED = 4711;
const BLOCKS = 1000;

const why = whyNoLvm();

let group: VolumeGroup;
let stand: Stand;
beforeAll(async () => {
  if (why !== undefined) return;
  group = await VolumeGroup.create('vg-b', '/dev/ubdc');
  stand = await Stand.create();
  await group.addPool('pool', 1024 * MIB);
  await stand.ok('init');
});
afterAll(async () => {
  if (why !== undefined) return;
  await stand.restic(['check', '--read-data']);
  await stand[Symbol.asyncDispose]();
  await group[Symbol.asyncDispose]();
});

for (const [kind, type, mode, sizeBytes, target] of [
  ['thick', 'ext4', 'wal', 128 * MIB, 'volume'],
  ['thick', 'xfs', 'delete', 300 * MIB, 'file'],
  ['thin', 'ext4', 'delete', 128 * MIB, 'file'],
  ['thin', 'xfs', 'wal', 300 * MIB, 'volume'],
] as const) {
  test(`${kind}, ${type}, SQLite (${mode}): programs write while the image is taken, and it is of one moment`, async (context) => {
    if (why !== undefined) context.skip(`SKIPPED: this test ${why}`);
    const pool = kind === 'thin' ? 'pool' : undefined;
    const device = await group.add({ name: `data-${type}-${kind}`, sizeBytes, pool, mkfs: [type] });
    const point = await group.mount(device);
    await fill(point, 8);
    const found = await inventoryWithoutKept();
    const outcome = await (async () => {
      await using stamping = await startStamping(join(point, 'stamps'), BLOCKS, SEED);
      await using database = await startDatabase(join(point, 'bank.db'), mode);
      const before = { stamps: await stamping.sequence(), commits: await database.sequence() };
      const running = stand.start('backup', 'image', device, ...BY_LVM);
      await running.line((line) => line.type === 'progress' && line.phase === 'store');
      const upTo = { stamps: await stamping.sequence(), commits: await database.sequence() };
      return { ...(await running.outcome), before, upTo };
    })();
    expect(outcome.stderr).not.toMatch(/SFR\d{4}[WES]/);
    expect(outcome.code).toBe(0);
    const [row] = (outcome.lines.at(-1) as { results: BackupRow[] }).results;
    expect(row?.image).toMatchObject({ imageType: 'snapshot', provider: 'LINUX_LVM', consistency: 'filesystem' });
    expect(row?.reading.scope).toBe('used');
    expect(row?.warnings).toEqual([]);
    await expectNothingLeft({ stand, found, points: [point], kept: kind === 'thick' ? 0 : 2 });

    const to =
      target === 'file'
        ? await sparseFile(join(stand.folder, `target-${type}.img`), sizeBytes)
        : await group.add({ name: `target-${type}-${kind}`, sizeBytes });
    await stand.ok('restore', 'image', row?.image.id ?? '', to, '-noprompt');
    if (type === 'ext4') {
      await run('e2fsck', ['-fn', to]);
      // It was frozen: its journal has nothing to replay.
      expect((await run('dumpe2fs', ['-h', to])).stdout).not.toContain('needs_recovery');
    }
    const loop = target === 'file' ? 'loop,' : '';
    const restored = await group.mount(to, type === 'xfs' ? `${loop}nouuid` : `${loop}rw`);
    const stamps = await expectOneMoment(join(restored, 'stamps'), SEED, outcome.upTo.stamps);
    expect(stamps).toBeGreaterThanOrEqual(outcome.before.stamps);
    const commits = expectWholeDatabase(join(restored, 'bank.db'), outcome.upTo.commits);
    expect(commits).toBeGreaterThanOrEqual(outcome.before.commits);
    await group.unmount(restored);
    if (type === 'xfs') await run('xfs_repair', ['-n', to]);
  });
}
