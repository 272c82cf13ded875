/** What goes wrong while a snapshot exists: it is noticed, said, and nothing of it stays. */
import { open } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Volume } from '#contract';
import { createOptions, startOwner, sweep } from '#engine/snapshots/conformance/stand.ts';
import { linuxLvm } from '#engine/snapshots/linux-lvm.ts';
import type { CacheRequest, TakenSnapshot } from '#engine/snapshots/provider.ts';
import { findVolume } from '#engine/volumes/index.ts';
import { inventory, lvm, replaceByErrors, VolumeGroup, whyNoLvm } from './lvm.ts';

const MIB = 1024 ** 2;
const SIZE = 64 * MIB;
const why = whyNoLvm();

let group: VolumeGroup;
let thick: string;
let thin: string;
let found: string[];
beforeAll(async () => {
  if (why !== undefined) return;
  group = await VolumeGroup.create('vg-f', '/dev/ubdc', '/dev/ubdd');
  thick = await group.add({ name: 'thick', sizeBytes: SIZE });
  await group.addPool('pool', 128 * MIB);
  await lvm('lvchange', '--errorwhenfull', 'y', 'vg-f/pool');
  thin = await group.add({ name: 'thin', sizeBytes: SIZE, pool: 'pool' });
});
beforeEach(async (context) => {
  if (why !== undefined) context.skip(`SKIPPED: this test ${why}`);
  found = await inventory();
});
afterAll(async () => {
  if (why === undefined) await group[Symbol.asyncDispose]();
});

async function take(device: string, cache: CacheRequest = {}): Promise<TakenSnapshot> {
  return linuxLvm.create(await findVolume(device), await createOptions({ cache }));
}

/** Overwrites the beginning of a device. Errors of a pool that is full are what is wanted. */
async function overwrite(device: string, bytes: number): Promise<void> {
  await using handle = await open(device, 'r+');
  const data = Buffer.alloc(MIB, 0x5a);
  for (let at = 0; at < bytes; at += data.length) await handle.write(data, 0, data.length, at);
  await handle.sync();
}

/** Asserts that it is known to be lost, that it goes, and that all is as before. */
async function expectLost(snapshot: TakenSnapshot, reason: RegExp): Promise<void> {
  const status = await linuxLvm.status(snapshot);
  expect(status.valid).toBe(false);
  expect(status.reason).toMatch(reason);
  await linuxLvm.release(snapshot);
  await linuxLvm.release(snapshot);
  expect(await inventory()).toEqual(found);
}

/** The device-mapper name of a path below /dev/mapper. */
const mapped = (path: string): string => path.replace('/dev/mapper/', '');

describe('an ordinary volume', () => {
  test('space that runs out', async () => {
    const snapshot = await take(thick, { percent: 10 });
    const before = await linuxLvm.status(snapshot);
    await overwrite(thick, 2 * MIB);
    const meanwhile = await linuxLvm.status(snapshot);
    expect(meanwhile.usedBytes).toBeGreaterThan((before.usedBytes ?? 0) + 2 * MIB - 1);
    await overwrite(thick, SIZE / 2);
    await expectLost(snapshot, /space ran out/);
  });

  test('space that is enlarged in time, as far as there can be use for it', async () => {
    const snapshot = await take(thick, { percent: 10 });
    await overwrite(thick, 4 * MIB);
    expect(await linuxLvm.extend(snapshot, 16 * MIB)).toBe(true);
    await overwrite(thick, 16 * MIB);
    expect(await linuxLvm.extend(snapshot, 1024 * MIB)).toBe(true);
    expect(await linuxLvm.extend(snapshot, MIB)).toBe(false);
    await overwrite(thick, SIZE);
    expect(await linuxLvm.status(snapshot)).toMatchObject({ valid: true });
    await linuxLvm.release(snapshot);
    expect(await inventory()).toEqual(found);
  });

  test('its space fails', async () => {
    const snapshot = await take(thick);
    await replaceByErrors(`${mapped(snapshot.readPath)}-cow`);
    await overwrite(thick, MIB);
    await expectLost(snapshot, /a device beneath it failed/);
  });

  test('its device is replaced by errors', async () => {
    const snapshot = await take(thick);
    await replaceByErrors(mapped(snapshot.readPath));
    await expectLost(snapshot, /no snapshot any more but error/);
  });

  test('it is removed with lvremove behind our back', async () => {
    const snapshot = await take(thick);
    await lvm('lvremove', '--yes', '--force', snapshot.readPath);
    await expectLost(snapshot, /removed/);
  });

  test('its device is removed by force behind our back', async () => {
    const snapshot = await take(thick);
    await lvm('dmsetup', 'remove', '--force', mapped(snapshot.readPath));
    await expectLost(snapshot, /removed/);
  });

  test('it was renamed behind our back', async () => {
    const snapshot = await take(thick);
    await lvm('lvrename', 'vg-f', snapshot.name, 'somewhere_else');
    expect(await linuxLvm.status(snapshot)).toMatchObject({ valid: true });
    await linuxLvm.release(snapshot);
    expect(await inventory()).toEqual(found);
  });

  test('another program looks into it when it is to go', async () => {
    const snapshot = await take(thick);
    const handle = await open(snapshot.readPath, 'r');
    setTimeout(() => handle.close(), 2500);
    await linuxLvm.release(snapshot);
    expect(await inventory()).toEqual(found);
  });

  test('the volume group is full', async () => {
    await lvm('lvcreate', '--yes', '--extents', '100%FREE', '--name', 'filler', 'vg-f');
    const volume = await findVolume(thick);
    for (const cache of [{}, { percent: 100 }, { percent: 1 }]) {
      const { ready, space, remedy } = await linuxLvm.readiness(volume, cache);
      expect({ ready, presentBytes: space?.presentBytes }).toEqual({ ready: false, presentBytes: 0 });
      expect(remedy).toContain('vgextend vg-f');
      const options = await createOptions({ cache });
      await expect(linuxLvm.create(volume, options)).rejects.toMatchObject({
        code: 'SNAPSHOT_NO_SPACE',
        details: { presentBytes: 0, neededBytes: space?.neededBytes },
      });
      expect(options.memory.changes).toEqual([]);
    }
    await lvm('lvremove', '--yes', '--force', 'vg-f/filler');
    expect(await inventory()).toEqual(found);
  });

  test('its space lies where the option says, in the same group only', async () => {
    const volume = await findVolume(thick);
    for (const location of ['/dev/ubdb', '/nowhere', '/dev/ubdd,/dev/ubdb']) {
      const readiness = await linuxLvm.readiness(volume, { location });
      expect(readiness.reason).toContain('keeps a snapshot in the group of its volume');
      const refused = linuxLvm.create(volume, await createOptions({ cache: { location } }));
      await expect(refused).rejects.toMatchObject({ code: 'SNAPSHOT_UNAVAILABLE' });
    }
    const snapshot = await take(thick, { location: '/dev/ubdd' });
    const lies = await lvm('lvs', '--noheadings', '--options', 'devices', snapshot.readPath);
    expect(lies.trim()).toMatch(/^\/dev\/ubdd\(\d+\)$/);
    await linuxLvm.release(snapshot);
  });

  test('what is no volume to take a snapshot of is refused with a reason', async () => {
    const snapshot = await take(thick);
    const reasons: string[] = [];
    const layers = [snapshot.readPath, `${thick}-real`, `${group.device('pool')}_tdata`, group.device('pool')];
    for (const path of layers) {
      const volume: Volume = { ...(await findVolume(thick)), name: path };
      const { ready, reason, remedy } = await linuxLvm.readiness(volume, {});
      expect(ready).toBe(false);
      expect(remedy).toMatch(/^[A-Z].*\.$/);
      reasons.push(reason);
    }
    expect(reasons[0]).toContain('a snapshot of Stillframe itself');
    for (const reason of reasons.slice(1)) expect(reason).toMatch(/hides|is a pool/);
    await linuxLvm.release(snapshot);
  });
});

describe('a thin volume', () => {
  test('its pool runs full', async () => {
    await overwrite(thin, SIZE);
    const snapshot = await take(thin);
    const before = await linuxLvm.status(snapshot);
    expect(before).toMatchObject({ valid: true });
    await lvm('lvcreate', '--yes', '--virtualsize', '64m', '--thin', 'vg-f/pool', '--name', 'greedy');
    // Its errors are for those who write, and the kernel reports some of them late.
    await overwrite(group.device('greedy'), SIZE).catch(() => undefined);
    await overwrite(thin, SIZE).catch(() => undefined);
    expect(await linuxLvm.status(snapshot)).toEqual({ valid: false, reason: 'Its thin pool has no space left.' });
    await linuxLvm.release(snapshot);
    await lvm('lvremove', '--yes', '--force', 'vg-f/greedy');
    expect(await inventory()).toEqual(found);
  });

  test('it is removed with lvremove behind our back', async () => {
    const snapshot = await take(thin);
    await lvm('lvremove', '--yes', '--force', snapshot.readPath);
    await expectLost(snapshot, /removed/);
  });

  test('its device is removed by force behind our back', async () => {
    const snapshot = await take(thin);
    await lvm('dmsetup', 'remove', '--force', mapped(snapshot.readPath));
    await expectLost(snapshot, /removed/);
  });

  test('its device is replaced by errors', async () => {
    const snapshot = await take(thin);
    await replaceByErrors(mapped(snapshot.readPath));
    await expectLost(snapshot, /no thin volume any more but error/);
  });

  test('a run died while it held the snapshot of the metadata', async () => {
    const owner = await startOwner();
    const orphan = await linuxLvm.create(await findVolume(thin), await createOptions({ owner: owner.identity }));
    await lvm('lvchange', '--addtag', 'stillframe.holds-metadata', `vg-f/${orphan.name}`);
    await lvm('dmsetup', 'message', 'vg--f-pool-tpool', '0', 'reserve_metadata_snap');
    await owner.kill();
    const report = await sweep(linuxLvm, []);
    expect(report.left).toEqual([]);
    expect(report.removed).toHaveLength(1);
    expect(await inventory()).toEqual(found);
  });

  test('somebody else holds the snapshot of the metadata, and keeps it', async () => {
    const first = await take(thin);
    const kept = await linuxLvm.tracking?.keep(first, '0123456789abcdef');
    if (kept === undefined) throw new Error('it was not kept');
    await lvm('dmsetup', 'message', 'vg--f-pool-tpool', '0', 'reserve_metadata_snap');
    const second = await take(thin);
    const changed = await linuxLvm.tracking?.changesSince(kept, second);
    expect(changed).toMatchObject({ known: false, reason: expect.stringContaining('Another program') });
    await lvm('dmsetup', 'message', 'vg--f-pool-tpool', '0', 'release_metadata_snap');
    expect(await linuxLvm.tracking?.changesSince(kept, second)).toMatchObject({ known: true });
    await linuxLvm.release(second);
    await linuxLvm.tracking?.drop(kept);
    expect(await inventory()).toEqual(found);
  });
});

test('the disk beneath is gone for a while', async () => {
  const disk = '/dev/ubde';
  // Not from its beginning: what LVM writes there must be found once only.
  const table = `0 ${Number(await lvm('blockdev', '--getsz', disk)) - 2048} linear ${disk} 2048`;
  await lvm('dmsetup', 'create', 'fault', '--table', table);
  try {
    await using other = await VolumeGroup.create('vg-gone', '/dev/mapper/fault');
    const device = await other.add({ name: 'data', sizeBytes: SIZE });
    const before = await inventory();
    const owner = await startOwner();
    const options = await createOptions({ owner: owner.identity });
    const snapshot = await linuxLvm.create(await findVolume(device), options);
    await replaceByErrors('fault');
    await overwrite(device, MIB).catch(() => undefined);
    expect(await linuxLvm.status(snapshot)).toMatchObject({ valid: false, reason: expect.stringContaining('failed') });
    await expect(linuxLvm.release(snapshot)).rejects.toMatchObject({
      code: 'SNAPSHOT_RELEASE_FAILED',
      details: { leftBehind: [`vg-gone/${snapshot.name}`] },
    });
    const changes = options.memory.snapshots(linuxLvm);
    expect(changes).toHaveLength(1);
    // It is plugged in again, and the next start sweeps.
    await lvm('dmsetup', 'suspend', '--nolockfs', '--noflush', 'fault');
    await lvm('dmsetup', 'load', 'fault', '--table', table);
    await lvm('dmsetup', 'resume', 'fault');
    await owner.kill();
    const report = await sweep(linuxLvm, changes);
    expect(report.left).toEqual([]);
    expect(report.removed).toHaveLength(1);
    expect(await inventory()).toEqual(before);
    await overwrite(device, MIB);
  } finally {
    await lvm('dmsetup', 'remove', 'fault');
  }
});

test('a volume that a killed command left standing still goes on after the sweep', async () => {
  const owner = await startOwner();
  const options = await createOptions({ owner: owner.identity });
  const orphan = await linuxLvm.create(await findVolume(thick), options);
  const changes = options.memory.snapshots(linuxLvm);
  await owner.kill();
  await lvm('dmsetup', 'suspend', mapped(thick));
  const report = await sweep(linuxLvm, changes);
  expect(report.left).toEqual([]);
  expect(report.removed).toHaveLength(2);
  await overwrite(thick, MIB);
  expect(await inventory()).toEqual(found);
  expect(await linuxLvm.status(orphan)).toMatchObject({ valid: false });
});
