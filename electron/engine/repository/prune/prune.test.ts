import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { filesOf, newRepository, restic, saveFiles, scratch } from '../restic-oracle.ts';

vi.setConfig({ testTimeout: 60_000 });

test('first', async () => {
  await using place = scratch();
  const path = join(place.path, 'repository');
  await using repository = await newRepository(path);
  const shared = Array.from({ length: 10 }, () => randomBytes(600_000));
  const own = Array.from({ length: 10 }, () => randomBytes(600_000));
  const mixed: Buffer[] = shared.flatMap((blob, i) => [blob, own[i] ?? blob]);
  const first = await saveFiles(repository, { mixed });
  const kept = await saveFiles(repository, { kept: shared });
  await using lock = await repository.lock(true);
  await repository.removeSnapshots([first, 'ab'.repeat(32)]);
  const plan = await repository.planPrune();
  console.log(plan);
  const report = await repository.prune();
  console.log(report, await filesOf(path, 'data'), await filesOf(path, 'index'));
  expect(plan.repackPacks).toBe(report.repackedPacks);
  await lock[Symbol.asyncDispose]();
  expect(await restic(path, ['check', '--read-data'])).toContain('no errors were found');
  const bytes = await restic(path, ['dump', kept, '/folder/kept']);
  expect(bytes.length).toBeGreaterThan(0);
  console.log(await restic(path, ['prune', '-v']));
});
