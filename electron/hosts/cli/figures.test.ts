import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatBytes,
  formatBytesExactly,
  formatCount,
  formatElapsed,
  formatEta,
  formatInstant,
  plural,
} from './figures.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '0.98 KiB'],
  [1024, '1.00 KiB'],
  [10_240, '10.0 KiB'],
  [102_400, '100 KiB'],
  [1_022_976, '999 KiB'],
  [1_023_999, '0.98 MiB'],
  [4 * 1024 ** 3, '4.00 GiB'],
  [2 ** 53 - 1, '8.00 PiB'],
])('formatBytes(%d) is %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('formatBytes shows at most three digits', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (bytes) => {
      expect(formatBytes(bytes)).toMatch(/^(\d{1,3}|\d{2}\.\d|\d\.\d\d) ([KMGTP]i)?B$/);
    }),
  );
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [102_760_448, '102,760,448'],
])('formatCount(%d) is %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test('formatBytesExactly', () => {
  expect(formatBytesExactly(512)).toBe('512 bytes');
  expect(formatBytesExactly(2048)).toBe('2.00 KiB (2,048 bytes)');
});

test.each([
  [0, '00:00:00'],
  [83.4, '00:01:23'],
  [360_000, '100:00:00'],
])('formatElapsed(%d) is %s', (seconds, text) => {
  expect(formatElapsed(seconds)).toBe(text);
});

test.each([
  [{ low: 7.2, high: 7.9 }, '8 s'],
  [{ low: 5, high: 8 }, '5–8 s'],
  [{ low: 230, high: 350 }, '4–6 min'],
  [{ low: 5400, high: 7200 }, '1.5–2 h'],
])('formatEta(%j) is %s', (eta, text) => {
  expect(formatEta(eta)).toBe(text);
});

test('formatInstant uses the zone it is given', () => {
  expect(formatInstant('2026-11-21T23:30:10.500Z', 0)).toBe('2026-11-21 23:30:10');
  expect(formatInstant('2026-11-21T23:30:10.500Z', 60)).toBe('2026-11-22 00:30:10');
});

test('plural', () => {
  expect(plural(1, 'volume')).toBe('1 volume');
  expect(plural(2000, 'volume')).toBe('2,000 volumes');
});
