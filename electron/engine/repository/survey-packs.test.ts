import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { filesOf, newRepository, reopen, restic, scratch } from './restic-oracle.ts';

const BLOB = randomBytes(100_000);

/** A repository with one data pack that no index lists, as a killed run leaves it. */
async function withOrphanPack(path: string): Promise<void> {
  await using repository = await newRepository(path);
  await repository.saveBlob('data', BLOB);
  await repository.flush();
  for (const index of await filesOf(path, 'index')) await rm(index, { force: true });
}

test('packs of a killed run are indexed again, and restic agrees', async () => {
  await using place = scratch();
  const path = join(place.path, 'repository');
  await withOrphanPack(path);
  await using repository = await reopen(path);
  expect((await repository.index()).blobCount).toBe(0);
  {
    await using _lock = await repository.lock(false);
    expect(await repository.reconcilePacks({ adopt: true })).toEqual({ adopted: 1, missing: [] });
    expect(await repository.reconcilePacks({ adopt: true })).toEqual({ adopted: 0, missing: [] });
  }
  const id = await repository.saveBlob('data', BLOB);
  expect(await repository.readBlob('data', id)).toEqual(BLOB);
  expect(await filesOf(path, 'data')).toHaveLength(1);
  expect(await restic(path, ['check', '--read-data'])).toContain('no errors were found');
});

test('nothing is adopted while somebody else holds a lock', async () => {
  await using place = scratch();
  const path = join(place.path, 'repository');
  await withOrphanPack(path);
  await using other = await reopen(path);
  await using repository = await reopen(path);
  await using _theirs = await other.lock(false);
  await using _ours = await repository.lock(false);
  expect(await repository.reconcilePacks({ adopt: true })).toEqual({ adopted: 0, missing: [] });
});

test('nothing is deduplicated against a pack that is gone, and what is stored anew is found', async () => {
  await using place = scratch();
  const path = join(place.path, 'repository');
  await using repository = await newRepository(path);
  const id = await repository.saveBlob('data', BLOB);
  await repository.flush();
  const [pack = ''] = await filesOf(path, 'data');
  await rm(pack, { force: true });
  await using _lock = await repository.lock(false);
  expect((await repository.reconcilePacks({ adopt: true })).missing).toEqual([basename(pack)]);
  const index = await repository.index();
  expect(index.dataIds()).toHaveLength(0);
  expect(index.findHex(id, 'data')).toBeUndefined();

  expect(await repository.saveBlob('data', BLOB)).toBe(id);
  await repository.flush();
  expect(await repository.readBlob('data', id)).toEqual(BLOB);
});
