import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Progress } from '#contract';
import { progressLine } from './progress-line.ts';

const GIB = 1024 ** 3;
const progress: Progress = {
  phase: 'read',
  bytesDone: 1.2 * GIB,
  bytesTotal: 4 * GIB,
  readRate: 612 * 1024 ** 2,
  storeRate: 0,
  storedBytes: 0,
  etaSeconds: { low: 4, high: 6 },
};

test('wide, narrow and tiny terminals', () => {
  expect(progressLine(progress, 100)).toBe(
    'reading   [=========                      ]  30 %  1.20 GiB of 4.00 GiB   612 MiB/s  4–6 s left',
  );
  expect(progressLine(progress, 50)).toBe('reading    30 %  1.20 GiB of 4.00 GiB   612 MiB/s');
  expect(progressLine(progress, 16)).toBe('reading    30 %');
});

test('before there is an estimate', () => {
  const { etaSeconds: _, ...early } = progress;
  expect(progressLine({ ...early, bytesDone: 0 }, 100)).toMatch(/ 0 % .* estimating…$/);
  expect(progressLine({ ...early, phase: 'lock', bytesDone: 0, bytesTotal: 0 }, 100)).toBe('locking…');
});

test('the figures stay where they are while they grow', () => {
  const columnOf = (bytesDone: number) => progressLine({ ...progress, bytesDone }, 100).indexOf(' of ');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4 * GIB }), (bytesDone) => {
      expect(columnOf(bytesDone)).toBe(columnOf(0));
    }),
  );
});

test('never reaches the last column', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 300 }),
      fc.maxSafeNat(),
      fc.maxSafeNat(),
      (columns, bytesDone, bytesTotal) => {
        expect([...progressLine({ ...progress, bytesDone, bytesTotal }, columns)].length).toBeLessThan(columns);
      },
    ),
  );
});
