import { expect, test } from 'vitest';
import { WrittenRanges } from './written-ranges.ts';

const starts = Float64Array.of(0, 10, 20, 30, 35);

test('marks are merged into ranges of whole blocks', () => {
  const written = new WrittenRanges(starts);
  expect(written.ranges()).toEqual([]);
  written.markAt(30);
  written.markAt(0);
  written.markAt(10);
  expect(written.ranges()).toEqual([
    { offsetBytes: 0, lengthBytes: 20 },
    { offsetBytes: 30, lengthBytes: 5 },
  ]);
});

test('a range marks every block that it touches', () => {
  const written = new WrittenRanges(starts);
  written.markRange(15, 16);
  expect(written.ranges()).toEqual([{ offsetBytes: 10, lengthBytes: 25 }]);
});

test('very long lists keep their first and last ranges', () => {
  const many = Float64Array.from({ length: 2001 }, (_, i) => i);
  const written = new WrittenRanges(many);
  for (let i = 0; i < 2000; i += 2) written.markAt(i);
  const ranges = written.ranges();
  expect(ranges).toHaveLength(200);
  expect(ranges[0]?.offsetBytes).toBe(0);
  expect(ranges.at(-1)?.offsetBytes).toBe(1998);
});
