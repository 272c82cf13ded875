/** `npm run bench -- --prune`: our prune against restic's, each on a copy of the same repository in the same run. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { run } from '../../driver/programs.ts';
import { entryPoint, environmentOf, type Place } from '../../driver/stillframe.ts';
import type { Verdict } from '../bars.ts';
import { type Command, type Measurement, measure, median } from '../measure.ts';
import { BLOBS, PASSPHRASE } from './make-repository.ts';

const MIB = 1024 ** 2;
const MUST_MIB = 300;
const MAKER = resolve(import.meta.dirname, 'make-repository.ts');

interface Pruner {
  name: string;
  repository: string;
  command: Command;
  /** What it keeps warm for itself; not measured. */
  prepare(): Promise<void>;
}

/** Measures every round both, alternately first, and prints a row each; returns the bars. */
export async function measurePrune(folder: string, rounds: number): Promise<Verdict[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    const original = join(folder, 'original');
    console.log(`making a repository of ${BLOBS} data blobs …`);
    await run('node', [MAKER, original]);
    const pruners = [stillframe(folder), restic(folder)];
    const runs = new Map<string, Measurement[]>();
    for (let round = 0; round < rounds; round++) {
      for (const pruner of round % 2 === 0 ? pruners : pruners.toReversed()) {
        const one = await measureOne(folder, original, pruner);
        runs.set(pruner.name, [...(runs.get(pruner.name) ?? []), one]);
      }
    }
    return verdicts(new Map([...runs].map(([name, measured]) => [name, median(measured)])));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function stillframe(folder: string): Pruner {
  const own = join(folder, 'stillframe');
  const place: Place = { repository: join(own, 'repository'), passwordFile: join(own, 'passphrase'), home: own };
  const env = environmentOf(place);
  return {
    name: 'stillframe',
    repository: place.repository,
    command: { shell: `node ${entryPoint()} prune -json`, env, watched: place.repository },
    async prepare() {
      await writeFile(place.passwordFile, `${PASSPHRASE}\n`, { mode: 0o600 });
    },
  };
}

/** With a cache that knows all trees already: restic at its best. */
function restic(folder: string): Pruner {
  const own = join(folder, 'restic');
  const repository = join(own, 'repository');
  const env = { RESTIC_PASSWORD: PASSPHRASE, RESTIC_CACHE_DIR: join(own, 'cache') };
  return {
    name: 'restic',
    repository,
    command: { shell: `restic -q -r ${repository} prune`, env, watched: repository },
    async prepare() {
      await run('restic', ['-q', '-r', repository, 'stats', '--mode', 'raw-data'], { env });
    },
  };
}

async function measureOne(folder: string, original: string, pruner: Pruner): Promise<Measurement> {
  const own = join(pruner.repository, '..');
  await mkdir(own, { recursive: true });
  await run('cp', ['-a', original, pruner.repository]);
  await pruner.prepare();
  const one = await measure(folder, pruner.command);
  const figures = [
    `${one.wallSeconds.toFixed(2)} s`,
    `sync ${one.syncSeconds.toFixed(2)} s`,
    `CPU ${one.cpuSeconds.toFixed(2)} s`,
    `${(one.peakBytes / MIB).toFixed(0)} MiB`,
    `freed ${(-one.addedBytes / MIB).toFixed(1)} MiB`,
  ];
  console.log(`  ${pruner.name.padEnd(12)}${figures.map((figure) => figure.padStart(16)).join('')}`);
  await run('restic', ['-q', '-r', pruner.repository, '--no-cache', 'check', '--read-data'], {
    env: { RESTIC_PASSWORD: PASSPHRASE },
  });
  await rm(own, { recursive: true, force: true });
  return one;
}

function verdicts(medians: ReadonlyMap<string, Measurement>): Verdict[] {
  const ours = medians.get('stillframe');
  const theirs = medians.get('restic');
  if (ours === undefined || theirs === undefined) return [];
  return [
    {
      what: `prune of ${BLOBS} blobs, time : restic prune`,
      value: (ours.wallSeconds + ours.syncSeconds) / theirs.wallSeconds,
      must: 1,
      goal: 0.5,
      unit: 'ratio',
    },
    {
      what: 'prune, freed by restic : freed by us',
      value: theirs.addedBytes / ours.addedBytes,
      must: 1.02,
      goal: 1,
      unit: 'ratio',
    },
    { what: 'prune, peak memory', value: ours.peakBytes / MIB, must: MUST_MIB, goal: 200, unit: 'MiB' },
  ];
}
