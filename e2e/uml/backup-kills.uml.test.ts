/**
 * `kill -9` of the command line at random moments of a snapshot image: the next start leaves nothing of it, and the next
 * backup works. `STILLFRAME_KILLS` says how often (npm run soak: 100).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seeded } from '#engine/testing/seeded.ts';
import type { BackupRow } from '../snapshots/images.ts';
import { Stand } from '../system/stand.ts';
import { fill } from '../system/volumes.ts';
import { BY_LVM, expectNothingLeft, inventoryWithoutKept } from './backup-stand.ts';
import { requireLvm, VolumeGroup } from './lvm.ts';

const MIB = 1024 ** 2;
const KILLS = Number(process.env.STILLFRAME_KILLS ?? 3);
const SEED = Number(process.env.STILLFRAME_SEED ?? 20261125);
/** How long a backup takes, before one did. */
const GUESS_MS = 5000;
/** How a person gets rid of what is left: any command, or the one for that. */
const STARTS = [['query', 'volume'], ['sweep']] as const;

/** Starts a backup, and kills it `afterMs` after its task began; returns the phase that it was in. */
async function killedBackup(stand: Stand, device: string, afterMs: number): Promise<string> {
  const running = stand.start('backup', 'image', device, ...BY_LVM, '-mode=incremental');
  await running.line((line) => line.type === 'progress');
  await sleep(afterMs);
  const ended = running.child.exitCode !== null;
  running.child.kill('SIGKILL');
  const { lines } = await running.outcome;
  return ended ? 'ended' : String(lines.findLast((line) => line.type === 'progress')?.phase);
}

/** Takes a backup that must succeed; returns how long its task took, ms. */
async function wholeBackup(stand: Stand, device: string): Promise<number> {
  const running = stand.start('backup', 'image', device, ...BY_LVM, '-mode=incremental');
  await running.line((line) => line.type === 'progress');
  const started = performance.now();
  const { code, lines } = await running.outcome;
  const [row] = (lines.at(-1) as { results: BackupRow[] }).results;
  expect(code, JSON.stringify(lines.at(-1))).toBe(0);
  expect(row?.image).toMatchObject({ imageType: 'snapshot', consistency: 'filesystem' });
  return performance.now() - started;
}

test(`${KILLS} kill -9s at random moments of a backup leave nothing`, { timeout: 7_200_000 }, async (context) => {
  requireLvm(context);
  await using group = await VolumeGroup.create('vg-k', '/dev/ubdc');
  await using stand = await Stand.create();
  await group.addPool('pool', 512 * MIB);
  const thick = await group.add({ name: 'thick', sizeBytes: 128 * MIB, mkfs: ['ext4'] });
  const thin = await group.add({ name: 'thin', sizeBytes: 128 * MIB, pool: 'pool', mkfs: ['ext4'] });
  const points = [await group.mount(thick), await group.mount(thin)];
  for (const point of points) await fill(point, 12);
  await stand.ok('init');
  const before = { stand, found: await inventoryWithoutKept(), points, kept: 1 };
  const random = seeded(SEED);
  const phases = new Map<string, number>();
  let lastsMs = GUESS_MS;
  for (let kill = 0; kill < KILLS; kill++) {
    const device = kill % 2 === 0 ? thick : thin;
    const phase = await killedBackup(stand, device, random() * lastsMs);
    phases.set(phase, (phases.get(phase) ?? 0) + 1);
    const when = `kill ${kill}, seed ${SEED}, in phase ${phase}`;
    await stand.ok(...(STARTS[Math.floor(kill / 2) % STARTS.length] ?? STARTS[0]));
    await stand.restic(['unlock']);
    await expectNothingLeft(before, when);
    lastsMs = await wholeBackup(stand, device);
  }
  await expectNothingLeft(before);
  await stand.restic(['check']);
  console.log(`kills: ${KILLS}, seed ${SEED}, ${JSON.stringify(Object.fromEntries(phases))}`);
});
