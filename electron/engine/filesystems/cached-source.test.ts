import { describe, expect, it } from 'vitest';
import { memorySource } from '../testing/memory-source.ts';
import { seeded, seededBelow, seededBytes } from '../testing/seeded.ts';
import { cachedSource } from './cached-source.ts';

const KiB = 1024;
const SIZE = 1000 * KiB + 123;

describe('a source that remembers', () => {
  it('returns the same bytes as the source, at any place and length', async () => {
    const random = seeded(5);
    const bytes = seededBytes(random, SIZE);
    const cached = cachedSource(memorySource(bytes));
    for (let round = 0; round < 500; round++) {
      const offset = seededBelow(random, SIZE);
      const length = seededBelow(random, Math.min(SIZE - offset, 400 * KiB) + 1);
      const read = await cached.read(offset, length);
      expect(read.equals(bytes.subarray(offset, offset + length))).toBe(true);
    }
    expect(await cached.read(SIZE, 0)).toHaveLength(0);
  });

  it('asks the source once for what lies together', async () => {
    const source = memorySource(Buffer.alloc(SIZE));
    const cached = cachedSource(source);
    await Promise.all([cached.read(10, 512), cached.read(3000, 512), cached.read(60 * KiB, 512)]);
    expect(source.readBytes).toBe(64 * KiB);
  });

  it('hands out copies: what a caller does to one is not seen by others', async () => {
    const cached = cachedSource(memorySource(Buffer.alloc(SIZE, 1)));
    (await cached.read(0, 16)).fill(9);
    expect([...(await cached.read(0, 2))]).toEqual([1, 1]);
  });

  it('forgets when told to', async () => {
    const bytes = Buffer.alloc(SIZE);
    const cached = cachedSource(memorySource(bytes));
    await cached.read(0, 4);
    bytes.fill(7);
    expect((await cached.read(0, 4))[0]).toBe(0);
    cached.forget();
    expect((await cached.read(0, 4))[0]).toBe(7);
  });

  it('reads next to a bad sector, and reports the sector itself', async () => {
    const cached = cachedSource(memorySource(Buffer.alloc(SIZE, 3), [20 * KiB]));
    expect((await cached.read(0, 4 * KiB))[0]).toBe(3);
    await expect(cached.read(18 * KiB, 4 * KiB)).rejects.toMatchObject({ code: 'EIO' });
  });

  it.each([
    [-1, 4],
    [SIZE - 3, 4],
    [0, SIZE + 1],
    [0.5, 1],
    [Number.NaN, 1],
    [2 ** 60, 1],
  ])('refuses %d, %d', async (offset, length) => {
    await expect(cachedSource(memorySource(Buffer.alloc(SIZE))).read(offset, length)).rejects.toThrow(RangeError);
  });

  it('stays small on a large source', async () => {
    let chunks = 0;
    const cached = cachedSource({
      sizeBytes: 2 ** 40,
      async read(_offset, length) {
        chunks += 1;
        return Buffer.alloc(length);
      },
    });
    for (let index = 0; index < 400; index++) await cached.read(index * 64 * KiB, 16);
    await cached.read(399 * 64 * KiB, 16);
    expect(chunks).toBe(400);
    await cached.read(0, 16);
    expect(chunks).toBe(401);
  });

  it('stops when cancelled', async () => {
    const cached = cachedSource(memorySource(Buffer.alloc(SIZE)));
    await expect(cached.read(0, 4, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
