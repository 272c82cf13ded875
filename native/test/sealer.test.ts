import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { MASTER_KEY_BYTES, native, type SealerOptions } from '../index.ts';
import { assemble, blobPlaces, drain, idAt, sealImage, sha256 } from './sessions.ts';
import { mixedBytes, Scratch } from './volumes.ts';

const GRID = 64 << 10;
const key = randomBytes(MASTER_KEY_BYTES);

function optionsFor(path: string, sizeBytes: number): Omit<SealerOptions, 'knownIds'> {
  const device = native().openDevice(path);
  return { device, sizeBytes, extents: Float64Array.of(0, sizeBytes), gridBytes: GRID, key, zstdLevel: 3 };
}

test.each([
  ['whole blocks', 41 * GRID],
  ['a short last block', 41 * GRID + 5 * 512],
  ['an odd number of bytes', 41 * GRID + 777],
  ['less than a block', 1000],
])('seals and gives back a file with %s', async (_, size) => {
  using scratch = new Scratch();
  const bytes = mixedBytes(size, GRID);
  const image = await sealImage({ ...optionsFor(scratch.file('volume', bytes), size), selfCheck: true });
  expect(assemble(key, image).equals(bytes)).toBe(true);
  for (const { bytes: packBytes, pack } of image.packs) expect(sha256(packBytes)).toBe(pack.packId);
  const { progress } = image.summary;
  expect(progress.doneBytes).toBe(size);
  expect(progress.freeBytes + progress.zeroBytes + progress.deduplicatedBytes + progress.changedBytes).toBe(size);
  expect(progress.storedBytes).toBe(image.packs.reduce((sum, { pack }) => sum + pack.lengthBytes, 0));
  expect(image.summary.unreadable).toHaveLength(0);
});

test('writes the pack header of the format', async () => {
  using scratch = new Scratch();
  const bytes = mixedBytes(8 * GRID, GRID);
  const image = await sealImage(optionsFor(scratch.file('volume', bytes), bytes.length));
  for (const { bytes: pack, pack: filled } of image.packs) {
    const view = Buffer.from(pack);
    const headerLength = view.readUInt32LE(view.length - 4);
    const header = native().open(key, view.subarray(view.length - 4 - headerLength, view.length - 4));
    let at = 0;
    let offset = 0;
    for (let row = 0; row < filled.blobs.count; row++) {
      const type = header[at] as number;
      expect(header.readUInt32LE(at + 1)).toBe(filled.blobs.lengths[row]);
      expect(filled.blobs.offsets[row]).toBe(offset);
      offset += header.readUInt32LE(at + 1);
      expect(type).toBe(filled.blobs.uncompressedLengths[row] === 0 ? 0 : 2);
      if (type === 2) expect(header.readUInt32LE(at + 5)).toBe(filled.blobs.uncompressedLengths[row]);
      at += type === 2 ? 9 : 5;
      expect(header.subarray(at, at + 32).toString('hex')).toBe(idAt(filled.blobs.ids, row));
      at += 32;
    }
    expect(at).toBe(header.length);
    expect(offset).toBe(view.length - 4 - headerLength);
  }
});

test('bytes outside of extents are zero in the image, also within a block', async () => {
  using scratch = new Scratch();
  const bytes = randomBytes(40 * GRID + 512);
  const extents = [100, 50, GRID - 1, 2, 3 * GRID + 4096, 8192, 17 * GRID + 1, 3 * GRID, 40 * GRID + 100, 12];
  const expected = Buffer.alloc(bytes.length);
  for (let i = 0; i < extents.length; i += 2) {
    const [from, length] = [extents[i] as number, extents[i + 1] as number];
    bytes.copy(expected, from, from, from + length);
  }
  const path = scratch.file('volume', bytes);
  const image = await sealImage({ ...optionsFor(path, bytes.length), extents: Float64Array.from(extents) });
  expect(assemble(key, image).equals(expected)).toBe(true);
  const used = 50 + 2 + 8192 + 3 * GRID + 12;
  expect(image.summary.progress.freeBytes).toBe(bytes.length - used);
  expect(image.summary.progress.readBytes).toBe(used);
  expect(image.summary.progress.changedBytes).toBe(used);
});

test('an image without extents is the zero blobs, sealed once each', async () => {
  using scratch = new Scratch();
  const size = 100 * GRID + 512;
  const path = scratch.file('volume', Buffer.alloc(size, 1));
  const image = await sealImage({ ...optionsFor(path, size), extents: new Float64Array(0) });
  expect([...blobPlaces(image).keys()].sort()).toEqual([sha256(Buffer.alloc(GRID)), sha256(Buffer.alloc(512))].sort());
  expect(assemble(key, image).equals(Buffer.alloc(size))).toBe(true);
});

test('an empty image needs nothing', async () => {
  using scratch = new Scratch();
  const image = await sealImage({
    ...optionsFor(scratch.file('volume', Buffer.alloc(1)), 0),
    extents: new Float64Array(0),
  });
  expect(image.packs).toHaveLength(0);
  expect(image.summary.content).toHaveLength(0);
});

test('known blobs are referred to and not stored', async () => {
  using scratch = new Scratch();
  const bytes = mixedBytes(64 * GRID, GRID);
  const path = scratch.file('volume', bytes);
  const first = await sealImage(optionsFor(path, bytes.length));
  const second = await sealImage({ ...optionsFor(path, bytes.length), knownIds: first.summary.content });
  expect(second.packs).toHaveLength(0);
  expect(second.summary.content).toEqual(first.summary.content);
  expect(second.summary.progress.changedBytes).toBe(0);
  expect(second.summary.progress.storedBytes).toBe(0);
});

test('reads a loop device with 4096-byte sectors and a tail', async () => {
  using scratch = new Scratch();
  const bytes = mixedBytes(33 * GRID + 4096, GRID);
  const loop = scratch.loop(scratch.file('volume', bytes), '--sector-size', '4096', '-r');
  const options = optionsFor(loop, bytes.length);
  expect(options.device.facts()).toMatchObject({
    sizeBytes: bytes.length,
    isBlockDevice: true,
    logicalSectorBytes: 4096,
    readOnly: true,
  });
  const image = await sealImage({ ...options, zstdLevel: 0 });
  options.device.close();
  expect(assemble(key, image).equals(bytes)).toBe(true);
});

test('a device that shrank stops the session', async () => {
  using scratch = new Scratch();
  const path = scratch.file('volume', randomBytes(8 * GRID));
  await expect(sealImage(optionsFor(path, 16 * GRID))).rejects.toMatchObject({ code: 'ENXIO' });
});

test('tells what became of each block', async () => {
  using scratch = new Scratch();
  // In turn: random, text, zero, a copy; used are the first 10 blocks, half of number 20 and the short last one.
  const bytes = mixedBytes(40 * GRID + 512, GRID);
  const extents = Float64Array.of(0, 10 * GRID, 20 * GRID, GRID / 2, 40 * GRID, 512);
  const options = { ...optionsFor(scratch.file('volume', bytes), bytes.length), extents };
  const sealer = native().createSealer({ ...options, knownIds: Buffer.from(sha256(bytes.subarray(0, GRID)), 'hex') });
  const states = new Uint8Array(41).fill(9);
  expect(() => sealer.blocks(new Uint8Array(40))).toThrow(TypeError);
  await drain(sealer, 4 * GRID, 2);
  sealer.blocks(states);
  const [stored, had, zero, untouched] = [4, 5, 6, 9];
  expect([...states.subarray(0, 4)]).toEqual([had, stored, zero, had]);
  expect(states[20]).toBe(stored);
  expect([...states.subarray(10, 20)]).toEqual(new Array(10).fill(untouched));
  expect(states[40]).not.toBe(untouched);
  const used = [...states.subarray(0, 10)];
  const blocksOf = (state: number): number => used.filter((each) => each === state).length;
  const { progress } = sealer.finish();
  const short = states[40] === stored ? 512 : 0;
  expect(blocksOf(stored) * GRID + GRID / 2 + short).toBe(progress.changedBytes);
  expect(blocksOf(had) * GRID).toBe(progress.deduplicatedBytes - (states[40] === had ? 512 : 0));
  sealer.close();
  const after = new Uint8Array(41).fill(9);
  sealer.blocks(after);
  expect(after).toEqual(states);
});

test('cancel rejects pending packs at once', async () => {
  using scratch = new Scratch();
  const bytes = randomBytes(64 * GRID);
  const path = scratch.file('volume', bytes);
  const sealer = native().createSealer({ ...optionsFor(path, bytes.length), knownIds: new Uint8Array(0) });
  const first = await sealer.fillPack(new Uint8Array(3 * GRID));
  expect(first?.blobs.count).toBe(2);
  expect(() => sealer.finish()).toThrow(expect.objectContaining({ code: 'UNFINISHED' }));
  const pending = sealer.fillPack(new Uint8Array(100 * GRID));
  sealer.cancel();
  await expect(pending).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(sealer.fillPack(new Uint8Array(3 * GRID))).rejects.toMatchObject({ code: 'CANCELLED' });
  sealer.close();
  sealer.close();
  expect(sealer.progress().doneBytes).toBeLessThanOrEqual(bytes.length);
});

test('many small packs with one thread and one buffer', async () => {
  using scratch = new Scratch();
  const bytes = mixedBytes(97 * GRID, GRID);
  const path = scratch.file('volume', bytes);
  const image = await sealImage({ ...optionsFor(path, bytes.length), threads: 1 }, 2 * GRID, 1);
  expect(image.packs.length).toBeGreaterThan(10);
  expect(assemble(key, image).equals(bytes)).toBe(true);
});

test.each([
  ['device', { device: {} }],
  ['sizeBytes', { sizeBytes: -1 }],
  ['sizeBytes', { sizeBytes: 1.5 }],
  ['extents', { extents: new Float64Array([0]) }],
  ['extents', { extents: new Float64Array([0, 10, 5, 10]) }],
  ['extents', { extents: new Float64Array([0, 1e9]) }],
  ['extents', { extents: new Float64Array([0, 0]) }],
  ['extents', { extents: new Float64Array([Number.NaN, 1]) }],
  ['extents', { extents: [0, 10] }],
  ['gridBytes', { gridBytes: 65537 }],
  ['gridBytes', { gridBytes: 4096 }],
  ['key', { key: new Uint8Array(63) }],
  ['zstdLevel', { zstdLevel: 20 }],
  ['knownIds', { knownIds: new Uint8Array(31) }],
  ['threads', { threads: 0 }],
  ['selfCheck', { selfCheck: 1 }],
])('refuses a bad %s', (name, bad) => {
  using scratch = new Scratch();
  const path = scratch.file('volume', Buffer.alloc(GRID));
  const options = { ...optionsFor(path, GRID), knownIds: new Uint8Array(0), ...bad };
  expect(() => native().createSealer(options as unknown as SealerOptions)).toThrow(
    expect.objectContaining({ name: 'TypeError', message: expect.stringContaining(name) }),
  );
});

test('refuses a pack buffer that a block might not fit into', async () => {
  using scratch = new Scratch();
  const sealer = native().createSealer({
    ...optionsFor(scratch.file('volume', Buffer.alloc(GRID)), GRID),
    knownIds: new Uint8Array(0),
  });
  expect(() => sealer.fillPack(new Uint8Array(GRID))).toThrow(TypeError);
  expect(await drain(sealer, 2 * GRID, 2)).toHaveLength(1);
  sealer.close();
});
