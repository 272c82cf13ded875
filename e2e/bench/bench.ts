/**
 * `npm run bench`: Stillframe against the tools that people use today, on the same devices in the same run.
 *
 *   npm run bench -- [--size=4096] [--rounds=3] [--only=full,unchanged,…] [--sparse=400] [--maps] [--window] [--prune]
 *
 * `--size` in MiB. `--sparse` measures instead the memory that a sparse volume of that many GiB takes, `--maps`
 * time and memory of finding the used extents of 1 TiB per file system, `--window` the window in Chromium, `--prune` a
 * prune of 100,000 blobs. `BENCH_DIR` keeps the volumes between runs (default: ~/.cache/stillframe-bench); about four times the size must be free there.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { endPrograms } from '../driver/programs.ts';
import { restoreResultOf } from '../driver/stillframe.ts';
import { type Results, verdicts } from './bars.ts';
import {
  type Contestant,
  partclone,
  partcloneAtItsBest,
  restic,
  resticOfPartclone,
  stillframe,
  WORK,
  type Work,
} from './contestants.ts';
import { measureMaps } from './maps.ts';
import { type Measurement, measure, median } from './measure.ts';
import { measurePrune } from './prune/measure-prune.ts';
import { printResults, printVerdicts } from './table.ts';
import { prepareSparse, prepareVolumes, type Volumes } from './volumes.ts';
import { measureWindow } from './window/measure-window.ts';

const GIB = 1024 ** 3;

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '4096' },
    rounds: { type: 'string', default: process.env.ROUNDS ?? '3' },
    only: { type: 'string', default: WORK.join(',') },
    sparse: { type: 'string' },
    maps: { type: 'boolean', default: false },
    window: { type: 'boolean', default: false },
    prune: { type: 'boolean', default: false },
  },
});

/** Measures the chosen work of one contestant from an empty repository. */
async function measureAll(
  folder: string,
  contestant: Contestant,
  take: (work: Work, one: Measurement) => void,
): Promise<void> {
  const wanted = options.only.split(',');
  await contestant.clear();
  await contestant.prepare();
  try {
    for (const work of WORK) {
      const command = contestant.commands[work];
      // A restore needs the backup before it, wanted or not.
      if (command === undefined || (work !== 'full' && !wanted.includes(work))) continue;
      const one = await measure(folder, command);
      console.log(`  ${contestant.name.padEnd(24)}${work.padEnd(24)}${one.wallSeconds.toFixed(2).padStart(8)} s`);
      if (contestant.name === 'stillframe' && work === 'restore with read-back') showReadBack(one);
      take(work, one);
    }
  } finally {
    await contestant.clear();
  }
}

function showReadBack(one: Measurement): void {
  const { writeSeconds, verifySeconds } = restoreResultOf(one);
  console.log(`    of which writing ${writeSeconds.toFixed(2)} s, reading back ${verifySeconds.toFixed(2)} s`);
}

/** Runs of every contestant, interleaved by round, so that a slow minute of the machine hits all of them. */
async function compete(folder: string, volumes: Volumes, rounds: number): Promise<Results> {
  const runs = new Map<Work, Map<string, Measurement[]>>();
  const best = await partcloneAtItsBest(folder, volumes);
  for (let round = 1; round <= rounds; round += 1) {
    console.log(`round ${round} of ${rounds}`);
    const field = [stillframe(folder, volumes), partclone(folder, volumes), restic(folder, volumes)];
    if (best) field.push(best);
    // What it stores does not depend on the round.
    if (round === 1) field.push(resticOfPartclone(folder, volumes));
    for (const contestant of field) {
      await measureAll(folder, contestant, (work, one) => {
        const byName = runs.get(work) ?? new Map<string, Measurement[]>();
        runs.set(work, byName.set(contestant.name, [...(byName.get(contestant.name) ?? []), one]));
      });
    }
  }
  return Object.fromEntries(
    [...runs].map(([work, byName]) => [
      work,
      Object.fromEntries([...byName].map(([name, measured]) => [name, median(measured)])),
    ]),
  );
}

/** Memory at a size at which a copy of the block list for every idea would show. */
async function measureSparse(folder: string, sizeGib: number): Promise<Results> {
  const volumes = await prepareSparse(folder, sizeGib, console.log);
  console.log(`${sizeGib} GiB sparse, ${(volumes.usedBytes / GIB).toFixed(1)} GiB used`);
  const results: Results = {};
  await measureAll(folder, stillframe(folder, volumes), (work, one) => {
    results[work] = { stillframe: one };
  });
  return results;
}

async function main(): Promise<boolean> {
  if (process.getuid?.() !== 0) throw new Error('the benchmark drops caches and attaches loop devices: run it as root');
  const folder = resolve(process.env.BENCH_DIR ?? join(homedir(), '.cache', 'stillframe-bench'));
  await mkdir(folder, { recursive: true });
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}; work folder ${folder}`);
  if (options.window) return printVerdicts(await measureWindow(join(folder, 'window')));
  if (options.prune) return printVerdicts(await measurePrune(join(folder, 'prune'), Number(options.rounds)));
  if (options.maps) return printVerdicts(await measureMaps(folder));
  if (options.sparse !== undefined) {
    const results = await measureSparse(folder, Number(options.sparse));
    printResults(results);
    return printVerdicts(verdicts(results, 1).filter((one) => one.unit === 'MiB'));
  }
  const volumes = await prepareVolumes(folder, Number(options.size), console.log);
  console.log(`${options.size} MiB, ${(volumes.usedBytes / GIB).toFixed(2)} GiB used`);
  const results = await compete(folder, volumes, Number(options.rounds));
  printResults(results);
  await writeFile(join(folder, 'results.json'), `${JSON.stringify({ volumes, results }, null, 2)}\n`);
  return printVerdicts(verdicts(results, volumes.usedBytes));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, async () => {
    await endPrograms();
    process.exit(130);
  });
}
try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
