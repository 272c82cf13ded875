import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { newRepository, PASSPHRASE, reopen, restic, resticRun, saveFiles, scratch } from './restic-oracle.ts';
import { encodeTree } from './tree-json.ts';

// restic derives its keys for half a second each time.
vi.setConfig({ testTimeout: 60_000 });

describe('restic reads what we write', () => {
  test('a new repository', async () => {
    await using place = scratch();
    const path = join(place.path, 'repository');
    await using repository = await newRepository(path);
    const config = JSON.parse(await restic(path, ['cat', 'config']));
    expect(config).toMatchObject({ version: 2, id: repository.id });
    expect(await restic(path, ['check'])).toContain('no errors were found');
    expect(await restic(path, ['snapshots', '--json'])).toMatch(/^(?:null|\[\])\s*$/);
  });

  test('blobs, trees and snapshots, then prune', async () => {
    await using place = scratch();
    const path = join(place.path, 'repository');
    await using repository = await newRepository(path);
    const zeros = Buffer.alloc(512 * 1024);
    const noise = randomBytes(512 * 1024);
    const names = ['plain', 'ünï "cödé" <&>', 'tab\there', 'empty', 'Zebra', 'a\u{1F600}', 'a\uffee'];
    const files = Object.fromEntries(
      names.map((name, i) => [name, name === 'empty' ? [] : [zeros, noise.subarray(i), zeros]]),
    );
    const first = await saveFiles(repository, files);
    const second = await saveFiles(repository, { other: [randomBytes(1000), Buffer.alloc(0)] });

    expect(await restic(path, ['check', '--read-data'])).toContain('no errors were found');
    const listed = await restic(path, ['ls', first]);
    for (const name of names) expect(listed).toContain(`/folder/${name}`);
    for (const [name, blobs] of Object.entries(files)) {
      const { stdout } = await resticRun(path, ['dump', first, `/folder/${name}`]);
      expect(stdout.equals(Buffer.concat(blobs))).toBe(true);
    }
    expect(JSON.parse(await restic(path, ['snapshots', '--json'])).map(({ id }: { id: string }) => id)).toContain(
      second,
    );
    await restic(path, ['forget', '--prune', second]);
    expect(await restic(path, ['check', '--read-data'])).toContain('no errors were found');
    await repository.reloadIndex();
    expect((await repository.listSnapshots()).map(({ id }) => id)).toEqual([first]);
    expect((await repository.check({ readData: true })).problems).toEqual([]);
  });

  test('restic continues our repository, and our trees are what it would have written', async () => {
    await using place = scratch();
    const path = join(place.path, 'repository');
    await using repository = await newRepository(path);
    const source = join(place.path, 'source');
    await mkdir(source);
    await writeFile(join(source, 'quote " back\\slash'), 'x');
    await writeFile(join(source, 'höhe'), randomBytes(3_000_000));
    await restic(path, ['backup', source]);
    const [found] = await repository.listSnapshots();
    expect(found?.snapshot.paths).toEqual([source]);
    // Down to the folder `source`; writing its nodes again must give the same bytes.
    let treeId = found?.snapshot.tree ?? '';
    for (const name of source.split('/').filter((part) => part !== '')) {
      treeId = (await repository.loadTree(treeId)).find((node) => node.name === name)?.subtree ?? '';
    }
    const nodes = await repository.loadTree(treeId);
    expect(nodes.map(({ name }) => name)).toEqual(['höhe', 'quote " back\\slash']);
    // Ours has no device_id, which restic 0.14 still writes for every node.
    const { stdout } = await resticRun(path, ['cat', 'blob', treeId]);
    const theirs = stdout.toString().replace(/"device_id":\d+,/g, '');
    expect(encodeTree(nodes.toReversed()).toString()).toBe(theirs);
    expect((await repository.check({ readData: true })).problems).toEqual([]);
  });

  test('keys', async () => {
    await using place = scratch();
    const path = join(place.path, 'repository');
    await using repository = await newRepository(path);
    const ours = await repository.addKey({ passphrase: 'second' });
    const list = JSON.parse(await restic(path, ['key', 'list', '--json']));
    expect(list).toHaveLength(2);
    const file = join(place.path, 'new-password');
    await writeFile(file, 'third\n');
    await restic(path, ['key', 'add', '--new-password-file', file]);
    await using byRestic = await reopen(path, 'third');
    expect(byRestic.id).toBe(repository.id);
    expect(await byRestic.listKeys()).toHaveLength(3);
    expect((await byRestic.listKeys()).filter(({ current }) => current)).toHaveLength(1);
    await byRestic.removeKey(ours);
    await expect(reopen(path, 'second')).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    await using again = await reopen(path, PASSPHRASE);
    expect(again.masterKey).toEqual(repository.masterKey);
  });
});

describe('we read what restic writes', () => {
  test.each(['1', '2'])('format version %s', async (version) => {
    await using place = scratch();
    const path = join(place.path, 'repository');
    await restic(path, ['init', '--repository-version', version]);
    const source = join(place.path, 'source');
    await mkdir(source);
    const content = Buffer.concat([randomBytes(2_000_000), Buffer.alloc(3_000_000), randomBytes(100)]);
    await writeFile(join(source, 'disk.img'), content);
    await restic(path, ['backup', '--stdin', '--stdin-filename', 'disk.img', '--tag', 'x,y'], content);
    await restic(path, ['backup', source]);

    await using repository = await reopen(path);
    const snapshots = await repository.listSnapshots();
    expect(snapshots).toHaveLength(2);
    const piped = snapshots.find(({ snapshot }) => snapshot.tags?.includes('x'));
    const [node] = await repository.loadTree(piped?.snapshot.tree ?? '');
    expect(node).toMatchObject({ name: 'disk.img', type: 'file', size: content.length });
    const parts: Buffer[] = [];
    const ids = node?.content ?? new Uint8Array();
    for (let at = 0; at < ids.length; at += 32) {
      parts.push(await repository.readBlob('data', Buffer.from(ids.subarray(at, at + 32)).toString('hex')));
    }
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    expect((await repository.check({ readData: true })).problems).toEqual([]);
    if (version === '1') {
      await expect(repository.saveBlob('data', content)).rejects.toMatchObject({ code: 'REPOSITORY_UNSUPPORTED' });
    } else {
      await saveFiles(repository, { ours: [content] });
    }
    await using lock = await repository.lock(false);
    expect(lock.lost.aborted).toBe(false);
    expect(await restic(path, ['check', '--read-data'], undefined).catch(String)).toMatch(/locked|no errors/);
  });
});
