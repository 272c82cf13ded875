/** Counting writes on real loop devices. */
import { execFile } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { requireLoopDevices } from '../testing/machine-limits.ts';
import { createTestVolume } from '../testing/test-volume.ts';
import { createWorkspace } from '../testing/workspace.ts';
import { flushWrites, measureWriteRate, writtenBytes } from './write-counters.ts';

const run = promisify(execFile);
const MIB = 1024 * 1024;
const SIZE = 32 * MIB;
const clock = { monotonic: () => performance.now() };

/** Writes past the page cache, so that it is on the device at once. */
async function write(device: string, bytes: number): Promise<void> {
  await run('dd', [
    'if=/dev/zero',
    `of=${device}`,
    'bs=64k',
    `count=${bytes / 65_536}`,
    'oflag=direct',
    'conv=notrunc',
  ]);
}

async function read(device: string): Promise<void> {
  await run('dd', [`if=${device}`, 'of=/dev/null', 'bs=1M', 'iflag=direct']);
}

test('what is written and discarded counts, what is read does not', async (context) => {
  requireLoopDevices(context);
  await using volume = await createTestVolume({ sizeBytes: SIZE });
  const count = async () => (await writtenBytes({ name: volume.device })) ?? Number.NaN;
  const start = await count();
  await read(volume.device);
  expect((await count()) - start).toBe(0);
  await write(volume.device, MIB);
  expect((await count()) - start).toBe(MIB);
  await run('blkdiscard', ['--offset', `${4 * MIB}`, '--length', `${8 * MIB}`, volume.device]);
  expect((await count()) - start).toBe(9 * MIB);
});

test('a partition counts its own writes, a disk those of its partitions', async (context) => {
  requireLoopDevices(context);
  await using volume = await createTestVolume({ sizeBytes: SIZE });
  await writeFile(volume.workspace.path('table'), 'label: gpt\nsize=8MiB\nsize=8MiB\n');
  await run('sh', ['-c', 'sfdisk -q "$0" < "$1"', volume.device, volume.workspace.path('table')]);
  await run('partx', ['--add', volume.device]).catch(() => run('partx', ['--update', volume.device]));
  try {
    const names = [volume.device, `${volume.device}p1`, `${volume.device}p2`];
    const counts = () => Promise.all(names.map(async (name) => (await writtenBytes({ name })) ?? Number.NaN));
    const before = await counts();
    await write(`${volume.device}p2`, MIB);
    expect((await counts()).map((count, i) => count - (before[i] ?? 0))).toEqual([MIB, 0, MIB]);
  } finally {
    await run('partx', ['--delete', volume.device]);
  }
});

test('a file is counted by the loop device that shows it, and not at all without one', async (context) => {
  requireLoopDevices(context);
  await using workspace = await createWorkspace();
  await writeFile(workspace.path('alone.img'), 'x');
  expect(await writtenBytes({ name: workspace.path('alone.img') })).toBeUndefined();
  expect(await writtenBytes({ name: workspace.path('nothing') })).toBeUndefined();
  expect(await measureWriteRate({ name: workspace.path('alone.img'), mounts: [] }, { durationMs: 60_000, clock })).toBe(
    undefined,
  );

  await using volume = await createTestVolume({ sizeBytes: SIZE });
  const before = (await writtenBytes({ name: volume.file })) ?? Number.NaN;
  await write(volume.device, MIB);
  expect(((await writtenBytes({ name: volume.file })) ?? 0) - before).toBe(MIB);
});

test('counters that were switched off are not believed', async (context) => {
  requireLoopDevices(context);
  await using volume = await createTestVolume({ sizeBytes: SIZE });
  const control = `/sys/block/${basename(volume.device)}/queue/iostats`;
  await writeFile(control, '0');
  try {
    expect(await writtenBytes({ name: volume.device })).toBeUndefined();
  } finally {
    await writeFile(control, '1');
  }
  expect(await writtenBytes({ name: volume.device })).toBeTypeOf('number');
});

test('a flush brings what the kernel keeps to the device', async (context) => {
  requireLoopDevices(context);
  await using volume = await createTestVolume({ sizeBytes: SIZE, mkfs: ['ext4', '-E', 'lazy_itable_init=0'] });
  const mount = await volume.mount();
  const subject = {
    name: volume.device,
    mounts: [{ mountPoint: mount.mountPoint, readOnly: false, options: 'rw', fsType: 'ext4' }],
  };
  expect(await flushWrites(subject)).toBe(true);
  const before = (await writtenBytes(subject)) ?? Number.NaN;
  await writeFile(`${mount.mountPoint}/file`, Buffer.alloc(2 * MIB, 1));
  await flushWrites(subject);
  expect(((await writtenBytes(subject)) ?? 0) - before).toBeGreaterThanOrEqual(2 * MIB);
  // The same for whoever writes to the device itself.
  await mount[Symbol.asyncDispose]();
  const raw = { name: volume.device, mounts: [] };
  await flushWrites(raw);
  const unmounted = (await writtenBytes(raw)) ?? Number.NaN;
  // Kept open: closing a device flushes it.
  await using device = await open(volume.device, 'r+');
  await device.write(Buffer.alloc(MIB, 2), 0, MIB, 0);
  await flushWrites(raw);
  expect(((await writtenBytes(raw)) ?? 0) - unmounted).toBe(MIB);
});

test('the rate is what programs write, by the clock', async (context) => {
  requireLoopDevices(context);
  await using volume = await createTestVolume({ sizeBytes: SIZE });
  const subject = { name: volume.device, mounts: [] };
  // A second passes between the two times that are read, and the first of them begins the measuring.
  const began = Promise.withResolvers<void>();
  let at = 0;
  const ticking = {
    monotonic: () => {
      began.resolve();
      at += 1000;
      return at;
    },
  };
  await using device = await open(volume.device, 'r+');
  const measure = measureWriteRate(subject, { durationMs: 500, clock: ticking });
  await began.promise;
  await device.write(Buffer.alloc(2 * MIB, 1), 0, 2 * MIB, 0);
  expect(await measure).toBe(2 * MIB);
  expect(await measureWriteRate(subject, { durationMs: 1, clock: ticking })).toBe(0);
  const signal = AbortSignal.abort();
  await expect(measureWriteRate(subject, { durationMs: 1, clock, signal })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
});
