/**
 * btrfs and XFS write their metadata past the page cache of their device. Pages that a list of volumes read earlier must
 * not decide what a later image reads.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

/** Maps all of a device, touches every page, and stays alive until the stand is undone. */
async function holdPages(stand: Stand, device: string): Promise<void> {
  const script = [
    'import mmap, os, sys',
    'f = os.open(sys.argv[1], os.O_RDONLY)',
    'm = mmap.mmap(f, os.lseek(f, 0, os.SEEK_END), prot=mmap.PROT_READ)',
    'sum(m[i] for i in range(0, len(m), 4096))',
    'print("held", flush=True)',
    'sys.stdin.read()',
  ].join('\n');
  const child = spawn('python3', ['-c', script, device], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  stand.defer(async () => {
    child.kill();
    await closed;
  });
  await Promise.race([once(child.stdout, 'data'), closed]);
  expect(child.exitCode).toBeNull();
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
  // What a process has mapped stays in the cache whatever is asked of the kernel: here, a clean log and empty trees.
  await holdPages(stand, device);
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
