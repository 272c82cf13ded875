/**
 * What goes wrong while a snapshot image of a logical volume is taken: a clear error, no image, nothing left, and older
 * images as they were.
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SnapshotFill, WireError } from '#contract';
import { errorOf, type Outcome, type Running, run, Stand } from '../system/stand.ts';
import { fill, hashes } from '../system/volumes.ts';
import { BY_LVM, backupLvm, expectNothingLeft, inventoryWithoutKept } from './backup-stand.ts';
import { lvm, replaceByErrors, VolumeGroup, whyNoLvm } from './lvm.ts';

const MIB = 1024 ** 2;
const SIZE = 128 * MIB;
const BALLAST = 24;
const why = whyNoLvm();

let group: VolumeGroup;
let stand: Stand;
let device: string;
let point: string;
let found: string[];
/** The image of before, and what it holds. */
let oldest: string;
let expected: Map<string, string>;

async function addBallast(path: string, megabytes = BALLAST): Promise<void> {
  await run('dd', ['if=/dev/urandom', `of=${path}`, 'bs=1M', `count=${megabytes}`, 'conv=fsync']);
}

/** Overwrites it in place, one piece after the other, until all is or `goOn` says no. */
async function overwrite(path: string, goOn: () => Promise<boolean> = async () => true): Promise<void> {
  await using file = await open(path, 'r+');
  const { size } = await file.stat();
  const data = Buffer.alloc(MIB, 0x5a);
  for (let at = 0; at * MIB < size && (await goOn()); at++) {
    await file.write(data, 0, MIB, at * MIB);
    await file.datasync();
  }
}

/** How full the kernel says that a snapshot is, bytes; undefined once it is lost. */
async function fullness(name: string): Promise<SnapshotFill | undefined> {
  const [, used, total] = /snapshot (\d+)\/(\d+)/.exec(await lvm('dmsetup', 'status', name)) ?? [];
  return used && total ? { usedBytes: Number(used) * 512, totalBytes: Number(total) * 512 } : undefined;
}

/** A writer that is slower than LVM's commands here: it waits until there is room again, though not for ever. */
async function waitForRoom(name: string): Promise<SnapshotFill | undefined> {
  for (let attempts = 300; ; attempts--) {
    const fill = await fullness(name);
    if (fill === undefined || fill.usedBytes < fill.totalBytes * 0.7 || attempts === 0) return fill;
    await sleep(100);
  }
}

beforeAll(async () => {
  if (why !== undefined) return;
  group = await VolumeGroup.create('vg-bf', '/dev/ubdc');
  stand = await Stand.create();
  device = await group.add({ name: 'data', sizeBytes: SIZE, mkfs: ['ext4'] });
  point = await group.mount(device);
  await fill(point, 6);
  const repository = await group.add({ name: 'repository', sizeBytes: 512 * MIB, mkfs: ['ext4'] });
  stand.place.repository = join(await group.mount(repository), 'repository');
  await stand.ok('init');
  expected = await hashes(point);
  oldest = (await backupLvm(stand, device)).image.id;
});
beforeEach(async (context) => {
  if (why !== undefined) return context.skip(`SKIPPED: this test ${why}`);
  await addBallast(join(point, 'ballast'));
  found = await inventoryWithoutKept();
});
afterAll(async () => {
  if (why !== undefined) return;
  await stand[Symbol.asyncDispose]();
  await group[Symbol.asyncDispose]();
});

/**
 * Starts a backup and lets something happen in the middle of it, however fast the machine is: meanwhile nothing can be
 * stored, because the repository's volume stands still.
 */
async function inTheMiddle(
  volume: string,
  options: readonly string[],
  event: (running: Running) => Promise<unknown>,
): Promise<Outcome> {
  const running = stand.start('backup', 'image', volume, ...BY_LVM, ...options);
  const line = await running.line(({ type, phase }) => type === 'progress' && phase === 'store');
  if (line === undefined) throw new Error(JSON.stringify(await running.outcome));
  await lvm('dmsetup', 'suspend', group.mapped('repository'));
  try {
    await event(running);
  } finally {
    await lvm('dmsetup', 'resume', group.mapped('repository'));
  }
  return running.outcome;
}

async function imageIds(): Promise<string[]> {
  return ((await stand.ok('query', 'image', '-inactive')).images as { id: string }[]).map(({ id }) => id);
}

/** Asserts that the run failed with this error, and that nothing else came of it. */
async function expectFailed(outcome: Outcome, code: WireError['code'], images: string[]): Promise<WireError> {
  expect(outcome.code, JSON.stringify(outcome.lines.at(-1))).toBe(12);
  const error = errorOf(outcome);
  expect(error).toMatchObject({ code, details: { volume: device } });
  expect(error.details.remedy).toMatch(/^[A-Z].*\.$/);
  expect(await imageIds()).toEqual(images);
  await expectNothingLeft({ stand, found, points: [point], kept: 0 });
  return error;
}

/** The snapshot of the run, `vg/lv`. */
async function snapshotOfRun(): Promise<string> {
  const select = ['--select', 'tags=stillframe', '--options', 'lv_full_name'];
  return (await lvm('lvs', '--noheadings', ...select)).trim();
}

test('its space runs out, and the volume group has none', async () => {
  const images = await imageIds();
  const free = Number(await lvm('vgs', '--noheadings', '--options', 'vg_free_count', group.name));
  // Room for the 16 MiB that are asked for, and not one extent more.
  await lvm('lvcreate', '--yes', '--extents', String(free - 4), '--name', 'filler', group.name);
  found = await inventoryWithoutKept();
  const outcome = await inTheMiddle(device, ['-snapshotcachesize=10'], () => overwrite(join(point, 'ballast')));
  const error = await expectFailed(outcome, 'SNAPSHOT_LOST', images);
  expect(error.details.reason).toMatch(/Its space ran out/);
  await lvm('lvremove', '--yes', '--force', `${group.name}/filler`);
});

test('the volume group is full before', async () => {
  const images = await imageIds();
  await lvm('lvcreate', '--yes', '--extents', '100%FREE', '--name', 'filler', group.name);
  found = await inventoryWithoutKept();
  const outcome = await stand.run('backup', 'image', device, ...BY_LVM);
  const { details } = await expectFailed(outcome, 'SNAPSHOT_NO_SPACE', images);
  expect(details).toMatchObject({ presentBytes: 0, neededBytes: expect.any(Number) });
  expect(Number(details.neededBytes)).toBeGreaterThanOrEqual(64 * MIB);
  expect(details.remedy).toContain(`vgextend ${group.name}`);
  await lvm('lvremove', '--yes', '--force', `${group.name}/filler`);
});

function fillOf(snapshot: unknown): SnapshotFill {
  return (snapshot ?? { usedBytes: 0, totalBytes: 0 }) as SnapshotFill;
}

test('its space is enlarged in time while the volume group has some', async () => {
  const large = await group.add({ name: 'large', sizeBytes: 2048 * MIB, mkfs: ['ext4'] });
  const mounted = await group.mount(large);
  await addBallast(join(mounted, 'ballast'), 40);
  found = await inventoryWithoutKept();
  // A percent of the volume, in whole extents.
  const first = 24 * MIB;
  const { code, lines } = await inTheMiddle(large, ['-snapshotcachesize=1'], async (running) => {
    const [, lv = ''] = (await snapshotOfRun()).split('/');
    await overwrite(join(mounted, 'ballast'), async () => {
      const room = await waitForRoom(group.mapped(lv));
      return room !== undefined && room.usedBytes <= first;
    });
    // Where it was lost, the run ends only when its repository goes on.
    await Promise.race([running.line(({ snapshot }) => fillOf(snapshot).usedBytes > first), sleep(10_000)]);
  });
  expect(code, JSON.stringify(lines.at(-1))).toBe(0);
  const fills = lines.filter(({ snapshot }) => snapshot !== undefined).map(({ snapshot }) => fillOf(snapshot));
  expect(fills[0]?.totalBytes).toBe(first);
  expect(Math.max(...fills.map(({ usedBytes }) => usedBytes))).toBeGreaterThan(first);
  await expectNothingLeft({ stand, found, points: [point, mounted], kept: 0 });
  await group.unmount(mounted);
  await lvm('lvremove', '--yes', '--force', `${group.name}/large`);
});

test.each([
  ['is replaced by errors', async (name: string) => replaceByErrors(name)],
  // It is open, so that its table goes and its name stays.
  ['is removed by force', async (name: string) => lvm('dmsetup', 'remove', '--force', name).catch(() => undefined)],
])('its device %s', async (_title, fault) => {
  const images = await imageIds();
  const outcome = await inTheMiddle(device, [], async () => {
    const [, lv = ''] = (await snapshotOfRun()).split('/');
    await fault(group.mapped(lv));
  });
  const error = await expectFailed(outcome, 'SNAPSHOT_LOST', images);
  expect(error.details.reason).toMatch(/no snapshot any more but error|removed/);
});

test('lvremove behind our back is refused while the snapshot is read, and the run goes on', async () => {
  let said = '';
  const outcome = await inTheMiddle(device, [], async () => {
    const removed = lvm('lvremove', '--yes', '--force', await snapshotOfRun());
    await removed.catch((error: unknown) => {
      said = String(error);
    });
  });
  expect(said).toMatch(/in use|is used by/);
  expect(outcome.code).toBe(0);
  await expectNothingLeft({ stand, found, points: [point], kept: 0 });
});

test('after all that, the repository is whole and the oldest image can be restored', async () => {
  await stand.restic(['check', '--read-data']);
  const target = await group.add({ name: 'target', sizeBytes: SIZE });
  await stand.ok('restore', 'image', oldest, target, '-noprompt');
  await run('e2fsck', ['-fn', target]);
  const restored = await group.mount(target, 'ro');
  expect(await hashes(restored)).toEqual(expected);
});
