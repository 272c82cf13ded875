/** Change tracking of thin volumes under random writes: every byte that differs is named. `STILLFRAME_KILLS`: as for kills. */
import { strict as assert } from 'node:assert';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { extentBytes } from '#engine/base/extents.ts';
import { copyOut, createOptions, differingUnits } from '#engine/snapshots/conformance/stand.ts';
import { linuxLvm } from '#engine/snapshots/linux-lvm.ts';
import type { KeptSnapshot } from '#engine/snapshots/provider.ts';
import { runProgram } from '#engine/testing/run-program.ts';
import { seeded, seededBelow } from '#engine/testing/seeded.ts';
import { findVolume } from '#engine/volumes/index.ts';
import { inventory, requireLvm, VolumeGroup } from './lvm.ts';

const MIB = 1024 ** 2;
const ROUNDS = Number(process.env.STILLFRAME_KILLS ?? 5);
const SEED = Number(process.env.STILLFRAME_SEED ?? 20261125);
/** Not a whole number of the pool's pieces. */
const SIZE = 60 * MIB;
const CHUNK = 64 * 1024;
const KEEPER = '00112233aabbccdd';

/** Writes, overwrites with the same, discards: some of everything, all over the device. Returns the bytes touched. */
async function workload(device: string, random: () => number): Promise<number> {
  let touched = 0;
  {
    await using handle = await open(device, 'r+');
    for (let count = seededBelow(random, 40); count > 0; count--) {
      const length = 512 * (1 + seededBelow(random, 512));
      const at = 512 * seededBelow(random, (SIZE - length) / 512 + 1);
      const data = Buffer.alloc(length);
      const kind = random();
      if (kind < 0.2) await handle.read(data, 0, length, at);
      else data.fill(seededBelow(random, 256));
      await handle.write(data, 0, length, at);
      touched += length + 2 * CHUNK;
    }
    await handle.sync();
  }
  for (let count = seededBelow(random, 4); count > 0; count--) {
    const length = CHUNK * (1 + seededBelow(random, 32));
    const at = CHUNK * seededBelow(random, Math.floor((SIZE - length) / CHUNK) + 1);
    await runProgram('blkdiscard', ['--offset', String(at), '--length', String(length), device]);
    touched += length;
  }
  return touched;
}

/** Whether every one of these 512-byte units lies in a range. */
function allCovered(units: number[], ranges: Float64Array): boolean {
  let at = 0;
  return units.every((offset) => {
    while (at < ranges.length && (ranges[at] ?? 0) + (ranges[at + 1] ?? 0) <= offset) at += 2;
    return (ranges[at] ?? Number.POSITIVE_INFINITY) <= offset;
  });
}

test(`${ROUNDS} random workloads: what changed is named, and little more`, { timeout: 3_600_000 }, async (context) => {
  requireLvm(context);
  const { tracking } = linuxLvm;
  assert.ok(tracking);
  await using group = await VolumeGroup.create('vg-t', '/dev/ubdc');
  await group.addPool('pool', 512 * MIB);
  const device = await group.add({ name: 'thin', sizeBytes: SIZE, pool: 'pool' });
  const folder = await mkdtemp(join(tmpdir(), 'tracking-'));
  const [older, newer] = [join(folder, 'older'), join(folder, 'newer')];
  const found = await inventory();
  const random = seeded(SEED);
  let kept: KeptSnapshot | undefined;
  for (let round = 0; round <= ROUNDS; round++) {
    const touched = await workload(device, random);
    await using snapshot = await linuxLvm.create(await findVolume(device), await createOptions());
    await copyOut(snapshot.readPath, newer);
    if (kept !== undefined) {
      const changed = await tracking.changesSince(kept, snapshot);
      assert.ok(changed.known, changed.known ? '' : changed.reason);
      const units = await differingUnits(older, newer);
      expect(allCovered(units, changed.ranges), `round ${round}, seed ${SEED}`).toBe(true);
      expect(extentBytes(changed.ranges)).toBeLessThanOrEqual(touched);
      await tracking.drop(kept);
    }
    kept = await tracking.keep(snapshot, KEEPER);
    await rename(newer, older);
  }
  if (kept !== undefined) await tracking.drop(kept);
  expect(await inventory()).toEqual(found);
  await rm(folder, { recursive: true });
});
