import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { History } from './history.ts';

let folder: string;
const path = () => join(folder, 'state', 'history');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stillframe-history-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('lines are kept for the next session, each once in a row, for nobody else to read', async () => {
  const history = await History.read(path());
  for (const line of ['q im', 'q im', 'q vol', 'two\nlines']) await history.add(line);
  expect((await stat(path())).mode & 0o777).toBe(0o600);
  expect((await History.read(path())).lines).toEqual(['q im', 'q vol']);
  await chmod(path(), 0o644);
  await history.add('check');
  expect((await stat(path())).mode & 0o777).toBe(0o600);
});

test('a file that grew too long is cut to its last lines', async () => {
  await (await History.read(path())).add('first');
  const many = Array.from({ length: 10_000 }, (_, i) => `query image -detail /dev/disk/by-label/volume-${i}`);
  await writeFile(path(), many.join('\n'));
  expect((await History.read(path())).lines.at(-1)).toBe(many.at(-1));
  expect((await readFile(path(), 'utf8')).trim().split('\n').length).toBeLessThanOrEqual(1000);
});

test('what cannot be read or written is not remembered, and nothing fails', async () => {
  await writeFile(join(folder, 'other'), 'not ours\n');
  await symlink(join(folder, 'other'), join(folder, 'link'));
  const history = await History.read(join(folder, 'link'));
  expect(history.lines).toEqual([]);
  await history.add('q im');
  expect(history.lines).toEqual(['q im']);
  expect(await readFile(join(folder, 'other'), 'utf8')).toBe('not ours\n');
  await (await History.read(folder)).add('q im');
});
