import { createHash, randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { native } from '../../native.ts';
import { FaultyBackend } from '../../testing/faulty-backend.ts';
import { makeWorld, readWorld } from '../../testing/prune-world.ts';
import { seeded } from '../../testing/seeded.ts';
import { createLocalBackend } from '../backends/local.ts';
import { openRepository } from '../index.ts';
import { saveIndex } from '../index-files.ts';
import { encodeHeader, newPackContent } from '../pack-header.ts';
import {
  filesOf,
  newRepository,
  PASSPHRASE,
  QUICK_KDF,
  reopen,
  restic,
  resticRun,
  saveFiles,
  scratch,
  testPorts,
} from '../restic-oracle.ts';
import { encodeTree } from '../tree-json.ts';
import type { Repository } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

async function bytesOf(path: string): Promise<number> {
  const sizes = await Promise.all((await filesOf(path, 'data')).map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const hashOf = (blob: Buffer): string => createHash('sha256').update(blob).digest('hex');

/** A snapshot with every second blob of another one, which is removed: one data pack with half of it unused. */
async function halfUnused(repository: Repository) {
  const kept = Array.from({ length: 8 }, () => randomBytes(50_000));
  const unused = kept.map(() => randomBytes(50_000));
  const removed = await saveFiles(repository, { both: kept.flatMap((blob, i) => [blob, unused[i] ?? blob]) });
  const id = await saveFiles(repository, { kept });
  await using _lock = await repository.lock(true);
  await repository.removeSnapshots([removed]);
  return { id, kept, unused };
}

async function pruneOf(repository: Repository, options = {}) {
  await using _lock = await repository.lock(true);
  return await repository.prune(options);
}

describe('prune', () => {
  test('frees what no snapshot needs, says exactly how much, and restic agrees', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const { id, kept } = await halfUnused(repository);
    const before = await bytesOf(place.path);
    const plan = await repository.planPrune();
    const phases = new Map<string, number>();
    const report = await pruneOf(repository, {
      onProgress: (phase: string, done: number, total: number) => {
        expect(done).toBeLessThanOrEqual(total);
        expect(done).toBeGreaterThanOrEqual(phases.get(phase) ?? 0);
        phases.set(phase, done);
      },
    });
    const after = await bytesOf(place.path);
    expect([...phases.keys()]).toEqual(['plan', 'repack', 'index', 'delete']);
    expect(plan).toMatchObject({
      packs: 3,
      totalBytes: before,
      removePacks: 1,
      repackPacks: 1,
      remainingUnusedBytes: 0,
    });
    expect(plan.freedBytes).toBe(before - after);
    expect(report).toMatchObject({ removedPacks: 1, repackedPacks: 1, repackedBytes: plan.repackBytes, warnings: [] });
    expect(report).toMatchObject({ freedBytes: before - after, totalBytes: after, remainingUnusedBytes: 0 });
    expect(await filesOf(place.path, 'index')).toHaveLength(1);
    expect(await restic(place.path, ['check', '--read-data'])).toContain('no errors were found');
    const { stdout } = await resticRun(place.path, ['dump', id, '/folder/kept']);
    expect(stdout.equals(Buffer.concat(kept))).toBe(true);
    const files = await filesOf(place.path, 'data');
    expect(await pruneOf(repository)).toMatchObject({ removedPacks: 0, repackedPacks: 0, freedBytes: 0 });
    expect(await filesOf(place.path, 'data')).toEqual(files);
  });

  test('a repository without snapshots becomes empty', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    expect(await pruneOf(repository)).toMatchObject({ removedPacks: 0, totalBytes: 0 });
    const id = await saveFiles(repository, { a: [randomBytes(1000)] });
    await using _lock = await repository.lock(true);
    await repository.removeSnapshots([id]);
    expect(await repository.prune()).toMatchObject({ removedPacks: 2, totalBytes: 0 });
    expect(await filesOf(place.path, 'data')).toEqual([]);
    expect(await filesOf(place.path, 'index')).toEqual([]);
    expect((await repository.index()).blobCount).toBe(0);
  });

  test('little waste stays where it is, unless all of it is to go', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const large = Array.from({ length: 7 }, () => randomBytes(2_000_000));
    const removed = await saveFiles(repository, { all: [...large, randomBytes(10_000)] });
    await saveFiles(repository, { large });
    await using _lock = await repository.lock(true);
    await repository.removeSnapshots([removed]);
    expect(await repository.prune()).toMatchObject({
      repackedPacks: 0,
      remainingUnusedBytes: expect.closeTo(10_040, -2),
    });
    expect(await repository.prune({ maxUnusedPercent: 0, maxRepackBytes: 1000 })).toMatchObject({ repackedPacks: 0 });
    expect(await repository.prune({ maxUnusedPercent: 0 })).toMatchObject({
      repackedPacks: 1,
      remainingUnusedBytes: 0,
    });
    expect((await repository.check({ readData: true })).problems).toEqual([]);
  });

  test('of second copies one stays', async () => {
    await using place = scratch();
    await using one = await newRepository(place.path);
    await using other = await reopen(place.path);
    await other.index();
    const blobs = [randomBytes(20_000), randomBytes(20_000)];
    await saveFiles(one, { blobs });
    await saveFiles(other, { blobs, more: [randomBytes(500)] });
    const expected = await readWorld(one);
    const report = await pruneOf(one);
    expect(report.freedBytes).toBeGreaterThan(40_000);
    expect(await readWorld(one)).toEqual(expected);
    const index = await one.index();
    expect(index.dataIds()).toHaveLength(3 * 32);
    expect(await restic(place.path, ['check', '--read-data'])).toContain('no errors were found');
  });

  test('packs of trees and data, as early restics wrote them, are taken apart', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const blob = randomBytes(5000);
    const mtime = new Date().toISOString();
    const content = Buffer.from(hashOf(blob), 'hex');
    const tree = encodeTree([{ name: 'file', type: 'file', mode: 0o600, mtime, size: blob.length, content }]);
    await saveMixedPack(repository, place.path, [blob, tree]);
    await repository.reloadIndex();
    await repository.saveSnapshot({ time: mtime, tree: hashOf(tree), paths: ['/'] });
    const expected = await readWorld(repository);
    expect(await pruneOf(repository)).toMatchObject({ repackedPacks: 1 });
    expect(await filesOf(place.path, 'data')).toHaveLength(2);
    expect(await readWorld(repository)).toEqual(expected);
    expect(await restic(place.path, ['check', '--read-data'])).toContain('no errors were found');
  });

  test('packs that no index lists are removed', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    await saveFiles(repository, { a: [randomBytes(1000)] });
    const bytes = randomBytes(3000);
    await createLocalBackend(place.path).save('data', hashOf(bytes), bytes);
    {
      // While a run goes on, they may be its own.
      await using other = await reopen(place.path);
      await using _theirs = await other.lock(false);
      expect(await repository.planPrune()).toMatchObject({ removePacks: 0, packs: 2 });
    }
    expect(await repository.planPrune()).toMatchObject({ removePacks: 1, packs: 3 });
    expect(await pruneOf(repository)).toMatchObject({ removedPacks: 1, freedBytes: 3000 });
    expect(await filesOf(place.path, 'data')).toHaveLength(2);
  });

  test('needs the exclusive lock', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const id = await saveFiles(repository, { a: [randomBytes(1000)] });
    {
      await using _released = await repository.lock(true);
    }
    await using _shared = await repository.lock(false);
    await expect(repository.prune()).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(repository.removeSnapshots([id])).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(await repository.listSnapshots()).toHaveLength(1);
  });

  test('says when there is too little room to write everything anew', async () => {
    await using place = scratch();
    const created = await newRepository(place.path);
    const { id } = await halfUnused(created);
    await created[Symbol.asyncDispose]();
    class NearlyFull extends FaultyBackend {
      override async space() {
        return { freeBytes: (64 << 20) + 1000, totalBytes: 1e12 };
      }
    }
    const backend = new NearlyFull(createLocalBackend(place.path));
    await using repository = await openRepository({
      backend,
      credential: { passphrase: PASSPHRASE },
      ports: testPorts(),
      tuning: { kdf: QUICK_KDF },
    });
    const report = await pruneOf(repository);
    expect(report).toMatchObject({ repackedPacks: 0, warnings: [expect.stringContaining('too little free space')] });
    expect((await repository.listSnapshots()).map((one) => one.id)).toEqual([id]);
  });

  test('plans as if snapshots were removed already', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    await makeWorld(repository, seeded(1));
    const [first] = await repository.listSnapshots();
    const without = await repository.planPrune({ without: [first?.id ?? ''] });
    const files = await filesOf(place.path, 'data');
    const present = await repository.planPrune();
    expect(without.usedBytes).toBeLessThan(present.usedBytes);
    expect(await filesOf(place.path, 'data')).toEqual(files);
    await using _lock = await repository.lock(true);
    await repository.removeSnapshots([first?.id ?? '', 'ab'.repeat(32)]);
    expect(await repository.planPrune()).toEqual(without);
  });

  test('removes no snapshot where one of them is no id', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const id = await saveFiles(repository, { a: [randomBytes(1000)] });
    await using _lock = await repository.lock(true);
    const wrong = repository.removeSnapshots([id, '../config']);
    await expect(wrong).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND', details: { value: '../config' } });
    await expect(repository.removeSnapshots([id], AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await repository.listSnapshots()).toHaveLength(1);
  });

  test('refuses a repository of version 1', async () => {
    await using place = scratch();
    await restic(place.path, ['init', '--repository-version', '1']);
    await using repository = await reopen(place.path);
    await expect(pruneOf(repository)).rejects.toMatchObject({ code: 'REPOSITORY_UNSUPPORTED' });
  });
});

/** One pack that holds a data blob and a tree blob, both uncompressed. */
async function saveMixedPack(repository: Repository, path: string, [data, tree]: [Buffer, Buffer]): Promise<void> {
  const key = repository.masterKey;
  const sealed = [data, tree].map((blob) => native().seal(key, blob));
  const content = newPackContent(2);
  for (const [i, blob] of [data, tree].entries()) {
    content.ids.set(Buffer.from(hashOf(blob), 'hex'), i * 32);
    content.offsets[i] = i === 0 ? 0 : (sealed[0]?.length ?? 0);
    content.lengths[i] = sealed[i]?.length ?? 0;
    content.trees[i] = i;
  }
  const header = native().seal(key, encodeHeader(content));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const bytes = Buffer.concat([...sealed, header, length]);
  const session = { backend: createLocalBackend(path), key, version: 2, ports: testPorts() } as const;
  await session.backend.save('data', hashOf(bytes), bytes);
  await saveIndex(session, [{ packId: hashOf(bytes), content }]);
}
