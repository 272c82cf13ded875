/** Faults from outside: each gives its own clear error, loses nothing, hangs nothing. */
import { mkdir, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorOf, lockCount, mountOptions, run, Stand } from './stand.ts';
import { ext4File, fill, MIB, seededBytes, sparseFile, wreck } from './volumes.ts';

/** A volume of random bytes: nothing of it compresses, so that a run takes a while. */
async function randomVolume(stand: Stand, name: string, megabytes: number): Promise<string> {
  const path = join(stand.folder, name);
  await writeFile(path, seededBytes(megabytes, megabytes * MIB));
  return path;
}

/** The stand's repository on a small file system of its own; returns the mount point. */
async function smallRepository(stand: Stand, megabytes: number): Promise<string> {
  const point = stand.place.repository;
  await mkdir(point);
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', point]);
  stand.defer(() => run('umount', ['-l', point], { accept: [0, 1, 32] }));
  stand.place.repository = join(point, 'repo');
  return point;
}

describe('the repository', () => {
  test('disk full: REPOSITORY_FULL, older images whole, later runs go on', async () => {
    await using stand = await Stand.create();
    const point = await smallRepository(stand, 96);
    const small = await randomVolume(stand, 'small.img', 16);
    const large = await randomVolume(stand, 'large.img', 160);
    await stand.ok('init');
    await stand.ok('backup', 'image', small);
    const outcome = await stand.run('backup', 'image', large);
    expect(outcome.code).toBe(12);
    expect(errorOf(outcome)).toMatchObject({
      code: 'REPOSITORY_FULL',
      details: { repository: stand.place.repository },
    });
    await run('mount', ['-o', 'remount,size=400m', point]);
    await stand.restic(['check', '--read-data']);
    expect(await lockCount(stand)).toBe(0);
    await stand.ok('backup', 'image', large);
    await stand.restic(['check', '--read-data']);
    const target = await sparseFile(join(stand.folder, 'target.img'), 16 * MIB);
    await stand.ok('restore', 'image', small, target, '-noprompt');
    await run('cmp', [small, target]);
  });

  test('disappears in the middle of a backup: REPOSITORY_UNREACHABLE, the volume is mounted as before', async () => {
    await using stand = await Stand.create();
    const device = await stand.attach(await ext4File(stand, 'volume.ext4', 400 * MIB));
    const point = await stand.mount(device);
    await fill(point, 200);
    await stand.ok('init');
    const running = stand.start('backup', 'image', device);
    await running.line((line) => line.type === 'progress');
    await rename(stand.place.repository, join(stand.folder, 'gone'));
    const outcome = await running.outcome;
    expect(outcome.code).toBe(12);
    expect(errorOf(outcome).code).toBe('REPOSITORY_UNREACHABLE');
    expect(await mountOptions(point)).toMatch(/^rw/);
    const later = await stand.run('query', 'image');
    expect(errorOf(later).code).toMatch(/^REPOSITORY_(NOT_FOUND|UNREACHABLE)$/);
  });

  test('wrong passphrase: PASSPHRASE_WRONG', async () => {
    await using stand = await Stand.create();
    await stand.ok('init');
    await writeFile(stand.place.passwordFile, 'something else\n');
    const outcome = await stand.run('query', 'image');
    expect(outcome.code).toBe(12);
    expect(errorOf(outcome).code).toBe('PASSPHRASE_WRONG');
  });
});

describe('the source', () => {
  test('unreadable blocks: zeros in the image, ranges in the manifest, return code 8', async () => {
    await using stand = await Stand.create();
    const file = await randomVolume(stand, 'source.img', 24);
    const device = await stand.attach(file);
    // The loop device keeps its size; reading past the end of its file is an I/O error.
    await truncate(file, 20 * MIB);
    await stand.ok('init');
    const outcome = await stand.run('backup', 'image', device);
    expect(outcome.code).toBe(8);
    const images = (await stand.ok('query', 'image')).images as { id: string; unreadableBytes: number }[];
    expect(images[0]?.unreadableBytes).toBe(4 * MIB);
    const target = await sparseFile(join(stand.folder, 'target.img'), 24 * MIB);
    await stand.ok('restore', 'image', images[0]?.id ?? '', target, '-noprompt');
    await truncate(file, 24 * MIB);
    await run('cmp', [file, target]);
    await stand.restic(['check', '--read-data']);
  });

  test('the device vanishes: VOLUME_VANISHED, no image is published', async () => {
    await using stand = await Stand.create();
    const file = await randomVolume(stand, 'source.img', 600);
    const device = await stand.attach(file);
    await stand.ok('init');
    const running = stand.start('backup', 'image', device);
    await running.line((line) => line.phase === 'store' && Number(line.bytesDone) > 0);
    await truncate(file, 0);
    await run('losetup', ['--set-capacity', device]);
    const outcome = await running.outcome;
    expect(outcome.code).toBe(12);
    expect(errorOf(outcome).code).toMatch(/^VOLUME_(VANISHED|SIZE_CHANGED)$/);
    expect((await stand.ok('query', 'image')).images).toEqual([]);
    expect(await lockCount(stand)).toBe(0);
    await stand.restic(['check']);
  });

  test('busy: VOLUME_BUSY names the process that writes, and the mount stays', async () => {
    await using stand = await Stand.create();
    const device = await stand.attach(await ext4File(stand, 'volume.ext4', 64 * MIB));
    const point = await stand.mount(device);
    await using file = await (await import('node:fs/promises')).open(join(point, 'open-file'), 'w');
    await file.write('busy');
    await stand.ok('init');
    await stand.ok('set', 'mgmtclass', 'STANDARD', '-changingretries=0');
    const outcome = await stand.run('backup', 'image', device);
    expect(outcome.code).toBe(12);
    expect(errorOf(outcome).code).toBe('VOLUME_BUSY');
    expect(JSON.stringify(errorOf(outcome).details)).toContain(String(process.pid));
    expect(await mountOptions(point)).toMatch(/^rw/);
    // A dynamic image is the documented way out.
    await stand.ok('backup', 'image', device, '-imagetype=dynamic');
    const images = (await stand.ok('query', 'image')).images as { consistency: string }[];
    expect(images[0]?.consistency).toBe('fuzzy');
  });
});

describe('the target', () => {
  test('too small, mounted, not confirmed, vanishing: each its own code', async () => {
    await using stand = await Stand.create();
    const source = await randomVolume(stand, 'source.img', 128);
    await stand.ok('init');
    await stand.ok('backup', 'image', source);

    const small = await stand.attach(await sparseFile(join(stand.folder, 'small.img'), 127 * MIB));
    const tooSmall = await stand.run('restore', 'image', source, small, '-noprompt');
    expect(errorOf(tooSmall)).toMatchObject({
      code: 'TARGET_TOO_SMALL',
      details: { target: small, neededBytes: 128 * MIB, presentBytes: 127 * MIB },
    });
    await run('cmp', ['-n', String(127 * MIB), small, '/dev/zero']);

    const mounted = await stand.attach(await ext4File(stand, 'mounted.ext4', 160 * MIB));
    const point = await stand.mount(mounted);
    expect(errorOf(await stand.run('restore', 'image', source, mounted, '-noprompt')).code).toBe('TARGET_MOUNTED');
    expect(errorOf(await stand.run('restore', 'image', source, point, '-noprompt')).code).toBe('TARGET_MOUNTED');

    const file = await sparseFile(join(stand.folder, 'target.img'), 128 * MIB);
    const target = await stand.attach(file);
    expect(errorOf(await stand.run('restore', 'image', source, target)).code).toBe('TARGET_NOT_CONFIRMED');
    await wreck(target, 128 * MIB);
    const running = stand.start('restore', 'image', source, target, '-noprompt');
    await running.line((line) => JSON.stringify(line).includes('"write"'));
    await truncate(file, 0);
    await run('losetup', ['--set-capacity', target]);
    const vanished = await running.outcome;
    expect(vanished.code).toBe(12);
    expect(errorOf(vanished).code).toMatch(/^TARGET_(WRITE_FAILED|FULL|VERIFY_FAILED|NOT_FOUND|TOO_SMALL)$/);
  });

  test('the disk that holds the running system is refused', async (context) => {
    await using stand = await Stand.create();
    const source = await randomVolume(stand, 'source.img', 4);
    await stand.ok('init');
    await stand.ok('backup', 'image', source);
    const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' '));
    const system = mounts.find(([device, point]) => point === '/' && device?.startsWith('/dev/'))?.[0];
    if (!system) context.skip('SKIPPED: the root of this machine is on no block device that can be seen');
    const outcome = await stand.run('restore', 'image', source, system ?? '', '-noprompt');
    expect(outcome.code).toBe(12);
    expect(errorOf(outcome).code).toMatch(/^TARGET_(SYSTEM|MOUNTED|HOLDS_REPOSITORY)$/);
  });
});
