/** What management classes do to real volumes in use, and what restic may do to a repository with a policy. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BackupRow, backup } from '../snapshots/images.ts';
import { makeReflinkVolume } from '../snapshots/reflink-stand.ts';
import { errorOf, mountOptions, Stand } from './stand.ts';
import { ext4File, fill, MIB } from './volumes.ts';

const BELOW = 3 * 1024 * MIB;

describe.skipIf(process.getuid?.() !== 0)('a volume that is in use', () => {
  test('is tried again, or read as it is, or not at all, as its class says', async () => {
    await using stand = await Stand.create();
    const device = await stand.attach(await ext4File(stand, 'busy.ext4', 16 * MIB));
    const point = await stand.mount(device);
    await stand.ok('init');
    await stand.ok('set', 'mgmtclass', 'STANDARD', '-serialization=shrdynamic', '-changingretries=1');

    const options = ['-snapshotproviderimage=NONE'];
    {
      await using _writer = await open(join(point, 'open'), 'w');
      const fuzzy = await backup(stand, device, ...options);
      expect(fuzzy.image).toMatchObject({ imageType: 'dynamic', consistency: 'fuzzy' });
      expect(fuzzy.warnings.join()).toContain('is in use, so it is imaged as it is, as its management class says');
      // Who asks for a static image gets no other.
      expect(errorOf(await stand.run('backup', 'image', device, '-imagetype=static')).code).toBe('VOLUME_BUSY');
      await stand.ok('set', 'mgmtclass', 'STANDARD', '-serialization=static');
      expect(errorOf(await stand.run('backup', 'image', device, ...options)).code).toBe('VOLUME_BUSY');
    }
    await stand.ok('set', 'mgmtclass', 'STANDARD', '-serialization=shrstatic', '-changingretries=4');
    const writer = await open(join(point, 'open'), 'w');
    const running = stand.start('backup', 'image', device, ...options);
    await running.line((line) => line.type === 'progress' && line.phase === 'snapshot');
    await writer.close();
    const { lines } = await running.outcome;
    const [row] = (lines.at(-1) as { results: BackupRow[] }).results;
    expect(row?.image).toMatchObject({ imageType: 'static' });
    expect(await mountOptions(point)).toMatch(/^rw/);
  });

  test('is read whole by incremental runs where its class says absolute', async () => {
    await using stand = await Stand.create();
    const volume = await makeReflinkVolume(stand, {
      kind: 'xfs',
      inner: 'ext4',
      belowBytes: BELOW,
      sizeBytes: 64 * MIB,
    });
    await fill(volume.point, 4);
    await stand.ok('init');
    const options = ['-imagetype=snapshot', '-snapshotproviderimage=reflink', '-mode=incremental'];
    await backup(stand, volume.device, ...options);
    expect((await backup(stand, volume.device, ...options)).reading.scope).toBe('changed');
    await stand.ok('set', 'mgmtclass', 'STANDARD', '-copymode=absolute');
    const whole = await backup(stand, volume.device, ...options);
    expect(whole.reading).toMatchObject({
      scope: 'used',
      why: 'Everything in use is read, as the class STANDARD says (MODE absolute).',
    });
    // Nothing is kept for a next run that reads everything, too.
    expect(await volume.clones()).toHaveLength(0);
  });
});

test('restic may tag, forget and prune: policy and marks stay in force, and expiration goes on', async () => {
  await using stand = await Stand.create();
  const file = await ext4File(stand, 'disk.img', 8 * MIB);
  await stand.ok('init');
  await stand.ok('set', 'mgmtclass', 'STANDARD', '-verexists=3', '-retextra=nolimit');
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) ids.push((await stand.backup(file)).image.id);
  const [pinned = '', , deleted = ''] = ids;
  await stand.ok('pin', 'image', pinned, '-reason=court');
  await stand.ok('delete', 'backup', deleted, '-noprompt');
  await stand.restic(['tag', '--add', 'touched']);
  const rewritten = (await stand.ok('query', 'image', '-inactive')).images as {
    id: string;
    active: boolean;
    pinned?: object;
    deletedAt?: string;
  }[];
  expect(rewritten.map(({ id }) => id).filter((id) => ids.includes(id))).toEqual([]);
  expect(rewritten.map((image) => [image.active, image.pinned !== undefined, image.deletedAt !== undefined])).toEqual([
    [true, false, false],
    [false, false, true],
    [false, false, false],
    [false, true, false],
  ]);
  await stand.restic(['forget', '--prune', rewritten[2]?.id ?? '']);
  const { set } = (await stand.ok('query', 'mgmtclass')) as { set: { classes: object[] } };
  expect(set.classes).toMatchObject([{ backup: { verExists: 3, retExtra: 'nolimit' } }]);
  const { removed, kept } = await stand.ok('expire');
  expect(removed).toMatchObject([{ imageId: rewritten[1]?.id, rule: 'deleted' }]);
  expect(kept).toBe(2);
  await stand.restic(['check', '--read-data']);
  // A version that is marked under its first id can be restored by its new one.
  const target = join(stand.folder, 'restored.img');
  await stand.ok('restore', 'image', rewritten[3]?.id ?? '', target, '-imagetofile');
});
