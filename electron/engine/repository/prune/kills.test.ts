/**
 * A prune that is killed, or whose medium fails, at every possible change: whatever is there stays restorable, restic finds
 * no error, and the next prune completes it. `STILLFRAME_KILLS` says how many; from 100 on (npm run soak) it is all of them.
 */
import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type Fault, FaultyBackend, InjectedFault } from '../../testing/faulty-backend.ts';
import { type Expected, makeWorld, readWorld } from '../../testing/prune-world.ts';
import { seeded, seededBelow, seededBytes } from '../../testing/seeded.ts';
import { createLocalBackend } from '../backends/local.ts';
import { openRepository } from '../index.ts';
import {
  newRepository,
  PASSPHRASE,
  QUICK_KDF,
  reopen,
  restic,
  saveFiles,
  scratch,
  testPorts,
} from '../restic-oracle.ts';

vi.setConfig({ testTimeout: 3_600_000 });

const ASKED = Number(process.env.STILLFRAME_KILLS ?? 3);
const KILLS = ASKED < 100 ? Math.max(1, ASKED) : Number.POSITIVE_INFINITY;
/** Several new packs and index files out of little data. */
const tuning = { kdf: QUICK_KDF, prune: { packBytes: 20_000, savedPacks: 3 } };
const SEED = Number(process.env.STILLFRAME_SEED ?? 20261125);

/** Everything at once: small packs, second copies, packs in no index, and enough new packs for several index files. */
async function makeMaster(path: string, random: () => number): Promise<Expected> {
  await using repository = await newRepository(path);
  // Two runs that did not see each other's packs store the same blobs twice.
  await using other = await reopen(path);
  await other.index();
  const twice = [seededBytes(random, 30_000), seededBytes(random, 5000)];
  const large = Array.from({ length: 3 }, () => seededBytes(random, 400_000));
  const first = await saveFiles(repository, { twice, large });
  const second = await saveFiles(other, { twice, part: large.slice(1) });
  const expected = await makeWorld(repository, random);
  for (const [id, files] of await readWorld(repository)) if (id === second) expected.set(id, files);
  await repository.saveBlob('data', seededBytes(random, 1000));
  await repository.flush();
  await rm(join(path, 'index', (await lastIndex(path)) ?? ''));
  await using _lock = await repository.lock(true);
  await repository.removeSnapshots([first]);
  return expected;
}

/** The index file that was written last. */
async function lastIndex(path: string): Promise<string | undefined> {
  const names = await readdir(join(path, 'index'));
  const times = await Promise.all(names.map(async (name) => (await stat(join(path, 'index', name))).mtimeMs));
  return names[times.indexOf(Math.max(...times))];
}

async function openFaulty(path: string) {
  const backend = new FaultyBackend(createLocalBackend(path));
  const credential = { passphrase: PASSPHRASE };
  const repository = await openRepository({ backend, credential, ports: testPorts(), tuning });
  return { backend, repository };
}

async function countChanges(path: string): Promise<number> {
  const { backend, repository } = await openFaulty(path);
  await using _lock = await repository.lock(true);
  backend.arm(undefined);
  await repository.prune({ maxUnusedPercent: 0 });
  return backend.changes;
}

async function pruneWithFault(path: string, fault: Fault): Promise<void> {
  const { backend, repository } = await openFaulty(path);
  await repository.lock(true);
  backend.arm(fault);
  await expect(repository.prune({ maxUnusedPercent: 0 })).rejects.toThrow(InjectedFault);
  await repository[Symbol.asyncDispose]();
}

test('a prune that stops anywhere loses nothing, and the next one completes it', async () => {
  await using place = scratch();
  const random = seeded(SEED);
  const master = join(place.path, 'master');
  const expected = await makeMaster(master, random);
  const copy = join(place.path, 'copy');
  const anew = async (): Promise<void> => {
    await rm(copy, { recursive: true, force: true });
    await cp(master, copy, { recursive: true });
  };
  await anew();
  const changes = await countChanges(copy);
  expect(changes).toBeGreaterThan(12);
  const modes = (['kill', 'fail'] as const).flatMap((mode) => [false, true].map((late) => ({ mode, late })));
  const all: Fault[] = Array.from({ length: changes }, (_, after) => modes.map((how) => ({ after, ...how }))).flat();
  while (all.length > KILLS) all.splice(seededBelow(random, all.length), 1);

  for (const fault of all) {
    const told = JSON.stringify(fault);
    await anew();
    await pruneWithFault(copy, fault);
    await rm(join(copy, 'locks'), { recursive: true, force: true });
    await mkdir(join(copy, 'locks'));

    // restic first: it must not profit from what we clean up.
    expect(await restic(copy, ['check', '--read-data']), told).toContain('no errors were found');
    await using repository = await reopen(copy);
    expect(await readWorld(repository), told).toEqual(expected);
    await using _lock = await repository.lock(true);
    await repository.prune({ maxUnusedPercent: 0 });
    expect(await readWorld(repository), told).toEqual(expected);
    expect((await repository.check({ readData: true })).problems, told).toEqual([]);
    expect(await repository.planPrune({ maxUnusedPercent: 0 }), told).toMatchObject({ removePacks: 0, repackPacks: 0 });
  }
  console.log(`prune: ${all.length} of ${changes * modes.length} faults, seed ${SEED}`);
});
