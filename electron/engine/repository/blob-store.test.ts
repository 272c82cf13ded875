import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { createLocalBackend } from './backends/local.ts';
import { encodeIndex } from './index-files.ts';
import { newPackContent } from './pack-header.ts';
import { PackWriter } from './pack-writer.ts';
import { filesOf, newRepository, reopen, restic, saveFiles, scratch } from './restic-oracle.ts';
import type { FilledPack, Repository } from './types.ts';
import { saveUnpacked } from './unpacked.ts';

vi.setConfig({ testTimeout: 60_000 });

const isRoot = process.getuid?.() === 0;

/** A pack as the sealer would hand it over. */
function filledPack(repository: Repository, blobs: Buffer[]): { pack: FilledPack; bytes: Buffer; ids: string[] } {
  const writer = new PackWriter('data');
  const ids = blobs.map((blob) => createHash('sha256').update(blob).digest('hex'));
  for (const [i, blob] of blobs.entries()) writer.add(repository.masterKey, ids[i] ?? '', blob, 3);
  const { packId, bytes, content } = writer.finish(repository.masterKey);
  // A lent buffer is longer than the pack in it.
  const lent = Buffer.concat([bytes, randomBytes(1000)]);
  return { pack: { lengthBytes: bytes.length, packId, blobs: content }, bytes: lent, ids };
}

describe('packs and indexes', () => {
  test('packs of the sealer are found at once, and by others after a flush', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const blobs = [randomBytes(600_000), Buffer.alloc(600_000), randomBytes(900_000)];
    const { pack, bytes, ids } = filledPack(repository, blobs);
    await repository.savePack(pack, bytes);
    const index = await repository.index();
    expect(Buffer.from(index.dataIds()).toString('hex')).toBe(ids.join(''));
    for (const [i, id] of ids.entries()) {
      expect((await repository.readBlob('data', id)).equals(blobs[i] ?? Buffer.of())).toBe(true);
      const at = index.findHex(id, 'data');
      const sealed = Buffer.alloc(at?.storedBytes ?? 0);
      await repository.readPackRange(pack.packId, at?.offsetBytes ?? 0, sealed);
      expect(sealed.equals(bytes.subarray(at?.offsetBytes, (at?.offsetBytes ?? 0) + sealed.length))).toBe(true);
    }
    await using other = await reopen(place.path);
    expect((await other.index()).blobCount).toBe(0);
    await repository.flush();
    expect((await other.index()).blobCount).toBe(0);
    expect((await other.reloadIndex()).blobCount).toBe(3);
    expect(await restic(place.path, ['check', '--read-data'])).toContain('no errors were found');
  });

  test('equal blobs are stored once, in this run and later ones; kinds are apart', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const blob = randomBytes(100);
    const id = await repository.saveBlob('data', blob);
    expect(await repository.saveBlob('data', blob)).toBe(id);
    expect(await repository.saveBlob('tree', Buffer.from('{"nodes":[]}\n'))).not.toBe(id);
    expect(await repository.readBlob('data', id)).toEqual(blob);
    await repository.flush();
    await repository.flush();
    expect(await filesOf(place.path, 'data')).toHaveLength(2);
    await using later = await reopen(place.path);
    expect(await later.saveBlob('data', blob)).toBe(id);
    await later.flush();
    expect(await filesOf(place.path, 'data')).toHaveLength(2);
    expect((await filesOf(place.path, 'index')).length).toBeLessThanOrEqual(2);
    await expect(later.readBlob('tree', id)).rejects.toMatchObject({
      code: 'REPOSITORY_DAMAGED',
      details: { kind: 'tree', id },
    });
  });

  test('many blobs at once fill several packs', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const blobs = Array.from({ length: 40 }, () => randomBytes(1_000_000));
    const ids = await Promise.all(blobs.map((blob) => repository.saveBlob('data', blob)));
    await repository.flush();
    expect(await filesOf(place.path, 'data')).toHaveLength(3);
    await using again = await reopen(place.path);
    for (const [i, id] of ids.entries())
      expect((await again.readBlob('data', id)).equals(blobs[i] ?? Buffer.of())).toBe(true);
  });

  test('index files are written meanwhile, so that a killed run resumes', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    for (let i = 0; i < 201; i++) {
      const { pack, bytes } = filledPack(repository, [randomBytes(100)]);
      await repository.savePack(pack, bytes);
    }
    await using afterKill = await reopen(place.path);
    expect((await afterKill.index()).blobCount).toBe(200);
    const { problems } = await afterKill.check({ readData: true });
    expect(problems).toEqual([expect.objectContaining({ kind: 'pack', severity: 'notice' })]);
    expect(await restic(place.path, ['check'])).toContain('no errors were found');
  });

  test('another copy of a blob is read where one is damaged', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const blob = randomBytes(1000);
    const packs = [filledPack(repository, [blob]), filledPack(repository, [blob])];
    for (const { pack, bytes } of packs) await repository.savePack(pack, bytes);
    await repository.flush();
    const first = packs[0]?.pack.packId ?? '';
    await unlink(join(place.path, 'data', first.slice(0, 2), first));
    expect(await repository.readBlob('data', packs[0]?.ids[0] ?? '')).toEqual(blob);
  });

  test('a prune between two runs is noticed when the next lock is taken', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    await saveFiles(repository, { kept: [randomBytes(50)] });
    // Packs of a cancelled run: one in an index file, one not yet.
    const indexed = filledPack(repository, [randomBytes(100)]);
    await repository.savePack(indexed.pack, indexed.bytes);
    await repository.flush();
    const waiting = filledPack(repository, [randomBytes(100)]);
    await repository.savePack(waiting.pack, waiting.bytes);
    await restic(place.path, ['prune', '--max-unused', '0']);
    await using lock = await repository.lock(false);
    expect(lock.lost.aborted).toBe(false);
    const index = await repository.index();
    expect(index.findHex(indexed.ids[0] ?? '', 'data')).toBeUndefined();
    expect(index.findHex(waiting.ids[0] ?? '', 'data')).toBeUndefined();
    await repository.flush();
    expect((await repository.check({ readData: true })).problems).toEqual([]);
  });

  test('so is one that only removed packs which no index file names', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    await saveFiles(repository, { kept: [randomBytes(50)] });
    const waiting = filledPack(repository, [randomBytes(100)]);
    await repository.savePack(waiting.pack, waiting.bytes);
    const before = await readdir(join(place.path, 'index'));
    await restic(place.path, ['prune']);
    expect(await readdir(join(place.path, 'index'))).toEqual(before);
    expect(await filesOf(place.path, 'data')).toHaveLength(2);
    await using lock = await repository.lock(false);
    expect(lock.lost.aborted).toBe(false);
    expect((await repository.index()).findHex(waiting.ids[0] ?? '', 'data')).toBeUndefined();
    await repository.flush();
    expect((await repository.check({ readData: true })).problems).toEqual([]);
  });

  test('superseded indexes count only for packs that are still there and nowhere else', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const [gone, moved, kept] = [1, 2, 3].map(() => filledPack(repository, [randomBytes(100)]));
    for (const made of [gone, moved, kept]) if (made) await repository.savePack(made.pack, made.bytes);
    await repository.flush();
    const old = (await readdir(join(place.path, 'index')))[0] ?? '';
    const session = { backend: createLocalBackend(place.path), key: repository.masterKey, version: 2 } as const;
    const row = (made: typeof moved) => ({
      packId: made?.pack.packId ?? '',
      content: { ...newPackContent(1), ...made?.pack.blobs },
    });
    const json = encodeIndex([row(moved)])
      .toString()
      .replace('{', `{"supersedes":["${old}"],`);
    await saveUnpacked(session, 'index', Buffer.from(json));
    await session.backend.remove('data', gone?.pack.packId ?? '');
    for (const index of [await (await reopen(place.path)).index(), await repository.reloadIndex()]) {
      const has = [gone, moved, kept].map((made) => index.findHex(made?.ids[0] ?? '', 'data') !== undefined);
      expect(has).toEqual([false, true, true]);
    }
  });

  test.runIf(isRoot)('a full disk stops the run and not the next one', async () => {
    await using place = scratch();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', place.path]);
    try {
      await using repository = await newRepository(place.path);
      const ballast = filledPack(repository, [randomBytes(4_000_000)]);
      await repository.savePack(ballast.pack, ballast.bytes);
      const blob = randomBytes(3_000_000);
      const id = await repository.saveBlob('data', blob);
      const full = { code: 'REPOSITORY_FULL', details: { repository: place.path } };
      await expect(repository.flush()).rejects.toMatchObject(full);
      const snapshot = { time: new Date().toISOString(), tree: id, paths: [] };
      await expect(repository.saveSnapshot(snapshot)).rejects.toMatchObject(full);
      expect(await readdir(join(place.path, 'snapshots'))).toEqual([]);
      execFileSync('mount', ['-o', 'remount,size=20m', place.path]);
      expect(await repository.saveBlob('data', blob)).toBe(id);
      await repository.flush();
      await using again = await reopen(place.path);
      expect((await again.readBlob('data', id)).equals(blob)).toBe(true);
      expect((await again.check({ readData: true })).problems).toEqual([]);
    } finally {
      execFileSync('umount', [place.path]);
    }
  });

  test('loading can be cancelled by one and not by another', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const cancelled = repository.index(AbortSignal.abort());
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    const controller = new AbortController();
    const one = repository.index(controller.signal);
    const other = repository.index();
    controller.abort();
    await expect(one).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await other).blobCount).toBe(0);
    await expect(repository.check({ readData: true, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});

describe('snapshots', () => {
  test('keep fields that we do not know, come newest first and are found by prefix', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const tree = await repository.saveTree([]);
    const base = { tree, paths: ['/a'], tags: ['x'], hostname: 'h', username: 'u', uid: 3 };
    const summary = { files_new: 3, note: '<&>' };
    const older = await repository.saveSnapshot({ ...base, time: '2026-01-01T10:00:00+02:00', ...{ summary } });
    const newer = await repository.saveSnapshot({ ...base, time: '2026-01-01T09:00:00.5Z', parent: older });
    const list = await repository.listSnapshots();
    expect(list.map(({ id }) => id)).toEqual([newer, older]);
    expect(list[1]?.snapshot).toEqual({ ...base, time: '2026-01-01T10:00:00+02:00', summary });
    expect(JSON.parse(await restic(place.path, ['cat', 'snapshot', older]))).toMatchObject(base);
    expect(await repository.resolveSnapshotId(newer.slice(0, 20).toUpperCase())).toBe(newer);
    await expect(repository.resolveSnapshotId('')).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    await expect(repository.resolveSnapshotId('.*')).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    await expect(repository.loadSnapshot('ab'.repeat(32))).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    const ids = [older, newer];
    for (let i = 0; i < 20; i++)
      ids.push(await repository.saveSnapshot({ ...base, time: `2026-01-02T00:00:${10 + i}Z` }));
    const twice = ids.map((id) => id[0] ?? '').find((first, i, all) => all.indexOf(first) !== i) ?? '';
    await expect(repository.resolveSnapshotId(twice)).rejects.toMatchObject({ code: 'IMAGE_AMBIGUOUS' });
  });
});
