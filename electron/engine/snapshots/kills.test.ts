/**
 * `kill -9` of the engine, of what keeps a file system frozen, and of all at once, at random moments: the volume takes
 * writes again within its deadline, and nothing is left after the next start. `STILLFRAME_KILLS` says how often.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { requireLoopDevices } from '../testing/machine-limits.ts';
import { seeded, seededBelow } from '../testing/seeded.ts';
import { hostedStand, type SnapshotStand } from '../testing/snapshot-stand.ts';
import { testPorts } from '../testing/test-ports.ts';
import { sweepRuns } from '../volumes/run-journal.ts';
import { assertWritable, pause } from './conformance/stand.ts';
import { repairersOf } from './sweep.ts';

const KILLS = Number(process.env.STILLFRAME_KILLS ?? 12);
const SEED = Number(process.env.STILLFRAME_SEED ?? 20261125);
const PROGRAM = join(import.meta.dirname, '../testing/hold-snapshot-program.ts');
/** Shorter than the ten seconds that `assertWritable` waits. */
const DEADLINE_MS = 6000;
/** Half of the kills come while the snapshot is being taken, the others until well after that. */
const TAKING_MS = 80;
const HOLDING_MS = 400;

const VICTIMS = ['engine', 'holder', 'guard', 'engine and holder', 'engine, holder and guard'] as const;
const PROVIDERS = ['FREEZE', 'REFLINK'] as const;

interface Freezer {
  pid: number;
  parent: number;
}

/** The processes that freeze for a run. */
async function freezersOf(runId: string): Promise<Freezer[]> {
  const found: Freezer[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!/stillframe-freeze\0/.test(line) || !line.includes(runId)) continue;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    found.push({ pid: Number(pid), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) });
  }
  return found;
}

function kill(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** One snapshot, one kill; says whether a freezer or the engine died while it had something. */
async function killOnce(stand: SnapshotStand, folder: string, random: () => number, round: number): Promise<string> {
  const victim = VICTIMS[round % VICTIMS.length] ?? 'engine';
  const provider = PROVIDERS[seededBelow(random, PROVIDERS.length)] ?? 'FREEZE';
  const runId = (round + 1).toString(16).padStart(16, '0');
  const { name } = await stand.volume();
  const engine = spawn(process.execPath, [PROGRAM, provider, name, folder, runId, String(DEADLINE_MS)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(engine, 'close');
  const said: string[] = [];
  const begun = new Promise<void>((resolve) => {
    createInterface({ input: engine.stdout }).on('line', (line) => {
      said.push(line);
      if (line === 'begins') resolve();
    });
  });
  await Promise.race([begun, closed]);
  await pause(random() * (random() < 0.5 ? TAKING_MS : HOLDING_MS));
  const freezers = await freezersOf(runId);
  const holder = freezers.find(({ parent }) => parent === engine.pid);
  const guard = freezers.find(({ pid }) => pid !== holder?.pid);
  if (victim.includes('engine')) kill(engine.pid);
  if (victim.includes('holder')) kill(holder?.pid);
  if (victim.includes('guard')) kill(guard?.pid);
  // Only with everything dead does the volume have to wait for the next start.
  if (victim !== 'engine, holder and guard') await assertWritable(stand.folder);
  engine.stdin.on('error', () => undefined);
  engine.stdin.end();
  await closed;

  const ports = testPorts(folder);
  const texts = await sweepRuns({ ports, repairers: repairersOf(ports) });
  await assertWritable(stand.folder);
  expect(await freezersOf(runId)).toEqual([]);
  const records = await readdir(join(ports.directories.state, 'runs')).catch(() => []);
  expect(records.filter((name) => name.endsWith('.json'))).toEqual([]);
  return `${provider}: ${victim}, after ${said.at(-1)}; ${texts.join(' ')}`;
}

test(`${KILLS} kill -9s of what takes and holds snapshots leave nothing`, { timeout: 3_600_000 }, async (context) => {
  requireLoopDevices(context);
  await using stand = await hostedStand({ host: 'btrfs', type: 'ext4', kind: 'loop' });
  const folder = stand.workspace.path('engine');
  const before = await stand.inventory();
  const random = seeded(SEED);
  const told: string[] = [];
  for (let round = 0; round < KILLS; round++) {
    told.push(await killOnce(stand, folder, random, round));
    expect(await stand.inventory(), told.at(-1)).toEqual(before);
  }
  const early = told.filter((text) => text.includes('after begins')).length;
  console.log(`kills: ${KILLS}, of which before the snapshot was there: ${early}, seed ${SEED}`);
});
