/** Damage: nothing is removed where something that is needed cannot be read. */
import { chmod, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { readWorld } from '../../testing/prune-world.ts';
import { seeded, seededBytes } from '../../testing/seeded.ts';
import { createLocalBackend } from '../backends/local.ts';
import { filesOf, newRepository, reopen, saveFiles, scratch } from '../restic-oracle.ts';
import type { Id, Repository } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const random = seeded(7);
const KEPT = seededBytes(random, 30_000);
const UNUSED = seededBytes(random, 60_000);

/** A pack whose half is unused, and a snapshot that needs the other. */
async function damageable(path: string): Promise<{ snapshot: Id; pack: string; tree: string; index: string }> {
  await using repository = await newRepository(path);
  const removed = await saveFiles(repository, { both: [UNUSED, KEPT] });
  const snapshot = await saveFiles(repository, { kept: [KEPT] });
  const index = await repository.index();
  const { tree } = await repository.loadSnapshot(snapshot);
  const packOf = (id: Id = ''): string => join(path, 'data', id.slice(0, 2), id);
  const data = packOf(index.findHex(await repository.saveBlob('data', KEPT), 'data')?.packId);
  await using _lock = await repository.lock(true);
  await repository.removeSnapshots([removed]);
  const [oneIndex = ''] = await filesOf(path, 'index');
  // A pack that no index lists would go, if anything did.
  await createLocalBackend(path).save('data', 'ab'.repeat(32), UNUSED);
  return { snapshot, pack: data, tree: packOf(index.findHex(tree, 'tree')?.packId), index: oneIndex };
}

/** Every file but locks. */
async function everything(path: string): Promise<string[]> {
  const names = await readdir(path, { recursive: true });
  return names.filter((name) => !name.startsWith('locks/')).sort();
}

async function flip(file: string, at: number): Promise<void> {
  const bytes = await readFile(file);
  const from = at < 0 ? bytes.length + at : at;
  bytes[from] = (bytes[from] ?? 0) ^ 1;
  await chmod(file, 0o600);
  await writeFile(file, bytes);
}

async function cut(file: string): Promise<void> {
  await chmod(file, 0o600);
  await truncate(file, (await readFile(file)).length - 1);
}

type Made = Awaited<ReturnType<typeof damageable>>;

describe('nothing is removed', () => {
  test.each<[string, (made: Made, path: string) => Promise<void>, object]>([
    [
      'a snapshot is damaged',
      ({ snapshot }, path) => flip(join(path, 'snapshots', snapshot), 30),
      { kind: 'snapshot' },
    ],
    ['the pack of a tree is missing', ({ tree }) => rm(tree, { force: true }), { kind: 'pack' }],
    ['a tree is damaged', ({ tree }) => flip(tree, 40), { kind: 'tree' }],
    ['the pack of a blob is missing', ({ pack }) => rm(pack, { force: true }), { kind: 'blob' }],
    ['the pack of a blob is cut short', ({ pack }) => cut(pack), { kind: 'blob' }],
    ['a blob that must move is damaged', ({ pack }) => flip(pack, UNUSED.length + 100), { kind: 'blob' }],
    ['an index is damaged', ({ index }) => flip(index, 30), { kind: 'index' }],
    ['an index is missing', ({ index }) => rm(index, { force: true }), {}],
  ])('where %s', async (_, damage, details) => {
    await using place = scratch();
    const path = join(place.path, 'repository');
    await damage(await damageable(path), path);
    const before = await everything(path);
    await using repository = await reopen(path);
    await using _lock = await repository.lock(true);
    const refused = { code: 'REPOSITORY_DAMAGED', details: expect.objectContaining(details) };
    await expect(repository.prune()).rejects.toMatchObject(refused);
    expect(await everything(path)).toEqual(before);
  });

  test('and the error says which snapshot needs it', async () => {
    await using place = scratch();
    const { snapshot, tree } = await damageable(place.path);
    await flip(tree, 40);
    await using repository = await reopen(place.path);
    const remedy = expect.stringContaining(`Nothing was removed. Snapshot ${snapshot.slice(0, 8)} needs it`);
    const refused = { code: 'REPOSITORY_DAMAGED', details: { snapshot, remedy } };
    await expect(repository.planPrune()).rejects.toMatchObject(refused);
  });
});

describe('where another copy is whole', () => {
  async function twice(path: string, damage: (pack: string) => Promise<void>): Promise<Repository> {
    const { pack } = await damageable(path);
    // A run that did not know the first copy.
    await rename(join(path, 'index'), join(path, 'hidden'));
    await mkdir(join(path, 'index'));
    await using other = await reopen(path);
    await saveFiles(other, { again: [KEPT] });
    for (const name of await readdir(join(path, 'hidden'))) {
      await rename(join(path, 'hidden', name), join(path, 'index', name));
    }
    await damage(pack);
    return reopen(path);
  }

  test.each<[string, (pack: string) => Promise<void>]>([
    ['damaged', (pack) => flip(pack, UNUSED.length + 100)],
    ['missing', (pack) => rm(pack, { force: true })],
    ['cut short', (pack) => cut(pack)],
  ])('a pack that is %s goes', async (_, damage) => {
    await using place = scratch();
    const path = join(place.path, 'repository');
    await using repository = await twice(path, damage);
    await using _lock = await repository.lock(true);
    await repository.prune();
    expect((await repository.check({ readData: true })).problems).toEqual([]);
    const contents = [...(await readWorld(repository)).values()].flatMap((files) => [...files.values()]);
    expect(new Set(contents).size).toBe(1);
  });
});
