import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BASE_GRID_BYTES, gridBlockBytes, gridBlockCount, gridBytesFor, MAX_GRID_BLOCKS } from './grid.ts';

const TIB = 2 ** 40;

test('volumes up to 1 TiB use the base grid, larger ones double it', () => {
  expect(gridBytesFor(512)).toBe(BASE_GRID_BYTES);
  expect(gridBytesFor(TIB)).toBe(BASE_GRID_BYTES);
  expect(gridBytesFor(TIB + 1)).toBe(BASE_GRID_BYTES * 2);
  expect(gridBytesFor(16 * TIB)).toBe(8 * 1024 * 1024);
});

test('a volume is covered exactly, by at most two million blocks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (sizeBytes) => {
      const gridBytes = gridBytesFor(sizeBytes);
      const count = gridBlockCount(sizeBytes, gridBytes);
      expect(count).toBeLessThanOrEqual(MAX_GRID_BLOCKS);
      const last = gridBlockBytes(count - 1, sizeBytes, gridBytes);
      expect(last).toBeGreaterThan(0);
      expect((count - 1) * gridBytes + last).toBe(sizeBytes);
    }),
  );
});
