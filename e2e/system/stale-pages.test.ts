/**
 * btrfs and XFS write their metadata past the page cache of their device. Pages that a list of volumes read earlier must
 * not decide what a later image reads.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFileSystem } from '#engine/testing/test-volume.ts';
import { checkFileSystem, fileHashes } from '#engine/testing/volume-files.ts';
import { run, Stand } from './stand.ts';
import { hashes, MIB, seededBytes, sparseFile } from './volumes.ts';

/** Files of a megabyte each, on the medium when this returns. */
async function writeFiles(point: string, name: string, count: number): Promise<void> {
  await mkdir(join(point, name));
  for (let index = 0; index < count; index++) {
    await writeFile(join(point, name, `file-${index}`), seededBytes(index + 1, MIB));
  }
  await run('sync', ['-f', point]);
}

test.each([
  { type: 'btrfs', mebibytes: 256, options: [] },
  { type: 'xfs', mebibytes: 320, options: [] },
])('$type: listed, written to, then imaged', async ({ type, mebibytes, options }) => {
  await using stand = await Stand.create();
  const file = await sparseFile(join(stand.folder, 'volume.img'), mebibytes * MIB);
  await makeFileSystem(file, [type, ...options]);
  const device = await stand.attach(file);
  const point = await stand.mount(device);
  await stand.ok('init');
  await writeFiles(point, 'before', 8);
  // Whatever the kernel's read-ahead brings in stays in the page cache of the device.
  await stand.ok('query', 'volume');
  await run('dd', [`if=${device}`, 'of=/dev/null', 'bs=1M', 'status=none']);
  await writeFiles(point, 'after', 24);
  await run('rm', ['-r', join(point, 'before')]);
  await run('sync', ['-f', point]);
  const files = await hashes(point);

  const target = await stand.attach(await sparseFile(join(stand.folder, 'target.img'), mebibytes * MIB));
  // Static: read-only for the run. A dynamic image of btrfs is of one committed state as long as nobody writes.
  for (const imageType of type === 'btrfs' ? ['static', 'dynamic'] : ['static']) {
    const { image } = await stand.backup(device, `-imagetype=${imageType}`);
    await stand.ok('restore', 'image', image.id, target, '-noprompt', '-freespace=zero');
    await checkFileSystem(type, target);
    // Two mounted file systems may not have the same identity.
    await run('umount', [point]);
    const restored = await fileHashes(type, target);
    expect(Object.keys(restored)).toHaveLength(files.size);
    for (const [path, hash] of files) expect(restored[path.replace(/^\//, '')]).toBe(hash);
    await run('mount', [device, point]);
  }
});
