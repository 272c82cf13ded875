/** What every backend must do. A backend's test calls `describeBackend` with a way to make an empty one. */
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { FileKind } from '../types.ts';
import type { Backend } from './backend.ts';

/** A backend with nothing in it, and what cleans it up. */
export interface BackendUnderTest extends AsyncDisposable {
  readonly backend: Backend;
  /** The same place, opened once more. */
  reopen(): Backend;
  /** Makes the whole repository vanish. */
  vanish(): Promise<void>;
}

const KINDS = ['data', 'index', 'keys', 'locks', 'snapshots'] as const satisfies readonly FileKind[];

function nameOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function collect(backend: Backend, kind: FileKind): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for await (const { name, sizeBytes } of backend.list(kind)) found.set(name, sizeBytes);
  return found;
}

/** Registers the suite. */
export function describeBackend(title: string, make: () => Promise<BackendUnderTest>): void {
  const setUp = async (): Promise<BackendUnderTest> => {
    const made = await make();
    await made.backend.create();
    await made.backend.save('config', '', Buffer.from('config'));
    return made;
  };

  describe(`${title} as a backend`, () => {
    test('is empty at first, and creating twice changes nothing', async () => {
      await using made = await make();
      expect(await made.backend.exists('config', '')).toBe(false);
      await made.backend.create();
      expect(await made.backend.exists('config', '')).toBe(false);
      await made.backend.save('config', '', Buffer.from('config'));
      await made.backend.create();
      expect(await made.backend.loadAll('config', '', 100)).toEqual(Buffer.from('config'));
      for (const kind of KINDS) expect(await collect(made.backend, kind)).toEqual(new Map());
    });

    test.each(KINDS)('saves, lists, loads and removes files of %s', async (kind) => {
      await using made = await setUp();
      const { backend } = made;
      const contents = [0, 1, 4095, 4096, 70_000, 3_000_001].map((length) => randomBytes(length));
      for (const bytes of contents) await backend.save(kind, nameOf(bytes), bytes);
      expect(await collect(made.reopen(), kind)).toEqual(
        new Map(contents.map((bytes) => [nameOf(bytes), bytes.length])),
      );
      for (const bytes of contents) {
        const name = nameOf(bytes);
        expect(await backend.exists(kind, name)).toBe(true);
        expect(await backend.size(kind, name)).toBe(bytes.length);
        expect((await backend.loadAll(kind, name, bytes.length)).equals(bytes)).toBe(true);
        await backend.remove(kind, name);
        await backend.remove(kind, name);
        expect(await backend.exists(kind, name)).toBe(false);
      }
      expect(await collect(backend, kind)).toEqual(new Map());
    });

    test('removes many files, tells of each, and minds none that is gone', async () => {
      await using made = await setUp();
      const { backend } = made;
      const contents = Array.from({ length: 30 }, () => randomBytes(100));
      for (const kind of KINDS) {
        for (const bytes of contents) await backend.save(kind, nameOf(bytes), bytes);
        const [kept = '', ...names] = contents.map(nameOf);
        const told: string[] = [];
        await backend.removeAll(kind, [...names, 'ab'.repeat(32)], undefined, (name) => told.push(name));
        expect(told.sort()).toEqual([...names, 'ab'.repeat(32)].sort());
        expect([...(await collect(backend, kind)).keys()]).toEqual([kept]);
        const cancelled = backend.removeAll(kind, [kept], AbortSignal.abort());
        await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
        expect(await backend.exists(kind, kept)).toBe(true);
        await backend.removeAll(kind, [kept]);
        await backend.removeAll(kind, []);
      }
    });

    test('loads ranges, and only whole ones', async () => {
      await using made = await setUp();
      const { backend } = made;
      const bytes = randomBytes(2_000_003);
      const name = nameOf(bytes);
      await backend.save('data', name, bytes);
      for (const [offset, length] of [
        [0, 1],
        [1, 4096],
        [4097, 1_000_000],
        [2_000_002, 1],
        [0, bytes.length],
      ] as const) {
        const buffer = Buffer.alloc(length);
        await backend.load('data', name, offset, buffer);
        expect(buffer.equals(bytes.subarray(offset, offset + length))).toBe(true);
      }
      const beyond = backend.load('data', name, 2_000_000, Buffer.alloc(4));
      await expect(beyond).rejects.toMatchObject({ code: 'REPOSITORY_DAMAGED', details: { kind: 'pack', id: name } });
      await expect(backend.loadAll('data', name, bytes.length - 1)).rejects.toMatchObject({
        code: 'REPOSITORY_DAMAGED',
      });
    });

    test('says that a file is missing', async () => {
      await using made = await setUp();
      const name = nameOf(Buffer.from('nothing'));
      const expected = { code: 'REPOSITORY_DAMAGED', details: { missing: true, id: name, kind: 'snapshot' } };
      await expect(made.backend.size('snapshots', name)).rejects.toMatchObject(expected);
      await expect(made.backend.loadAll('snapshots', name, 10)).rejects.toMatchObject(expected);
      await expect(made.backend.load('snapshots', name, 0, Buffer.alloc(1))).rejects.toMatchObject(expected);
    });

    test('replaces a file', async () => {
      await using made = await setUp();
      await made.backend.save('config', '', Buffer.from('another'));
      expect((await made.backend.loadAll('config', '', 100)).toString()).toBe('another');
    });

    test('takes many files at once', async () => {
      await using made = await setUp();
      const contents = Array.from({ length: 40 }, () => randomBytes(5000));
      await Promise.all(contents.map((bytes) => made.backend.save('data', nameOf(bytes), bytes)));
      expect((await collect(made.backend, 'data')).size).toBe(40);
    });

    test('stops listing when cancelled', async () => {
      await using made = await setUp();
      const listing = made.backend.list('data', AbortSignal.abort());
      await expect(listing[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'CANCELLED' });
    });

    test('shows a saved file in the next listing where it says so', async () => {
      await using made = await setUp();
      const { backend } = made;
      if (!(await backend.listsAtOnce())) return;
      for (let i = 0; i < 20; i++) {
        const bytes = randomBytes(100);
        await backend.save('locks', nameOf(bytes), bytes);
        const names: string[] = [];
        for await (const { name } of backend.list('locks')) names.push(name);
        expect(names).toContain(nameOf(bytes));
      }
    });

    test('knows its space or says that it does not', async () => {
      await using made = await setUp();
      const space = await made.backend.space();
      if (space !== undefined) expect(space.totalBytes).toBeGreaterThanOrEqual(space.freeBytes);
    });

    test('is unreachable, at once, when it vanishes', async () => {
      await using made = await setUp();
      const { backend } = made;
      const bytes = randomBytes(2_000_000);
      const name = nameOf(bytes);
      await backend.save('data', name, bytes);
      await made.vanish();
      const expected = { code: 'REPOSITORY_UNREACHABLE', details: { repository: backend.location } };
      const started = performance.now();
      await expect(backend.save('data', name, bytes)).rejects.toMatchObject(expected);
      await expect(backend.save('locks', name, Buffer.from('x'))).rejects.toMatchObject(expected);
      await expect(backend.load('data', name, 0, Buffer.alloc(10))).rejects.toMatchObject(expected);
      await expect(backend.size('data', name)).rejects.toMatchObject(expected);
      await expect(backend.remove('data', name)).rejects.toMatchObject(expected);
      await expect(backend.removeAll('data', [name])).rejects.toMatchObject(expected);
      await expect(collect(backend, 'data')).rejects.toMatchObject(expected);
      expect(performance.now() - started).toBeLessThan(2000);
    });
  });
}
