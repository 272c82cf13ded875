import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { native } from '../index.ts';
import { Scratch } from './volumes.ts';

test('facts follow the file', () => {
  using scratch = new Scratch();
  const path = scratch.file('volume', Buffer.alloc(10_000));
  const device = native().openDevice(path);
  expect(device.facts()).toMatchObject({ sizeBytes: 10_000, logicalSectorBytes: 512, isBlockDevice: false });
  truncateSync(path, 5000);
  expect(device.facts().sizeBytes).toBe(5000);
  expect(native().openDevice(path, { direct: false }).facts().direct).toBe(false);
  device.close();
  device.close();
  expect(() => device.facts()).toThrow(expect.objectContaining({ code: 'EBADF' }));
});

test('a detached loop device has vanished', () => {
  using scratch = new Scratch();
  const loop = scratch.loop(scratch.file('volume', Buffer.alloc(1 << 20)));
  const device = native().openDevice(loop);
  expect(device.facts()).toMatchObject({ sizeBytes: 1 << 20, isBlockDevice: true });
  // Lazy detaching waits for the last descriptor, so the device shrinks to nothing instead.
  truncateSync(join(scratch.path, 'volume'), 0);
  execFileSync('losetup', ['-c', loop]);
  expect(() => device.facts()).toThrow(expect.objectContaining({ code: 'ENXIO' }));
  device.close();
});

test('an exclusive claim refuses a mounted device', () => {
  using scratch = new Scratch();
  const path = scratch.file('volume', Buffer.alloc(8 << 20));
  execFileSync('mkfs.ext4', ['-q', path]);
  const loop = scratch.loop(path);
  const mountPoint = join(scratch.path, 'mnt');
  mkdirSync(mountPoint);
  execFileSync('mount', [loop, mountPoint]);
  try {
    expect(() => native().openDevice(loop, { write: true, exclusive: true })).toThrow(
      expect.objectContaining({ code: 'EBUSY' }),
    );
  } finally {
    execFileSync('umount', [mountPoint]);
  }
  const device = native().openDevice(loop, { write: true, exclusive: true });
  expect(() => native().openDevice(loop, { exclusive: true })).toThrow(expect.objectContaining({ code: 'EBUSY' }));
  device.close();
});

test('thaw lets writers go on', async () => {
  using scratch = new Scratch();
  const path = scratch.file('volume', Buffer.alloc(8 << 20));
  execFileSync('mkfs.ext4', ['-q', path]);
  const loop = scratch.loop(path);
  const mountPoint = join(scratch.path, 'mnt');
  mkdirSync(mountPoint);
  execFileSync('mount', [loop, mountPoint]);
  try {
    execFileSync('fsfreeze', ['--freeze', mountPoint]);
    let written = false;
    // More writers than the pool has threads: they wait for the thaw and must not be in its way.
    const writing = Promise.all(
      Array.from({ length: 6 }, (_, i) => native().writeFile(join(mountPoint, `file-${i}`), randomBytes(10))),
    ).then(() => {
      written = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(written).toBe(false);
    await native().thaw(mountPoint);
    await writing;
    await expect(native().thaw(mountPoint)).rejects.toMatchObject({ code: 'EINVAL' });
  } finally {
    execFileSync('umount', [mountPoint]);
  }
  await expect(native().thaw('/nonexistent')).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each([false, true])('discard and zeroOut clear exactly their range (loop device: %s)', async (loop) => {
  using scratch = new Scratch();
  const bytes = randomBytes(1 << 20);
  const path = scratch.file('volume', bytes);
  const device = native().openDevice(loop ? scratch.loop(path) : path, { write: true });
  await device.zeroOut(64 << 10, 128 << 10);
  expect(await device.discard(512 << 10, 64 << 10)).toBe(true);
  await device.flush();
  device.close();
  bytes.fill(0, 64 << 10, 192 << 10).fill(0, 512 << 10, 576 << 10);
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test.each([false, true])('reads any range from the medium (loop device: %s)', async (loop) => {
  using scratch = new Scratch();
  const bytes = randomBytes(1 << 20);
  const device = native().openDevice(
    loop ? scratch.loop(scratch.file('volume', bytes)) : scratch.file('volume', bytes),
  );
  for (const [offset, length] of [
    [0, 512],
    [3, 1],
    [511, 2],
    [4096, 65536],
    [70_001, 12_345],
    [(1 << 20) - 7, 7],
    [0, 1 << 20],
    [100, 0],
  ] as const) {
    const read = Buffer.alloc(length);
    await device.read(offset, read);
    expect(read.equals(bytes.subarray(offset, offset + length))).toBe(true);
  }
  await expect(device.read((1 << 20) - 1, Buffer.alloc(2))).rejects.toMatchObject({ code: 'EOF_EARLY' });
  await expect(device.read(1 << 21, Buffer.alloc(2))).rejects.toMatchObject({ code: 'EOF_EARLY' });
  expect(() => device.read(-1, Buffer.alloc(2))).toThrow(TypeError);
  device.close();
  expect(() => device.read(0, Buffer.alloc(2))).toThrow(expect.objectContaining({ code: 'EBADF' }));
});

test('refuses what is no device', () => {
  using scratch = new Scratch();
  symlinkSync('/dev/null', join(scratch.path, 'null'));
  expect(() => native().openDevice(join(scratch.path, 'null'))).toThrow(expect.objectContaining({ code: 'EINVAL' }));
  expect(() => native().openDevice(scratch.path)).toThrow(expect.objectContaining({ code: 'EISDIR' }));
  expect(() => native().openDevice(join(scratch.path, 'no'))).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});

test.each([0, 1, 4096, 100_000, 3 << 20, (5 << 20) + 1])('writes and reads a file of %i bytes', async (length) => {
  using scratch = new Scratch();
  const bytes = randomBytes(length);
  const path = join(scratch.path, 'file');
  await native().writeFile(path, bytes);
  expect(statSync(path).size).toBe(length);
  expect(readFileSync(path).equals(bytes)).toBe(true);
  const half = Math.floor(length / 2);
  const buffer = Buffer.alloc(length - half);
  await native().readFile(path, half, buffer);
  expect(buffer.equals(bytes.subarray(half))).toBe(true);
  await expect(native().readFile(path, half, Buffer.alloc(length - half + 1))).rejects.toMatchObject({
    code: 'EOF_EARLY',
  });
  await expect(native().writeFile(path, bytes)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test('writes from memory at any alignment', async () => {
  using scratch = new Scratch();
  const bytes = randomBytes(6 << 20);
  const base = bytes.byteOffset % 4096;
  for (const shift of new Set([0, 1, (4096 - base) % 4096])) {
    const path = join(scratch.path, `file-${shift}`);
    await native().writeFile(path, bytes.subarray(shift));
    expect(readFileSync(path).equals(bytes.subarray(shift))).toBe(true);
  }
});

test('a full disk leaves no file', async () => {
  using scratch = new Scratch();
  const mountPoint = join(scratch.path, 'mnt');
  mkdirSync(mountPoint);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'stillframe-test', mountPoint]);
  try {
    await native().writeFile(join(mountPoint, 'small'), randomBytes(1000));
    await expect(native().writeFile(join(mountPoint, 'big'), randomBytes(2 << 20))).rejects.toMatchObject({
      code: 'ENOSPC',
    });
    expect(existsSync(join(mountPoint, 'big'))).toBe(false);
    expect(readdirSync(mountPoint)).toEqual(['small']);
  } finally {
    execFileSync('umount', [mountPoint]);
  }
});
