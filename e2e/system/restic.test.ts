/** The outside judge: restic reads, checks, dumps and restores what we wrote, and we restore what restic wrote. */
import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run, Stand } from './stand.ts';
import { ext4File, fill, freeBlocks, hashes, MIB, sparseFile, wreck } from './volumes.ts';

const SIZE = 192 * MIB + 64 * 1024;

test('a volume is backed up, changed, backed up again, wrecked, restored and judged by programs of others', async () => {
  await using stand = await Stand.create();
  const device = await stand.attach(await ext4File(stand, 'volume.ext4', SIZE));
  const point = await stand.mount(device);
  await fill(point, 60);
  await run('rm', ['-r', join(point, 'photos')]);
  await fill(point, 20, 2);
  const first = await hashes(point);
  await run('umount', [point]);

  await stand.ok('init');
  const snapshot = (await stand.backup(device)).image.id;
  await run('mount', [device, point]);
  await fill(point, 4, 3);
  const second = await hashes(point);
  await run('umount', [point]);
  const { counters } = await stand.backup(device);
  expect(counters.storedBytes).toBeLessThan(8 * MIB);
  expect(counters.deduplicatedBytes).toBeGreaterThan(20 * MIB);

  await stand.restic(['check', '--read-data']);
  const list = JSON.parse((await stand.restic(['snapshots', '--json'])).stdout) as {
    tags: string[];
    paths: string[];
  }[];
  expect(list.map((item) => item.tags.slice(0, 2))).toEqual([
    ['stillframe', 'image'],
    ['stillframe', 'image'],
  ]);

  // restic's dump must agree with the source in every used block, and be zero in every free one.
  const dumped = join(stand.folder, 'dumped.img');
  const imagePath = (await stand.restic(['ls', 'latest'])).stdout
    .split('\n')
    .find((line) => line.endsWith('/volume.img'));
  await run('bash', ['-c', `restic dump latest "${imagePath}" > "${dumped}"`], {
    env: { RESTIC_REPOSITORY: stand.place.repository, RESTIC_PASSWORD_FILE: stand.place.passwordFile },
  });
  await compareUsedBlocks(device, dumped);
  const restored = join(stand.folder, 'restored');
  await stand.restic(['restore', 'latest', '--target', restored]);
  const byRestic = createHash('sha256')
    .update(await readFile(join(restored, imagePath ?? '')))
    .digest('hex');
  expect(byRestic).toBe(
    createHash('sha256')
      .update(await readFile(dumped))
      .digest('hex'),
  );

  await wreck(device, SIZE);
  const result = await stand.ok('restore', 'image', device, '-noprompt');
  expect(result.verifiedBytes).toBeGreaterThan(0);
  await run('e2fsck', ['-fn', device]);
  await run('mount', [device, point]);
  expect(await hashes(point)).toEqual(second);
  await run('umount', [point]);

  await wreck(device, SIZE);
  await stand.ok('restore', 'image', snapshot.slice(0, 10), device, '-noprompt', '-freespace=zero');
  await run('e2fsck', ['-fn', device]);
  await run('mount', [device, point]);
  expect(await hashes(point)).toEqual(first);
});

test('an image that restic itself backed up from the device is listed and restored', async () => {
  await using stand = await Stand.create();
  const file = await ext4File(stand, 'source.ext4', 96 * MIB);
  const source = await stand.attach(file);
  const point = await stand.mount(source);
  await fill(point, 24);
  await run('umount', [point]);
  await stand.restic(['init', '--repository-version', '2']);
  await run('bash', ['-c', `restic backup --stdin --stdin-filename disk.img < ${source}`], {
    env: { RESTIC_REPOSITORY: stand.place.repository, RESTIC_PASSWORD_FILE: stand.place.passwordFile },
  });
  const { images } = (await stand.ok('query', 'image')) as {
    images: { id: string; imageSize: number; origin: string }[];
  };
  expect(images).toHaveLength(1);
  expect(images[0]).toMatchObject({ imageSize: 96 * MIB, origin: 'restic' });

  const target = await stand.attach(await sparseFile(join(stand.folder, 'target.img'), 96 * MIB));
  await wreck(target, 96 * MIB);
  await stand.ok('restore', 'image', images[0]?.id ?? '', target, '-noprompt');
  await run('cmp', [source, target]);
  await run('e2fsck', ['-fn', target]);
});

async function compareUsedBlocks(device: string, dumped: string): Promise<void> {
  const { blockBytes, ranges } = await freeBlocks(device);
  const free = new Set<number>();
  for (const [firstBlock, last] of ranges) for (let b = firstBlock; b <= last; b++) free.add(b);
  await using source = await open(device, 'r');
  await using image = await open(dumped, 'r');
  expect((await image.stat()).size).toBe(SIZE);
  const [a, b] = [Buffer.alloc(blockBytes), Buffer.alloc(blockBytes)];
  let different = 0;
  let stale = 0;
  let used = 0;
  const gapBytes = 32 * 1024;
  for (let block = 0; block < Math.floor(SIZE / blockBytes); block++) {
    await image.read(b, 0, blockBytes, block * blockBytes);
    if (free.has(block)) {
      // Gaps of at most imagegapsize are sent; anything else that is free must be zero.
      if (!b.every((byte) => byte === 0) && !nearUsed(free, block, gapBytes / blockBytes)) stale++;
      continue;
    }
    used++;
    await source.read(a, 0, blockBytes, block * blockBytes);
    if (!a.equals(b)) different++;
  }
  expect({ different, stale }).toEqual({ different: 0, stale: 0 });
  expect(used).toBeGreaterThan(1000);
}

function nearUsed(free: Set<number>, block: number, gapBlocks: number): boolean {
  let first = block;
  let last = block;
  while (free.has(first - 1)) first--;
  while (free.has(last + 1)) last++;
  return last - first + 1 <= gapBlocks;
}
