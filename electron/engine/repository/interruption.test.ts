/** kill -9 at any moment of a run: what was there stays good, and the next run cleans up and goes on. */
import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { newRepository, restic, saveFiles, scratch } from './restic-oracle.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Takes a lock, says so and writes until it is killed. */
function writer(path: string): string {
  return `
    const { randomBytes } = await import('node:crypto');
    const { reopen, saveFiles } = await import(${JSON.stringify(join(import.meta.dirname, 'restic-oracle.ts'))});
    const repository = await reopen(${JSON.stringify(path)});
    await repository.lock(false);
    console.log('writing');
    for (;;) {
      const blobs = Array.from({ length: 30 }, () => randomBytes(600_000));
      await saveFiles(repository, { file: blobs });
    }`;
}

test('a run that is killed leaves a good repository', async () => {
  await using place = scratch();
  const path = join(place.path, 'repository');
  await using repository = await newRepository(path);
  const first = await saveFiles(repository, { file: [randomBytes(2_000_000)] });
  for (let round = 0; round < 6; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', writer(path)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await sleep(randomInt(400));
    child.kill('SIGKILL');
    await once(child, 'close');

    await using lock = await repository.lock(true);
    expect(lock.lost.aborted).toBe(false);
    expect(await readdir(join(path, 'locks'))).toHaveLength(1);
    const hidden = (await readdir(path, { recursive: true })).filter((name) => name.includes('.stillframe-'));
    expect(hidden).toEqual([]);
    const { problems } = await repository.check({ readData: true });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
  expect((await repository.listSnapshots()).map(({ id }) => id)).toContain(first);
  expect(await restic(path, ['check', '--read-data'])).toContain('no errors were found');
  expect(await restic(path, ['prune'])).toContain('done');
  expect((await repository.check({ readData: true })).problems).toEqual([]);
});
