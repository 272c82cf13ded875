/** A writer at full speed while a snapshot is taken and read: it is of one moment, to the sector. (Through file systems: backup.uml.test.ts.) */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { copyOut, createOptions } from '#engine/snapshots/conformance/stand.ts';
import { linuxLvm } from '#engine/snapshots/linux-lvm.ts';
import { findVolume } from '#engine/volumes/index.ts';
import { expectOneMoment } from '../snapshots/judges.ts';
import { STAMP_BYTES } from '../snapshots/stamps.ts';
import { startStamping, type Writer } from '../snapshots/writers.ts';
import { inventory, requireLvm, VolumeGroup } from './lvm.ts';

const MIB = 1024 ** 2;
const SEED = Number(process.env.STILLFRAME_SEED ?? 20261125);
const BLOCKS = 4096;
const ROUNDS = Number(process.env.STILLFRAME_KILLS ?? 1);

async function untilWritten(writer: Writer, least: number): Promise<void> {
  while ((await writer.sequence()) < least) await sleep(20);
}

for (const kind of ['thick', 'thin'] as const) {
  test(`${kind}: no stamp is torn, newer than the moment, or missing`, async (context) => {
    requireLvm(context);
    await using group = await VolumeGroup.create('vg0', '/dev/ubdc');
    const pool = kind === 'thin' ? 'pool' : undefined;
    if (pool !== undefined) await group.addPool(pool, 512 * MIB);
    const device = await group.add({ name: 'raw', sizeBytes: BLOCKS * STAMP_BYTES, pool });
    const folder = await mkdtemp(join(tmpdir(), 'stamps-'));
    const copy = join(folder, 'copy');
    const found = await inventory();
    {
      await using writer = await startStamping(device, BLOCKS, SEED);
      for (let round = 0; round < ROUNDS; round++) {
        const volume = await findVolume(device);
        const before = await writer.sequence();
        await using snapshot = await linuxLvm.create(volume, await createOptions());
        const after = await writer.sequence();
        // Somebody writes past any file system: nothing can say that it stood still.
        expect(snapshot.frozen).toBe(false);
        await untilWritten(writer, after + 500);
        await copyOut(snapshot.readPath, copy);
        expect(await linuxLvm.status(snapshot)).toMatchObject({ valid: true, reason: '' });
        expect(await expectOneMoment(copy, SEED, after)).toBeGreaterThanOrEqual(before);
      }
    }
    expect(await inventory()).toEqual(found);
    await rm(folder, { recursive: true });
  });
}
