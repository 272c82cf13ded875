import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_FILE_REVISION, readOptionsBytes, revisionOf } from './options-file.ts';
import { writeOptionsFile } from './write-options-file.ts';

const isRoot = process.getuid?.() === 0;
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stillframe-write-'));
  path = join(folder, 'stillframe.opt');
});

afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

const write = (text: string, before: string | undefined, to = path) =>
  writeOptionsFile(to, Buffer.from(text), revisionOf(before === undefined ? undefined : Buffer.from(before)));

describe('writeOptionsFile', () => {
  test('makes file and folder, for this user alone', async () => {
    const deep = join(folder, 'a/b/stillframe.opt');
    await write('theme dark\n', undefined, deep);
    expect(await readFile(deep, 'utf8')).toBe('theme dark\n');
    expect((await stat(deep)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'a/b'))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(folder, 'a/b'))).toEqual(['stillframe.opt']);
  });

  test('of many who save at once from the same file, one is told that it saved, and all others that they did not', async () => {
    for (let round = 0; round < 10; round++) {
      const before = `before ${round}`;
      await writeFile(path, before);
      const writers = ['a', 'b', 'c', 'd'].map(async (text) => {
        try {
          await write(text, before);
          return text;
        } catch (error) {
          expect(error).toMatchObject({ code: 'OPTIONS_CHANGED' });
          return '';
        }
      });
      const saved = (await Promise.all(writers)).filter((text) => text !== '');
      expect(saved).toEqual([await readFile(path, 'utf8')]);
      expect(await readFile(`${path}.bak`, 'utf8')).toBe(before);
      expect((await readdir(folder)).sort()).toEqual(['stillframe.opt', 'stillframe.opt.bak']);
    }
  });

  test('a save that was killed in the middle keeps nobody from saving', async () => {
    await writeFile(path, 'one');
    await writeFile(join(folder, '.stillframe.opt.lock'), '4194305 0');
    await write('two', 'one');
    await writeFile(join(folder, '.stillframe.opt.lock'), '');
    await utimes(join(folder, '.stillframe.opt.lock'), new Date(0), new Date(0));
    await write('three', 'two');
    expect(await readFile(path, 'utf8')).toBe('three');
    expect((await readdir(folder)).sort()).toEqual(['stillframe.opt', 'stillframe.opt.bak']);
  });

  test('keeps mode and owner, and what was before', async () => {
    await writeFile(path, 'one');
    await chmod(path, 0o640);
    const { uid, gid } = await stat(path);
    await write('two', 'one');
    await write('three', 'two');
    expect(await readFile(path, 'utf8')).toBe('three');
    expect(await readFile(`${path}.bak`, 'utf8')).toBe('two');
    for (const file of [path, `${path}.bak`]) {
      expect(await stat(file).then(({ mode, uid: u, gid: g }) => [mode & 0o777, u, g])).toEqual([0o640, uid, gid]);
    }
    expect((await readdir(folder)).sort()).toEqual(['stillframe.opt', 'stillframe.opt.bak']);
  });

  test.runIf(isRoot)('a file of somebody else stays theirs', async () => {
    await writeFile(path, 'one');
    const { execFileSync } = await import('node:child_process');
    execFileSync('chown', ['12345:54321', path]);
    await write('two', 'one');
    expect(await stat(path).then(({ uid, gid }) => [uid, gid])).toEqual([12345, 54321]);
  });

  test('follows links, and leaves them links', async () => {
    const real = join(folder, 'real');
    await mkdir(real);
    await writeFile(join(real, 'mine.opt'), 'one');
    await symlink('real/mine.opt', path);
    await write('two', 'one');
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect(await readFile(join(real, 'mine.opt'), 'utf8')).toBe('two');
    expect(await readFile(join(real, 'mine.opt.bak'), 'utf8')).toBe('one');
    const dangling = join(folder, 'dangling.opt');
    await symlink('real/new.opt', dangling);
    await write('new', undefined, dangling);
    expect(await readFile(join(real, 'new.opt'), 'utf8')).toBe('new');
  });

  test.runIf(isRoot)('root does not follow the link of somebody else to what is not theirs', async () => {
    const { execFileSync } = await import('node:child_process');
    const theirs = join(folder, 'theirs');
    await writeFile(theirs, 'one');
    await symlink('theirs', path);
    execFileSync('chown', ['-h', '12345', path]);
    await expect(write('two', 'one')).rejects.toMatchObject({ code: 'OPTIONS_UNWRITABLE' });
    execFileSync('chown', ['12345', theirs]);
    await write('two', 'one');
    expect(await readFile(theirs, 'utf8')).toBe('two');
    await rm(theirs);
    await expect(write('two', undefined)).rejects.toMatchObject({ code: 'OPTIONS_UNWRITABLE' });
  });

  test('a copy at the place of the backup is replaced, not written through', async () => {
    const precious = join(folder, 'precious');
    await writeFile(precious, 'precious');
    await link(precious, `${path}.bak`);
    await writeFile(path, 'one');
    await write('two', 'one');
    expect(await readFile(precious, 'utf8')).toBe('precious');
  });

  test('a file that changed in the meantime is left alone', async () => {
    await writeFile(path, 'theirs');
    await expect(write('mine', 'one')).rejects.toMatchObject({ code: 'OPTIONS_CHANGED' });
    await expect(write('mine', undefined)).rejects.toMatchObject({ code: 'OPTIONS_CHANGED' });
    expect(await readFile(path, 'utf8')).toBe('theirs');
    await rm(path);
    await expect(write('mine', 'one')).rejects.toMatchObject({ code: 'OPTIONS_CHANGED' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('what is no file or in no folder cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(write('x', undefined, join(folder, 'file/stillframe.opt'))).rejects.toMatchObject({
      code: 'OPTIONS_UNWRITABLE',
    });
    await mkdir(path);
    await expect(write('x', undefined)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });

  test.runIf(!isRoot)('a file that may not be written stays', async () => {
    await writeFile(path, 'one');
    await chmod(path, 0o400);
    await expect(write('two', 'one')).rejects.toMatchObject({ code: 'OPTIONS_UNWRITABLE' });
    await chmod(path, 0o600);
    await chmod(folder, 0o500);
    await expect(write('two', 'one')).rejects.toMatchObject({ code: 'OPTIONS_UNWRITABLE' });
    expect(await readFile(path, 'utf8')).toBe('one');
  });

  test.runIf(isRoot)('a file that even root may not write stays', async () => {
    const { execFileSync, spawnSync } = await import('node:child_process');
    await writeFile(path, 'one');
    // Not every file system knows the attribute.
    if (spawnSync('chattr', ['+i', path]).status !== 0) return;
    try {
      await expect(write('two', 'one')).rejects.toMatchObject({ code: 'OPTIONS_UNWRITABLE' });
      expect(await readFile(path, 'utf8')).toBe('one');
    } finally {
      execFileSync('chattr', ['-i', path]);
    }
  });

  test('what a killed save left is removed, but not what a running one is writing', async () => {
    await writeFile(path, 'one');
    const old = join(folder, '.stillframe.opt.new-0123456789ab');
    const fresh = join(folder, '.stillframe.opt.new-ba9876543210');
    await writeFile(old, 'half');
    await writeFile(fresh, 'half');
    await utimes(old, 1, 1);
    await write('two', 'one');
    expect((await readdir(folder)).sort()).toEqual([
      '.stillframe.opt.new-ba9876543210',
      'stillframe.opt',
      'stillframe.opt.bak',
    ]);
  });
});

describe('readOptionsBytes', () => {
  test('a pipe hangs nobody, a huge file fills nobody’s memory', async () => {
    const { execFileSync } = await import('node:child_process');
    execFileSync('mkfifo', [path]);
    await expect(readOptionsBytes(path)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await rm(path);
    execFileSync('truncate', ['-s', '10G', path]);
    await expect(readOptionsBytes(path)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await rm(path);
    expect(await readOptionsBytes(path)).toBeUndefined();
    expect(revisionOf(undefined)).toBe(NO_FILE_REVISION);
  });
});
