import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clipExtents, ExtentBuilder, extentBytes, mergeGaps, toRanges, wholeVolume } from './extents.ts';

describe('mergeGaps (imagegapsize)', () => {
  const extents = Float64Array.of(0, 10, 42, 8, 83, 1);

  test('a gap of exactly the size is sent, a larger one is skipped', () => {
    expect([...mergeGaps(extents, 32, 100)]).toEqual([0, 50, 83, 1]);
    expect([...mergeGaps(extents, 33, 100)]).toEqual([0, 84]);
    expect([...mergeGaps(extents, 31, 100)]).toEqual([...extents]);
  });

  test('0 sends everything, the unused tail included', () => {
    expect([...mergeGaps(extents, 0, 100)]).toEqual([0, 100]);
  });

  test('any other size never sends the unused tail', () => {
    expect([...mergeGaps(Float64Array.of(0, 99), 64, 100)]).toEqual([0, 99]);
  });
});

describe('ExtentBuilder', () => {
  test('covers exactly the bytes that were added', () => {
    const run = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 40 }));
    fc.assert(
      fc.property(fc.array(run, { maxLength: 60 }), (runs) => {
        const wanted = new Set<number>();
        const builder = new ExtentBuilder();
        for (const [offset, length] of runs.sort((a, b) => a[0] - b[0])) {
          builder.add(offset, length);
          for (let i = 0; i < length; i++) wanted.add(offset + i);
        }
        const extents = builder.build();
        const covered = toRanges(extents).flatMap((r) =>
          Array.from({ length: r.lengthBytes }, (_, i) => r.offsetBytes + i),
        );
        expect(covered).toEqual([...wanted].sort((a, b) => a - b));
        expect(extentBytes(extents)).toBe(wanted.size);
      }),
    );
  });

  test('refuses runs out of order', () => {
    const builder = new ExtentBuilder();
    builder.add(10, 5);
    expect(() => builder.add(9, 1)).toThrow(RangeError);
  });
});

test('clipExtents cuts at the end of the volume', () => {
  expect([...clipExtents(Float64Array.of(0, 4, 8, 8, 20, 4), 12)]).toEqual([0, 4, 8, 4]);
  expect([...wholeVolume(0)]).toEqual([]);
});
