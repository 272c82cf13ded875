/** Writers at full speed while a snapshot is taken and read: it is of one moment, to the sector and to the transaction. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { copyOut, createOptions } from '#engine/snapshots/conformance/stand.ts';
import { linuxLvm } from '#engine/snapshots/linux-lvm.ts';
import { runProgram } from '#engine/testing/run-program.ts';
import { findVolume } from '#engine/volumes/index.ts';
import { inventory, requireLvm, VolumeGroup } from './lvm.ts';
import { momentOf, STAMP_BYTES } from './stamps.ts';

const MIB = 1024 ** 2;
const SEED = Number(process.env.STILLFRAME_SEED ?? 20261125);
const SECTORS = 4096;
const ROUNDS = Number(process.env.STILLFRAME_KILLS ?? 1);

/** Starts one of this folder's writers; disposing kills it. */
async function startWriter(script: string, ...args: string[]): Promise<AsyncDisposable> {
  const child = spawn('node', [resolve(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'spawn');
  return {
    async [Symbol.asyncDispose]() {
      // It ends by itself only where it broke.
      expect(child.exitCode).toBe(null);
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** The number that a writer last told of. */
async function told(progress: string): Promise<number> {
  const bytes = await readFile(progress).catch(() => Buffer.alloc(0));
  return bytes.length < 8 ? 0 : Number(bytes.readBigUInt64LE());
}

async function untilTold(progress: string, least: number): Promise<void> {
  while ((await told(progress)) < least) await sleep(20);
}

for (const kind of ['thick', 'thin'] as const) {
  test(`${kind}: no stamp is torn, newer than the moment, or missing`, async (context) => {
    requireLvm(context);
    await using group = await VolumeGroup.create('vg0', '/dev/ubdc');
    const pool = kind === 'thin' ? 'pool' : undefined;
    if (pool !== undefined) await group.addPool(pool, 512 * MIB);
    const device = await group.add({ name: 'raw', sizeBytes: SECTORS * STAMP_BYTES, pool });
    const folder = await mkdtemp(join(tmpdir(), 'stamps-'));
    const progress = join(folder, 'progress');
    const copy = join(folder, 'copy');
    const found = await inventory();
    {
      await using _ = await startWriter('stamp-writer.ts', device, String(SECTORS), String(SEED), progress);
      await untilTold(progress, 500);
      for (let round = 0; round < ROUNDS; round++) {
        const volume = await findVolume(device);
        const before = await told(progress);
        await using snapshot = await linuxLvm.create(volume, await createOptions());
        const after = await told(progress);
        // Somebody writes past any file system: nothing can say that it stood still.
        expect(snapshot.frozen).toBe(false);
        await untilTold(progress, after + 500);
        await copyOut(snapshot.readPath, copy);
        expect(await linuxLvm.status(snapshot)).toMatchObject({ valid: true, reason: '' });
        const moment = await momentOf(copy, SEED, SECTORS);
        expect(moment).toBeGreaterThanOrEqual(before);
        // One write may be done that was not told of yet.
        expect(moment).toBeLessThanOrEqual(after + 1);
      }
    }
    expect(await inventory()).toEqual(found);
    await rm(folder, { recursive: true });
  });
}

for (const [kind, type, mode] of [
  ['thick', 'ext4', 'wal'],
  ['thick', 'xfs', 'delete'],
  ['thin', 'ext4', 'delete'],
  ['thin', 'xfs', 'wal'],
] as const) {
  test(`${kind}, ${type}: an SQLite database under load (${mode}) is whole in the snapshot`, async (context) => {
    requireLvm(context);
    await using group = await VolumeGroup.create('vg0', '/dev/ubdc');
    const pool = kind === 'thin' ? 'pool' : undefined;
    if (pool !== undefined) await group.addPool(pool, 1024 * MIB);
    const sizeBytes = (type === 'xfs' ? 300 : 96) * MIB;
    const device = await group.add({ name: 'data', sizeBytes, pool, mkfs: [type] });
    const point = await group.mount(device);
    const folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
    const [progress, copy] = [join(folder, 'progress'), join(folder, 'copy')];
    let before = 0;
    let after = 0;
    {
      await using _ = await startWriter('sqlite-writer.ts', join(point, 'load.db'), mode, progress);
      await untilTold(progress, 20);
      before = await told(progress);
      await using snapshot = await linuxLvm.create(await findVolume(device), await createOptions());
      after = await told(progress);
      expect(snapshot.frozen).toBe(true);
      await untilTold(progress, after + 5);
      await copyOut(snapshot.readPath, copy);
      expect(await linuxLvm.status(snapshot)).toMatchObject({ valid: true });
    }
    if (type === 'ext4') {
      await runProgram('e2fsck', ['-fn', copy]);
      // The file system was frozen: its journal has nothing to replay.
      expect(await runProgram('dumpe2fs', ['-h', copy])).not.toContain('needs_recovery');
    }
    const restored = await group.mount(copy, type === 'xfs' ? 'loop,nouuid' : 'loop');
    const database = join(restored, 'load.db');
    expect((await runProgram('sqlite3', [database, 'PRAGMA integrity_check'])).trim()).toBe('ok');
    const newest = Number(await runProgram('sqlite3', [database, 'SELECT max(number) FROM entries']));
    expect(newest).toBeGreaterThanOrEqual(before);
    expect(newest).toBeLessThanOrEqual(after + 1);
    await group.unmount(restored);
    if (type === 'xfs') await runProgram('xfs_repair', ['-n', copy]);
    await rm(folder, { recursive: true });
  });
}
