/**
 * `kill -9` of a run at random moments of its snapshot: after the next start nothing is left, and the volume takes
 * writes. `STILLFRAME_KILLS` says how often (npm run soak: 100).
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { assertWritable } from '#engine/snapshots/conformance/stand.ts';
import { repairersOf, sweepSnapshots } from '#engine/snapshots/sweep.ts';
import { seeded } from '#engine/testing/seeded.ts';
import { testPorts } from '#engine/testing/test-ports.ts';
import { sweepRuns } from '#engine/volumes/index.ts';
import { inventory, requireLvm, VolumeGroup } from './lvm.ts';

const MIB = 1024 ** 2;
const KILLS = Number(process.env.STILLFRAME_KILLS ?? 4);
const SEED = Number(process.env.STILLFRAME_SEED ?? 20261125);
const PROGRAM = resolve(import.meta.dirname, '../../electron/engine/testing/hold-snapshot-program.ts');
/** From before LVM is asked first until the snapshot is there and beyond. */
const LATEST_MS = 2500;

/** Starts a run, and kills it `afterMs` after it begins or, when that is later, while it removes its snapshot. */
async function killedRun(device: string, folder: string, afterMs: number): Promise<string> {
  const runId = randomBytes(8).toString('hex');
  const child = spawn('node', [PROGRAM, 'LINUX_LVM', device, folder, runId, '60000'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    // From here on it removes the snapshot.
    if (text.includes('taken')) child.stdin.end();
  });
  while (!said.includes('begins') && child.exitCode === null) await sleep(5);
  await sleep(afterMs);
  child.kill('SIGKILL');
  await closed;
  return said.trim().split('\n').at(-1) ?? '';
}

test(`${KILLS} kill -9s while snapshots are made and removed leave nothing`, {
  timeout: 3_600_000,
}, async (context) => {
  requireLvm(context);
  await using group = await VolumeGroup.create('vg-k', '/dev/ubdc');
  await group.addPool('pool', 256 * MIB);
  const thick = await group.add({ name: 'thick', sizeBytes: 64 * MIB, mkfs: ['ext4'] });
  const thin = await group.add({ name: 'thin', sizeBytes: 64 * MIB, pool: 'pool', mkfs: ['ext4'] });
  const points = [await group.mount(thick), await group.mount(thin)];
  const folder = await mkdtemp(join(tmpdir(), 'kills-'));
  const ports = testPorts(folder);
  const found = await inventory();
  const random = seeded(SEED);
  const stages = new Map<string, number>();
  for (let kill = 0; kill < KILLS; kill++) {
    const stage = await killedRun(kill % 2 === 0 ? thick : thin, folder, random() * LATEST_MS);
    stages.set(stage, (stages.get(stage) ?? 0) + 1);
    // The next start.
    await sweepRuns({ ports, repairers: repairersOf(ports) });
    const { left } = await sweepSnapshots(ports);
    expect(left).toEqual([]);
    expect(await inventory(), `kill ${kill}, seed ${SEED}, at ${stage}`).toEqual(found);
    for (const point of points) await assertWritable(point);
    expect(await sweepRuns({ ports, repairers: repairersOf(ports) })).toEqual([]);
  }
  await rm(folder, { recursive: true });
  console.log(`kills: ${KILLS}, seed ${SEED}, ${JSON.stringify(Object.fromEntries(stages))}`);
});
