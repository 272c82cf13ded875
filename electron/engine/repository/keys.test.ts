import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLocalBackend } from './backends/local.ts';
import { deriveKey, encodeKeyFile, openMasterKey, parseKeyFile, sealMasterKey } from './key-file.ts';
import { newRepository, reopen, scratch } from './restic-oracle.ts';
import { saveUnpacked } from './unpacked.ts';

const reference = { repository: '/r', kind: 'key', id: 'ab' } as const;
const base = {
  created: '2026-11-21T01:02:03Z',
  username: 'u',
  hostname: 'h',
  kdf: 'scrypt',
  ...{ N: 32768, r: 8, p: 5 },
  salt: randomBytes(64).toString('base64'),
  data: randomBytes(150).toString('base64'),
};

function parse(change: object): unknown {
  return parseKeyFile(Buffer.from(JSON.stringify({ ...base, ...change })), reference);
}

describe('key files', () => {
  test.each([
    { kdf: 'argon2' },
    { N: 2 ** 23 },
    { N: 1000 },
    { N: 1 },
    { N: 1.5 },
    { N: '32768' },
    { N: 2 ** 22, r: 8 },
    { r: 0 },
    { r: 2000 },
    { p: 2 ** 20 },
    { p: 1024 },
    { salt: '' },
    { salt: 7 },
    { data: '' },
    { data: null },
  ])('with %j are refused before anything is derived', (change) => {
    const details = expect.objectContaining({ kind: 'key', file: 'keys/ab' });
    expect(() => parse(change)).toThrow(expect.objectContaining({ code: 'REPOSITORY_DAMAGED', details }));
  });

  test('as restic writes them are accepted', () => {
    expect(parse({})).toMatchObject({ N: 32768, r: 8, p: 5, username: 'u' });
  });

  test('open with their passphrase only', async () => {
    const master = randomBytes(64);
    const kdf = { N: 16, r: 8, p: 1 };
    const salt = randomBytes(64);
    const data = sealMasterKey(await deriveKey('right', salt, kdf), master);
    const file = parseKeyFile(
      encodeKeyFile({ ...kdf, created: '', username: '', hostname: '', salt, data }),
      reference,
    );
    expect(openMasterKey(await deriveKey('right', salt, kdf), file, reference)).toEqual(master);
    expect(openMasterKey(await deriveKey('Right', salt, kdf), file, reference)).toBeUndefined();
  });
});

describe('the config', () => {
  const good = { version: 2, id: 'ab'.repeat(32), chunker_polynomial: '25b468838dcb75' };

  test.each([
    [{ version: 3 }, 'REPOSITORY_UNSUPPORTED'],
    [{ version: 0 }, 'REPOSITORY_DAMAGED'],
    [{ version: '2' }, 'REPOSITORY_DAMAGED'],
    [{ id: 'ab' }, 'REPOSITORY_DAMAGED'],
    [{ chunker_polynomial: '25b468838dcb74' }, 'REPOSITORY_DAMAGED'],
    [{ chunker_polynomial: 7 }, 'REPOSITORY_DAMAGED'],
  ])('with %j is %s', async (change, code) => {
    await using place = scratch();
    await using repository = await newRepository(place.path);
    const session = { backend: createLocalBackend(place.path), key: repository.masterKey, version: 2 } as const;
    await saveUnpacked(session, 'config', Buffer.from(JSON.stringify({ ...good, ...change })));
    await expect(reopen(place.path)).rejects.toMatchObject({
      code,
      details: { repository: place.path, file: 'config' },
    });
  });

  test('of a repository is not made where a file is', async () => {
    await using place = scratch();
    const path = join(place.path, 'file');
    await writeFile(path, 'x');
    for (const place of [path, join(path, 'below')]) {
      const expected = { code: 'OPTION_INVALID', details: { option: 'repository', value: place } };
      await expect(newRepository(place)).rejects.toMatchObject(expected);
    }
    await expect(newRepository(join(path, 'x'.repeat(300)))).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(reopen(path)).rejects.toMatchObject({ code: 'REPOSITORY_NOT_FOUND' });
    await mkdir(join(place.path, 'empty'));
    await expect(reopen(join(place.path, 'empty'))).rejects.toMatchObject({ code: 'REPOSITORY_NOT_FOUND' });
  });
});
