/** Who uses the repository besides the prune: the same engine afterwards, other engines, readers, and who cancels. */
import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { makeWorld, readWorld } from '../../testing/prune-world.ts';
import { seeded } from '../../testing/seeded.ts';
import { filesOf, newRepository, reopen, restic, saveFiles, scratch } from '../restic-oracle.ts';
import type { PruneOptions, Repository } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const hashOf = (blob: Buffer): string => createHash('sha256').update(blob).digest('hex');

/** Two blobs in one pack, of which one is in no snapshot any more. */
async function oneUnused(repository: Repository): Promise<{ unused: Buffer; kept: Buffer }> {
  const [unused, kept] = [randomBytes(40_000), randomBytes(30_000)];
  const removed = await saveFiles(repository, { both: [unused, kept] });
  await saveFiles(repository, { kept: [kept] });
  await using _lock = await repository.lock(true);
  await repository.removeSnapshots([removed]);
  return { unused, kept };
}

async function pruneOf(repository: Repository, options: PruneOptions = {}) {
  await using _lock = await repository.lock(true);
  return await repository.prune(options);
}

test('a backup right after a prune in the same engine stores again what was removed', async () => {
  await using place = scratch();
  await using repository = await newRepository(place.path);
  const { unused, kept } = await oneUnused(repository);
  await repository.index();
  // A run that was cancelled left a blob in a pack that is not written yet.
  await repository.saveBlob('data', randomBytes(100));
  await pruneOf(repository);
  const index = await repository.index();
  expect(index.findHex(hashOf(unused), 'data')).toBeUndefined();
  expect(index.findHex(hashOf(kept), 'data')).toBeDefined();
  await using _lock = await repository.lock(false);
  await repository.reconcilePacks({ adopt: true });
  await saveFiles(repository, { again: [unused, kept] });
  expect((await repository.check({ readData: true })).problems).toEqual([]);
  expect(await restic(place.path, ['check', '--read-data', '--no-lock'])).toContain('no errors were found');
});

test('so does another engine that had the index loaded, once it takes its lock', async () => {
  await using place = scratch();
  await using repository = await newRepository(place.path);
  const { unused, kept } = await oneUnused(repository);
  await using other = await reopen(place.path);
  expect((await other.index()).findHex(hashOf(unused), 'data')).toBeDefined();
  await pruneOf(repository);
  // Without a lock it only reads, and finds what was moved.
  expect((await other.readBlob('data', hashOf(kept))).equals(kept)).toBe(true);
  await using _lock = await other.lock(false);
  await saveFiles(other, { again: [unused, kept] });
  expect((await other.check({ readData: true })).problems).toEqual([]);
  expect(await restic(place.path, ['check', '--read-data', '--no-lock'])).toContain('no errors were found');
});

test('readers without a lock read everything meanwhile', async () => {
  await using place = scratch();
  await using repository = await newRepository(place.path);
  const expected = await makeWorld(repository, seeded(3));
  await using reader = await reopen(place.path);
  expect(await readWorld(reader)).toEqual(expected);
  let isPruning = true;
  const pruning = pruneOf(repository, { maxUnusedPercent: 0 }).finally(() => {
    isPruning = false;
  });
  while (isPruning) expect(await readWorld(reader)).toEqual(expected);
  expect((await pruning).repackedPacks).toBeGreaterThan(0);
  expect(await readWorld(reader)).toEqual(expected);
});

test('nobody gets a lock meanwhile', async () => {
  await using place = scratch();
  await using repository = await newRepository(place.path);
  await oneUnused(repository);
  await using other = await reopen(place.path);
  await using _lock = await repository.lock(true);
  await expect(other.lock(false)).rejects.toMatchObject({ code: 'REPOSITORY_LOCKED' });
});

test.each(['plan', 'repack', 'index', 'delete'] as const)(
  'cancelled while it is at %s, it stops at once',
  async (at) => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const expected = await makeWorld(repository, seeded(4));
    const before = await filesOf(place.path, 'data');
    const controller = new AbortController();
    let abortedAt = 0;
    const pruning = pruneOf(repository, {
      maxUnusedPercent: 0,
      signal: controller.signal,
      onProgress: (phase) => {
        if (phase !== at || controller.signal.aborted) return;
        abortedAt = performance.now();
        controller.abort();
      },
    });
    await expect(pruning).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(performance.now() - abortedAt).toBeLessThan(1000);
    if (at === 'plan' || at === 'repack') expect((await filesOf(place.path, 'data')).sort()).toEqual(before.sort());
    expect(await readdir(join(place.path, 'locks'))).toEqual([]);
    expect(await restic(place.path, ['check', '--read-data'])).toContain('no errors were found');
    expect(await readWorld(repository)).toEqual(expected);
    await pruneOf(repository, { maxUnusedPercent: 0 });
    expect(await readWorld(repository)).toEqual(expected);
    expect((await repository.check({ readData: true })).problems).toEqual([]);
  },
);

test.each(['repack', 'index'] as const)(
  'whose lock is taken away while it is at %s, it removes nothing',
  async (at) => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    await makeWorld(repository, seeded(5));
    const before = await filesOf(place.path, 'data');
    const indexes = await filesOf(place.path, 'index');
    let isGone: Promise<unknown> | undefined;
    const pruning = pruneOf(repository, {
      maxUnusedPercent: 0,
      onProgress: (phase) => {
        if (phase !== at) return;
        isGone ??= rm(join(place.path, 'locks'), { recursive: true });
      },
    });
    await expect(pruning).rejects.toMatchObject({ code: 'REPOSITORY_LOCK_LOST' });
    await isGone;
    expect(await filesOf(place.path, 'data')).toEqual(expect.arrayContaining(before));
    expect(await filesOf(place.path, 'index')).toEqual(expect.arrayContaining(indexes));
  },
);
