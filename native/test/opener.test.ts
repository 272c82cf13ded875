import { randomBytes } from 'node:crypto';
import { readFileSync, truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Device, MASTER_KEY_BYTES, native, type OpenTasks } from '../index.ts';
import { type SealedImage, sealImage, tasksOf, verifyBlocks } from './sessions.ts';
import { mixedBytes, Scratch } from './volumes.ts';

const GRID = 64 << 10;
const key = randomBytes(MASTER_KEY_BYTES);

async function sealed(scratch: Scratch, bytes: Uint8Array): Promise<SealedImage> {
  const device = native().openDevice(scratch.file('source', bytes));
  const extents = Float64Array.of(0, bytes.length);
  return await sealImage({ device, sizeBytes: bytes.length, extents, gridBytes: GRID, key, zstdLevel: 3 });
}

async function restore(image: SealedImage, device: Device, onlyDifferent = false) {
  const opener = native().createOpener({ device, key, onlyDifferent });
  try {
    await Promise.all(image.packs.map(({ bytes }, i) => opener.openBlobs(bytes, tasksOf(image, i, GRID))));
    await device.flush();
    return opener.progress();
  } finally {
    opener.close();
  }
}

test.each([
  ['a file', 512, false],
  ['a loop device of 512-byte sectors', 512, true],
  ['a loop device of 4096-byte sectors', 4096, true],
])('restores to %s what was sealed, and verifies it', async (_, sector, loop) => {
  using scratch = new Scratch();
  const bytes = mixedBytes(43 * GRID + 3 * sector, GRID);
  const image = await sealed(scratch, bytes);
  const path = scratch.file('target', randomBytes(bytes.length));
  const target = loop ? scratch.loop(path, '--sector-size', String(sector)) : path;
  const device = native().openDevice(target, { write: true, exclusive: true });
  expect(await verifyBlocks(device, bytes, GRID)).toHaveLength(44);
  expect(await restore(image, device)).toEqual({ writtenBytes: bytes.length, unchangedBytes: 0 });
  expect(await verifyBlocks(device, bytes, GRID)).toHaveLength(0);
  device.close();
  expect(readFileSync(target).equals(bytes)).toBe(true);
});

test('onlyDifferent writes what differs', async () => {
  using scratch = new Scratch();
  const bytes = mixedBytes(32 * GRID + 777, GRID);
  const image = await sealed(scratch, bytes);
  const path = scratch.file('target', bytes);
  const device = native().openDevice(path, { write: true });
  expect(await restore(image, device, true)).toEqual({ writtenBytes: 0, unchangedBytes: bytes.length });
  const damaged = Buffer.from(bytes);
  damaged[5 * GRID + 3] = (damaged[5 * GRID + 3] as number) ^ 1;
  damaged[32 * GRID + 776] = (damaged[32 * GRID + 776] as number) ^ 1;
  const other = native().openDevice(scratch.file('other', damaged), { write: true });
  expect([...(await verifyBlocks(other, bytes, GRID))]).toEqual([5, 32]);
  expect(await restore(image, other, true)).toEqual({
    writtenBytes: GRID + 777,
    unchangedBytes: bytes.length - GRID - 777,
  });
  expect(await verifyBlocks(other, bytes, GRID)).toHaveLength(0);
});

test('a damaged blob is named and nothing of it is written', async () => {
  using scratch = new Scratch();
  const bytes = mixedBytes(4 * GRID, GRID);
  const image = await sealed(scratch, bytes);
  const before = randomBytes(bytes.length);
  const path = scratch.file('target', before);
  const device = native().openDevice(path, { write: true });
  const opener = native().createOpener({ device, key });
  const pack = Buffer.from(image.packs[0]?.bytes ?? []);
  pack[20] = (pack[20] as number) ^ 1;
  const tasks = tasksOf(image, 0, GRID);
  const blobId = Buffer.from(tasks.ids.subarray(0, 32)).toString('hex');
  await expect(opener.openBlobs(pack, tasks)).rejects.toMatchObject({ code: 'BLOB_DAMAGED', blobId });
  // A blob that opens but is not the one asked for.
  const wrong = { ...tasks, ids: Uint8Array.from(tasks.ids, (byte, i) => (i === 0 ? byte ^ 1 : byte)) };
  await expect(opener.openBlobs(image.packs[0]?.bytes ?? pack, wrong)).rejects.toMatchObject({ code: 'BLOB_DAMAGED' });
  opener.close();
  const first = tasks.destinations[0] as number;
  expect(readFileSync(path).subarray(first, first + GRID)).toEqual(before.subarray(first, first + GRID));
});

test('beyond the end of the target is ENOSPC with its place', async () => {
  using scratch = new Scratch();
  const image = await sealed(scratch, randomBytes(2 * GRID));
  const loop = scratch.loop(scratch.file('target', Buffer.alloc(GRID + 4096)));
  const device = native().openDevice(loop, { write: true });
  const opener = native().createOpener({ device, key });
  const tasks: OpenTasks = { ...tasksOf(image, 0, GRID), destinations: Float64Array.of(0, GRID) };
  await expect(opener.openBlobs(image.packs[0]?.bytes ?? new Uint8Array(0), tasks)).rejects.toMatchObject({
    code: 'ENOSPC',
    offsetBytes: expect.any(Number),
    lengthBytes: expect.any(Number),
  });
  opener.close();
});

test('cancel settles everything under way', async () => {
  using scratch = new Scratch();
  const image = await sealed(scratch, randomBytes(64 * GRID));
  const device = native().openDevice(scratch.file('target', Buffer.alloc(64 * GRID)), { write: true });
  const opener = native().createOpener({ device, key });
  const results = image.packs.map(({ bytes }, i) => opener.openBlobs(bytes, tasksOf(image, i, GRID)));
  opener.cancel();
  const settled = await Promise.allSettled(results);
  for (const result of settled) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CANCELLED' });
  }
  await expect(opener.openBlobs(new Uint8Array(0), { ...emptyTasks() })).rejects.toMatchObject({ code: 'CANCELLED' });
  opener.close();
});

function emptyTasks(): OpenTasks {
  return {
    count: 0,
    ids: new Uint8Array(0),
    offsets: new Uint32Array(0),
    lengths: new Uint32Array(0),
    uncompressedLengths: new Uint32Array(0),
    destinationStarts: new Uint32Array(1),
    destinations: new Float64Array(0),
  };
}

test('no tasks are done at once', async () => {
  using scratch = new Scratch();
  const device = native().openDevice(scratch.file('target', Buffer.alloc(GRID)), { write: true });
  const opener = native().createOpener({ device, key });
  await expect(opener.openBlobs(new Uint8Array(0), emptyTasks())).resolves.toBeUndefined();
  opener.close();
});

test.each([
  ['tasks.count', { count: 2 ** 30 }],
  ['tasks.ids', { count: 1 }],
  ['tasks.offsets', { count: 1, ids: new Uint8Array(32) }],
  [
    'tasks.offsets',
    {
      count: 1,
      ids: new Uint8Array(32),
      offsets: Uint32Array.of(8),
      lengths: Uint32Array.of(2 ** 32 - 4),
      uncompressedLengths: Uint32Array.of(0),
      destinationStarts: Uint32Array.of(0, 0),
    },
  ],
  ['tasks.destinationStarts', { destinationStarts: new Uint32Array(0) }],
  ['tasks.destinations', { destinations: Float64Array.of(-1) }],
])('refuses a bad %s', (name, bad) => {
  using scratch = new Scratch();
  const device = native().openDevice(scratch.file('target', Buffer.alloc(GRID)), { write: true });
  const opener = native().createOpener({ device, key });
  expect(() => opener.openBlobs(new Uint8Array(16), { ...emptyTasks(), ...bad })).toThrow(
    expect.objectContaining({ name: 'TypeError', message: expect.stringContaining(name) }),
  );
  opener.close();
});

test('verification reports ranges that cannot be read', async () => {
  using scratch = new Scratch();
  const bytes = randomBytes(8 * GRID);
  const path = scratch.file('target', bytes);
  truncateSync(path, 6 * GRID + 100);
  const device = native().openDevice(path);
  expect([...(await verifyBlocks(device, bytes, GRID))]).toEqual([6, 7]);
});
