import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toRanges } from '../../base/extents.ts';
import { changedRanges, isSameListing } from './changed-extents.ts';

const UNWRITTEN = 0x800;
const SHARED = 0x2000;
const LAST = 0x1;

/** A listing of rows in units of 10 bytes. */
function listing(...rows: [logical: number, physical: number, length: number, flags?: number][]): Float64Array {
  return Float64Array.from(
    rows.flatMap(([logical, physical, length, flags = 0]) => [logical, physical, length, flags]),
  );
}

function changed(before: Float64Array, after: Float64Array, size = 100): [number, number][] {
  return toRanges(changedRanges(before, after, size)).map(({ offsetBytes, lengthBytes }) => [offsetBytes, lengthBytes]);
}

describe('changedRanges', () => {
  test('the same place is the same, however it is cut and shared', () => {
    const one = listing([0, 1000, 40, SHARED], [40, 1040, 60, LAST]);
    const two = listing([0, 1000, 100, SHARED | LAST]);
    expect(changed(one, two)).toEqual([]);
    expect(isSameListing(one, two)).toBe(true);
  });

  test('another place is a change, from byte to byte', () => {
    const one = listing([0, 1000, 100]);
    const two = listing([0, 1000, 40], [40, 5000, 10], [50, 1050, 50]);
    expect(changed(one, two)).toEqual([[40, 10]]);
    expect(isSameListing(one, two)).toBe(false);
  });

  test('a shifted place is a change although the blocks are the same', () => {
    expect(changed(listing([0, 1000, 100]), listing([0, 1010, 100]))).toEqual([[0, 100]]);
  });

  test('holes and preallocated blocks are the same zeros', () => {
    const one = listing([0, 1000, 20], [40, 2000, 60, UNWRITTEN]);
    const two = listing([0, 1000, 20], [20, 3000, 50, UNWRITTEN]);
    expect(changed(one, two)).toEqual([]);
    expect(changed(one, listing([0, 1000, 20], [60, 9000, 10]))).toEqual([[60, 10]]);
  });

  test.each([0x2, 0x4, 0x8, 0x80, 0x100, 0x200, 0x400, 0x800 | 0x4, 0x40000])(
    'the flag 0x%s hides the place',
    (flag) => {
      const rows = listing([0, 1000, 50, flag], [50, 2000, 50]);
      expect(changed(rows, rows)).toEqual([[0, 50]]);
    },
  );

  test('what lies behind the end does not count', () => {
    expect(changed(listing([0, 1000, 200]), listing([0, 1000, 90]), 90)).toEqual([]);
    expect(changed(listing(), listing(), 90)).toEqual([]);
  });

  test('agrees with a comparison unit by unit', () => {
    const SIZE = 64;
    const row = fc.record({
      gap: fc.integer({ min: 0, max: 6 }),
      length: fc.integer({ min: 1, max: 12 }),
      physical: fc.integer({ min: 1, max: 40 }),
      flags: fc.constantFrom(0, SHARED, UNWRITTEN, 0x8),
    });
    const rows = fc.array(row, { maxLength: 12 }).map((list) => {
      let at = 0;
      return list.map(({ gap, length, physical, flags }) => {
        const logical = at + gap;
        at = logical + length;
        return [logical, physical + logical, length, flags] as [number, number, number, number];
      });
    });
    const unitsOf = (list: [number, number, number, number][]): string[] => {
      const units = Array.from({ length: SIZE }, () => 'zeros');
      for (const [logical, physical, length, flags] of list) {
        for (let i = 0; i < length && logical + i < SIZE; i++) {
          units[logical + i] = flags === 0x8 ? 'hidden' : flags === UNWRITTEN ? 'zeros' : String(physical + i);
        }
      }
      return units;
    };
    fc.assert(
      fc.property(rows, rows, (one, two) => {
        const [left, right] = [unitsOf(one), unitsOf(two)];
        const expected = left.map((unit, i) => unit === 'hidden' || unit !== right[i]);
        const got = Array.from({ length: SIZE }, () => false);
        for (const [offset, length] of changed(listing(...one), listing(...two), SIZE))
          got.fill(true, offset, offset + length);
        expect(got).toEqual(expected);
      }),
    );
  });
});
