/** Checking, above all of what is sealed with the right key and wrong all the same. */
import { createHash, randomBytes } from 'node:crypto';
import { chmod, copyFile, readFile, rename, truncate, unlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLocalBackend } from './backends/local.ts';
import { encodeIndex } from './index-files.ts';
import { PackWriter } from './pack-writer.ts';
import { filesOf, newRepository, reopen, saveFiles, scratch } from './restic-oracle.ts';
import type { Repository } from './types.ts';
import { saveUnpacked } from './unpacked.ts';

function sessionOf(repository: Repository) {
  return { backend: createLocalBackend(repository.location), key: repository.masterKey, version: 2 } as const;
}

async function errorsOf(repository: Repository, readData: boolean): Promise<object[]> {
  const { problems } = await repository.check({ readData });
  return problems.filter(({ severity }) => severity === 'error');
}

describe('check', () => {
  test('reports progress up to the end, and counts', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    await saveFiles(repository, { a: [randomBytes(3_000_000), randomBytes(2_000_000)], b: [] });
    const seen: [number, number][] = [];
    const report = await repository.check({ readData: true, onProgress: (done, total) => seen.push([done, total]) });
    expect(report).toMatchObject({ blobs: 4, packs: 2, snapshots: 1, problems: [] });
    expect(seen.at(-1)).toEqual([report.readBytes, report.readBytes]);
    expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).toSorted((x, y) => x - y));
    expect(await repository.space()).toMatchObject({ freeBytes: expect.any(Number), totalBytes: expect.any(Number) });
  });

  test('stops when cancelled in the middle', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    await saveFiles(repository, { a: [randomBytes(3_000_000)] });
    const controller = new AbortController();
    const onProgress = (): void => controller.abort();
    const check = repository.check({ readData: true, signal: controller.signal, onProgress });
    await expect(check).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('names every blob that a file needs and no index lists', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const lost = randomBytes(64);
    const tree = await repository.saveTree([
      { name: 'half', type: 'file', size: 1, content: lost },
      { name: 'none', type: 'dir' },
    ]);
    await repository.saveSnapshot({ time: new Date().toISOString(), tree, paths: ['/'] });
    expect(await errorsOf(repository, false)).toEqual([
      expect.objectContaining({ kind: 'blob', file: lost.toString('hex', 0, 32) }),
      expect.objectContaining({ kind: 'blob', file: lost.toString('hex', 32) }),
      expect.objectContaining({ kind: 'tree', file: tree, problem: expect.stringContaining('2 blobs of "half"') }),
      expect.objectContaining({ kind: 'tree', file: tree, problem: expect.stringContaining('"none"') }),
    ]);
  });

  test('finds a pack that is too short without reading it', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    await repository.saveBlob('data', randomBytes(1000));
    await repository.flush();
    const [pack = ''] = await filesOf(place.path, 'data');
    await chmod(pack, 0o600);
    await truncate(pack, 900);
    const problem = expect.stringMatching(/^The pack is 900 bytes long instead of \d+\.$/);
    expect(await errorsOf(repository, false)).toContainEqual(expect.objectContaining({ kind: 'pack', problem }));
  });

  test('finds an index that disagrees with a pack', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const writer = new PackWriter('data');
    const [a, b] = [randomBytes(100), randomBytes(100)];
    for (const blob of [a, b])
      writer.add(repository.masterKey, createHash('sha256').update(blob).digest('hex'), blob, 3);
    const { packId, bytes, content } = writer.finish(repository.masterKey);
    await sessionOf(repository).backend.save('data', packId, bytes);
    const ids = Buffer.concat([content.ids.subarray(32), content.ids.subarray(0, 32)]);
    await saveUnpacked(sessionOf(repository), 'index', encodeIndex([{ packId, content: { ...content, ids } }]));
    expect(await errorsOf(repository, false)).toEqual([
      expect.objectContaining({ kind: 'pack', problem: expect.stringContaining('disagree about 2 blobs') }),
    ]);
    expect(await errorsOf(repository, true)).toHaveLength(3);
  });

  test('finds a blob whose content is not what its id says', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const id = 'ab'.repeat(32);
    const writer = new PackWriter('data');
    writer.add(repository.masterKey, id, randomBytes(100), 3);
    const { packId, bytes, content } = writer.finish(repository.masterKey);
    await repository.savePack({ packId, lengthBytes: bytes.length, blobs: content }, bytes);
    await expect(repository.readBlob('data', id)).rejects.toMatchObject({
      code: 'REPOSITORY_DAMAGED',
      details: { kind: 'blob', id, pack: packId, reason: expect.stringContaining('not what its id says') },
    });
    await repository.flush();
    expect(await errorsOf(repository, false)).toEqual([]);
    expect(await errorsOf(repository, true)).toEqual([expect.objectContaining({ kind: 'blob', file: id })]);
  });
});

describe('authentic files in the wrong place are refused', () => {
  test('a snapshot under the name of another', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const ids = [await saveFiles(repository, { a: [] }), await saveFiles(repository, { b: [] })];
    const [from = '', to = ''] = ids.map((id) => join(place.path, 'snapshots', id));
    await unlink(to);
    await rename(from, to);
    const expected = { code: 'REPOSITORY_DAMAGED', details: { kind: 'snapshot', id: ids[1] } };
    await expect(repository.loadSnapshot(ids[1] ?? '')).rejects.toMatchObject(expected);
    await expect(repository.loadSnapshot(ids[0] ?? '')).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });

  test('a lock as an index', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    await using lock = await repository.lock(false);
    expect(lock.lost.aborted).toBe(false);
    const [file = ''] = await filesOf(place.path, 'locks');
    await copyFile(file, join(place.path, 'index', basename(file)));
    // It is a JSON object without packs: nothing is listed, nothing breaks.
    expect((await repository.index()).blobCount).toBe(0);
  });

  test('a key file that was edited is damaged, not "wrong passphrase"', async () => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    expect(await repository.listKeys()).toHaveLength(1);
    const [file = ''] = await filesOf(place.path, 'keys');
    await chmod(file, 0o600);
    const edited = (await readFile(file, 'utf8')).replace(
      /"data":"(.)/,
      (_, first) => `"data":"${first === 'A' ? 'B' : 'A'}`,
    );
    await writeFile(file, edited);
    await expect(reopen(place.path)).rejects.toMatchObject({ code: 'REPOSITORY_DAMAGED', details: { kind: 'key' } });
    expect(await repository.listKeys()).toEqual([]);
  });
});
