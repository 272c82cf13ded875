import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readdir, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratch } from '../restic-oracle.ts';
import type { Backend, StoredFile } from './backend.ts';
import { describeBackend } from './conformance.ts';
import { createBackend } from './create-backend.ts';
import { createLocalBackend } from './local.ts';
import { isAbandoned, temporaryName } from './temporary-names.ts';

const ID = 'ab'.repeat(32);
const isRoot = process.getuid?.() === 0;

async function listed(backend: Backend): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  for await (const file of backend.list('data')) files.push(file);
  return files;
}

describeBackend('a directory', async () => {
  const place = scratch();
  const path = join(place.path, 'repository');
  return {
    backend: createLocalBackend(path),
    reopen: () => createLocalBackend(path),
    vanish: () => rename(path, `${path}-gone`),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
});

describe('a directory', () => {
  test("has restic's layout and modes", async () => {
    await using place = scratch();
    const backend = createLocalBackend(join(place.path, 'new', 'repository'));
    await backend.create();
    await backend.save('config', '', Buffer.from('x'));
    await backend.save('data', ID, randomBytes(2_000_000));
    await backend.save('index', ID, randomBytes(20));
    const top = await readdir(backend.location);
    expect(top.sort()).toEqual(['config', 'data', 'index', 'keys', 'locks', 'snapshots']);
    expect(await readdir(join(backend.location, 'data'))).toHaveLength(256);
    for (const file of ['config', `data/ab/${ID}`, `index/${ID}`]) {
      expect((await stat(join(backend.location, file))).mode & 0o777).toBe(0o400);
    }
    expect((await stat(join(backend.location, 'data/ab'))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(backend.location, 'data/ab'))).toEqual([ID]);
  });

  test('is open to the group where the config is', async () => {
    await using place = scratch();
    const backend = createLocalBackend(place.path);
    await backend.create();
    await backend.save('config', '', Buffer.from('x'));
    await chmod(join(place.path, 'config'), 0o440);
    await backend.save('index', ID, randomBytes(20));
    expect((await stat(join(place.path, 'index', ID))).mode & 0o777).toBe(0o440);
  });

  test('ignores what is not a repository file, and makes folders that are missing', async () => {
    await using place = scratch();
    const backend = createLocalBackend(place.path);
    await mkdir(join(place.path, 'data', 'zz'), { recursive: true });
    await mkdir(join(place.path, 'data', '00'), { recursive: true });
    await writeFile(join(place.path, 'data', '00', ID), 'in the wrong folder');
    await writeFile(join(place.path, 'data', 'zz', 'file'), 'x');
    await backend.save('config', '', Buffer.from('x'));
    expect(await listed(backend)).toEqual([]);
    await backend.save('data', ID, Buffer.from('here'));
    expect(await listed(backend)).toEqual([{ name: ID, sizeBytes: 4 }]);
  });

  test('does not write into the empty mount point of a disk that is gone', async () => {
    await using place = scratch();
    const path = join(place.path, 'mount');
    const backend = createLocalBackend(path);
    await backend.create();
    await backend.save('config', '', Buffer.from('x'));
    await rename(path, join(place.path, 'elsewhere'));
    await mkdir(path);
    await expect(backend.save('data', ID, Buffer.from('x'))).rejects.toMatchObject({ code: 'REPOSITORY_UNREACHABLE' });
    expect(await readdir(path)).toEqual([]);
  });

  test('removes unfinished files of dead processes and very old ones, not those of living ones', async () => {
    await using place = scratch();
    const backend = createLocalBackend(place.path);
    await backend.create();
    await backend.save('config', '', Buffer.from('x'));
    const source = `import { temporaryName } from ${JSON.stringify(join(import.meta.dirname, 'temporary-names.ts'))};
      console.log(temporaryName());`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = await once(child.stdout, 'data');
    await once(child, 'close');
    const dead = String(output).trim();
    const living = temporaryName();
    const foreign = living.replace(/^(\.stillframe-)[0-9a-f]{8}/, '$100000000');
    const oldForeign = `${foreign.slice(0, -12)}0123456789ab`;
    for (const name of [dead, living, foreign, oldForeign]) await writeFile(join(place.path, 'data/ab', name), 'x');
    await utimes(join(place.path, 'data/ab', oldForeign), 0, 0);
    await writeFile(join(place.path, 'index', '.hidden'), 'not ours');
    expect(await backend.removeLeftovers()).toBe(2);
    expect((await readdir(join(place.path, 'data/ab'))).sort()).toEqual([living, foreign].sort());
    expect(isAbandoned(living, Number.MAX_SAFE_INTEGER)).toBe(false);
  });

  test.runIf(isRoot)('says when it is full, and leaves nothing half-written', async () => {
    await using place = scratch();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', place.path]);
    try {
      const backend = createLocalBackend(place.path);
      await backend.create();
      await backend.save('config', '', Buffer.from('x'));
      for (const length of [8_000_000, 4_000_000]) {
        await expect(backend.save('data', ID, randomBytes(length))).rejects.toMatchObject({
          code: 'REPOSITORY_FULL',
          details: { repository: place.path, path: join(place.path, 'data/ab', ID) },
        });
      }
      expect(await readdir(join(place.path, 'data/ab'))).toEqual([]);
      await backend.save('data', ID, randomBytes(1_500_000));
    } finally {
      execFileSync('umount', [place.path]);
    }
  });

  test.runIf(isRoot)('says when it may not be written', async () => {
    await using place = scratch();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', place.path]);
    try {
      const backend = createLocalBackend(place.path);
      await backend.create();
      await backend.save('config', '', Buffer.from('x'));
      execFileSync('mount', ['-o', 'remount,ro', place.path]);
      const expected = { code: 'REPOSITORY_PERMISSION', details: { repository: place.path } };
      await expect(backend.save('data', ID, randomBytes(2_000_000))).rejects.toMatchObject(expected);
      await expect(backend.save('locks', ID, Buffer.from('x'))).rejects.toMatchObject(expected);
      await expect(backend.remove('config', '')).rejects.toMatchObject(expected);
    } finally {
      execFileSync('umount', [place.path]);
    }
  });
});

describe('createBackend', () => {
  test('takes directories', () => {
    expect(createBackend('/some/where').location).toBe('/some/where');
    expect(createBackend('/with:colon').location).toBe('/with:colon');
    expect(createBackend('local:/some/where').location).toBe('/some/where');
    expect(createBackend('relative').location).toBe(join(process.cwd(), 'relative'));
  });

  test.each([
    's3:https://host/bucket',
    'sftp:host:/path',
    'rest:http://host/',
    '',
    ' ',
    'local:',
    'constructor:x',
    '\0',
  ])('refuses %j', (location) => {
    expect(() => createBackend(location)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});
