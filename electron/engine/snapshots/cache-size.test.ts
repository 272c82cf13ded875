import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cacheSize, fullCacheBytes } from './cache-size.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const extentBytes = 4 * MIB;
const plenty = 1e15;

describe('the size of a snapshot', () => {
  test('a percentage is taken at its word, and 100 % cannot overflow', () => {
    const of = (percent: number) =>
      cacheSize({ request: { percent }, volumeBytes: 10 * GIB, extentBytes, freeBytes: plenty });
    expect(of(10)).toEqual({ enough: true, bytes: GIB, wantedBytes: GIB });
    expect(of(1)).toMatchObject({ bytes: 104 * MIB });
    // 40 MiB for the records of 10 GiB, and two pieces.
    expect(of(100)).toMatchObject({ bytes: 10 * GIB + 44 * MIB });
  });

  test('LVM makes none larger than this of 100 MiB', () => {
    expect(fullCacheBytes(100 * MIB, extentBytes)).toBe(104 * MIB);
  });

  test('a percentage that does not fit says what is missing', () => {
    const input = { request: { percent: 50 }, volumeBytes: 10 * GIB, extentBytes, freeBytes: GIB + MIB };
    expect(cacheSize(input)).toEqual({ enough: false, neededBytes: 5 * GIB, presentBytes: GIB });
  });

  test('without one, what is written while the run reads, twice', () => {
    const request = { writeRate: 10 * MIB, readBytes: 60 * GIB };
    const size = cacheSize({ request, volumeBytes: 500 * GIB, extentBytes, freeBytes: plenty });
    expect(size).toEqual({ enough: true, bytes: 40 * GIB, wantedBytes: 40 * GIB });
  });

  test('quiet volumes get the floor, small ones no more than they can need', () => {
    const quiet = (volumeBytes: number) => cacheSize({ request: {}, volumeBytes, extentBytes, freeBytes: plenty });
    expect(quiet(GIB)).toMatchObject({ bytes: 256 * MIB });
    expect(quiet(100 * GIB)).toMatchObject({ bytes: 2 * GIB });
    expect(quiet(8 * MIB)).toMatchObject({ bytes: 12 * MIB });
  });

  test('takes less where that is all there is, down to a quarter', () => {
    const tight = (freeBytes: number) => cacheSize({ request: {}, volumeBytes: 50 * GIB, extentBytes, freeBytes });
    expect(tight(300 * MIB)).toEqual({ enough: true, bytes: 300 * MIB, wantedBytes: 1024 * MIB });
    expect(tight(252 * MIB)).toEqual({ enough: false, neededBytes: 256 * MIB, presentBytes: 252 * MIB });
    expect(tight(0)).toMatchObject({ enough: false, presentBytes: 0 });
  });

  test('is whole extents, fits, and never more than can be needed', () => {
    const inputs = fc.record({
      volumeBytes: fc.integer({ min: 512, max: 2 ** 46 }),
      extentBytes: fc.constantFrom(1, 4, 32, 64).map((mib) => mib * MIB),
      freeBytes: fc.integer({ min: 0, max: 2 ** 46 }),
      request: fc.record(
        {
          percent: fc.integer({ min: 1, max: 100 }),
          writeRate: fc.integer({ min: 0, max: 2 ** 34 }),
          readBytes: fc.integer({ min: 0, max: 2 ** 46 }),
        },
        { requiredKeys: [] },
      ),
    });
    fc.assert(
      fc.property(inputs, (input) => {
        const size = cacheSize(input);
        if (!size.enough) {
          expect(size.neededBytes).toBeGreaterThan(size.presentBytes);
          return;
        }
        expect(size.bytes % input.extentBytes).toBe(0);
        expect(size.bytes).toBeGreaterThan(0);
        expect(size.bytes).toBeLessThanOrEqual(input.freeBytes);
        expect(size.bytes).toBeLessThanOrEqual(fullCacheBytes(input.volumeBytes, input.extentBytes));
      }),
    );
  });
});
