/** A truncated pack and a flipped bit in each kind of repository file: found, named, never restored from. */
import { chmod, open, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorOf, run, Stand } from './stand.ts';
import { MIB, seededBytes, sparseFile } from './volumes.ts';

const SIZE = 8 * MIB;

async function preparedStand(): Promise<{ stand: Stand; volume: string }> {
  const stand = await Stand.create();
  const volume = await sparseFile(join(stand.folder, 'volume.img'), SIZE);
  {
    await using file = await open(volume, 'r+');
    await file.write(seededBytes(1, 6 * MIB));
  }
  await stand.ok('init');
  await stand.ok('backup', 'image', volume);
  return { stand, volume };
}

/** The largest file of a kind: the data pack rather than the tree pack. */
async function fileOf(stand: Stand, kind: string): Promise<string> {
  const root = join(stand.place.repository, kind);
  if ((await stat(root)).isFile()) return root;
  const entries = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sized = await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, size: (await stat(path)).size };
    }),
  );
  const largest = sized.sort((a, b) => b.size - a.size)[0];
  if (!largest) throw new Error(`no ${kind} file`);
  return largest.path;
}

async function flipBit(path: string): Promise<void> {
  await chmod(path, 0o600);
  await using file = await open(path, 'r+');
  const at = Math.floor((await file.stat()).size / 2);
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 0x10;
  await file.write(byte, 0, 1, at);
}

test.each(['config', 'index', 'snapshots', 'data', 'keys'])('a flipped bit in %s is found and named', async (kind) => {
  const { stand, volume } = await preparedStand();
  await using _stand = stand;
  const damaged = await fileOf(stand, kind);
  // Another key that is whole would open the repository, so every key is damaged.
  const victims = kind === 'keys' ? await readdir(join(stand.place.repository, 'keys')) : [];
  if (victims.length === 0) await flipBit(damaged);
  for (const key of victims) await flipBit(join(stand.place.repository, 'keys', key));
  const outcome = await stand.run('check', '-readdata');
  expect(outcome.code).toBe(12);
  const said = JSON.stringify(outcome.lines);
  expect(said).toMatch(/REPOSITORY_DAMAGED|PASSPHRASE_WRONG|"severity":"error"/);
  const names = victims.length > 0 ? victims : [damaged.split('/').at(-1) ?? ''];
  if (kind !== 'config') expect(names.some((name) => (said + outcome.stderr).includes(name.slice(0, 8)))).toBe(true);

  // Nothing damaged is ever written onto a target.
  const target = await sparseFile(join(stand.folder, 'target.img'), SIZE);
  const restore = await stand.run('restore', 'image', volume, target, '-noprompt');
  expect(restore.code).toBe(12);
  expect(errorOf(restore).code).toMatch(/^(REPOSITORY_DAMAGED|IMAGE_DAMAGED|IMAGE_NOT_FOUND|PASSPHRASE_WRONG)$/);
  await run('cmp', ['-n', String(SIZE), target, '/dev/zero']);
});

test('a truncated pack is found before anything is written', async () => {
  const { stand, volume } = await preparedStand();
  await using _stand = stand;
  const pack = await fileOf(stand, 'data');
  await chmod(pack, 0o600);
  await truncate(pack, Math.floor((await stat(pack)).size / 2));
  const check = await stand.run('check');
  expect(check.code).toBe(12);
  expect(JSON.stringify(check.lines)).toContain((pack.split('/').at(-1) ?? '').slice(0, 8));
  const target = await sparseFile(join(stand.folder, 'target.img'), SIZE);
  const restore = await stand.run('restore', 'image', volume, target, '-noprompt');
  expect(errorOf(restore).code).toBe('REPOSITORY_DAMAGED');
  await run('cmp', ['-n', String(SIZE), target, '/dev/zero']);
});

test('a lock that is damaged does not stop a check from naming it', async () => {
  const { stand } = await preparedStand();
  await using _stand = stand;
  const lock = join(stand.place.repository, 'locks', 'a'.repeat(64));
  await writeFile(lock, seededBytes(9, 120));
  const outcome = await stand.run('check');
  expect(JSON.stringify(outcome.lines) + outcome.stderr).toMatch(/lock/i);
});

test('a pack that is gone is stored anew by the next backup, which can be restored', async () => {
  const { stand, volume } = await preparedStand();
  await using _stand = stand;
  await rm(await fileOf(stand, 'data'), { force: true });
  const before = await sparseFile(join(stand.folder, 'before.img'), SIZE);
  expect(errorOf(await stand.run('restore', 'image', volume, before, '-noprompt')).code).toBe('IMAGE_DAMAGED');
  await run('cmp', ['-n', String(SIZE), before, '/dev/zero']);

  const again = await stand.run('backup', 'image', volume);
  expect(again.code).toBe(8);
  expect(JSON.stringify(again.lines.at(-1))).toContain('packs of the repository are missing');
  const target = await sparseFile(join(stand.folder, 'target.img'), SIZE);
  await stand.ok('restore', 'image', volume, target, '-noprompt');
  await run('cmp', [volume, target]);
});
