/** A flipped bit, a cut and a missing file in each kind of repository file: each says which file it is. */
import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLocalBackend } from './backends/local.ts';
import { createRepository } from './index.ts';
import {
  filesOf,
  newRepository,
  PASSPHRASE,
  QUICK_KDF,
  reopen,
  type Scratch,
  saveFiles,
  scratch,
  testPorts,
} from './restic-oracle.ts';
import type { FileKind, Repository } from './types.ts';

interface Filled extends AsyncDisposable {
  path: string;
  snapshot: string;
  dataBlob: string;
  tree: string;
  /** Paths below the repository. */
  dataPack: string;
  treePack: string;
}

async function filled(): Promise<Filled> {
  const place: Scratch = scratch();
  const path = join(place.path, 'repository');
  await using repository = await newRepository(path);
  const blob = randomBytes(5000);
  const snapshot = await saveFiles(repository, { file: [blob, randomBytes(3000)] });
  const dataBlob = await repository.saveBlob('data', blob);
  const { tree } = await repository.loadSnapshot(snapshot);
  const index = await repository.index();
  const packOf = (id: string, kind: 'data' | 'tree'): string => {
    const pack = index.findHex(id, kind)?.packId ?? '';
    return `data/${pack.slice(0, 2)}/${pack}`;
  };
  const names = { dataPack: packOf(dataBlob, 'data'), treePack: packOf(tree, 'tree') };
  return { path, snapshot, dataBlob, tree, ...names, [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() };
}

const HARMS: Record<string, (bytes: Buffer) => Buffer> = {
  'a flipped bit': (bytes) => {
    const at = Math.floor(bytes.length / 3);
    bytes[at] = (bytes[at] ?? 0) ^ 4;
    return bytes;
  },
  'a cut': (bytes) => bytes.subarray(0, bytes.length - 7),
  'nothing left': () => Buffer.alloc(0),
};

async function harm(file: string, how: (bytes: Buffer) => Buffer): Promise<void> {
  await chmod(file, 0o600);
  await writeFile(file, how(await readFile(file)));
}

async function onlyFile(path: string, kind: FileKind): Promise<string> {
  const files = await filesOf(path, kind);
  expect(files.length).toBeGreaterThan(0);
  return files[0] ?? '';
}

function damage(path: string, kind: string, file: string, id = basename(file)): object {
  const details = { repository: path, kind, id, file: relative(path, file), reason: expect.stringMatching(/\.$/) };
  return { code: 'REPOSITORY_DAMAGED', details: expect.objectContaining(details) };
}

async function problemsOf(repository: Repository, readData = true): Promise<string[]> {
  const { problems } = await repository.check({ readData });
  return problems.filter(({ severity }) => severity === 'error').map(({ kind, file }) => `${kind} ${file}`);
}

describe.each(Object.entries(HARMS))('%s', (_, how) => {
  test('in the config', async () => {
    await using made = await filled();
    const file = join(made.path, 'config');
    await using open = await reopen(made.path);
    await harm(file, how);
    await expect(reopen(made.path)).rejects.toMatchObject(damage(made.path, 'config', file, ''));
    expect(await problemsOf(open)).toEqual(['config config']);
  });

  test('in a key', async () => {
    await using made = await filled();
    await using open = await reopen(made.path);
    const file = await onlyFile(made.path, 'keys');
    await harm(file, how);
    await expect(reopen(made.path)).rejects.toMatchObject(damage(made.path, 'key', file));
    expect(await problemsOf(open)).toEqual([`key keys/${basename(file)}`]);
  });

  test('in an index', async () => {
    await using made = await filled();
    await using open = await reopen(made.path);
    const file = await onlyFile(made.path, 'index');
    await harm(file, how);
    await expect(open.index()).rejects.toMatchObject(damage(made.path, 'index', file));
    await expect(open.saveBlob('data', Buffer.from('x'))).rejects.toMatchObject(damage(made.path, 'index', file));
    expect(await problemsOf(open)).toContain(`index index/${basename(file)}`);
  });

  test('in a pack', async () => {
    await using made = await filled();
    await using open = await reopen(made.path);
    const file = join(made.path, made.dataPack);
    await harm(file, how);
    const found = await problemsOf(open);
    expect(found).toContain(`pack ${made.dataPack}`);
    expect(found.every((problem) => problem.startsWith('pack') || problem.startsWith('blob'))).toBe(true);
    // The first blob is hit by the flipped bit and by the empty file.
    if (how !== HARMS['a cut']) {
      const expected = { code: 'REPOSITORY_DAMAGED', details: { repository: made.path } };
      await expect(open.readBlob('data', made.dataBlob)).rejects.toMatchObject(expected);
    }
  });

  test('in a tree', async () => {
    await using made = await filled();
    await using open = await reopen(made.path);
    await harm(join(made.path, made.treePack), how);
    const found = await problemsOf(open);
    expect(found).toContain(`pack ${made.treePack}`);
    if (how === HARMS['a flipped bit']) {
      const bad = found.filter((problem) => problem.startsWith('tree')).map((problem) => problem.slice(5));
      expect(bad.length).toBeGreaterThan(0);
      for (const id of bad) {
        await expect(open.loadTree(id)).rejects.toMatchObject({
          code: 'REPOSITORY_DAMAGED',
          details: { kind: 'tree', id, pack: basename(made.treePack), repository: made.path },
        });
      }
    }
  });

  test('in a snapshot does not hide the others', async () => {
    await using made = await filled();
    await using open = await reopen(made.path);
    const other = await saveFiles(open, { another: [randomBytes(10)] });
    const file = join(made.path, 'snapshots', made.snapshot);
    await harm(file, how);
    await expect(open.loadSnapshot(made.snapshot)).rejects.toMatchObject(damage(made.path, 'snapshot', file));
    const bad: string[] = [];
    const good = await open.listSnapshots((id, error) => {
      expect(error).toMatchObject(damage(made.path, 'snapshot', file));
      bad.push(id);
    });
    expect(bad).toEqual([made.snapshot]);
    expect(good.map(({ id }) => id)).toEqual([other]);
    expect(await problemsOf(open)).toEqual([`snapshot snapshots/${made.snapshot}`]);
  });

  test('in a lock', async () => {
    await using made = await filled();
    await using open = await reopen(made.path);
    await using other = await reopen(made.path);
    await using lock = await other.lock(false);
    expect(lock.lost.aborted).toBe(false);
    const file = await onlyFile(made.path, 'locks');
    await harm(file, how);
    if (how === HARMS['nothing left']) {
      // An interrupted upload of a backend that is not atomic; restic ignores it too.
      await using own = await open.lock(true);
      expect(own.lost.aborted).toBe(false);
      return;
    }
    await expect(open.lock(false)).rejects.toMatchObject(damage(made.path, 'lock', file));
    expect(await problemsOf(open)).toEqual([`lock locks/${basename(file)}`]);
  });
});

describe('missing', () => {
  test('packs', async () => {
    await using made = await filled();
    await using open = await reopen(made.path);
    await unlink(join(made.path, made.dataPack));
    const expected = { code: 'REPOSITORY_DAMAGED', details: { kind: 'pack', file: made.dataPack, missing: true } };
    await expect(open.readBlob('data', made.dataBlob)).rejects.toMatchObject(expected);
    await expect(open.readPackRange(basename(made.dataPack), 0, Buffer.alloc(10))).rejects.toMatchObject(expected);
    expect(await problemsOf(open, false)).toEqual([`pack ${made.dataPack}`]);
  });

  test('indexes: packs are left over, and the snapshot says which tree it lost', async () => {
    await using made = await filled();
    await using open = await reopen(made.path);
    for (const file of await filesOf(made.path, 'index')) await unlink(file);
    const { problems } = await open.check({ readData: false });
    expect(problems.filter(({ severity }) => severity === 'notice')).toHaveLength(2);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({ kind: 'tree', file: made.tree }),
    ]);
  });

  test('keys', async () => {
    await using made = await filled();
    await unlink(await onlyFile(made.path, 'keys'));
    await expect(reopen(made.path)).rejects.toMatchObject({ code: 'REPOSITORY_DAMAGED', details: { kind: 'key' } });
  });

  test('the config: nothing is opened, and nothing is created over the data', async () => {
    await using made = await filled();
    await unlink(join(made.path, 'config'));
    await expect(reopen(made.path)).rejects.toMatchObject({ code: 'REPOSITORY_NOT_FOUND' });
    const before = await filesOf(made.path, 'keys');
    await expect(newRepository(made.path)).rejects.toMatchObject({
      code: 'REPOSITORY_DAMAGED',
      details: { kind: 'config' },
    });
    expect(await filesOf(made.path, 'keys')).toEqual(before);
  });

  test('the whole repository, in the middle of everything', async () => {
    await using made = await filled();
    await using open = await reopen(made.path);
    await open.saveBlob('data', Buffer.from('not flushed'));
    await rename(made.path, `${made.path}-gone`);
    const expected = { code: 'REPOSITORY_UNREACHABLE', details: { repository: made.path } };
    await expect(open.readBlob('data', made.dataBlob)).rejects.toMatchObject(expected);
    await expect(open.flush()).rejects.toMatchObject(expected);
    await expect(open.listSnapshots()).rejects.toMatchObject(expected);
    await expect(open.lock(false)).rejects.toMatchObject(expected);
    await expect(open.check({ readData: true })).rejects.toMatchObject(expected);
    await rename(`${made.path}-gone`, made.path);
    await open.flush();
    expect(await problemsOf(open)).toEqual([]);
  });
});

describe('opening', () => {
  test('with a wrong passphrase', async () => {
    await using made = await filled();
    await expect(reopen(made.path, 'wrong')).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
      details: { repository: made.path },
    });
  });

  test('with a good key beside a damaged one', async () => {
    await using made = await filled();
    const before = await onlyFile(made.path, 'keys');
    await using open = await reopen(made.path);
    await open.addKey({ passphrase: 'second' });
    await harm(before, (bytes) => bytes.subarray(1));
    await using again = await reopen(made.path, 'second');
    expect(again.id).toBe(open.id);
    await expect(reopen(made.path)).rejects.toMatchObject(damage(made.path, 'key', before));
  });

  test('nothing, or twice the same', async () => {
    await using place = scratch();
    await expect(reopen(join(place.path, 'none'))).rejects.toMatchObject({ code: 'REPOSITORY_NOT_FOUND' });
    await using repository = await newRepository(place.path);
    await expect(newRepository(place.path)).rejects.toMatchObject({ code: 'REPOSITORY_EXISTS' });
    await expect(repository.removeKey('ab'.repeat(32))).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
    await expect(repository.removeKey('../config')).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
    const [key] = await repository.listKeys();
    await expect(repository.removeKey(key?.id ?? '')).rejects.toMatchObject({ code: 'KEY_IN_USE' });
    await expect(repository.addKey({ passphrase: '' })).rejects.toMatchObject({ code: 'PASSPHRASE_REQUIRED' });
  });

  test('after a creation that was interrupted before its config', async () => {
    await using place = scratch();
    await using first = await newRepository(place.path);
    await unlink(join(place.path, 'config'));
    const tuning = { kdf: QUICK_KDF };
    const options = { backend: createLocalBackend(place.path), ports: testPorts(), tuning };
    await using second = await createRepository({ ...options, credential: { passphrase: 'another' } });
    expect(second.id).not.toBe(first.id);
    await expect(reopen(place.path, PASSPHRASE)).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
  });
});
